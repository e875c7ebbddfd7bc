import { firstPages } from '#app/links/first.ts'
import { useState } from 'preact/hooks'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { formatFacts } from '#app/ui/format.ts'
import { LevelMark, levelTokens } from '#app/ui/kit/LevelMark.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Spoken } from '#app/ui/kit/Spoken.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Matched } from '#app/views/grid-chart.ts'
import { useGridWords } from './grid-words.ts'
import styles from './Grid.module.css'

/** A village grid may have hundreds of houses; the list grows on demand. */
const PAGE = 60

/** Those that are said in numbers; the bar shows the rest. */
const urgentColours: readonly ColourKey[] = ['red', 'orange', 'yellow']

/** Buildings with what matches in them, estate by estate in walking order: also where no map can be drawn. */
export function BuildingList(props: {
  readonly matched: readonly Matched[]
  /** Whether to say which of them stand on no map. */
  readonly besideMap?: boolean
}) {
  const { matched, besideMap = false } = props
  const words = useWords()
  const own = useGridWords()
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
        <Group key={estate} head={estate}>
          {members.map((one) => (
            <BuildingRow key={one.building.id} matched={one} besideMap={besideMap} />
          ))}
        </Group>
      ))}
      {matched.length > shown && (
        <Button wide onClick={() => setShown(shown + PAGE)}>
          {words.places.showMore(matched.length - shown)}
        </Button>
      )}
    </>
  )
}

function BuildingRow(props: { readonly matched: Matched; readonly besideMap: boolean }) {
  const words = useWords()
  const own = useGridWords()
  const levels = useLevels()
  const { building, count, colours } = props.matched
  const urgent = urgentColours.filter((key) => colours[key] > 0)
  return (
    <Row
      title={building.name}
      name={formatFacts(words, [
        own.rooms(count),
        words.shell.people(building.people),
        props.besideMap && !building.position && own.withoutPlace,
      ])}
      {...(urgent.length > 0 && {
        aside: (
          <span class={styles.urgent}>
            {urgent.map((key) => (
              <LevelMark key={key} level={levels[key]} size={20} count={colours[key]} />
            ))}
          </span>
        ),
      })}
      under={
        <>
          <span class={styles.bar} aria-hidden="true">
            {colourKeys.map(
              (key) =>
                colours[key] > 0 && (
                  <span
                    key={key}
                    class={`${styles.share} ${levelTokens(key)}`}
                    style={{ flexGrow: colours[key] }}
                  />
                ),
            )}
          </span>
          <Spoken>
            {formatFacts(
              words,
              colourKeys
                .filter((key) => colours[key] > 0 && !urgent.includes(key))
                .map((key) => `${levels[key].word} ${colours[key]}`),
            )}
          </Spoken>
        </>
      }
      href={firstPages.building(building.id)}
    />
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
