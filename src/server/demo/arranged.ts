/** Sample care of a few old people in each grid, and the policy of an office that arranges it. */
import { addDays, ageOn, type Day } from '#domain/day.ts'
import type { Care } from '#domain/care.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'
import type { Resident } from '#domain/resident.ts'
import { isPresent } from '#domain/resident.ts'
import type { DemoRecord } from './record.ts'

/** Notice and days as the product's own, so that the demo's people were told of it. */
export const demoPolicy: Policy = {
  ...defaultPolicy,
  policyVersion: 2,
  off: [],
  knows: 1,
  gates: true,
}

interface Sample extends Pick<Care, 'need' | 'who' | 'often'> {
  /** Days until somebody looks; null of one that is over. */
  readonly look: number | null
}

/** One has lapsed, one is to be looked at today; the others wait. */
const samples: readonly Sample[] = [
  { need: 'meals', who: '样例助餐点', often: '每天中午', look: 20 },
  { need: 'clinic', who: '样例邻居', often: '每月一次', look: -2 },
  { need: 'bathing', who: '样例日间照料中心', often: '每周二', look: 9 },
  { need: 'visits', who: '样例志愿者', often: '每周一次', look: 0 },
  { need: 'housework', who: '样例家政', often: null, look: null },
  { need: 'meals', who: '样例助餐点', often: '工作日', look: 55 },
]

/** Every so many of the old people of a grid. */
const everyOld = 12

/** The records as they come; the same people each time. */
export function* withCare(
  records: Iterable<DemoRecord>,
  ids: () => string,
  today: Day,
): Generator<DemoRecord> {
  let old = 0
  for (const record of records) {
    const at = isOld(record, today) ? old++ : null
    const sample = at !== null && at % everyOld === 0 ? samples[at / everyOld] : undefined
    yield sample ? { ...record, fields: { ...record.fields, cares: [careOf(sample)] } } : record
  }

  function careOf({ look, ...said }: Sample): Care {
    return {
      ...said,
      id: ids(),
      from: addDays(today, -60),
      ...(look === null ? { endedOn: addDays(today, -5) } : { look: addDays(today, look) }),
    }
  }
}

function isOld({ kind, fields }: DemoRecord, today: Day): boolean {
  if (kind !== 'resident') return false
  const { birth, ...resident } = fields as Resident
  return isPresent(resident) && typeof birth === 'string' && ageOn(birth, today) >= 78
}
