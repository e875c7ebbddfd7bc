import { colourKeys } from '#domain/level.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import styles from './Building.module.css'
import { buildingWords } from './building-words.ts'
import { residenceKinds, type Counts, type Filter } from '#app/views/building-chart.ts'
import { useReasonName } from './reason-name.ts'

/** The legend with its counts, and at once what can be asked for. Whatever is chosen can be taken back there. */
export function Filters(props: {
  readonly counts: Counts
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
}) {
  const { counts, filter, onChange } = props
  const words = useWords()
  const own = useScreenWords(buildingWords)
  const levels = useLevels()
  const nameOf = useReasonName()
  const change = (part: Partial<Filter>) => onChange({ ...filter, ...part })
  return (
    <div class={styles.filters} role="group" aria-label={words.places.filter}>
      {colourKeys.map(
        (key) =>
          (counts.colours[key] > 0 || filter.colour === key) && (
            <Button
              key={key}
              pressed={filter.colour === key}
              onClick={() => change({ colour: filter.colour === key ? null : key })}
            >
              <LevelMark level={levels[key]} count={counts.colours[key]} />
            </Button>
          ),
      )}
      {(counts.overdue > 0 || filter.overdue) && (
        <Button pressed={filter.overdue} onClick={() => change({ overdue: !filter.overdue })}>
          {own.overdue} {counts.overdue}
        </Button>
      )}
      {(counts.rules.length > 0 || filter.rule !== null) && (
        <Choice
          label={own.reason}
          any={own.anyReason}
          value={filter.rule}
          options={counts.rules.map(({ rule, level, count }) => ({
            value: rule,
            label: `${levels[level].mark} ${nameOf(rule)} ${count}`,
          }))}
          onChoose={(rule) => change({ rule })}
        />
      )}
      <Choice
        label={own.residence}
        any={own.anyResidence}
        value={filter.residence}
        options={residenceKinds
          .filter((kind) => counts.residences[kind] > 0 || filter.residence === kind)
          .map((kind) => ({
            value: kind,
            label: `${own.residences[kind]} ${counts.residences[kind]}`,
          }))}
        onChoose={(residence) => change({ residence })}
      />
    </div>
  )
}

/** A list of the browser's own: it opens large on a phone, and reads itself out. */
function Choice<Value extends string>(props: {
  readonly label: string
  readonly any: string
  readonly value: Value | null
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChoose: (value: Value | null) => void
}) {
  const { options, value } = props
  return (
    <select
      autocomplete="off"
      class={value === null ? styles.choice : `${styles.choice} ${styles.chosen}`}
      aria-label={props.label}
      value={value ?? ''}
      onChange={(event) =>
        props.onChoose(
          options.find((option) => option.value === event.currentTarget.value)?.value ?? null,
        )
      }
    >
      <option value="">{props.any}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
