import type { Consent } from '#domain/consent-record.ts'
import { consentFor, onConsent } from '#domain/consent.ts'
import type { Day } from '#domain/day.ts'
import { SwitchField } from '../kit/Field.tsx'
import { usePolicy } from '../pieces/policy-in-force.ts'
import { useWords } from '../words/use-words.ts'
import type { ResidentValues } from '#app/views/resident-values.ts'
import { useConsentFieldWords } from './consent-field-words.ts'

/** What was filled in on consent and is not consented to yet: one switch notes that the person agreed, today, in words. */
export function ConsentField(props: {
  readonly values: ResidentValues
  readonly day: Day
  readonly onChange: (consents: readonly Consent[]) => void
}) {
  const { facts } = useWords()
  const said = useConsentFieldWords()
  const { noticeVersion } = usePolicy()
  const { values, day } = props
  const given = (field: string) => {
    const consent = consentFor(field, values)
    return consent && !consent.withdrawnOn ? consent : undefined
  }
  // What was agreed to before today is not asked again.
  const asked = onConsent(values).filter((field) => (given(field)?.on ?? day) === day)
  if (asked.length === 0) return null
  const others = (values.consents ?? []).filter(({ field }) => !asked.includes(field))
  const change = (isAgreed: boolean) =>
    props.onChange(
      isAgreed
        ? [
            ...others,
            ...asked.map((field): Consent => ({
              ...{ field, version: noticeVersion, on: day, how: 'spoken' },
            })),
          ]
        : others,
    )
  return (
    <SwitchField
      label={said.agreed(asked.map((field) => facts.field[field] ?? field).join('、'))}
      hint={said.hint}
      checked={asked.every((field) => given(field) !== undefined)}
      onInput={change}
    />
  )
}
