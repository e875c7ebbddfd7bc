/** An office's ledger of open requests on the server: whole and once, due as it was promised, and taken back whole. */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mostInPart, type Import, type ImportItem } from '#domain/import.ts'
import { planLedgerRow } from '#domain/requests/plan-ledger.ts'
import type { LedgerRow } from '#domain/requests/read-ledger.ts'
import { loadRecords } from '#server/db/records.ts'
import { stepByCalendar } from '#server/ledger/own-steps.ts'
import { dayMs } from './office.ts'
import { openDesk, type Desk } from './request-desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.office.close())

const patience = { timeout: 60_000, interval: 50 }
const row = (number: number, more: Partial<LedgerRow> = {}): LedgerRow => ({
  ...{ sheet: '台账', number, ledgerNumber: `TZ-${number}`, itemText: '', holderText: '' },
  ...{ words: `样例台账第${number}件，电话10012340078`, where: '样例苑3幢' },
  door: { grid: '', estate: '', building: '', unit: '', floor: '', room: '', address: '' },
  ...{ name: '样例居民', telephone: '10012340078', unclearPhone: null },
  ...{ reported: '2026-11-20', promised: '2026-12-09', level: null, source: 'desk', problems: [] },
  ...more,
})
function itemsOf(rows: readonly (readonly [LedgerRow, string | null])[]): ImportItem[] {
  let count = 0
  return rows.flatMap(([one, unit]) =>
    planLedgerRow(
      { row: one, stream: desk.office.places.grid, site: null, item: null, unit },
      {
        now: desk.now(),
        newId: () => desk.office.ids(),
        numberOf: () => `JJQ-261120-TZ-${String((count += 1)).padStart(2, '0')}`,
      },
    ),
  )
}
async function importOf(items: readonly ImportItem[]) {
  const { office, staff } = desk
  const { community, grid } = office.places
  const id = office.ids()
  const parts = Math.ceil(items.length / mostInPart)
  const { head } = await office.db
    .selectFrom('stream')
    .select('head')
    .where('id', '=', grid)
    .executeTakeFirstOrThrow()
  return {
    id,
    mutations: [
      staff.create(community, 'import', id, {
        ...{ title: '样例台账.xlsx', parts, rows: 1, added: 1, changed: 0, about: 'requests' },
        bases: [{ stream: grid, version: head }],
      }),
      ...Array.from({ length: parts }, (_, index) =>
        staff.create(community, 'import-part', office.ids(), {
          ...{ import: id, part: index + 1 },
          items: items.slice(index * mostInPart, (index + 1) * mostInPart),
        }),
      ),
    ],
  }
}
async function recordOf(id: string) {
  const [found] = await loadRecords(desk.office.db, [desk.office.places.community], [id])
  return found?.fields as Import
}
const outcomeOf = (id: string) =>
  vi.waitFor(async () => {
    const fields = await recordOf(id)
    expect(fields.outcome).toBeTruthy()
    return fields
  }, patience)
async function bring(rows: readonly (readonly [LedgerRow, string | null])[]) {
  const made = await importOf(itemsOf(rows))
  await desk.goodOf(desk.staff, made.mutations)
  return { ...made, fields: await outcomeOf(made.id) }
}
async function standing() {
  const { rows } = await sql<{
    request: string
    number: string
    state: string
    promise: Date
    unit: string | null
  }>`select request, number, state, promise, unit from request_state order by number`.execute(
    desk.office.db,
  )
  return rows
}
async function undo(id: string) {
  const { community } = desk.office.places
  const held = (await desk.staff.pull()).records.get(id)
  if (!held) throw new Error('the import is not in the office')
  await desk.goodOf(desk.staff, [
    { ...desk.staff.patch(held, { undoAsked: desk.now() }), stream: community },
  ])
  return vi.waitFor(async () => {
    const fields = await recordOf(id)
    expect(fields.outcome === 'undone' || fields.builtOn?.length).toBeTruthy()
    return fields
  }, patience)
}

describe('a ledger', () => {
  it('is written whole, with what it promised and who has it, and units read it masked', async () => {
    const { fields } = await bring([
      [row(2), desk.unit],
      [row(3, { promised: null, name: null, telephone: null }), null],
    ])
    expect(fields.outcome).toBe('written')
    const [first, second] = await standing()
    expect(first).toMatchObject({ state: 'assigned', unit: desk.unit })
    // The end of working time of the promised day, whatever the limit of the kind says.
    expect(first?.promise.toISOString()).toBe('2026-12-09T09:30:00.000Z')
    // Five working days after Friday 2026-11-20.
    expect(second).toMatchObject({ state: 'accepted', unit: null })
    expect(second?.promise.toISOString()).toBe('2026-11-27T09:30:00.000Z')
    const errand = await desk.errandOf(desk.handler, first?.request ?? '')
    expect(errand?.fields).toMatchObject({ words: '样例台账第2件，电话***********' })
    expect(JSON.stringify(errand?.fields)).not.toMatch(/样例居民|10012340078/)
    const steps = await desk.stepsOf(first?.request ?? '')
    expect(steps.map(({ step, actor, moved }) => [step, actor, moved])).toEqual([
      ['submit', 'staff', true],
      ['accept', 'staff', true],
      ['dispatch', 'staff', true],
    ])
    expect(steps[0]).toMatchObject({ at: '2026-11-20T04:00:00.000Z', outsideNumber: 'TZ-2' })
  })

  it('is written once, however often its tablet sends it', async () => {
    const { mutations } = await bring([[row(2), desk.unit]])
    await desk.staff.pushed(mutations)
    await desk.staff.pushed(mutations)
    expect(await standing()).toHaveLength(1)
  })

  it('is refused whole, by its row, where one of it cannot be', async () => {
    const items = itemsOf([
      [row(2), null],
      [row(3), null],
    ]).map((item) =>
      item.kind === 'asker' && item.row === 3
        ? { ...item, fields: { ...item.fields, telephone: 'x' } }
        : item,
    )
    const { id, mutations } = await importOf(items)
    await desk.goodOf(desk.staff, mutations)
    expect(await outcomeOf(id)).toMatchObject({
      outcome: 'refused',
      refusedAt: { kind: 'asker', sheet: '台账', row: 3, field: 'telephone' },
    })
    expect(await standing()).toEqual([])
  })

  it('holds two thousand rows', async () => {
    const { fields } = await bring(
      Array.from({ length: 2_000 }, (_, n) => [row(n + 2), n % 2 ? desk.unit : null] as const),
    )
    expect(fields.outcome).toBe('written')
    expect((await standing()).length).toBe(2_000)
  }, 300_000)
})

describe('its undo', () => {
  it('takes everything back, what units have and what the calendar said with it', async () => {
    const { id } = await bring([
      [row(2, { promised: '2026-11-21' }), desk.unit],
      [row(3), null],
    ])
    const [first] = await standing()
    const key = { stream: desk.office.places.grid, request: first?.request ?? '' }
    const { office } = desk
    const monday = office.clock.now() + dayMs
    await stepByCalendar(office.db, key, { now: monday, ids: office.ids })
    expect((await desk.stepsOf(key.request)).at(-1)).toMatchObject({ step: 'supervise' })
    expect((await undo(id)).outcome).toBe('undone')
    expect(await standing()).toEqual([])
    expect(await desk.errandOf(desk.handler, key.request)).toBeUndefined()
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from record where not removed
        and kind in ('request', 'request-step', 'asker', 'errand')`.execute(office.db)
    expect(rows[0]?.n).toBe(0)
  })

  it('is refused once somebody has worked on one of them', async () => {
    const { id } = await bring([
      [row(2), desk.unit],
      [row(3), null],
    ])
    const [first] = await standing()
    await desk.unitDoes(first?.request ?? '', 'sign')
    const fields = await undo(id)
    expect(fields).toMatchObject({ outcome: 'written', builtOn: [{ kind: 'request-step' }] })
    expect(await standing()).toHaveLength(2)
  })
})

it('is the only one that says what a ledger had promised', async () => {
  const request = desk.taken()
  const mutations = request.mutations.map((one) =>
    one.kind === 'request-step'
      ? { ...one, fields: { ...one.fields, ledgerDay: '2030-01-01' } }
      : one,
  )
  const { receipts } = await desk.worker.pushed(mutations)
  expect(receipts.every(({ ok }) => !ok)).toBe(true)
})
