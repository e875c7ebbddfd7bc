import { colourKeys } from '#domain/level.ts'
import type { ReasonFigures } from '#protocol/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useOverviewWords } from '#app/ui/words/overview-words.ts'
import { nameOfRule } from './rule-names.ts'
import styles from './Overview.module.css'

/** Why residents and dwellings have their colours: the rule that decides, and of how many. */
export function Reasons(props: { readonly reasons: readonly ReasonFigures[] }) {
  const own = useOverviewWords()
  const levels = useLevels()
  const coloured = colourKeys
    .filter((key) => key !== 'grey')
    .map((key) => ({ key, all: props.reasons.filter(({ colour }) => colour === key) }))
    .filter(({ all }) => all.length > 0)
  if (coloured.length === 0) return null
  return (
    <section class={styles.part}>
      <h2>{own.reasons}</h2>
      <ul class={styles.shifts}>
        {coloured.map(({ key, all }) => (
          <li key={key} class={styles.card}>
            <strong>
              <LevelMark level={levels[key]} look="words" />
            </strong>
            <ReasonList reasons={all} isOneColour />
          </li>
        ))}
      </ul>
    </section>
  )
}

export function ReasonList(props: {
  readonly reasons: readonly ReasonFigures[]
  /** The colour is said above the list. */
  readonly isOneColour?: boolean
}) {
  const own = useOverviewWords()
  const levels = useLevels()
  const { language } = useWords()
  const scheme = useRegister(useParts('register'), (register) => register.scheme())
  return (
    <ul class={styles.reasons}>
      {props.reasons.map(({ subject, colour, rule, count }) => (
        <li key={`${subject}${colour}${rule}`} class={styles.reason}>
          {!props.isOneColour && <LevelMark level={levels[colour]} />}
          <span>{nameOfRule(rule, own, scheme, language)}</span>
          <b>{subject === 'resident' ? own.people(count ?? 0) : own.rooms(count ?? 0)}</b>
        </li>
      ))}
    </ul>
  )
}
