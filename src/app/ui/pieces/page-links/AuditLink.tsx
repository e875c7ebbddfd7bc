import { mayReadAuditOfPerson } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { useAuditWords } from '#app/ui/words/audit-words.ts'
import { privacyPages } from '#app/links/privacy.ts'

/** From a person's page to who saw and changed what of it; nothing for whoever may not. */
export function AuditLink(props: { readonly record: string }) {
  const own = useAuditWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  if (!role || !mayReadAuditOfPerson(role)) return null
  return (
    <ButtonLink look="quiet" icon="eye" wide href={privacyPages.auditOf(props.record)}>
      {own.title}
    </ButtonLink>
  )
}
