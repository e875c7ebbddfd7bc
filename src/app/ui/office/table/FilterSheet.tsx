import { useState } from 'preact/hooks'
import { dwellingUses } from '#domain/dwelling.ts'
import { colourKeys } from '#domain/level.ts'
import { careTags } from '#domain/resident.ts'
import {
  careStandings,
  missingFacts,
  presences,
  residenceKinds,
  type Presence,
  type SheetFilter,
} from '#domain/sheet-filter.ts'
import type { Sheet } from '#domain/sheet.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, SelectField, SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Sheet as Panel } from '#app/ui/kit/Sheet.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { gridName } from '#app/views/door.ts'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Table.module.css'
import { FilterChips } from './FilterChips.tsx'
import { FilterDays } from './FilterDays.tsx'
import { FilterReasons } from './FilterReasons.tsx'
import { useTableWords } from './table-words.ts'

/** What the table is narrowed to. Each answer counts at once; the button at the foot says how many are left. */
export function FilterSheet(props: {
  readonly sheet: Sheet
  readonly filter: SheetFilter
  /** Null while they are being counted. */
  readonly found: number | null
  readonly onChange: (filter: SheetFilter) => void
  readonly onClose: () => void
}) {
  const words = useWords()
  const own = useTableWords()
  const levels = useLevels()
  const { sheet, filter } = props
  const change = (part: Partial<SheetFilter>) => props.onChange({ ...filter, ...part })
  const isOfPeople = sheet !== 'dwellings'
  const facts = missingFacts.filter(
    (fact) => isOfPeople || fact === 'verified' || fact === 'landlord',
  )
  return (
    <Panel title={own.filterTitle} closeLabel={words.shell.close} onClose={props.onClose}>
      <div class={styles.form}>
        <FilterChips
          label={own.colour}
          options={colourKeys}
          chosen={filter.colours ?? []}
          onChange={(colours) => change({ colours })}
          draw={(colour) => (
            <>
              <LevelMark level={levels[colour]} /> {levels[colour].word}
            </>
          )}
        />
        <FilterReasons filter={filter} change={change} />
        {isOfPeople && (
          <ChoiceField
            label={own.due}
            value={filter.due ?? ''}
            options={[
              { value: '', label: own.anyDue },
              { value: 'week', label: own.dues.week },
              { value: 'overdue', label: own.dues.overdue },
            ]}
            onInput={(due) => change({ due: due === 'week' || due === 'overdue' ? due : null })}
          />
        )}
        <FilterChips
          label={own.use}
          options={dwellingUses}
          chosen={filter.uses ?? []}
          onChange={(uses) => change({ uses })}
          draw={(use) => words.facts.use[use]}
        />
        <ChoiceField
          label={own.days.arrived}
          value={filter.arrivedWithin === 6 ? '6' : ''}
          options={[
            { value: '', label: own.anyTime },
            { value: '6', label: own.under6 },
          ]}
          onInput={(value) => change({ arrivedWithin: value === '6' ? 6 : null })}
        />
        <FilterDays isOfPeople={isOfPeople} filter={filter} change={change} />
        <Place filter={filter} change={change} />
        <FilterChips
          label={own.tag}
          options={careTags}
          chosen={filter.tags ?? []}
          onChange={(tags) => change({ tags })}
          draw={(tag) => words.facts.tag[tag]}
        />
        <Care filter={filter} change={change} />
        {sheet === 'dwellings' && <Vehicles filter={filter} change={change} />}
        <Ages filter={filter} change={change} />
        <FilterChips
          label={own.residence}
          options={residenceKinds}
          chosen={filter.residences ?? []}
          onChange={(residences) => change({ residences })}
          draw={(kind) => own.residences[kind]}
        />
        <FilterChips
          label={own.missing}
          options={facts}
          chosen={filter.missing ?? []}
          onChange={(missing) => change({ missing })}
          draw={(fact) => own.facts[fact]}
        />
        {isOfPeople && (
          <ChoiceField
            label={own.presence}
            value={filter.presence ?? 'present'}
            options={presences.map((value) => ({ value, label: own.presences[value] }))}
            onInput={(presence) => change({ presence: presence as Presence })}
          />
        )}
        <div class={styles.acts}>
          <Button onClick={() => props.onChange({})}>{own.clearFilter}</Button>
          <Button look="primary" onClick={props.onClose}>
            {own.apply(props.found, own.units[sheet])}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

interface PartProps {
  readonly filter: SheetFilter
  readonly change: (part: Partial<SheetFilter>) => void
}

/** Grid, estate and building, each narrowing what the next one offers. */
function Place({ filter, change }: PartProps) {
  const app = useParts('register')
  const own = useTableWords()
  const grids = useRegister(app, (register) =>
    register.grids().map(({ id }) => `${id}\n${gridName(register, id)}`),
  ).map((line) => line.split('\n'))
  const buildings = useRegister(app, (register) => register.buildings(filter.grid ?? undefined), [
    filter.grid,
  ])
  const estates = [...new Set(buildings.map(({ fields }) => fields.estate))]
  const here = buildings.filter(({ fields }) => fields.estate === filter.estate)
  return (
    <>
      {grids.length > 1 && (
        <SelectField
          label={own.grid}
          value={filter.grid ?? ''}
          emptyLabel={own.anywhere}
          options={grids.map(([value = '', label = '']) => ({ value, label }))}
          onInput={(grid) => change({ grid: grid || null, estate: null, building: null })}
        />
      )}
      <SelectField
        label={own.estate}
        value={filter.estate ?? ''}
        emptyLabel={own.anywhere}
        options={estates.map((value) => ({ value, label: value }))}
        onInput={(estate) => change({ estate: estate || null, building: null })}
      />
      {filter.estate && (
        <SelectField
          label={own.building}
          value={filter.building ?? ''}
          emptyLabel={own.anywhere}
          options={here.map(({ id, fields }) => ({ value: id, label: fields.name }))}
          onInput={(building) => change({ building: building || null })}
        />
      )}
    </>
  )
}

/** Nothing where the village has no gates. */
function Vehicles(props: {
  readonly filter: SheetFilter
  readonly change: (part: Partial<SheetFilter>) => void
}) {
  const own = useTableWords()
  const hasGates = usePolicy().gates === true
  if (!hasGates) return null
  return (
    <SwitchField
      label={own.vehicles}
      checked={props.filter.vehicles === true}
      onInput={(vehicles) => props.change({ vehicles: vehicles || null })}
    />
  )
}

/** Nothing where the office arranges none. */
function Care(props: {
  readonly filter: SheetFilter
  readonly change: (part: Partial<SheetFilter>) => void
}) {
  const own = useTableWords()
  const isOff = usePolicy().off.includes('cares')
  if (isOff) return null
  return (
    <ChoiceField
      label={own.care}
      value={props.filter.care ?? ''}
      options={[
        { value: '', label: own.anyDue },
        ...careStandings.map((value) => ({ value, label: own.cares[value] })),
      ]}
      onInput={(care) =>
        props.change({ care: careStandings.find((value) => value === care) ?? null })
      }
    />
  )
}

/** From one age to another; what is no age counts for nothing and is said. */
function Ages({ filter, change }: PartProps) {
  const own = useTableWords()
  const [typed, setTyped] = useState({
    from: filter.ageFrom?.toString() ?? '',
    to: filter.ageTo?.toString() ?? '',
  })
  const [from, to] = [ageOf(typed.from), ageOf(typed.to)]
  const isWrong =
    from === undefined || to === undefined || (from !== null && to !== null && from > to)
  const type = (part: Partial<typeof typed>) => {
    const next = { ...typed, ...part }
    setTyped(next)
    const [ageFrom, ageTo] = [ageOf(next.from), ageOf(next.to)]
    if (ageFrom === undefined || ageTo === undefined) return
    if (ageFrom !== null && ageTo !== null && ageFrom > ageTo) return
    change({ ageFrom, ageTo })
  }
  return (
    <fieldset class={styles.part}>
      <legend>{own.age}</legend>
      <div class={styles.pair}>
        <TextField
          label={own.ageFrom}
          inputMode="numeric"
          maxLength={3}
          value={typed.from}
          error={isWrong ? own.ageWrong : undefined}
          onInput={(value) => type({ from: value })}
        />
        <TextField
          label={own.ageTo}
          inputMode="numeric"
          maxLength={3}
          value={typed.to}
          onInput={(value) => type({ to: value })}
        />
      </div>
    </fieldset>
  )
}

/** Null of nothing, undefined of what is no age. */
function ageOf(text: string): number | null | undefined {
  const typed = text.normalize('NFKC').trim()
  if (typed === '') return null
  const age = /^\d{1,3}$/.test(typed) ? Number(typed) : NaN
  return age <= 150 ? age : undefined
}
