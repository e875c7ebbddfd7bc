import type { Consent } from '#domain/consent-record.ts'
import { consentFor, onConsent } from '#domain/consent.ts'
import type { Day } from '#domain/day.ts'
import { SwitchField } from '../kit/Field.tsx'
import { usePolicy } from '../pieces/policy-in-force.ts'
import { useScreenWords, useWords } from '../words/use-words.ts'
import type { ResidentValues } from '#app/views/resident-values.ts'

const own = {
  'zh-CN': {
    agreed: (names: string) => `本人同意登记：${names}`,
    hint: '这些凭本人同意登记。先说清用途，本人同意了再打开。',
  },
  en: {
    agreed: (names: string) => `The person agrees to record: ${names}`,
    hint: 'These rest on consent. Say what they are for; switch it on when the person agrees.',
  },
}

/** What was filled in on consent and is not consented to yet: one switch notes that the person agreed, today, in words. */
export function ConsentField(props: {
  readonly values: ResidentValues
  readonly day: Day
  readonly onChange: (consents: readonly Consent[]) => void
}) {
  const { facts } = useWords()
  const said = useScreenWords(own)
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
