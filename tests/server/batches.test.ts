/**
 * All or nothing: a family that moves in, and work that is taken back.
 * Holds `src/server/ledger/apply.ts`, `src/server/ledger/apply-one.ts`, `src/server/ledger/load-touched.ts` and
 * `src/server/ledger/under-lock.ts`.
 */
import { describe, expect, it } from 'vitest'
import { useGrid } from './grid.ts'
import { dayMs, type Device } from './office.ts'
import { dwelling, household, resident, visit } from './sample.ts'

const g = useGrid()

describe('a batch', () => {
  const family = (more: Record<string, unknown> = {}) => {
    const batch = g.office.ids()
    const [flat, house] = [g.office.ids(), g.office.ids()]
    const people = [g.office.ids(), g.office.ids(), g.office.ids(), g.office.ids()]
    const mutations = [
      g.worker.create(g.grid, 'dwelling', flat, dwelling(g.home.building, { room: '302' })),
      g.worker.create(g.grid, 'household', house, household(flat)),
      ...people.map((id) => g.worker.create(g.grid, 'resident', id, resident(house, more))),
    ].map((mutation) => ({ ...mutation, batch, batchSize: 6 }))
    return { mutations, ids: [flat, house, ...people] }
  }
  const found = async (ids: readonly string[]) =>
    (await Promise.all(ids.map(g.recordOf))).filter((record) => record && !record.removed).length

  it('is applied as a whole', async () => {
    const { mutations, ids } = family()
    const { receipts } = await g.worker.pushed(mutations)
    expect(receipts.every((receipt) => receipt.ok)).toBe(true)
    expect(await found(ids)).toBe(6)
  })

  it('is refused as a whole, and what stands around it is not', async () => {
    const before = await g.patchResident(g.worker, { note: 'vorher' })
    const { mutations, ids } = family({ birth: 'gestern' })
    const after = await g.patchResident(g.worker, { note: 'nachher' })
    const { receipts } = await g.worker.pushed([before, ...mutations, after])
    expect(receipts.map((receipt) => (receipt.ok ? 'ok' : receipt.problem))).toEqual([
      'ok',
      'batch-refused',
      'batch-refused',
      'invalid-fields',
      'batch-refused',
      'batch-refused',
      'batch-refused',
      'ok',
    ])
    expect(await found(ids)).toBe(0)
    expect((await g.recordOf(g.home.resident))?.fields.note).toBe('nachher')
  })

  it('with a member that cannot be read is refused as a whole', async () => {
    const { mutations, ids } = family()
    const broken = mutations.map((mutation, index) =>
      index === 3 ? { id: mutation.id, device: g.worker.id, seq: mutation.seq } : mutation,
    )
    const { receipts } = await g.worker.pushed(broken)
    expect(receipts.some((receipt) => receipt.ok)).toBe(false)
    expect(await found(ids)).toBe(0)
  })

  it('that comes in two pushes is refused in both', async () => {
    const { mutations, ids } = family()
    const first = await g.worker.pushed(mutations.slice(0, 4))
    const second = await g.worker.pushed(mutations.slice(4))
    const receipts = [...first.receipts, ...second.receipts]
    expect(receipts.map((receipt) => !receipt.ok && receipt.problem)).toEqual(
      new Array(6).fill('batch-refused'),
    )
    expect(await found(ids)).toBe(0)
  })

  it('may name what only a later member of it makes', async () => {
    const { mutations, ids } = family()
    const turned = [...mutations]
      .reverse()
      .map((mutation, index) => ({ ...mutation, seq: mutations[index]?.seq ?? 0 }))
    const { receipts } = await g.worker.pushed(turned)
    expect(receipts.every((receipt) => receipt.ok)).toBe(true)
    expect(await found(ids)).toBe(6)
  })
})

describe('taking back', () => {
  const removal = (device: Device, kind: 'visit' | 'resident' | 'household', record: string) =>
    device.mutation({ stream: g.grid, kind, record, op: 'remove', fields: {} })

  it('leaves a tombstone, and the log keeps what it was', async () => {
    const id = g.office.ids()
    await g.worker.pushed([
      g.worker.create(g.grid, 'visit', id, visit(g.home.household, '2026-11-23T06:00:00.000Z')),
    ])
    const { receipts } = await g.worker.pushed([removal(g.worker, 'visit', id)])
    expect(receipts[0]?.ok).toBe(true)
    expect(await g.recordOf(id)).toMatchObject({ removed: true, fields: {} })
    const change = await g.office.db
      .selectFrom('change')
      .select('fields')
      .where('record', '=', id)
      .where('op', '=', 'remove')
      .executeTakeFirst()
    expect(change?.fields.outcome).toEqual(['met', null])
  })

  it("is for one's own work of the last day alone", async () => {
    const refused = await g.colleague.pushed([removal(g.colleague, 'resident', g.home.resident)])
    expect(refused.receipts[0]).toMatchObject({ problem: 'not-allowed' })
    g.office.clock.at += dayMs + 1
    const late = await g.worker.pushed([removal(g.worker, 'resident', g.home.resident)])
    expect(late.receipts[0]).toMatchObject({ problem: 'not-allowed' })
    expect((await g.recordOf(g.home.resident))?.removed).toBe(false)
  })

  it('works for an old day that was undone at once and sent much later', async () => {
    const id = g.office.ids()
    const make = g.worker.create(g.grid, 'resident', id, resident(g.home.household))
    const undo = removal(g.worker, 'resident', id)
    g.office.clock.at += 3 * dayMs
    const { receipts } = await g.worker.pushed([make, undo])
    expect(receipts.map((receipt) => receipt.ok)).toEqual([true, true])
  })

  it('never leaves a person without a home', async () => {
    const { receipts } = await g.worker.pushed([removal(g.worker, 'household', g.home.household)])
    expect(receipts[0]).toMatchObject({ problem: 'not-allowed' })
    const batch = g.office.ids()
    const both = [
      removal(g.worker, 'household', g.home.household),
      removal(g.worker, 'resident', g.home.resident),
    ].map((mutation) => ({ ...mutation, batch }))
    const together = await g.worker.pushed(both)
    expect(together.receipts.map((receipt) => receipt.ok)).toEqual([true, true])
  })

  it('does not reach the log of who looked at what', async () => {
    const id = g.office.ids()
    const reveal = { subject: g.home.resident, field: 'documentNumber', purpose: 'contact' }
    const { receipts } = await g.worker.pushed([
      g.worker.create(g.grid, 'reveal', id, { ...reveal, at: '2026-11-23T06:00:00.000Z' }),
      g.worker.mutation({ stream: g.grid, kind: 'reveal', record: id, op: 'remove' }),
    ])
    expect(receipts).toMatchObject([{ ok: true }, { ok: false, problem: 'append-only' }])
    expect((await g.recordOf(id))?.fields).toMatchObject(reveal)
  })
})

it('a move within the grid that loses against a later one keeps both, and is not refused for it', async () => {
  const doors = [g.office.ids(), g.office.ids()]
  const homes = [g.office.ids(), g.office.ids()]
  await g.worker.pushed(
    doors.flatMap((door, index) => [
      g.worker.create(g.grid, 'dwelling', door, dwelling(g.home.building, { room: `50${index}` })),
      g.worker.create(g.grid, 'household', homes[index] ?? '', household(door)),
    ]),
  )
  const seen = await g.seenOf(g.home.resident)
  const early = await g.patchResident(g.worker, { household: homes[0] }, seen)
  g.office.clock.at += 60_000
  const late = await g.patchResident(g.colleague, { household: homes[1] }, seen)
  await g.colleague.pushed([late])
  const { receipts } = await g.worker.pushed([early])
  expect(receipts).toMatchObject([{ ok: true }])
  expect((await g.recordOf(g.home.resident))?.fields['household']).toBe(homes[1])
})
