import { useState } from 'preact/hooks'
import { Button } from '#app/ui/kit/Button.tsx'
import { Chip } from '#app/ui/kit/Chip.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { LevelStrip } from '#app/ui/kit/LevelStrip.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useBuildingWords } from './building-words.ts'
import styles from './Filters.module.css'
import {
  isFiltering,
  noFilter,
  residenceKinds,
  type Counts,
  type Filter,
} from '#app/views/building-chart.ts'
import { useReasonName } from './reason-name.ts'

interface FilterProps {
  readonly counts: Counts
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
}

/** The legend with its counts, and at once the filter by colour: the chosen one is taken back by a second tap. */
export function FilterStrip(props: FilterProps) {
  const { counts, filter, onChange } = props
  const words = useWords()
  return (
    <LevelStrip
      label={words.places.filter}
      levels={useLevels()}
      counts={counts.colours}
      chosen={filter.colour}
      onChoose={(key) => onChange({ ...filter, colour: filter.colour === key ? null : key })}
    />
  )
}

/** Leads to what else can be asked for, and says how much of that is chosen. */
export function FilterButton(props: FilterProps) {
  const words = useWords()
  const [open, setOpen] = useState(false)
  const { rule, residence, overdue } = props.filter
  const chosen = [rule, residence, overdue].filter(Boolean).length
  return (
    <>
      <Button pressed={chosen > 0} onClick={() => setOpen(true)}>
        {words.places.filter}
        {chosen > 0 && ` ${chosen}`}
      </Button>
      {open && <FilterSheet {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

/** How much matches, and the way back to all; where nothing is asked for, the strip says it to eyes. */
export function FilterLine(props: {
  readonly filter: Filter
  readonly text: string
  readonly onChange: (filter: Filter) => void
}) {
  const own = useBuildingWords()
  if (!isFiltering(props.filter)) {
    return (
      <p role="status" class={styles.spoken}>
        {props.text}
      </p>
    )
  }
  return (
    <div class={styles.line}>
      <p role="status">{props.text}</p>
      <Button look="quiet" onClick={() => props.onChange(noFilter)}>
        {own.clear}
      </Button>
    </div>
  )
}

function FilterSheet(props: FilterProps & { readonly onClose: () => void }) {
  const { counts, filter, onChange } = props
  const words = useWords()
  const own = useBuildingWords()
  const levels = useLevels()
  const nameOf = useReasonName()
  const change = (part: Partial<Filter>) => onChange({ ...filter, ...part })
  return (
    <Sheet title={words.places.filter} closeLabel={words.shell.close} onClose={props.onClose}>
      <div class={styles.asked}>
        {(counts.overdue > 0 || filter.overdue) && (
          <p>
            <Chip
              on={filter.overdue}
              count={counts.overdue}
              onClick={() => change({ overdue: !filter.overdue })}
            >
              {own.overdue}
            </Chip>
          </p>
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
        <Button look="primary" wide onClick={props.onClose}>
          {own.show}
        </Button>
      </div>
    </Sheet>
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
    <SelectField
      label={props.label}
      value={value ?? ''}
      options={[{ value: '', label: props.any }, ...options]}
      onInput={(chosen) =>
        props.onChoose(options.find((option) => option.value === chosen)?.value ?? null)
      }
    />
  )
}
