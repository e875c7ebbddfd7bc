/** One tap settles a clash: the kept value stays, or the other one becomes an ordinary change. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { settlingClash } from '#app/acts/clash-intents.ts'
import type { Rec } from '#app/views/records.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  uuid,
} from '../register/grid-of-samples.ts'

const side = (value: unknown) => ({ value, at: '2026-11-23T06:00:00.000Z' })
const clashOf = (fields: object) =>
  record('clash', 6, {
    ...{ kind: 'resident', record: uuid(5), field: 'note' },
    ...{ kept: side('a'), lost: side('b') },
    ...fields,
  })

function staged(fields: object = {}) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      building(2, '3幢', 1),
      dwelling(3, 2, '1', '301'),
      household(4, 3),
      resident(5, 4, '样例甲'),
      clashOf(fields),
    ]),
  ])
  const clash = register.get('clash', uuid(6)) as Rec<'clash'>
  return (choice: 'kept' | 'lost') => settlingClash(register, clash, choice)
}

const settled = { op: 'patch', kind: 'clash', record: uuid(6), fields: { settled: true } }

it('keeps what stands there by saying that it is settled', () => {
  expect(staged()('kept')).toEqual([settled])
})

it('takes the other value as a change of the record, in one batch', () => {
  expect(staged()('lost')).toEqual([
    { op: 'patch', kind: 'resident', record: uuid(5), fields: { note: 'b' } },
    settled,
  ])
})

it('empties the field where the other one had none', () => {
  expect(staged({ lost: { at: '2026-11-23T06:00:00.000Z' } })('lost')[0]).toMatchObject({
    fields: { note: null },
  })
})

it('changes nothing of a record that is not here, or of a kind that no hand changes', () => {
  expect(staged({ record: uuid(77) })('lost')).toEqual([settled])
  expect(staged({ kind: 'account' })('lost')).toEqual([settled])
})
