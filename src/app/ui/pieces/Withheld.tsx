import { mayApprove } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '../kit/Button.tsx'
import { Notice } from '../kit/Notice.tsx'
import { privacyPages } from '#app/links/privacy.ts'
import { useWithheldWords } from './withheld-words.ts'

/** Said where the data of a minor is asked for and no approval covers it, with the way to one. */
export function Withheld() {
  const said = useWithheldWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const isApprover = role !== undefined && mayApprove(role)
  return (
    <>
      <Notice tone="alarm">
        <p>{said.why}</p>
        <p>{isApprover ? said.self : said.ask}</p>
      </Notice>
      {isApprover && (
        <ButtonLink wide href={privacyPages.approvals()}>
          {said.open}
        </ButtonLink>
      )}
    </>
  )
}
