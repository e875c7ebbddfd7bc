import { useState } from 'preact/hooks'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { DistributionBar } from '#app/ui/pieces/DistributionBar.tsx'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import type { Matched } from '#app/views/grid-chart.ts'
import { gridWords } from './grid-words.ts'
import styles from './Grid.module.css'
import { firstPages } from '#app/links/first.ts'

/** A village grid may have hundreds of houses; the list grows on demand. */
const PAGE = 60

/** Buildings with what matches in them, estate by estate in walking order: also where no map can be drawn. */
export function BuildingList(props: {
  readonly matched: readonly Matched[]
  /** Whether to say which of them stand on no map. */
  readonly besideMap?: boolean
}) {
  const { matched, besideMap = false } = props
  const words = useWords()
  const own = useScreenWords(gridWords)
  const [shown, setShown] = useState(PAGE)
  if (matched.length === 0) {
    return (
      <Empty title={own.noneMatches} icon="search">
        <p>{own.noneMatchesHint}</p>
      </Empty>
    )
  }
  return (
    <>
      {byEstate(matched.slice(0, shown)).map(({ estate, members }) => (
        <section key={estate} class={styles.estate}>
          <h2>{estate}</h2>
          <ul>
            {members.map((one) => (
              <li key={one.building.id}>
                <BuildingCard matched={one} besideMap={besideMap} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {matched.length > shown && (
        <Button wide onClick={() => setShown(shown + PAGE)}>
          {words.places.showMore(matched.length - shown)}
        </Button>
      )}
    </>
  )
}

function BuildingCard(props: { readonly matched: Matched; readonly besideMap: boolean }) {
  const words = useWords()
  const own = useScreenWords(gridWords)
  const { building, count, colours } = props.matched
  const facts = [
    props.besideMap && !building.position && own.withoutPlace,
    own.rooms(count),
    words.shell.people(building.people),
  ]
  return (
    <a class={styles.card} href={firstPages.building(building.id)}>
      <span class={styles.name}>
        <strong>{building.name}</strong>
        <span>{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <DistributionBar label={own.colours} distribution={colours} />
    </a>
  )
}

function byEstate(matched: readonly Matched[]) {
  const groups: { readonly estate: string; readonly members: Matched[] }[] = []
  for (const one of matched) {
    const last = groups.at(-1)
    if (last?.estate === one.building.estate) last.members.push(one)
    else groups.push({ estate: one.building.estate, members: [one] })
  }
  return groups
}
