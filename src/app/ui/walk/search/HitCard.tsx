import { maskName } from '#domain/mask.ts'
import type { Hit } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatAge } from '#app/ui/format.ts'
import { LevelMark, levelEdge } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { doorOf, doorOfHousehold } from '#app/views/door.ts'
import cardStyles from '#app/ui/walk/household/MemberCard.module.css'
import { useSearchWords } from './use-search-words.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'

/** One answer of the search: who or which room, where, and what matched. */
export function HitCard(props: { readonly hit: Hit }) {
  return props.hit.kind === 'resident' ? <Person {...props} /> : <Room {...props} />
}

function Person(props: { readonly hit: Hit }) {
  const app = useParts('register', 'today')
  const words = useSearchWords()
  const levels = useLevels()
  const { hit } = props
  const day = useStore(app.today, (store) => store.day)
  // Read at once: forty cards that listen three times each are felt at every letter typed.
  const [resident, colour, door] = useRegister(
    app,
    (register) => {
      const found = register.get('resident', hit.id)
      const at = found ? doorOfHousehold(register, found.fields.household, true) : ''
      return [found, register.colourOfResident(hit.id, day).colour, at] as const
    },
    [hit.id, day],
  )
  if (!resident) return null
  const { fields } = resident
  const gone = fields.mergedInto
    ? words.search.merged
    : fields.diedOn
      ? words.search.died
      : fields.movedOutOn
        ? words.search.movedOut
        : null
  const sex = fields.sex === '1' ? words.shell.male : fields.sex === '2' ? words.shell.female : null
  return (
    <a
      class={`${cardStyles.card} ${gone ? '' : levelEdge(colour)}`}
      href={walkPages.resident(resident.id)}
    >
      {!gone && <LevelMark level={levels[colour]} />}
      <span class={cardStyles.text}>
        <span>
          <strong>{maskName(fields.name)}</strong>{' '}
          {[sex, formatAge(words, fields.birth, fields.diedOn ?? day), gone]
            .filter(Boolean)
            .join(' ')}
        </span>
        <span class={cardStyles.more}>
          {door} · {words.search.matched[hit.matched]}
        </span>
      </span>
    </a>
  )
}

function Room(props: { readonly hit: Hit }) {
  const app = useParts('register', 'today')
  const words = useSearchWords()
  const levels = useLevels()
  const { hit } = props
  const day = useStore(app.today, (store) => store.day)
  const homes = useRegister(app, (register) => register.households(hit.id))
  const door = useRegister(app, (register) => doorOf(register, hit.id, true))
  const only = homes.length === 1 ? homes[0] : undefined
  const colour = useRegister(
    app,
    (register) =>
      only
        ? register.colourOfHousehold(only.id, day).colour
        : register.colourOfDwelling(hit.id, day).colour,
    [only?.id, hit.id, day],
  )
  const people = useRegister(app, (register) =>
    homes.reduce((sum, home) => sum + register.residents(home.id).length, 0),
  )
  return (
    <a
      class={`${cardStyles.card} ${levelEdge(colour)}`}
      href={only ? firstPages.household(only.id) : walkPages.dwelling(hit.id)}
    >
      <LevelMark level={levels[colour]} />
      <span class={cardStyles.text}>
        <strong>{door}</strong>
        <span class={cardStyles.more}>
          {people > 0 ? words.shell.people(people) : words.search.empty}
        </span>
      </span>
    </a>
  )
}
