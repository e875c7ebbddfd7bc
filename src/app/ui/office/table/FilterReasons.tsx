import { ruleWords } from '#domain/colour-of.ts'
import { urgency } from '#domain/level.ts'
import { reasonByHand, type SheetFilter } from '#domain/sheet-filter.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { FilterChips } from './FilterChips.tsx'
import styles from './Table.module.css'
import { useTableWords } from './table-words.ts'

/** Why somebody has their colour: the rules of the scheme in force, of the colours that are chosen. */
export function FilterReasons(props: {
  readonly filter: SheetFilter
  readonly change: (part: Partial<SheetFilter>) => void
}) {
  const app = useParts('register')
  const words = useWords()
  const own = useTableWords()
  const levels = useLevels()
  const rules = useRegister(app, (register) => register.scheme().rules)
  const { filter, change } = props
  const chosen = filter.reasons ?? []
  const colours = filter.colours ?? []
  const offered = rules
    .filter(
      ({ key, level }) => colours.length === 0 || colours.includes(level) || chosen.includes(key),
    )
    .sort((a, b) => urgency(a.level) - urgency(b.level))
  const ruleOf = (key: string) => rules.find((rule) => rule.key === key)
  return (
    <details class={styles.fold} open={chosen.length > 0}>
      <summary>{own.reason}</summary>
      <p class={styles.soft}>{own.reasonHint}</p>
      <FilterChips
        label={own.reason}
        isLabelHidden
        options={[...offered.map(({ key }) => key), reasonByHand]}
        chosen={chosen}
        onChange={(reasons) => change({ reasons })}
        draw={(key) => {
          const rule = ruleOf(key)
          if (!rule) return own.byHand
          return (
            <>
              <LevelMark level={levels[rule.level]} /> {ruleWords(rule, words.language)}
            </>
          )
        }}
      />
    </details>
  )
}
