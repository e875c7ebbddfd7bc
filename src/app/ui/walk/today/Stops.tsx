import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { countStops, firstStops, type Walk } from '#app/views/today-list.ts'
import { StopRow } from './StopRow.tsx'

/** A grid's day is some dozens of stops; an office sees thousands, so the list grows on demand. */
const PAGE = 120

interface Leaving {
  readonly leaving?: ReadonlySet<string>
  readonly onLeft?: (household: string) => void
}

/** By building; a long list grows on demand. */
export function Stops(props: Leaving & { readonly groups: Walk }) {
  const words = useWords()
  const [shown, setShown] = useState(PAGE)
  const { groups, ...leaving } = props
  const left = countStops(groups) - shown
  return (
    <>
      {firstStops(groups, shown).map((group, index, all) => {
        // Of the next days, a building may stand there twice: its overdue ones come before all others.
        const isSecond = all.findIndex(({ building }) => building === group.building) < index
        return <Building key={`${group.building} ${isSecond}`} {...group} {...leaving} />
      })}
      {left > 0 && (
        <Button wide onClick={() => setShown(shown + PAGE)}>
          {words.today.showMore(left)}
        </Button>
      )}
    </>
  )
}

function Building(props: Leaving & Walk[number]) {
  const { stops, leaving, onLeft } = props
  const words = useWords()
  const building = useRegister(useParts('register'), (register) =>
    register.get('building', props.building),
  )
  return (
    <Group
      head={building ? `${building.fields.estate} ${building.fields.name}` : (props.head ?? '')}
      aside={words.shell.households(stops.length)}
      isDense
    >
      {stops.map((stop) => (
        <StopRow
          key={stop.household}
          stop={stop}
          leaving={leaving?.has(stop.household) ?? false}
          onLeft={onLeft}
        />
      ))}
    </Group>
  )
}
