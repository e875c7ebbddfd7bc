import { onConsent } from '#domain/consent.ts'
import type { Day } from '#domain/day.ts'
import type { Inquiry } from '#domain/inquiry.ts'
import type { Intent } from '#app/acts/intent.ts'
import type { Rec } from '#app/views/records.ts'
import { patchOf } from '#app/acts/household-intents.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { SwitchField } from '#app/ui/kit/Field.tsx'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useProtectionWords } from '#app/ui/words/protection-words.ts'
import { coloursPages } from '#app/links/colours.ts'

/** What is done with the answer: restricted or not; fields that are kept though consent was withdrawn for others. */
export interface Effect {
  readonly isRestricted?: boolean
  readonly keep?: readonly string[]
}

/** Changes of the person that go with the answer, saved with it or not at all. */
export function effectOf(
  wants: Inquiry['wants'],
  resident: Rec<'resident'>,
  { isRestricted = true, keep = [] }: Effect,
  today: Day,
): Intent[] {
  const { fields } = resident
  if (wants === 'restrict') {
    if (isRestricted === Boolean(fields.restrictedOn)) return []
    return [patchOf(resident, { restrictedOn: isRestricted ? today : null })]
  }
  if (wants !== 'withdraw') return []
  const withdrawn = onConsent(fields).filter((field) => !keep.includes(field))
  if (withdrawn.length === 0) return []
  const consents = fields.consents ?? []
  const ended = withdrawn.map((field) => {
    const before = consents.find((one) => one.field === field)
    const { version, on, how } = before ?? {
      ...{ version: fields.noticeVersion ?? 1, on: fields.noticeOn ?? today, how: 'spoken' },
    }
    return { field, version, on, how, withdrawnOn: today }
  })
  return [
    patchOf(resident, {
      ...Object.fromEntries(withdrawn.map((field) => [field, null])),
      consents: [...consents.filter(({ field }) => !withdrawn.includes(field)), ...ended],
    }),
  ]
}

/** The switches for it; of what needs none, nothing. */
export function Effects(props: {
  readonly wants: Inquiry['wants']
  readonly resident: Rec<'resident'>
  readonly value: Effect
  readonly onChange: (value: Effect) => void
}) {
  const { facts } = useWords()
  const own = useProtectionWords()
  const { wants, resident, value } = props
  const { isRestricted = true, keep = [] } = value
  if (wants === 'restrict') {
    return (
      <SwitchField
        label={own.restrictNow}
        hint={own.restrictHint}
        checked={isRestricted}
        onInput={(on) => props.onChange({ ...value, isRestricted: on })}
      />
    )
  }
  if (wants === 'withdraw') {
    const fields = onConsent(resident.fields)
    return (
      <Part>
        <Soft>{fields.length > 0 ? own.withdrawHint : own.withdrawNone}</Soft>
        {fields.map((field) => (
          <SwitchField
            key={field}
            label={facts.field[field] ?? field}
            checked={!keep.includes(field)}
            onInput={(on) =>
              props.onChange({
                ...value,
                keep: on ? keep.filter((one) => one !== field) : [...keep, field],
              })
            }
          />
        ))}
      </Part>
    )
  }
  if (wants !== 'human' && wants !== 'explain') return null
  return (
    <Part>
      <Soft>{own.decideHint}</Soft>
      <ButtonLink wide href={coloursPages.colourOfResident(resident.id)}>
        {own.decide}
      </ButtonLink>
    </Part>
  )
}
