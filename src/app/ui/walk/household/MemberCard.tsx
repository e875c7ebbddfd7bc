import { codeLabel } from '#domain/code-tables.ts'
import { maskName, maskPhone } from '#domain/mask.ts'
import { isPresent } from '#domain/resident.ts'
import type { Rec } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatAge, formatDay } from '#app/ui/format.ts'
import { LevelMark, levelEdge } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './MemberCard.module.css'
import { walkPages } from '#app/links/walk.ts'

/** One resident on the household's page; a tap opens the file. */
export function MemberCard(props: { readonly resident: Rec<'resident'> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  const { id, fields } = props.resident
  const { colour } = useRegister(app, (register) => register.colourOfResident(id, day), [id, day])
  const pending = useRegister(app, (register) => register.isPending(id))
  const left = fields.diedOn ?? fields.movedOutOn
  const gone = !isPresent(fields)
  const facts = [
    fields.sex === '1' ? words.shell.male : fields.sex === '2' ? words.shell.female : null,
    formatAge(words, fields.birth, fields.diedOn ?? day),
    fields.relation && codeLabel('relation2', fields.relation),
  ]
  const tags = (fields.tags ?? [])
    .filter((tag) => !tag.until || tag.until >= day)
    .map((tag) => words.facts.tag[tag.tag] + (tag.grade ? words.facts.grade(tag.grade) : ''))
  const phone = fields.phones?.[0]
  return (
    <a class={`${styles.card} ${gone ? '' : levelEdge(colour)}`} href={walkPages.resident(id)}>
      {!gone && <LevelMark level={levels[colour]} />}
      <span class={styles.text}>
        <span>
          <strong>{maskName(fields.name)}</strong> {facts.filter(Boolean).join(' ')}
          {pending && <span class={styles.pending}> {words.household.pending}</span>}
        </span>
        <span class={styles.more}>
          {gone
            ? left && !fields.mergedInto
              ? `${fields.diedOn ? words.facts.field['diedOn'] : words.facts.field['movedOutOn']} ${formatDay(words, left, day)}`
              : words.resident.merged
            : [...tags, phone && maskPhone(phone)].filter(Boolean).join(' · ')}
        </span>
      </span>
    </a>
  )
}
