import { walkPages } from '#app/links/walk.ts'
import { maskName } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatAge, formatDay, formatFacts } from '#app/ui/format.ts'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Row } from '#app/ui/kit/Row.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { CallButton } from '#app/ui/pieces/CallButton.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { memberFacts } from '#app/views/member-facts.ts'
import type { Rec } from '#app/views/records.ts'

/** One resident on the household's page; a tap opens the file, the button at its end calls. */
export function MemberRow(props: { readonly resident: Rec<'resident'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const levels = useLevels()
  const { resident } = props
  const { id, fields } = resident
  const day = useStore(app.today, (store) => store.day)
  const { colour } = useRegister(app, (register) => register.colourOfResident(id, day), [id, day])
  const isPending = useRegister(app, (register) => register.isPending(id))
  const { gone, ...facts } = memberFacts(resident, day)
  const tags = facts.tags.map(
    ({ tag, grade }) => words.facts.tag[tag] + (grade ? words.facts.grade(grade) : ''),
  )
  const under = gone
    ? gone.how === 'merged' || !gone.on
      ? words.resident.merged
      : `${words.facts.field[gone.how] ?? ''} ${formatDay(words, gone.on, day)}`
    : formatFacts(words, [...tags, facts.maskedPhone])
  return (
    <Row
      title={maskName(fields.name)}
      name={[
        facts.sex && words.shell[facts.sex],
        formatAge(words, fields.birth, facts.agedOn),
        facts.relation,
      ]
        .filter(Boolean)
        .join(' ')}
      {...(under !== '' && { under })}
      {...(!gone && {
        mark: <LevelMark level={levels[colour]} />,
        action: fields.phones?.[0] && <CallButton resident={resident} />,
      })}
      pending={isPending ? words.household.pending : undefined}
      href={walkPages.resident(id)}
    />
  )
}
