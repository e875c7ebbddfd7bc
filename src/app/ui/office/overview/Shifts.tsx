import type { Scheme } from '#domain/scheme.ts'
import type { ReasonFigures, ShiftFigures } from '#protocol/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { ReasonList } from './Reasons.tsx'
import { nameOfRule } from './rule-names.ts'
import { told } from './Told.tsx'
import { useOverviewWords, type OverviewWords } from '#app/ui/words/overview-words.ts'
import styles from './Overview.module.css'

/** Why, in words: a rule of the scheme that began or ceased to hold, of nobody in particular. */
export function reasonOfShift(
  { rule, began }: ShiftFigures,
  own: OverviewWords,
  scheme: Scheme,
  language: 'zh-CN' | 'en',
): string {
  if (rule === null) return began ? own.verified : own.unverified
  const name = nameOfRule(rule, own, scheme, language)
  return began ? own.began(name) : own.ceased(name)
}

/** What changed colour today: from which to which, how many, and why. */
export function Shifts(props: {
  readonly shifts: readonly ShiftFigures[] | null
  /** Who and what came today with a colour; absent from a server of before. */
  readonly newcomers: readonly ReasonFigures[]
  readonly isGuarded: boolean
}) {
  const own = useOverviewWords()
  const words = useWords()
  const levels = useLevels()
  const scheme = useRegister(useParts('register'), (register) => register.scheme())
  const { shifts, newcomers, isGuarded } = props
  const isQuiet = (shifts === null || shifts.length === 0) && newcomers.length === 0
  return (
    <section class={styles.part}>
      <h2>{own.shifts}</h2>
      {isQuiet && <p class={styles.soft}>{isGuarded ? own.shiftsHidden : own.shiftsNone}</p>}
      <ul class={styles.shifts}>
        {newcomers.length > 0 && (
          <li class={styles.card}>
            <h3>{own.newcomers}</h3>
            <ReasonList reasons={newcomers} />
          </li>
        )}
        {groupsOf(shifts ?? []).map((group) => {
          const [first] = group
          if (!first) return null
          const count = group.reduce((sum, one) => sum + (one.count ?? 0), 0)
          return (
            <li key={keyOf(first)} class={styles.card}>
              <p class={styles.shift}>
                <LevelMark level={levels[first.from]} look="words" />
                <span aria-hidden="true">→</span>
                <LevelMark level={levels[first.to]} look="words" />
                <b>{first.subject === 'resident' ? own.people(count) : own.rooms(count)}</b>
              </p>
              <ul class={styles.reasons}>
                {group.map((one) => (
                  <li key={`${one.cause}${one.rule}${one.began}`}>
                    {formatFacts(words, [
                      reasonOfShift(one, own, scheme, words.language),
                      own.causes[one.cause],
                      told(own, one.count),
                    ])}
                  </li>
                ))}
              </ul>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const keyOf = ({ subject, from, to }: ShiftFigures) => `${subject}/${from}/${to}`

/** By what went where; in the order in which they come, the most first. */
function groupsOf(shifts: readonly ShiftFigures[]): ShiftFigures[][] {
  const groups = new Map<string, ShiftFigures[]>()
  for (const shift of shifts) {
    const group = groups.get(keyOf(shift))
    if (group) group.push(shift)
    else groups.set(keyOf(shift), [shift])
  }
  return [...groups.values()]
}
