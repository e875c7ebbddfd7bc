import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import { maskName } from '#domain/mask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatAge, formatFacts } from '#app/ui/format.ts'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Row } from '#app/ui/kit/Row.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { doorOf, doorOfHousehold } from '#app/views/door.ts'
import { memberFacts } from '#app/views/member-facts.ts'
import type { Hit } from '#app/views/records.ts'
import { useSearchWords } from './search-words.ts'

/** One answer of the search: who or which room, where, and what matched. */
export function HitRow(props: { readonly hit: Hit }) {
  return props.hit.kind === 'resident' ? <Person {...props} /> : <Room {...props} />
}

function Person(props: { readonly hit: Hit }) {
  const app = useParts('register', 'today')
  const words = useSearchWords()
  const levels = useLevels()
  const { hit } = props
  const day = useStore(app.today, (store) => store.day)
  // Read at once: forty rows that listen three times each are felt at every letter typed.
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
  const { sex, agedOn, gone } = memberFacts(resident, day)
  const how = {
    merged: words.search.merged,
    diedOn: words.search.died,
    movedOutOn: words.search.movedOut,
  }
  return (
    <Row
      title={maskName(fields.name)}
      name={[sex && words.shell[sex], formatAge(words, fields.birth, agedOn), gone && how[gone.how]]
        .filter(Boolean)
        .join(' ')}
      // That a name matched is what one sees.
      under={formatFacts(words, [
        door,
        hit.matched !== 'name' && words.search.matched[hit.matched],
      ])}
      {...(!gone && { mark: <LevelMark level={levels[colour]} /> })}
      href={walkPages.resident(resident.id)}
    />
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
    <Row
      title={door}
      under={people > 0 ? words.shell.people(people) : words.search.empty}
      mark={<LevelMark level={levels[colour]} />}
      href={only ? firstPages.household(only.id) : walkPages.dwelling(hit.id)}
    />
  )
}
