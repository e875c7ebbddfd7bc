import { formatFacts } from '#app/ui/format.ts'
import { reasonWords } from '#domain/colour-of.ts'
import type { Coloured } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '../format.ts'
import { LevelMark } from '../kit/LevelMark.tsx'
import { useLevels } from '../levels.ts'
import { useWords } from '../words/use-words.ts'
import styles from './Why.module.css'

/** A colour with every reason for it, since when, and when time alone may change it. */
export function Why(props: { readonly coloured: Coloured; readonly dates?: boolean }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  const scheme = useRegister(app, (register) => register.scheme())
  const { colour, reasons, since } = props.coloured
  // Of somebody whom nobody has verified yet, the day that counts is the first call, not a birthday in thirty years.
  const until = colour === 'grey' ? null : props.coloured.until
  return (
    <div class={styles.why}>
      <LevelMark level={levels[colour]} look="chip" />
      {reasons.length === 0 ? (
        <p>{colour === 'grey' ? words.household.greyReason : words.household.noReason}</p>
      ) : (
        <ul>
          {reasons.map((reason) => (
            <li key={reason.rule}>
              <LevelMark level={levels[reason.level]} />
              <span>{reasonWords(reason, scheme, words.language)}</span>
            </li>
          ))}
        </ul>
      )}
      {props.dates && (
        <p class={styles.dates}>
          {formatFacts(words, [
            since && words.household.since(formatDay(words, since, day)),
            until && words.household.mayChange(formatDay(words, until, day)),
          ])}
        </p>
      )}
    </div>
  )
}
