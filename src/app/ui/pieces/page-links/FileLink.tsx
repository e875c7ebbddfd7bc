import { mayHandOut } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useFileWords } from '#app/ui/words/file-words.ts'
import { privacyPages } from '#app/links/privacy.ts'

/** From a person's page to all that is stored about them; nothing for whoever may not take it out. */
export function FileLink(props: { readonly resident: string }) {
  const own = useFileWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  if (!role || !mayHandOut(role)) return null
  return (
    <ButtonLink look="quiet" wide href={privacyPages.personFile(props.resident)}>
      {own.open}
    </ButtonLink>
  )
}
