import type { Role } from '#domain/account.ts'
import { mayAdmit } from '#domain/permission.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { requestsPages } from '#app/links/requests.ts'
import { useAskWords } from './ask-words.ts'
import { useAskCount } from './use-ask.ts'

/** The way to what waits of wall codes; nothing where nothing waits or nobody could be asked. */
export function AskLink(props: { readonly role: Role }) {
  return mayAdmit(props.role) ? <Link /> : null
}

function Link() {
  const own = useAskWords()
  const count = useAskCount(true)
  return !count ? null : (
    <ButtonLink icon="phone" href={requestsPages.ask()}>
      {own.link(count)}
    </ButtonLink>
  )
}
