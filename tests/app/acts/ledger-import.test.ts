/** A ledger or a roster on its way into the register: read, held against what is here, written once. */
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { ImportItem } from '#domain/import.ts'
import type { HeldRecord } from '#domain/roster/register-index.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { Intent } from '#app/acts/intent.ts'
import { createLedgerImport, mostLedgerRows } from '#app/acts/ledger-import.ts'
import { sendRegister } from '#app/acts/register-to-desk.ts'
import { createNumbering } from '#app/acts/request-numbers.ts'
import { asFile, bySheetJs, type Value } from '../roster/workbooks.ts'
import * as of from '../register/grid-of-samples.ts'

const { gridA, today, uuid } = of
const at = `${today}T01:00:00.000Z`

function stage(outcome: object = { ok: true }) {
  const register = createRegister()
  register.applyPages([
    of.page(gridA, [
      of.record('place', 61, { placeKind: 'community', name: '样例社区', letters: 'JJQ' }),
      of.record('place', 1, { placeKind: 'grid', name: '一', parent: uuid(61) }, { id: gridA }),
      ...[of.building(10, '3幢', 1), of.dwelling(20, 10, '1', '302'), of.household(30, 20)],
      of.resident(40, 30, '样例甲'),
      of.resident(41, 30, '样例甲', { mergedInto: uuid(40) }),
    ]),
  ])
  const saved: Intent[] = []
  let made = 1_000
  const work = {
    newId: () => uuid((made += 1)),
    saveApart(intents: readonly Intent[]) {
      if ('ok' in outcome && outcome.ok) saved.push(...intents)
      return Promise.resolve(outcome)
    },
    save(intents: readonly Intent[]) {
      saved.push(...intents)
      return Promise.resolve({ ok: true })
    },
  }
  const parts = {
    register,
    work,
    today: createStore(() => ({ day: today })),
    now: () => Date.parse(at),
  }
  const acts = createLedgerImport(parts as never)
  acts.look({ role: 'staff', account: uuid(8), now: Date.parse(at) })
  return { register, saved, acts }
}
const header = ['工单编号', '诉求内容', '地点', '登记日期']
const row = (number: string) => [number, '样例灯不亮', '清风阳光苑3幢', today]
const book = (rows: readonly (readonly Value[])[], head: readonly Value[] = header) =>
  asFile('样例台账.xlsx', bySheetJs([{ name: '台账', rows: [head, ...rows] }]))

describe('a ledger', () => {
  it('is written in one go, and twice is the same as once', async () => {
    const { acts, saved } = stage()
    await acts.choose(book([row('TZ-1'), row('TZ-2')]))
    expect(acts.store.getState().rows.map(({ isTaken }) => isTaken)).toEqual([true, true])
    await acts.write()
    await acts.write()
    expect(saved.map(({ kind }) => kind)).toEqual(['import', 'import-part'])
    expect(saved[0]?.fields).toMatchObject({ title: '样例台账.xlsx', rows: 2, about: 'requests' })
    const { items } = saved[1]?.fields as unknown as { items: ImportItem[] }
    const numbers = items.flatMap(({ fields }) => (fields['number'] as string | undefined) ?? [])
    expect(numbers.map((number) => number.slice(-2))).toEqual(['01', '02'])
    expect(acts.store.getState().written).toBe(saved[0]?.record)
  })

  it('stays on the page where the disk takes nothing', async () => {
    const { acts, saved } = stage({ ok: false, problem: 'disk-full' })
    await acts.choose(book([row('TZ-1')]))
    await acts.write()
    expect(saved).toEqual([])
    expect(acts.store.getState()).toMatchObject({
      problem: 'disk-full',
      isBusy: false,
      written: null,
    })
    expect(acts.store.getState().rows).toHaveLength(1)
  })

  it('of which nothing is taken is not written, and a row can be left out and taken again', async () => {
    const { acts, saved } = stage()
    await acts.choose(book([row('TZ-1')]))
    acts.answer({ taken: { 0: false } })
    await acts.write()
    expect(acts.store.getState().problem).toBe('nothing-taken')
    acts.answer({ taken: {} })
    expect(acts.store.getState().problem).toBeNull()
    await acts.write()
    expect(saved).toHaveLength(2)
  })

  it('says what is no ledger, no workbook, and too long for one', async () => {
    const { acts } = stage()
    const problemOf = async (file: File) => {
      await acts.choose(file)
      return acts.store.getState().problem
    }
    expect(await problemOf(book([['a', 'b']], ['甲', '乙']))).toBe('no-ledger')
    expect(await problemOf(asFile('样例.xlsx', 'no workbook'))).not.toBeNull()
    const long = Array.from({ length: mostLedgerRows + 1 }, (_, index) =>
      row(`TZ-${String(index)}`),
    )
    expect(await problemOf(book(long))).toBe('too-many')
  })

  it('takes a column for what somebody says it is, and no other for the same', async () => {
    const { acts } = stage()
    await acts.choose(
      book([['TZ-1', '旧', '新', today]], ['工单编号', '诉求内容', '备注', '登记日期']),
    )
    const columns = () => acts.store.getState().table!.columns
    const [words, other] = [columns()[1]!, columns()[2]!]
    acts.setColumn(other.at, words.field)
    expect(
      columns()
        .filter(({ field }) => field === words.field)
        .map((one) => one.at),
    ).toEqual([other.at])
    expect(acts.store.getState().rows[0]?.row.words).toBe('新')
  })

  it('is held against what came since somebody last looked', async () => {
    const { acts, register } = stage()
    await acts.choose(book([row('TZ-1')]))
    register.applyPages([
      of.page(
        gridA,
        [
          of.record('request', 90, {
            number: 'JJQ-261123-07-01',
            words: '样例',
            level: 'ordinary',
            at,
          }),
          of.record('request-step', 91, {
            ...{
              request: uuid(90),
              step: 'submit',
              at,
              received: at,
              moved: true,
              to: 'submitted',
            },
            outsideNumber: 'TZ-1',
          }),
        ],
        { from: 61 },
      ),
    ])
    acts.look({ role: 'staff', account: uuid(8), now: Date.parse(at) })
    expect(acts.store.getState().rows[0]).toMatchObject({ before: uuid(90), isTaken: false })
  })

  it('is taken back by asking for it, with the moment', async () => {
    const { acts, saved } = stage()
    expect(await acts.undo(uuid(70))).toBeNull()
    expect(saved).toMatchObject([
      { op: 'patch', kind: 'import', record: uuid(70), fields: { undoAsked: at } },
    ])
  })
})

it('numbers count on from those of the day, each community and each day by itself', () => {
  const { register } = stage()
  const request = (id: number, number: string) =>
    of.record('request', id, { number, words: '样例', level: 'ordinary', at })
  register.applyPages([
    of.page(gridA, [request(90, 'JJQ-261123-07-01'), request(91, 'JJQ-261123-ZZ-01')], {
      from: 61,
    }),
  ])
  const numberOf = createNumbering(register)
  expect(numberOf(gridA, uuid(0xab), at)).toMatch(/^JJQ-261123-\w\w-03$/)
  expect(numberOf(gridA, uuid(0xab), at)).toMatch(/-04$/)
  // Seven in the evening in London is the next day in China.
  expect(numberOf(gridA, uuid(0xab), `${today}T19:00:00.000Z`)).toMatch(/^JJQ-261124-\w\w-01$/)
  expect(numberOf(uuid(77), uuid(0xab), at)).toMatch(/^WS-261123-\w\w-01$/)
})

it('a roster is held against the whole register, of two that were one against the one that counts', async () => {
  const { register } = stage()
  const sent: HeldRecord[] = []
  const begun: unknown[] = []
  const desk = {
    beginRegister: (grids: unknown) => Promise.resolve(void begun.push(grids)),
    addRegister: (records: readonly HeldRecord[]) => Promise.resolve(void sent.push(...records)),
  }
  await sendRegister(register, desk as never, () => undefined)
  expect(begun).toEqual([[{ id: gridA, name: '一' }]])
  expect(sent.map(({ kind, id }) => [kind, id])).toEqual([
    ...[
      ['building', uuid(10)],
      ['dwelling', uuid(20)],
      ['household', uuid(30)],
    ],
    ['resident', uuid(40)],
  ])
})
