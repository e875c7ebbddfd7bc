import { mayWrite } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { openDeclarations } from '#app/views/declarations.ts'
import { linksHeld, takesLandlordLink } from '#app/views/landlord-links.ts'
import { DeclarationRow } from './DeclarationRow.tsx'
import { useLinkState } from './use-link-state.ts'

/** On a dwelling's page: what waits for a visit there, and the way to say that somebody came or left. */
export function DoorDeclarations(props: { readonly dwelling: string; readonly day: string }) {
  const { dwelling, day } = props
  const app = useParts('register', 'session')
  const own = useDeclarationWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const open = useRegister(app, (register) => openDeclarations(register, { dwelling }), [dwelling])
  const mayDeclare = role !== undefined && mayWrite(role, 'arrival')
  const takesLink = useRegister(app, (register) => takesLandlordLink(register, dwelling), [
    dwelling,
  ])
  if (!mayDeclare && open.length === 0) return null
  return (
    <Group head={own.title}>
      {open.map((one) => (
        <DeclarationRow key={one.claim.id} open={one} day={day} here />
      ))}
      {mayDeclare &&
        (['arrival', 'departure'] as const).map((what) => (
          <Row
            key={what}
            title={own.declare[what]}
            href={`${walkPages.declare(dwelling)}?what=${what}`}
          />
        ))}
      {mayDeclare && takesLink && <LinkRow dwelling={dwelling} />}
    </Group>
  )
}

/** The way to the landlord's link, with what the landlord said last. */
function LinkRow(props: { readonly dwelling: string }) {
  const { dwelling } = props
  const app = useParts('register')
  const own = useDeclarationWords()
  const links = useRegister(app, (register) => linksHeld(register, dwelling), [dwelling])
  const stateOf = useLinkState()
  const [link] = links
  const state = link && stateOf(link.fields)
  return (
    <Row
      title={own.linkTitle}
      under={state ? state.words : own.linkNone}
      isLate={state?.isMissing === true}
      href={walkPages.landlordLink(dwelling)}
    />
  )
}
