/** Two records of one person that become one: who counts, what goes along, who may, and what still comes for the other. */
import { beforeEach, describe, expect, it } from 'vitest'
import { loadRecords } from '#server/db/records.ts'
import { useGrid } from './grid.ts'
import type { Device } from './office.ts'
import { household, resident, settle, type Home } from './sample.ts'

const g = useGrid()
/** The same person in the other grid, where they live. */
let there: Home
let other: string
/** A second record of them in the same grid and household as the first. */
let twin: string

beforeEach(async () => {
  other = g.office.places.otherGrid
  there = await settle(g.staff, g.staff, other, g.office.ids)
  twin = g.office.ids()
  const made = g.worker.create(g.grid, 'resident', twin, resident(g.home.household, { note: 'b' }))
  expect(await problems(g.worker, made)).toEqual([null])
})

interface More {
  readonly to?: string
  readonly stream?: string
  readonly seen?: number
}
const at = async (stream: string, id: string) => (await loadRecords(g.office.db, [stream], [id]))[0]
const patch = (device: Device, record: string, fields: Record<string, unknown>, more: More = {}) =>
  device.mutation({
    stream: g.grid,
    kind: 'resident',
    record,
    op: 'patch',
    fields,
    seen: 100_000,
    ...more,
  })
const problems = async (device: Device, ...mutations: readonly unknown[]) =>
  (await device.pushed(mutations)).receipts.map((receipt) => (receipt.ok ? null : receipt.problem))
const mergeHere = () => problems(g.worker, patch(g.worker, twin, { mergedInto: g.home.resident }))
const mergeAcross = (device = g.staff) =>
  problems(device, patch(device, g.home.resident, { mergedInto: there.resident }, { to: other }))
const tallied = async (stream: string) =>
  (
    await g.office.db
      .selectFrom('tally')
      .select('n')
      .where('stream', '=', stream)
      .where('kind', '=', 'resident')
      .execute()
  ).reduce((sum, { n }) => sum + n, 0)
const isColoured = async (stream: string, id: string) =>
  (
    await g.office.db
      .selectFrom('subject')
      .select('colour')
      .where('stream', '=', stream)
      .where('id', '=', id)
      .execute()
  ).length > 0
const openClashes = async (record: string) =>
  (
    await g.office.db
      .selectFrom('record')
      .select('fields')
      .where('kind', '=', 'clash')
      .where('removed', '=', false)
      .execute()
  ).filter(({ fields }) => fields['record'] === record)

describe('two records in one grid', () => {
  it('count as one at once; the other is kept as it was', async () => {
    const before = await tallied(g.grid)
    expect(await isColoured(g.grid, twin)).toBe(true)
    expect(await mergeHere()).toEqual([null])
    expect(await tallied(g.grid)).toBe(before - 1)
    expect(await isColoured(g.grid, twin)).toBe(false)
    expect(await isColoured(g.grid, g.home.resident)).toBe(true)
    expect(await at(g.grid, twin)).toMatchObject({
      removed: false,
      moves: 0,
      fields: { note: 'b', household: g.home.household, mergedInto: g.home.resident },
    })
  })

  it('are two again when the merge is taken back, and counted as two', async () => {
    const before = await tallied(g.grid)
    await mergeHere()
    expect(await problems(g.worker, patch(g.worker, twin, { mergedInto: null }))).toEqual([null])
    expect(await tallied(g.grid)).toBe(before)
    expect(await isColoured(g.grid, twin)).toBe(true)
  })

  it('colour the household at once: who was counted twice lives alone', async () => {
    const colour = async () =>
      (
        await g.office.db
          .selectFrom('subject')
          .select('colour')
          .where('id', '=', g.home.resident)
          .executeTakeFirstOrThrow()
      ).colour
    const old = { birth: '1930-05-06' }
    await problems(g.worker, patch(g.worker, g.home.resident, old), patch(g.worker, twin, old))
    expect(await colour()).not.toBe('red')
    await mergeHere()
    expect(await colour()).toBe('red')
  })
})

describe('two records in two grids', () => {
  it('become one in the grid where the person lives, with the whole history', async () => {
    await problems(g.worker, patch(g.worker, g.home.resident, { note: 'first' }))
    const [here, beyond] = [await tallied(g.grid), await tallied(other)]
    expect(await mergeAcross()).toEqual([null])
    expect(await at(g.grid, g.home.resident)).toMatchObject({ removed: true, movedTo: other })
    expect(await at(other, g.home.resident)).toMatchObject({
      removed: false,
      moves: 1,
      fields: { note: 'first', mergedInto: there.resident },
    })
    expect([await tallied(g.grid), await tallied(other)]).toEqual([here - 1, beyond])
    expect(await isColoured(other, g.home.resident)).toBe(false)
    const lines = (await g.staff.pull()).pages
      .filter((page) => page.stream === other)
      .flatMap((page) => page.changes)
      .filter(({ record }) => record === g.home.resident)
    expect(lines.map(({ fields }) => Object.keys(fields).sort())).toEqual([
      ['note'],
      ['mergedInto', 'stream'],
    ])
  })

  it('part again, each where it was', async () => {
    const [here, beyond] = [await tallied(g.grid), await tallied(other)]
    await mergeAcross()
    const back = patch(
      g.staff,
      g.home.resident,
      { mergedInto: null },
      { stream: other, to: g.grid },
    )
    expect(await problems(g.staff, back)).toEqual([null])
    expect(await at(g.grid, g.home.resident)).toMatchObject({
      removed: false,
      moves: 2,
      fields: { household: g.home.household },
    })
    expect([await tallied(g.grid), await tallied(other)]).toEqual([here, beyond])
  })

  it('cannot part where the old household has gone', async () => {
    await mergeAcross()
    // Without its grid named, the household is not where the record is.
    const back = patch(g.staff, g.home.resident, { mergedInto: null }, { stream: other })
    expect(await problems(g.staff, back)).toEqual(['reference-missing'])
    expect((await at(other, g.home.resident))?.fields).toMatchObject({
      mergedInto: there.resident,
    })
  })

  it('go on together, when the person or the household moves', async () => {
    await mergeAcross()
    const home = g.office.ids()
    await problems(g.staff, g.staff.create(g.grid, 'household', home, household(g.home.dwelling)))
    const person = patch(
      g.staff,
      there.resident,
      { household: home },
      { stream: other, to: g.grid },
    )
    expect(await problems(g.staff, person)).toEqual([null])
    for (const id of [there.resident, g.home.resident]) {
      expect(await at(g.grid, id)).toMatchObject({ removed: false })
    }
    const whole = { ...patch(g.staff, home, { dwelling: there.dwelling }, { to: other }) }
    expect(await problems(g.staff, { ...whole, kind: 'household' })).toEqual([null])
    for (const id of [home, there.resident, g.home.resident]) {
      expect(await at(other, id)).toMatchObject({ removed: false })
      expect(await at(g.grid, id)).toMatchObject({ removed: true, movedTo: other })
    }
  })

  it('take along what was merged into the one that goes', async () => {
    await mergeHere()
    expect(await mergeAcross()).toEqual([null])
    expect(await at(other, twin)).toMatchObject({
      removed: false,
      fields: { mergedInto: g.home.resident },
    })
    // And work that comes for the first of the chain reaches the one that counts.
    expect(
      await problems(g.staff, patch(g.staff, twin, { phones: { add: ['10012345678'] } })),
    ).toEqual([null])
    expect((await at(other, there.resident))?.fields).toMatchObject({ phones: ['10012345678'] })
  })
})

describe('work that comes late for a merged record', () => {
  it('is applied to the one that counts, and what differs there is kept as a clash', async () => {
    await problems(
      g.worker,
      patch(g.worker, g.home.resident, { note: 'a', phones: { add: ['10011111111'] } }),
    )
    await mergeHere()
    const late = patch(
      g.colleague,
      twin,
      { note: 'c', phones: { add: ['10022222222'] }, workplace: '样例厂' },
      { seen: 5 },
    )
    expect(await problems(g.colleague, late)).toEqual([null])
    expect((await at(g.grid, g.home.resident))?.fields).toMatchObject({
      phones: ['10011111111', '10022222222'],
      workplace: '样例厂',
    })
    expect((await at(g.grid, twin))?.fields).toMatchObject({ note: 'b' })
    const clashes = await openClashes(g.home.resident)
    const note = clashes.find(({ fields }) => fields['field'] === 'note')?.fields
    const values = [note?.['kept'], note?.['lost']].map((side) => (side as { value: string }).value)
    expect(values.sort()).toEqual(['a', 'c'])
    const lines = (await g.worker.pull()).pages.flatMap((page) => page.changes)
    expect(lines.find(({ id }) => id === late.id)).toMatchObject({ record: g.home.resident })
    // The same again, as a device that lost count would send it: answered, not applied twice.
    expect(await problems(g.colleague, { ...late, seq: late.seq + 1 })).toEqual([null])
    expect(await openClashes(g.home.resident)).toHaveLength(clashes.length)
  })

  it.each([
    ['a move', { household: '' }],
    ['a leaving', { movedOutOn: '2026-11-20' }],
    ['a death', { diedOn: '2026-11-20' }],
    ['a residence', { residence: '3', note: 'x' }],
  ])('is told where it is %s: that means the other door', async (_, given) => {
    await mergeHere()
    const fields = 'household' in given ? { household: g.home.household } : given
    const before = (await at(g.grid, g.home.resident))?.fields
    expect(await problems(g.colleague, patch(g.colleague, twin, fields))).toEqual(['record-merged'])
    expect((await at(g.grid, g.home.resident))?.fields).toEqual(before)
  })

  it('is told where it takes the record back', async () => {
    await mergeHere()
    const gone = { ...patch(g.worker, twin, {}), op: 'remove' }
    expect(await problems(g.worker, gone)).toEqual(['record-merged'])
    // Nor can the one that counts be taken back while another one rests on it.
    const base = { ...patch(g.worker, g.home.resident, {}), op: 'remove' }
    expect(await problems(g.worker, base)).toEqual(['not-allowed'])
  })

  it('merges where both stand since: their building went to another grid meanwhile', async () => {
    const { building } = g.home
    const move = { stream: g.grid, to: other, kind: 'building', record: building, op: 'patch' }
    expect(
      await problems(g.staff, g.staff.mutation({ ...move, fields: {}, seen: 100_000 } as never)),
    ).toEqual([null])
    // As a device says it that has not heard of it: where the one that counts stood.
    const late = patch(g.staff, twin, { mergedInto: g.home.resident }, { to: g.grid })
    expect(await problems(g.staff, late)).toEqual([null])
    expect(await at(other, twin)).toMatchObject({
      ...{ removed: false, fields: { mergedInto: g.home.resident } },
    })
  })

  it('is told to whom the record was entrusted, where it went to another grid', async () => {
    await mergeAcross()
    expect(
      await problems(g.colleague, patch(g.colleague, g.home.resident, { note: 'late' })),
    ).toEqual(['record-elsewhere'])
  })
})

describe('a merge that cannot be', () => {
  it('is refused alone, with its reason', async () => {
    const merge = (into: string, more: More = {}) =>
      problems(g.staff, patch(g.staff, twin, { mergedInto: into }, more))
    expect(await merge(twin)).toEqual(['record-merged'])
    expect(await merge(g.office.ids())).toEqual(['reference-missing'])
    expect(await merge(g.home.household)).toEqual(['reference-missing'])
    expect(await merge(there.resident)).toEqual(['reference-missing'])
    expect(await merge('somebody')).toEqual(['invalid-fields'])
    expect((await at(g.grid, twin))?.fields).not.toHaveProperty('mergedInto')
  })

  it('of two the other way round at once: the second hears of it', async () => {
    expect(await mergeHere()).toEqual([null])
    expect(
      await problems(g.staff, patch(g.staff, g.home.resident, { mergedInto: twin }, { seen: 1 })),
    ).toEqual(['record-merged'])
  })

  it('of one record into two: the later counts, both are kept until somebody settles it', async () => {
    const third = g.office.ids()
    await problems(g.worker, g.worker.create(g.grid, 'resident', third, resident(g.home.household)))
    await mergeHere()
    g.office.clock.at += 60_000
    expect(
      await problems(g.colleague, patch(g.colleague, twin, { mergedInto: third }, { seen: 1 })),
    ).toEqual([null])
    expect((await at(g.grid, twin))?.fields).toMatchObject({ mergedInto: third })
    expect(await openClashes(twin)).toHaveLength(1)
  })
})

describe('who may merge', () => {
  it.each([
    ['worker', null, 'stream-not-yours'],
    ['colleague', null, 'stream-not-yours'],
    ['stranger', 'stream-not-yours', 'stream-not-yours'],
    ['staff', null, null],
    ['admin', null, null],
    ['handler', 'kind-not-yours', 'kind-not-yours'],
    ['auditor', 'kind-not-yours', 'kind-not-yours'],
  ])('%s: in the grid %s, across two grids %s', async (login, within, across) => {
    const device = await g.office.enter(login)
    const merge = patch(device, twin, { mergedInto: g.home.resident })
    expect(await problems(device, merge)).toEqual([within])
    expect(await mergeAcross(device)).toEqual([across])
  })
})

it('two people stay two, and both grids know it', async () => {
  const batch = g.office.ids()
  const answer = [
    patch(g.staff, g.home.resident, { notSameAs: { add: [there.resident] } }),
    patch(g.staff, there.resident, { notSameAs: { add: [g.home.resident] } }, { stream: other }),
  ].map((mutation) => ({ ...mutation, batch, batchSize: 2 }))
  expect(await problems(g.staff, ...answer)).toEqual([null, null])
  const { records } = await g.worker.pull()
  expect(records.get(g.home.resident)?.fields).toMatchObject({ notSameAs: [there.resident] })
})
