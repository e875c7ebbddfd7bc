/** Where a field came from: the import that wrote it last, and nothing where somebody changed it since. */
import { describe, expect, it } from 'vitest'
import type { WireRecord } from '#protocol/pull.ts'
import { historyIn } from '#app/register/history-of.ts'
import { createRegister } from '#app/register/create-register.ts'
import { originsIn, originsOfFields } from '#app/register/origins.ts'
import { change, gridA, page, record, resident, uuid } from './grid-of-samples.ts'

const [importAt, otherAt, lateAt] = [
  '2026-11-20T02:00:00.000Z',
  '2026-11-21T02:00:00.000Z',
  '2026-11-22T02:00:00.000Z',
] as const
const [staff, worker] = [uuid(8), uuid(9)]
const roster = (id: number, at: string, more: object = {}, by = staff) => {
  const fields = {
    ...{ title: '样例.xlsx', parts: 1, rows: 1, added: 0, changed: 1, bases: [] },
    ...{ outcome: 'written', source: '样例公安', sourceEntry: '人口', sourceOn: '2026-11-20' },
    ...more,
  }
  return record('import', id, fields, { at, by })
}
const police = { source: '样例公安', entry: '人口', on: '2026-11-20' }

describe('the origin of a field', () => {
  const made = { ...resident(400, 300, '样例甲'), at: importAt, by: staff }
  const fields = ['name', 'phones', 'workplace', 'note']
  const changes = [
    change(14, 400, { at: lateAt, by: worker, fields: { workplace: ['甲', '乙'] } }),
    change(13, 400, { at: otherAt, by: staff, fields: { phones: [[], ['10000000011']] } }),
    change(12, 400, { at: importAt, by: staff, fields: { workplace: [null, '甲'] } }),
  ]
  const of = (records: readonly WireRecord[], isComplete = true) => {
    const register = createRegister()
    register.applyPages([page(gridA, records, { changes })])
    const found = originsOfFields(
      historyIn(register, uuid(400)),
      fields,
      originsIn(register),
      isComplete,
    )
    return Object.fromEntries(found)
  }

  it('is the import’s that wrote it last; who changed it since is nobody’s source', () => {
    const second = roster(501, otherAt, { source: '样例民政', sourceEntry: null, sourceOn: null })
    expect(of([made, roster(500, importAt), second])).toEqual({
      name: police,
      note: police,
      phones: { source: '样例民政', entry: null, on: null },
    })
  })

  it('of the first values is said only where every change is known', () => {
    expect(of([made, roster(500, importAt)], false)).toEqual({})
  })

  it('is not said of an import without a source, one taken back, or another person’s work then', () => {
    expect(of([made, roster(500, importAt, { source: null })])).toEqual({})
    expect(of([made, roster(500, importAt, { outcome: 'undone' })])).toEqual({})
    expect(of([{ ...made, by: worker }, roster(500, importAt, {}, worker)])).toEqual({
      name: police,
      note: police,
    })
    expect(of([{ ...made, by: worker }, roster(500, importAt)])).toEqual({})
  })
})
