import { expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { Rec } from '#app/views/records.ts'
import {
  isDoubled,
  mostOfDestination,
  problemOfDeath,
  problemsOfFamily,
  problemsOfLeaving,
} from '#app/views/form-problems.ts'
import { identityCheckDigit } from '#domain/document-key.ts'
import { today, uuid } from '../register/grid-of-samples.ts'

const person = (fields: Record<string, unknown>) =>
  ({ id: uuid(1), kind: 'resident', fields }) as unknown as Rec<'resident'>
const documentNumber = `20000119900305123${identityCheckDigit('20000119900305123')}`

it('wants a day of leaving that was, and not before the person came', () => {
  const leave = (on: string, arrivedOn?: string) =>
    problemsOfLeaving({ on, to: '', agreed: false }, today, person({ arrivedOn })).map(
      ({ problem }) => problem,
    )
  expect(leave('')).toEqual(['required'])
  expect([leave('202611'), leave('2026-02-30')]).toEqual([['not-a-day'], ['not-a-day']])
  expect(leave('2026-11-24')).toEqual(['day-in-future'])
  expect(leave('2026-01-01', '2026-02-01')).toEqual(['left-before-arrival'])
  expect(leave(today, '2026-02-01')).toEqual([])
})

it('records where somebody goes with their consent alone', () => {
  const leave = (to: string, agreed: boolean) =>
    problemsOfLeaving({ on: today, to, agreed }, today, null).map(({ problem }) => problem)
  expect(leave('样例市', false)).toEqual(['consent-needed'])
  expect(leave('样例市', true)).toEqual([])
  expect(leave('  ', false)).toEqual([])
  expect(leave('样'.repeat(mostOfDestination + 1), true)).toEqual(['too-long'])
})

it('takes no death before a birth or after today', () => {
  const died = (on: string) => problemOfDeath(on, today, person({ birth: '1940-01-01' }))?.problem
  expect([died(''), died('2026'), died('2026-11-24'), died('1939-12-31'), died(today)]).toEqual([
    'required',
    'not-a-day',
    'day-in-future',
    'died-before-birth',
    undefined,
  ])
})

it('names whoever has the number of somebody further up, and no other', () => {
  const family = [{ name: '样例甲', documentNumber }, { name: '样例乙' }, { documentNumber }]
  expect(family.map((_, at) => isDoubled(family, at))).toEqual([false, false, true])
  const problems = problemsOfFamily(family, uuid(3), defaultPolicy, today)
  expect(problems[0]).toEqual([])
  expect(problems[1]).toEqual([])
  expect(problems[2]?.map(({ field }) => field)).toEqual(['name', 'documentNumber'])
})
