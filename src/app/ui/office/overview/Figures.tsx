import type { ComponentChildren } from 'preact'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import type { Colours } from './Charts.tsx'
import { ColourRow } from './ColourRow.tsx'
import { Told } from './Told.tsx'
import styles from './Overview.module.css'

type Figure = number | null

/** What a place holds, as the server tells it or this device counts it. */
export interface Holding {
  readonly residents: { readonly total: Figure; readonly colours: Colours }
  readonly residence: Readonly<Record<'floating' | 'apart' | 'settled', Figure>>
  readonly dwellings: { readonly total: Figure; readonly colours: Colours }
  readonly calls: Readonly<Record<'total' | 'overdue' | 'today' | 'week' | 'later', Figure>>
}

/** What a place holds: its residents and dwellings by colour, who they are, and when its visits are due. */
export function Holdings(props: { readonly holding: Holding }) {
  const own = useOverviewWords()
  const { residents, residence, dwellings, calls } = props.holding
  return (
    <>
      <div class={styles.pair}>
        <ColourRow title={own.byColour} total={residents.total} colours={residents.colours} />
        <ColourRow title={own.roomsByColour} total={dwellings.total} colours={dwellings.colours} />
      </div>
      <div class={styles.pair}>
        <Numbers
          title={own.residents}
          n={<Told n={residents.total} />}
          parts={(['floating', 'apart', 'settled'] as const).map((key) => [
            own[key],
            residence[key],
          ])}
        />
        <Numbers
          title={own.calls}
          n={calls.total === null ? <Told n={null} /> : own.callsOf(calls.total)}
          parts={(['overdue', 'today', 'week', 'later'] as const).map((key) => [
            own[key],
            calls[key],
          ])}
        />
      </div>
    </>
  )
}

function Numbers(props: {
  readonly title: string
  readonly n: ComponentChildren
  readonly parts: readonly (readonly [string, Figure])[]
}) {
  return (
    <Group box head={props.title} aside={props.n}>
      <FactGrid isRow>
        {props.parts.map(([name, part]) => (
          <Fact key={name} label={name}>
            <b>
              <Told n={part} />
            </b>
          </Fact>
        ))}
      </FactGrid>
    </Group>
  )
}
