import { useLocation } from 'preact-iso'
import { maskName } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { formatFacts, formatSoon } from '#app/ui/format.ts'
import { Row } from '#app/ui/kit/Row.tsx'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { OpenDeclaration } from '#app/views/declarations.ts'
import { doorOf } from '#app/views/door.ts'

/** One that waits for a visit: what, at which door, until when. `here`: at that door's own page. */
export function DeclarationRow(props: {
  readonly open: OpenDeclaration
  readonly day: string
  readonly here?: boolean
}) {
  const app = useParts('register')
  const own = useDeclarationWords()
  const words = useWords()
  const { path } = useLocation()
  const { claim, due } = props.open
  const { name, count, speaker, dwelling } = claim.fields
  const door = useRegister(app, (register) => doorOf(register, dwelling, true), [dwelling])
  const href = walkPages.declaration(claim.id)
  const who = name ? maskName(name) : ''
  return (
    <Row
      title={props.here ? own.what[claim.kind] : door || own.unknownDoor}
      name={props.here && who}
      aside={due < props.day ? own.overdue : own.due(formatSoon(words, due, props.day))}
      isLate={due < props.day}
      under={formatFacts(words, [
        !props.here && own.what[claim.kind],
        !props.here && who,
        own.people(count),
        own.says(own.speakers[speaker]),
      ])}
      href={href}
      chosen={path === href}
      pending={app.register.isPending(claim.id) ? words.household.pending : undefined}
    />
  )
}
