import { colourKeys } from '#domain/level.ts'
import { LevelStrip } from '#app/ui/kit/LevelStrip.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import { ShareBar, type Colours } from './Charts.tsx'
import { Told, told } from './Told.tsx'
import styles from './Overview.module.css'

/** How many of each colour: a bar, and under it the strip that says what its colours mean. */
export function ColourRow(props: {
  readonly title: string
  readonly total: number | null
  readonly colours: Colours
  /** Where more is said of it. */
  readonly href?: string
}) {
  const own = useOverviewWords()
  const levels = useLevels()
  const { title, total, colours, href } = props
  const spoken = colourKeys.map((key) => `${levels[key].word} ${told(own, colours[key])}`)
  return (
    <Group
      bare
      head={title}
      aside={
        href === undefined ? (
          <Told n={total} />
        ) : (
          <a class={styles.more} href={href}>
            {own.title}
          </a>
        )
      }
    >
      <div class={styles.colours}>
        <ShareBar colours={colours} total={total} label={own.trend(title, spoken.join('，'))} />
        <LevelStrip label={title} levels={levels} counts={colours} />
      </div>
    </Group>
  )
}
