/** Sample services of a community; nobody opens them. */
import { idBornIn } from '#domain/born-ids.ts'
import type { Day } from '#domain/day.ts'
import type { Service } from '#domain/nearby.ts'

const samples: readonly Omit<Service, 'asOf'>[] = [
  {
    ...{ name: '样例助餐点', serviceKind: 'meals', what: '午餐、晚餐，可以送上门' },
    ...{ forWhom: '60岁以上老人', where: '样例苑1幢底楼', hours: '周一至周六 10:30-18:00' },
    ...{ telephone: '100-0000-0101', room: 'free' },
  },
  {
    ...{ name: '样例日间照料中心', serviceKind: 'day-care', what: '白天照看、康复训练' },
    ...{ forWhom: '失能、半失能老人', hours: '工作日 8:00-17:00' },
    ...{ telephone: '100-0000-0102', room: 'few' },
  },
  {
    ...{ name: '样例托育园', serviceKind: 'nursery', forWhom: '1至3岁孩子' },
    ...{ hours: '工作日 7:30-18:00', telephone: '100-0000-0103', room: 'full' },
  },
]

export function sampleServices(place: string, ids: () => string, asOf: Day) {
  return samples.map((fields) => ({
    kind: 'service' as const,
    id: idBornIn(place, ids()),
    fields: { ...fields, asOf },
  }))
}
