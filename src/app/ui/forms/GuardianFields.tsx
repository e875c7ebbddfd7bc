import { codeLabel, codeOptions } from '#domain/code-tables.ts'
import type { Day } from '#domain/day.ts'
import { maskName } from '#domain/mask.ts'
import { Button } from '../kit/Button.tsx'
import { SelectField, TextField } from '../kit/Field.tsx'
import { usePolicy } from '../pieces/policy-in-force.ts'
import { useWords } from '../words/use-words.ts'
import styles from './FormPage.module.css'
import { guardiansAmong } from '#app/views/guardians.ts'
import type { ResidentValues } from '#app/views/resident-values.ts'
import { useGuardianFieldsWords } from './guardian-fields-words.ts'

/** A child's guardian: name, relation, telephone. One tap takes somebody of the family. */
export function GuardianFields(props: {
  readonly values: ResidentValues
  readonly family: readonly ResidentValues[]
  readonly day: Day
  readonly onChange: (values: ResidentValues) => void
  readonly error: (field: string) => string | undefined
}) {
  const { facts } = useWords()
  const said = useGuardianFieldsWords()
  const { off } = usePolicy()
  const { values, family, day, onChange, error } = props
  const isAsked = (field: string) => !off.includes(field)
  if (!isAsked('guardianName')) return null
  const label = (field: string) => facts.field[field] ?? field
  const set = (field: keyof ResidentValues & string) => (value: string) =>
    onChange({ ...values, [field]: value === '' ? null : value })
  return (
    <div class={styles.group}>
      <h2>{said.title}</h2>
      <p class={styles.hint}>{said.hint}</p>
      {guardiansAmong(values, family, day)
        .filter(({ name }) => name !== values.guardianName)
        .map(({ name, phone, relation }) => (
          <Button
            key={`${name} ${phone ?? ''}`}
            wide
            onClick={() =>
              onChange({
                ...values,
                guardianName: name,
                ...(isAsked('guardianPhone') ? { guardianPhone: phone } : {}),
                ...(isAsked('guardianRelation') ? { guardianRelation: relation } : {}),
              })
            }
          >
            {said.take(maskName(name), relation ? (codeLabel('relation2', relation) ?? '') : '')}
          </Button>
        ))}
      <TextField
        label={label('guardianName')}
        maxLength={40}
        value={values.guardianName ?? ''}
        onInput={set('guardianName')}
        error={error('guardianName')}
      />
      {isAsked('guardianRelation') && (
        <SelectField
          label={label('guardianRelation')}
          value={values.guardianRelation ?? ''}
          options={guardianRelations}
          emptyLabel={said.unknown}
          onInput={set('guardianRelation')}
          error={error('guardianRelation')}
        />
      )}
      {isAsked('guardianPhone') && (
        <TextField
          label={label('guardianPhone')}
          type="tel"
          inputMode="tel"
          maxLength={20}
          value={values.guardianPhone ?? ''}
          onInput={set('guardianPhone')}
          error={error('guardianPhone')}
        />
      )}
    </div>
  )
}

/** What a guardian can be to a child: parents, grandparents, elder brothers and sisters, aunts and uncles, others. */
const guardianRelations = codeOptions('relation2').filter(({ value }) =>
  /^(?:5[0-2789]|6[0-4679]|7[01579]|8\d|9[079])$/.test(value),
)
