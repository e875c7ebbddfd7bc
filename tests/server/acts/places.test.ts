/**
 * Adding, renaming, closing and assigning places: by whom, with what, once.
 * Holds `src/server/routes/places.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles, type Role } from '#domain/account.ts'
import type { Problem } from '#protocol/problem.ts'
import { problemOf, type Device } from '../office.ts'
import { building, settle } from '../sample.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
let admin: Device
let staff: Device
beforeAll(async () => {
  desk = await openDesk()
  admin = await desk.office.enter('admin')
  staff = await desk.office.enter('staff')
})
afterAll(() => desk.office.close())

const recordOf = async (id: string) => {
  const row = await desk.office.db
    .selectFrom('record')
    .select(['fields', 'version', 'by'])
    .where('stream', '=', id)
    .where('id', '=', id)
    .executeTakeFirst()
  return row
}
const grid = (parent: string, more = {}) => ({
  place: desk.office.ids(),
  parent,
  placeKind: 'grid',
  name: '新网格',
  ...more,
})

/** What each role hears where it may and where it may not: every act, in its own part and beyond. */
const expected: Record<Role, { readonly grid: Problem | null; readonly beyond: Problem | null }> = {
  worker: { grid: 'not-allowed', beyond: 'not-allowed' },
  staff: { grid: null, beyond: 'not-found' },
  admin: { grid: null, beyond: null },
  handler: { grid: 'not-allowed', beyond: 'not-allowed' },
  auditor: { grid: 'not-allowed', beyond: 'not-allowed' },
  gate: { grid: 'not-allowed', beyond: 'not-allowed' },
}

describe.each(roles.map((role) => [role]))('a %s', (role) => {
  it('keeps grids of its own part of the tree and no others', async () => {
    const { office } = desk
    const { community, otherCommunity } = office.places
    const by = await office.enter(role)
    const mine = grid(community)
    const far = grid(otherCommunity)
    expect(await desk.act(by, 'places/add', mine)).toBe(expected[role].grid)
    expect(await desk.act(by, 'places/add', far)).toBe(expected[role].beyond)
    for (const [made, answer] of [
      [mine, expected[role].grid],
      [far, expected[role].beyond],
    ] as const) {
      if (answer !== null) expect(await desk.act(admin, 'places/add', made)).toBe(null)
      const renamed = { place: made.place, name: '改名网格' }
      expect(await desk.act(by, 'places/rename', renamed)).toBe(answer)
      expect(await desk.act(by, 'places/close', { place: made.place })).toBe(answer)
    }
  })

  it('keeps communities only as administrator, and nobody a second subdistrict', async () => {
    const { office } = desk
    const by = await office.enter(role)
    const { community, subdistrict } = office.places
    const isAdmin = role === 'admin'
    const added = grid(subdistrict, { placeKind: 'community', name: '新社区' })
    const denied = role === 'staff' ? 'not-found' : 'not-allowed'
    expect(await desk.act(by, 'places/add', added)).toBe(isAdmin ? null : denied)
    const renamed = { place: community, name: '样例社区' }
    expect(await desk.act(by, 'places/rename', renamed)).toBe(isAdmin ? null : 'not-allowed')
    const second = grid(subdistrict, { placeKind: 'subdistrict' })
    expect(await desk.act(by, 'places/add', second)).toBe(isAdmin ? 'not-allowed' : denied)
  })

  it('is told the list, or that it is not for it', async () => {
    const by = await desk.office.enter(role)
    const response = await desk.office.fetch('/api/places', { headers: by.headers })
    if (role === 'staff' || role === 'admin') expect(response.status).toBe(200)
    else expect(await problemOf(response)).toBe('not-allowed')
  })
})

describe('a new grid', () => {
  it('is there for those above it, with its name and an epoch of its own', async () => {
    const before = (await staff.pull()).cursors
    const made = await desk.addGrid(staff)
    const pull = await staff.pull(before)
    expect(pull.records.get(made)).toMatchObject({
      stream: made,
      fields: { placeKind: 'grid', name: '新网格', parent: desk.office.places.community },
    })
    expect(pull.scope.streams.find(({ id }) => id === made)).toMatchObject({ write: true })
    const worker = await desk.office.enter('worker')
    expect((await worker.pull()).records.get(made)).toBeUndefined()
    const home = await settle(admin, admin, made, desk.office.ids)
    expect((await admin.pull()).records.get(home.resident)).toMatchObject({ stream: made })
  })

  it('is made once, however often it is asked for', async () => {
    const act = desk.office.ids()
    const body = grid(desk.office.places.community)
    const twice = [
      desk.act(staff, 'places/add', body, act),
      desk.act(staff, 'places/add', body, act),
    ]
    expect(await Promise.all(twice)).toEqual([null, null])
    expect(await desk.act(staff, 'places/add', body, act)).toBe(null)
    expect(await desk.act(staff, 'places/add', body)).toBe('record-exists')
    // The same id for something else is no repetition.
    expect(await desk.act(staff, 'places/close', { place: body.place }, act)).toBe('malformed')
    const acts = await desk.office.db
      .selectFrom('act')
      .selectAll()
      .where('subject', '=', body.place)
      .execute()
    expect(acts).toMatchObject([
      { id: act, act: 'place-added', account: staff.account, device: staff.id },
    ])
  })

  it('with bad words in it is refused', async () => {
    const { community, grid: other } = desk.office.places
    const wrong: readonly (readonly [object, Problem])[] = [
      [{ name: '' }, 'malformed'],
      [{ name: 'x'.repeat(41) }, 'malformed'],
      [{ place: 'x' }, 'malformed'],
      [{ placeKind: 'galaxy' }, 'malformed'],
      [{ code: '1'.repeat(13) }, 'malformed'],
      [{ parent: desk.office.ids() }, 'not-found'],
      [{ parent: other }, 'not-allowed'],
    ]
    for (const [more, problem] of wrong) {
      expect(await desk.act(admin, 'places/add', grid(community, more))).toBe(problem)
    }
    expect(await desk.act(admin, 'places/add', {})).toBe('malformed')
  })
})

describe('a name', () => {
  it('is changed with its history, and a code may stay blank', async () => {
    const place = await desk.addGrid(admin)
    expect(await desk.act(admin, 'places/rename', { place, name: '江边网格' })).toBe(null)
    expect(await recordOf(place)).toMatchObject({ fields: { name: '江边网格', code: null } })
    const lines = (await admin.pull()).pages
      .filter(({ stream }) => stream === place)
      .flatMap(({ changes }) => changes)
    expect(lines).toMatchObject([{ by: admin.account, fields: { name: ['新网格', '江边网格'] } }])
  })
})

it('a name that somebody else changed meanwhile is not changed unseen', async () => {
  const place = await desk.addGrid(admin)
  const rename = (name: string, before: object) =>
    desk.act(admin, 'places/rename', { place, name, before })
  expect(await rename('河边网格', { name: '新网格' })).toBe(null)
  expect(await rename('山边网格', { name: '新网格', code: null })).toBe('changed-meanwhile')
  expect(await recordOf(place)).toMatchObject({ fields: { name: '河边网格' } })
  expect(await rename('山边网格', { name: '河边网格', code: null })).toBe(null)
})

describe('closing', () => {
  it('is refused while anything is in it, and leaves the stream readable', async () => {
    const { office } = desk
    const community = office.ids()
    const body = grid(office.places.subdistrict, { place: community, placeKind: 'community' })
    expect(await desk.act(admin, 'places/add', body)).toBe(null)
    const place = await desk.addGrid(admin, community)
    expect(await desk.act(admin, 'places/close', { place: community })).toBe('place-not-empty')
    const house = office.ids()
    await admin.pushed([admin.create(place, 'building', house, building())])
    expect(await desk.act(admin, 'places/close', { place })).toBe('place-not-empty')
    const to = await desk.addGrid(admin, community)
    await desk.journey(admin, 'places/move', { from: place, to, buildings: [house] })
    const cursors = (await admin.pull()).cursors
    expect(await desk.act(admin, 'places/close', { place })).toBe(null)
    const pull = await admin.pull(cursors)
    expect(pull.records.get(place)).toMatchObject({ fields: { closed: true } })
    expect((await admin.pull()).records.get(place)).toMatchObject({ stream: place })
    expect(await desk.act(admin, 'places/close', { place })).toBe('place-closed')
    expect(await desk.act(admin, 'places/rename', { place, name: 'x' })).toBe('place-closed')
    // Nothing comes into it any more.
    const late = await admin.pushed([admin.create(place, 'building', office.ids(), building())])
    expect(late.receipts).toMatchObject([{ ok: false, problem: 'stream-not-yours' }])
  })

  it('is refused for the subdistrict and where people work', async () => {
    const { subdistrict, farGrid } = desk.office.places
    expect(await desk.act(admin, 'places/close', { place: subdistrict })).toBe('not-allowed')
    expect(await desk.act(admin, 'places/close', { place: farGrid })).toBe('place-not-empty')
  })
})

describe('a grid that is given to another community', () => {
  it('changes its readers and keeps everything in it; late work of the former office is taken', async () => {
    const { office } = desk
    const { community, otherCommunity } = office.places
    const place = await desk.addGrid(staff)
    const home = await settle(staff, staff, place, office.ids)
    await staff.pull()
    const seen = (await staff.pull()).records.get(home.resident)
    if (!seen) throw new Error('not pulled')
    expect(await desk.act(staff, 'places/assign', { place, parent: otherCommunity })).toBe(
      'not-found',
    )
    const late = staff.patch(seen, { note: 'late' })
    expect(await desk.act(admin, 'places/assign', { place, parent: otherCommunity })).toBe(null)
    expect((await staff.pushed([late])).receipts).toMatchObject([{ ok: true }])
    office.clock.at += 3_600_000
    const after = await staff.pull()
    expect(after.scope.streams.map(({ id }) => id)).not.toContain(place)
    expect((await admin.pull()).records.get(home.resident)).toMatchObject({
      fields: { note: 'late' },
    })
    // It has heard of it by now.
    office.clock.at += 1_000
    const tooLate = await staff.pushed([staff.patch(seen, { note: 'too late' })])
    expect(tooLate.receipts).toMatchObject([{ ok: false, problem: 'stream-not-yours' }])
    expect(await recordOf(place)).toMatchObject({ fields: { parent: otherCommunity } })
    expect(await desk.act(admin, 'places/assign', { place, parent: community })).toBe(null)
    expect((await staff.pull()).scope.streams.map(({ id }) => id)).toContain(place)
  })

  it('is no grid, or no community: refused', async () => {
    const { community, otherCommunity, grid: one, otherGrid } = desk.office.places
    const assign = (place: string, parent: string) =>
      desk.act(admin, 'places/assign', { place, parent })
    expect(await assign(community, otherCommunity)).toBe('not-allowed')
    expect(await assign(one, otherGrid)).toBe('not-allowed')
    expect(await assign(one, desk.office.ids())).toBe('not-found')
  })
})

it('figures are the tallies’, and nothing of a person', async () => {
  const place = await desk.addGrid(staff)
  await settle(staff, staff, place, desk.office.ids)
  await settle(staff, staff, place, desk.office.ids)
  const list = await desk.list(staff)
  expect(list.figures.find(({ id }) => id === place)).toEqual({
    id: place,
    residents: 2,
    households: 2,
    dwellings: 2,
  })
  expect(JSON.stringify(list)).not.toContain('样例甲')
})
