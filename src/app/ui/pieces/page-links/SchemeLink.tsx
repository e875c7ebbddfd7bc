import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import { coloursPages } from '#app/links/colours.ts'

/** The way to the rules, from a page of other words. */
export function SchemeLink() {
  const own = useSchemeWords()
  return (
    <ButtonLink wide href={coloursPages.scheme()}>
      {own.title}
    </ButtonLink>
  )
}
