/** Colours by hand that nobody looked at yet. */
import { colourByRules } from '#domain/colour-of.ts'
import type { Day } from '#domain/day.ts'
import { needsReview, stateOf, type Override } from '#domain/override.ts'
import { isPresent } from '#domain/resident.ts'
import type { Rec, Register } from '#app/register/register.ts'

export interface OpenOverride {
  readonly record: Rec<'resident'> | Rec<'dwelling'>
  readonly override: Override
  /** It waits: until somebody agrees it does not count. */
  readonly waits: boolean
}

/** Those that wait first, then by the day of the proposal. */
export function openOverrides(register: Register, today: Day): OpenOverride[] {
  const found: OpenOverride[] = []
  const look = (record: Rec<'resident'> | Rec<'dwelling'>) => {
    for (const override of record.fields.overrides ?? []) {
      if (stateOf(override, today) !== 'open') continue
      const subject = register.subject(record.id)
      if (!subject) continue
      const { colour } = colourByRules(subject, register.scheme(), today)
      found.push({ record, override, waits: needsReview(colour, override.colour) })
    }
  }
  for (const resident of register.all('resident')) {
    if (isPresent(resident.fields)) look(resident)
  }
  for (const dwelling of register.all('dwelling')) look(dwelling)
  return found.sort(
    (a, b) => Number(b.waits) - Number(a.waits) || (a.override.from < b.override.from ? -1 : 1),
  )
}
