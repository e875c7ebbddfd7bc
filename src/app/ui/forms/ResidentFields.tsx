import { useState } from 'preact/hooks'
import { codeOptions } from '#domain/code-tables.ts'
import { ageOn, isDay } from '#domain/day.ts'
import type { FieldProblem } from '#domain/field.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '../kit/Button.tsx'
import { DateTyped } from '../kit/DateTyped.tsx'
import { ChoiceField, SelectField, TextField } from '../kit/Field.tsx'
import { useFormWords } from './form-words.ts'
import { GuardianFields } from './GuardianFields.tsx'
import { IdentityField } from './IdentityField.tsx'
import { MoreResidentFields } from './MoreResidentFields.tsx'
import { PhonesField } from './PhonesField.tsx'
import { identityCard, withField, type ResidentValues } from '#app/views/resident-values.ts'

export interface ResidentFieldsProps {
  readonly values: ResidentValues
  readonly problems: readonly FieldProblem[]
  readonly onChange: (values: ResidentValues) => void
  /** The resident being edited. */
  readonly self?: string
  readonly onMoveHere?: (resident: string) => void
  /** Fields that the form around it asks for itself. */
  readonly without?: readonly string[]
  readonly nameRequired?: boolean
  /** Those who live with the person: one of them may be a child’s guardian. */
  readonly family?: readonly ResidentValues[]
}

/** The fields of one resident: what nearly every visit needs, the rest folded away. */
export function ResidentFields(props: ResidentFieldsProps) {
  const app = useParts('today')
  const words = useFormWords()
  const day = useStore(app.today, (store) => store.day)
  const [more, setMore] = useState(false)
  const { values, problems } = props
  const set = (field: string) => (value: unknown) =>
    props.onChange(withField(values, field, value, day))
  const error = (field: string) => {
    const found = problems.find((problem) => problem.field === field)
    return found && words.fieldProblem(found)
  }
  const label = (field: string) => words.facts.field[field] ?? field
  const isCard = (values.documentType ?? identityCard) === identityCard
  // Half a date says no age yet.
  const isChild = values.birth && isDay(values.birth) ? ageOn(values.birth, day) < 14 : false
  const hasProblemBelow = problems.some((problem) => !shownAbove.includes(problem.field))
  return (
    <>
      <TextField
        label={label('name')}
        required={props.nameRequired === false ? undefined : words.shell.required}
        maxLength={40}
        value={values.name ?? ''}
        onInput={set('name')}
        error={error('name')}
      />
      <SelectField
        label={label('documentType')}
        value={values.documentType ?? identityCard}
        options={codeOptions('id_doc_type')}
        onInput={set('documentType')}
        error={error('documentType')}
      />
      {isCard ? (
        <IdentityField
          value={values.documentNumber ?? ''}
          error={error('documentNumber')}
          onInput={set('documentNumber')}
          {...(props.self ? { self: props.self } : {})}
          {...(props.onMoveHere ? { onMoveHere: props.onMoveHere } : {})}
        />
      ) : (
        <TextField
          label={words.forms.identity.documentNumber}
          maxLength={30}
          value={values.documentNumber ?? ''}
          onInput={set('documentNumber')}
          error={error('documentNumber')}
        />
      )}
      <ChoiceField
        label={label('sex')}
        value={values.sex ?? ''}
        options={[
          { value: '1', label: words.shell.male },
          { value: '2', label: words.shell.female },
        ]}
        onInput={set('sex')}
        error={error('sex')}
      />
      {!props.without?.includes('birth') && (
        <DateTyped
          label={label('birth')}
          value={values.birth ?? ''}
          onInput={set('birth')}
          error={error('birth')}
        />
      )}
      <SelectField
        label={label('relation')}
        value={values.relation ?? ''}
        options={codeOptions('relation2')}
        emptyLabel={words.forms.resident.none}
        onInput={set('relation')}
        error={error('relation')}
      />
      <PhonesField phones={values.phones ?? []} error={error('phones')} onChange={set('phones')} />
      <ChoiceField
        label={label('residence')}
        value={values.residence ?? ''}
        options={Object.entries(words.facts.residence).map(([value, text]) => ({
          value,
          label: text,
        }))}
        onInput={set('residence')}
        error={error('residence')}
      />
      {(isChild || values.guardianName) && (
        <GuardianFields
          values={values}
          family={props.family ?? []}
          day={day}
          onChange={props.onChange}
          error={error}
        />
      )}
      {more || hasProblemBelow ? (
        <MoreResidentFields values={values} day={day} set={set} error={error} label={label} />
      ) : (
        <Button look="quiet" icon="down" onClick={() => setMore(true)}>
          {words.forms.more}
        </Button>
      )}
    </>
  )
}

const shownAbove = [
  'name',
  'documentType',
  'documentNumber',
  'sex',
  'birth',
  'relation',
  'phones',
  'residence',
  'household',
  'guardianName',
  'guardianPhone',
  'guardianRelation',
]
