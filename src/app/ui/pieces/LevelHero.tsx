import type { ComponentChildren } from 'preact'
import { reasonWords } from '#domain/colour-of.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import type { Coloured, Due } from '#app/views/records.ts'
import { formatAgo, formatDay, formatFacts, formatSoon } from '../format.ts'
import { Hero } from '../kit/Hero.tsx'
import { useLevels } from '../levels.ts'
import { useWords } from '../words/use-words.ts'

/** What a person's, a household's or a room's page says first: the colour, when the next call is due, and why. */
export function LevelHero(props: {
  readonly coloured: Coloured
  readonly due?: Due | null | undefined
  /** Whether to say when somebody was last met. */
  readonly met?: boolean
  /** Whether to say since when it is so, and when it may change. */
  readonly dates?: boolean
  readonly children?: ComponentChildren
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const levels = useLevels()
  const { due } = props
  const day = useStore(app.today, (store) => store.day)
  const scheme = useRegister(app, (register) => register.scheme())
  const { colour, reasons, since } = props.coloured
  // Of somebody whom nobody has verified yet, the day that counts is the first call, not a birthday in thirty years.
  const until = colour === 'grey' ? null : props.coloured.until
  const why =
    reasons.length > 0
      ? reasons.map((reason) => reasonWords(reason, scheme, words.language))
      : [colour === 'grey' ? words.household.greyReason : words.household.noReason]
  const dates = [
    since && words.household.since(formatDay(words, since, day)),
    until && words.household.mayChange(formatDay(words, until, day)),
  ].filter(Boolean)
  const dueWords =
    due &&
    (due.overdue > 0
      ? words.today.overdueBy(due.overdue)
      : words.today.due(formatSoon(words, due.on, day)))
  return (
    <Hero level={levels[colour]} title={[levels[colour].word, dueWords].filter(Boolean).join(' ')}>
      <p>{formatFacts(words, why)}</p>
      {due && props.met && (
        <p>
          {due.lastMet
            ? words.today.lastMet(formatAgo(words, due.lastMet, day))
            : words.today.neverMet}
        </p>
      )}
      {props.dates && dates.length > 0 && <p>{formatFacts(words, dates)}</p>}
      {props.children}
    </Hero>
  )
}
