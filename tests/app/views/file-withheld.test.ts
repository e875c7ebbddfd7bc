import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { isFileWithheld } from '#app/views/file-withheld.ts'
import type { Rec } from '#app/views/records.ts'
import { gridA, page, record, resident, today, uuid } from '../register/grid-of-samples.ts'

const officer = { id: uuid(8), role: 'staff' } as const
const approval = {
  ...{ acts: ['export'], roles: ['staff'], reason: '样例', from: '2026-11-01' },
  until: '2026-12-31',
}

function stage(...approvals: readonly Record<string, unknown>[]) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '样例网格', parent: null }),
      resident(10, 5, '样小明', { birth: '2018-01-01' }),
      resident(11, 5, '样老大', { birth: '1960-01-01' }),
      ...approvals.map((fields, at) => record('approval', 20 + at, fields, { by: uuid(7) })),
    ]),
  ])
  const person = (id: number) => register.get('resident', uuid(id)) as Rec<'resident'>
  return (id: number, account: typeof officer | null = officer, inquiry = false) =>
    isFileWithheld(
      register,
      person(id),
      inquiry ? ({ id: uuid(30) } as Rec<'inquiry'>) : null,
      account,
      today,
    )
}

it('holds the file of a minor back until somebody approved it', () => {
  expect(stage()(10)).toBe(true)
  expect(stage({ ...approval })(10)).toBe(false)
  expect(stage({ ...approval, until: '2026-11-22' })(10)).toBe(true)
  expect(stage({ ...approval, acts: ['reveal'] })(10)).toBe(true)
  expect(stage({ ...approval })(10, null)).toBe(true)
})

it('holds back neither a grown person’s nor what a guardian asked for', () => {
  expect(stage()(11)).toBe(false)
  expect(stage()(10, officer, true)).toBe(false)
})
