import type { ListedAccount } from '#protocol/places.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { totalOf, type BuildingLine } from '#app/views/grid-journey.ts'
import { usePlacesWords } from './places-words.ts'
import styles from './Places.module.css'
import { useWords } from '#app/ui/words/use-words.ts'
import { formatNames } from '#app/ui/format.ts'

/** What a split does, before it does it. */
export function SplitSure(props: {
  readonly lines: readonly BuildingLine[]
  /** Buildings that stay. */
  readonly left: number
  readonly from: string
  readonly to: string
  /** Who looks after the grid that they go to. */
  readonly people: readonly ListedAccount[]
}) {
  const own = usePlacesWords()
  const words = useWords()
  const { lines, left, from, to, people } = props
  const total = totalOf(lines)
  return (
    <section class={styles.part}>
      <h2>{own.splitSure(total.buildings, to)}</h2>
      <p>{own.within(total.households, total.people)}</p>
      <p>
        {formatNames(
          words,
          lines.map(({ estate, name }) => `${estate}${name}`),
        )}
      </p>
      <p>{own.splitWhat}</p>
      <p>{left > 0 ? own.stays(left, from) : own.staysEmpty(from)}</p>
      <Notice>
        <p>{own.lateFollows}</p>
      </Notice>
      {people.length > 0 ? (
        <p>
          {own.seenBy(
            formatNames(
              words,
              people.map(({ name }) => name),
            ),
          )}
        </p>
      ) : (
        <Notice>{own.nobodyYet}</Notice>
      )}
    </section>
  )
}
