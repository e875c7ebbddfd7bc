import type { Item } from '#domain/requests/catalogue.ts'
import { limitUnits } from '#domain/requests/due.ts'
import { requestLevels } from '#domain/requests/step.ts'
import type { Unit } from '#app/views/request-rules.ts'
import { ChoiceField, SelectField, SwitchField, TextField } from '#app/ui/kit/Field.tsx'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { isRightLimit, itemTexts } from '#app/views/rules-draft.ts'
import { useRulesWords } from './rules-words.ts'

const flags = [
  'isSettledHere',
  'isDispatchedAtOnce',
  'isHelp',
  'isStaffOnly',
  'isAboutStaff',
] as const

/** One kind of matter: what it is called, who acts, by when, and what else is decided about it. */
export function ItemFields(props: {
  readonly item: Item
  readonly units: readonly Unit[]
  readonly showErrors: boolean
  readonly onChange: (more: Partial<Item>) => void
}) {
  const own = useRulesWords()
  const said = useRequestsWords()
  const { item, units, showErrors, onChange } = props
  const labels = { name: own.item, nameEn: own.itemEn, group: own.group, groupEn: own.groupEn }
  const lengths = { name: 30, nameEn: 80, group: 20, groupEn: 60 }
  const answer = item.limits?.answer ?? null
  const setLimit = (count: string, unit = answer?.unit ?? 'working-days') => {
    const { answer: _, ...rest } = item.limits ?? {}
    onChange({
      limits: count === '' ? rest : { ...rest, answer: { unit, count: Number(count) } },
    })
  }
  return (
    <>
      {itemTexts.map((name) => (
        <TextField
          key={name}
          label={labels[name]}
          maxLength={lengths[name]}
          value={item[name]}
          onInput={(value) => onChange({ [name]: value })}
          error={showErrors && item[name].trim() === '' ? own.missing : undefined}
        />
      ))}
      <SelectField
        label={own.unit}
        value={item.unit ?? ''}
        emptyLabel={own.noUnit}
        options={units.map(({ id, name }) => ({ value: id, label: name }))}
        onInput={(unit) => onChange({ unit: unit === '' ? null : unit })}
      />
      <ChoiceField
        label={said.levelLabel}
        value={item.level}
        options={requestLevels.map((level) => ({ value: level, label: said.level[level] }))}
        onInput={(level) => onChange({ level: level as Item['level'] })}
      />
      <TextField
        label={own.limit}
        hint={own.limitDefault}
        inputMode="numeric"
        maxLength={4}
        value={answer ? String(answer.count) : ''}
        onInput={(value) => setLimit(value.replace(/\D/g, ''))}
        error={isRightLimit(item) ? undefined : own.limitWrong}
      />
      {answer && (
        <ChoiceField
          label={own.count}
          value={answer.unit}
          options={limitUnits.map((unit) => ({ value: unit, label: own.units[unit] }))}
          onInput={(unit) => setLimit(String(answer.count), unit as typeof answer.unit)}
        />
      )}
      {flags.map((name) => (
        <SwitchField
          key={name}
          label={own[name]}
          checked={item[name] === true}
          onInput={(isOn) => onChange({ [name]: isOn })}
        />
      ))}
      <TextField
        label={own.instead}
        maxLength={200}
        value={item.insteadWords ?? ''}
        onInput={(value) => onChange({ insteadWords: value === '' ? null : value })}
      />
      <TextField
        label={own.insteadEn}
        maxLength={400}
        value={item.insteadWordsEn ?? ''}
        onInput={(value) => onChange({ insteadWordsEn: value === '' ? null : value })}
      />
    </>
  )
}
