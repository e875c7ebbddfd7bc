import type { Role } from '#domain/account.ts'
import { mayAdmit } from '#domain/permission.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useHotlineWords } from './hotline-words.ts'
import { useHotlineCount } from '#app/ui/pieces/use-hotline.ts'
import { requestsPages } from '#app/links/requests.ts'

/** The way to what waits, on the page of the requests; nothing where nothing waits or nobody could be asked. */
export function HotlineLink(props: { readonly role: Role }) {
  return mayAdmit(props.role) ? <Link /> : null
}

function Link() {
  const own = useHotlineWords()
  const { count } = useHotlineCount(true)
  return !count ? null : (
    <ButtonLink icon="phone" href={requestsPages.hotline()}>
      {own.link(count)}
    </ButtonLink>
  )
}
