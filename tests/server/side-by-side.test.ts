/** Several devices at one register: clashes, clocks that differ, and pushes at the same moment. */
import { describe, expect, it } from 'vitest'
import { useGrid } from './grid.ts'
import { dayMs, type Device } from './office.ts'
import { visit } from './sample.ts'

const g = useGrid()

describe('a clash', () => {
  it('keeps both values; the later moment by corrected time wins', async () => {
    const seen = await g.seenOf(g.home.resident)
    const now = g.office.clock.now()
    const early = new Date(now - 60_000).toISOString()
    const late = new Date(now - 30_000).toISOString()
    await g.worker.pushed([
      { ...(await g.patchResident(g.worker, { note: 'spät' }, seen)), at: late },
    ])
    // This phone runs an hour ahead: by its own clock it would win.
    const ahead = (at: string) => new Date(Date.parse(at) + 3_600_000).toISOString()
    const answer = await g.colleague.pushed(
      [{ ...(await g.patchResident(g.colleague, { note: 'früh' }, seen)), at: ahead(early) }],
      { sentAt: ahead(new Date(now).toISOString()) },
    )
    expect(answer.receipts[0]?.ok).toBe(true)
    expect((await g.recordOf(g.home.resident))?.fields.note).toBe('spät')
    const clash = await g.office.db
      .selectFrom('record')
      .selectAll()
      .where('kind', '=', 'clash')
      .where('stream', '=', g.grid)
      .orderBy('version', 'desc')
      .executeTakeFirstOrThrow()
    expect(clash.fields).toMatchObject({
      record: g.home.resident,
      field: 'note',
      kept: { value: 'spät', by: g.worker.account, at: late },
      lost: { value: 'früh', by: g.colleague.account, at: early },
    })
  })

  it('is settled by a person: with the other value, or as it is', async () => {
    const seen = await g.seenOf(g.home.resident)
    await g.worker.pushed([await g.patchResident(g.worker, { note: '甲' }, seen)])
    g.office.clock.at += 1_000
    await g.colleague.pushed([await g.patchResident(g.colleague, { note: '乙' }, seen)])
    const { records } = await g.worker.pull()
    const clash = [...records.values()].findLast(({ kind }) => kind === 'clash')
    if (!clash) throw new Error('no clash was pulled')
    expect(clash.fields).toMatchObject({ kept: { value: '乙' }, lost: { value: '甲' } })
    const batch = { batch: g.office.ids(), batchSize: 2 }
    const answer = await g.worker.pushed([
      { ...(await g.patchResident(g.worker, { note: '甲' })), ...batch },
      { ...g.worker.patch(clash, { settled: true }), ...batch },
    ])
    expect(answer.receipts.map(({ ok }) => ok)).toEqual([true, true])
    expect((await g.recordOf(g.home.resident))?.fields.note).toBe('甲')
    expect((await g.recordOf(clash.id))?.fields).toMatchObject({
      settled: true,
      kept: { value: '乙' },
    })
    const forged = await g.colleague.pushed([g.colleague.patch(clash, { field: 'name' })])
    expect(forged.receipts[0]).toMatchObject({ ok: false, problem: 'kind-not-yours' })
  })

  it('is none where both say the same, or the screen had seen it', async () => {
    const seen = await g.seenOf(g.home.resident)
    const clashes = () =>
      g.office.db.selectFrom('record').select('id').where('kind', '=', 'clash').execute()
    const before = await clashes()
    await g.worker.pushed([await g.patchResident(g.worker, { workplace: '甲' }, seen)])
    await g.colleague.pushed([await g.patchResident(g.colleague, { workplace: '甲' }, seen)])
    await g.colleague.pushed([await g.patchResident(g.colleague, { workplace: '乙' })])
    expect(await clashes()).toEqual(before)
    expect((await g.recordOf(g.home.resident))?.fields.workplace).toBe('乙')
  })
})

describe('time', () => {
  it('of a clock that runs ahead is corrected, and what the device said is kept', async () => {
    const id = g.office.ids()
    const future = new Date(g.office.clock.now() + 5 * dayMs).toISOString()
    const make = g.worker.create(g.grid, 'visit', id, visit(g.home.household, future))
    await g.worker.pushed([{ ...make, at: future }])
    const now = new Date(g.office.clock.now()).toISOString()
    expect(await g.recordOf(id)).toMatchObject({ at: now, fields: { at: now } })
    const change = await g.office.db
      .selectFrom('change')
      .selectAll()
      .where('id', '=', make.id)
      .executeTakeFirst()
    expect(change).toMatchObject({
      at: future,
      corrected_at: now,
      fields: { at: [future, now] },
    })
  })
})

describe('two devices at once', () => {
  it('share a stream without holes, and both pull everything', async () => {
    const before = await g.headOf(g.grid)
    const visits = (device: Device) =>
      Array.from({ length: 12 }, () =>
        device.create(
          g.grid,
          'visit',
          g.office.ids(),
          visit(g.home.household, '2026-11-22T06:00:00.000Z', { outcome: 'not-met' }),
        ),
      )
    const chunks = (list: readonly unknown[]) => [list.slice(0, 4), list.slice(4, 8), list.slice(8)]
    const sendAll = async (device: Device) => {
      for (const chunk of chunks(visits(device))) await device.pushed(chunk)
    }
    await Promise.all([sendAll(g.worker), sendAll(g.colleague)])
    const rows = await g.office.db
      .selectFrom('record')
      .select('version')
      .where('stream', '=', g.grid)
      .where('version', '>', before)
      .orderBy('version')
      .execute()
    const head = await g.headOf(g.grid)
    expect(rows.map((row) => row.version)).toEqual(
      Array.from({ length: head - before }, (_, index) => before + 1 + index),
    )
    expect(rows.length).toBe(24)
    const pulled = await g.colleague.pull()
    const all = await g.office.db
      .selectFrom('record')
      .select(['id', 'version', 'fields'])
      .where('stream', '=', g.grid)
      .where('removed', '=', false)
      .where('kind', '<>', 'reveal')
      .execute()
    const mine = [...pulled.records.values()].filter((record) => record.stream === g.grid)
    expect(mine.length).toBe(all.length)
    for (const row of all) {
      expect(pulled.records.get(row.id)).toMatchObject({ version: row.version, fields: row.fields })
    }
  })

  it('of one account push side by side, and so does one device twice', async () => {
    const mutations = [await g.patchResident(g.worker, { note: 'doppelt' })]
    const answers = await Promise.all([g.worker.pushed(mutations), g.worker.pushed(mutations)])
    expect(answers[0].receipts).toEqual(answers[1].receipts)
    const changes = await g.office.db
      .selectFrom('change')
      .select('id')
      .where('device', '=', g.worker.id)
      .where('seq', '=', 4)
      .execute()
    expect(changes).toHaveLength(1)
  })
})
