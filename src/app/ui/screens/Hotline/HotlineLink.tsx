import type { Role } from '#domain/account.ts'
import { mayAdmit } from '#domain/permission.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useHotlineWords } from './hotline-words.ts'
import { useHotline } from './use-hotline.ts'

/** The way to what waits, on the page of the requests; nothing where nothing waits or nobody could be asked. */
export function HotlineLink(props: { readonly role: Role }) {
  return mayAdmit(props.role) ? <Link /> : null
}

function Link() {
  const own = useHotlineWords()
  const { answer } = useHotline()
  const count = answer?.ok ? answer.value.count : 0
  return count === 0 ? null : (
    <ButtonLink icon="phone" href="/hotline">
      {own.link(count)}
    </ButtonLink>
  )
}
