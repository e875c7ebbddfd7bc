/** Care as screens show it: what is due to be looked at, and what a form saves. */
import { mostCares, type Care, type CareNeed } from '#domain/care.ts'
import { lookAt } from '#domain/care-lapse.ts'
import { addDays, isDay, type Day } from '#domain/day.ts'
import { isPresent } from '#domain/resident.ts'
import type { Rec } from './records.ts'
import type { Register } from '#app/register/register.ts'

export interface DueCare {
  readonly resident: string
  readonly household: string
  readonly care: Care
  readonly on: Day
}

/** Whose care somebody should look at by a day, the longest waiting first. */
export function careDue(
  register: Pick<Register, 'all'>,
  day: Day,
  grid: string | undefined,
): readonly DueCare[] {
  const due: DueCare[] = []
  for (const { id, stream, fields } of register.all('resident')) {
    if (!fields.cares || (grid !== undefined && stream !== grid) || !isPresent(fields)) continue
    for (const care of fields.cares) {
      const on = lookAt(care)
      if (on !== null && on <= day) {
        due.push({ resident: id, household: fields.household, care, on })
      }
    }
  }
  return due.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.resident < b.resident ? -1 : 1))
}

/** As a form has it; '' where nothing is said. */
export interface CareDraft {
  readonly need: CareNeed | ''
  readonly who: string
  readonly often: string
  readonly from: string
  readonly until: string
  readonly look: string
}

/** So long after it began somebody looks first. */
const firstLookDays = 30

export function draftOfCare(care: Care | undefined, day: Day): CareDraft {
  return {
    need: care?.need ?? '',
    who: care?.who ?? '',
    often: care?.often ?? '',
    from: care?.from ?? day,
    until: care?.until ?? '',
    look: !care ? addDays(day, firstLookDays) : (care.look ?? ''),
  }
}

export type CareFault = 'required' | 'not-a-day' | 'before-from'

export function faultsOfCare(draft: CareDraft): Partial<Record<keyof CareDraft, CareFault>> {
  const faults: Partial<Record<keyof CareDraft, CareFault>> = {}
  if (draft.need === '') faults.need = 'required'
  if (draft.who.trim() === '') faults.who = 'required'
  if (!isDay(draft.from)) faults.from = 'not-a-day'
  for (const field of ['until', 'look'] as const) {
    const value = draft[field]
    if (value === '') continue
    if (!isDay(value)) faults[field] = 'not-a-day'
    else if (value < draft.from) faults[field] = 'before-from'
  }
  return faults
}

/** The care of a resident after a form: of a draft without faults. */
export function caresWith(
  resident: Rec<'resident'>,
  id: string,
  draft: CareDraft,
  day: Day,
  more: Pick<Care, 'request' | 'endedOn'> = {},
): Care[] {
  // What is over for a year goes.
  const since = addDays(day, -365)
  const cares = (resident.fields.cares ?? []).filter(({ endedOn }) => !endedOn || endedOn >= since)
  const before = cares.find((one) => one.id === id)
  const care: Care = {
    ...before,
    ...more,
    id,
    need: draft.need === '' ? 'other' : draft.need,
    who: draft.who.trim(),
    often: draft.often.trim() || null,
    from: draft.from,
    until: draft.until || null,
    look: draft.look || null,
  }
  return before ? cares.map((one) => (one.id === id ? care : one)) : [...cares, care]
}

/** Whether no more can be arranged for somebody until one that is over has gone. */
export function isCareFull(resident: Rec<'resident'>, day: Day): boolean {
  return caresWith(resident, '', draftOfCare(undefined, day), day).length > mostCares
}

/** Whom a request is about, or who asked and was recognised: those of them who live here. */
export function residentsOfRequest(
  register: Pick<Register, 'get' | 'askers'>,
  request: string,
): readonly Rec<'resident'>[] {
  const site = register.get('request', request)?.fields.site
  const ids = [site, ...register.askers(request).map(({ fields }) => fields.resident)]
  return [...new Set(ids)].flatMap((id) => {
    const resident = id ? register.get('resident', id) : undefined
    return resident && isPresent(resident.fields) ? [resident] : []
  })
}
