import { mayWrite } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { openDeclarations } from '#app/views/declarations.ts'
import { DeclarationRow } from './DeclarationRow.tsx'

/** On a dwelling's page: what waits for a visit there, and the way to say that somebody came or left. */
export function DoorDeclarations(props: { readonly dwelling: string; readonly day: string }) {
  const { dwelling, day } = props
  const app = useParts('register', 'session')
  const own = useDeclarationWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const open = useRegister(app, (register) => openDeclarations(register, { dwelling }), [dwelling])
  const mayDeclare = role !== undefined && mayWrite(role, 'arrival')
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
    </Group>
  )
}
