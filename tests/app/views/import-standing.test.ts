import { expect, it } from 'vitest'
import { findUnstorable, partsOf, type UnsentPart } from '#app/views/import-standing.ts'

const part = (state: string, of: string, items: readonly object[] = []): UnsentPart => ({
  state,
  mutation: { record: 'p', fields: { import: of, items } },
})
const item = (row: number, fields: object) => ({ kind: 'resident', sheet: '花名册', row, fields })

it('counts the parts of one import that wait or came back, and no others', () => {
  const unsent = [
    part('waiting', 'a'),
    part('waiting', 'a'),
    part('refused', 'a'),
    part('waiting', 'b'),
  ]
  expect(partsOf(unsent, 'a', 'waiting')).toBe(2)
  expect(partsOf(unsent, 'a', 'refused')).toBe(1)
  expect(partsOf(unsent, 'c', 'waiting')).toBe(0)
})

it('finds the row and the field that no database can hold, in what came back alone', () => {
  const bad = item(4, { name: '样例', note: 'a\u0000b' })
  expect(findUnstorable([part('waiting', 'a', [bad])], 'a')).toBeNull()
  expect(findUnstorable([part('refused', 'a', [item(3, { name: '样例' })])], 'a')).toBeNull()
  const unsent = [part('refused', 'b', [bad]), part('refused', 'a', [item(3, {}), bad])]
  expect(findUnstorable(unsent, 'a')).toEqual({
    ...{ kind: 'resident', sheet: '花名册', row: 4, field: 'note' },
  })
})
