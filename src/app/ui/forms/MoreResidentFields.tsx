import { codeOptions } from '#domain/code-tables.ts'
import type { Day } from '#domain/day.ts'
import { Button } from '../kit/Button.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../kit/Field.tsx'
import { usePolicy } from '../pieces/policy-in-force.ts'
import { useFormWords } from './form-words.ts'
import type { ResidentValues } from '#app/views/resident-values.ts'
import { ConsentField } from './ConsentField.tsx'
import { TagsField } from './TagsField.tsx'

/** What only some visits need. */
export function MoreResidentFields(props: {
  readonly values: ResidentValues
  readonly day: Day
  readonly set: (field: string) => (value: unknown) => void
  readonly error: (field: string) => string | undefined
  readonly label: (field: string) => string
}) {
  const words = useFormWords()
  const { values, day, set, error, label } = props
  const { off } = usePolicy()
  const isAsked = (field: string) => !off.includes(field)
  const text = (field: keyof ResidentValues & string, maxLength: number, hint?: string) =>
    isAsked(field) && (
      <TextField
        label={label(field)}
        hint={hint}
        maxLength={maxLength}
        value={(values[field] as string | null | undefined) ?? ''}
        onInput={set(field)}
        error={error(field)}
      />
    )
  const date = (field: keyof ResidentValues & string, max?: Day) =>
    isAsked(field) && (
      <DateField
        label={label(field)}
        {...(max ? { max } : {})}
        value={(values[field] as string | null | undefined) ?? ''}
        onInput={set(field)}
        error={error(field)}
      />
    )
  const code = (field: keyof ResidentValues & string, table: Parameters<typeof codeOptions>[0]) =>
    isAsked(field) && (
      <SelectField
        label={label(field)}
        value={(values[field] as string | null | undefined) ?? ''}
        options={codeOptions(table)}
        emptyLabel={words.forms.resident.none}
        onInput={set(field)}
        error={error(field)}
      />
    )
  return (
    <>
      {isAsked('tags') && (
        <TagsField
          tags={values.tags ?? []}
          day={day}
          error={error('tags')}
          onChange={set('tags')}
        />
      )}
      {text('hukouAddress', 100)}
      {text('hukouDivision', 12, words.forms.resident.hukouHint)}
      {date('arrivedOn', day)}
      {code('arrivalReason', 'inflow_reason')}
      {date('registeredOn', day)}
      {code('permitType', 'permit_type')}
      {date('permitExpires')}
      {text('contactName', 40)}
      {text('contactPhone', 20)}
      {text('workplace', 60)}
      {code('ethnicity', 'nation')}
      {code('education', 'education')}
      {code('marriage', 'marriage')}
      <ConsentField values={values} day={day} onChange={set('consents')} />
      {date('noticeOn', day)}
      {values.noticeOn !== day && (
        <Button onClick={() => set('noticeOn')(day)}>{words.forms.resident.noticeToday}</Button>
      )}
      {isAsked('note') && (
        <TextAreaField
          label={label('note')}
          maxLength={500}
          value={values.note ?? ''}
          onInput={set('note')}
          error={error('note')}
        />
      )}
    </>
  )
}
