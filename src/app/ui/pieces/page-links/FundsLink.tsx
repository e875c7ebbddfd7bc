import { fundPages } from '#app/links/funds.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useFundsLinkWords } from './funds-link-words.ts'

/** The way to the accounts of stairwells. */
export function FundsLink() {
  const own = useFundsLinkWords()
  return <ButtonLink href={fundPages.funds()}>{own.link}</ButtonLink>
}
