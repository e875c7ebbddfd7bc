/**
 * An act asked for again: answered as before only while its actor may still do it and its subject is as it was left.
 * Holds `src/server/routes/acting.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#domain/account.ts'
import type { OneTimeAnswer } from '#protocol/places.ts'
import { protocolVersion } from '#protocol/version.ts'
import { createAccount } from '#server/db/accounts.ts'
import { officeChain } from '#server/db/audit.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { dayMs, problemOf, type Device, type Office } from '../office.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
let office: Office
let admin: Device
let staff: Device

beforeAll(async () => {
  desk = await openDesk()
  office = desk.office
})
afterAll(() => office.close())
beforeEach(async () => {
  office.clock.at += dayMs
  admin = await office.enter('admin')
  staff = await office.enter('staff')
})

let count = 0
const newcomer = (more = {}) => ({
  account: office.ids(),
  login: `again${(count += 1)}`,
  name: '样例新人',
  role: 'worker',
  places: [office.places.grid],
  ...more,
})
const ask = (by: Device, path: string, body: object, act = office.ids()) =>
  office.post(`/api/people/${path}`, { act, ...body }, by.pass)
const asked = async (by: Device, path: string, body: object, act: string) => {
  const response = await ask(by, path, body, act)
  return response.ok ? ((await response.json()) as OneTimeAnswer).password : problemOf(response)
}
const stateOf = (id: string) =>
  office.db
    .selectFrom('account')
    .select(['password', 'one_time_until', 'role', 'closed'])
    .where('id', '=', id)
    .executeTakeFirst()
/** What the office's log says of an act, oldest first. */
const entriesOf = async (act: string) => {
  const rows = await office.db
    .selectFrom('audit')
    .select('facts')
    .where('chain', '=', officeChain)
    .orderBy('seq')
    .execute()
  return rows.map(({ facts }) => facts).filter((facts) => facts['id'] === act)
}
const signIn = (login: string, once: string, newPassword: string) =>
  office.post('/api/session', {
    ...{ protocol: protocolVersion, login, password: once, newPassword },
    ...{ device: office.ids(), deviceName: 'test' },
  })

describe('an old act that once gave a password', () => {
  /** Made by the community's staff; with a password of its own, then an account of the whole subdistrict. */
  async function promoted(role: Role) {
    const body = newcomer()
    const act = office.ids()
    const once = (await asked(staff, 'make', body, act)) ?? ''
    expect((await signIn(body.login, once, '样例的长密码一句')).status).toBe(200)
    const given = { account: body.account, name: body.name, role }
    const places = [office.places.subdistrict]
    expect(await desk.act(admin, 'people/change', { ...given, places })).toBe(null)
    return { body, act }
  }

  it.each(['admin', 'auditor', 'handler'] as const)(
    'gives none of an account that is %s by now, though its password was just made anew',
    async (role) => {
      const { body, act } = await promoted(role)
      expect((await ask(admin, 'reset', { account: body.account })).status).toBe(200)
      const before = await stateOf(body.account)
      expect(await asked(staff, 'make', body, act)).toBe('not-found')
      expect(await stateOf(body.account)).toEqual(before)
      expect(await entriesOf(act)).toEqual([
        { role: 'staff', did: 'account-created', id: act },
        { role: 'staff', did: 'account-created', id: act, repeated: true, problem: 'not-found' },
      ])
    },
  )

  it('gives none of an account that went to another community before anybody used it', async () => {
    const body = newcomer()
    const act = office.ids()
    await asked(staff, 'make', body, act)
    const given = { account: body.account, name: body.name, role: 'staff' }
    const places = [office.places.otherCommunity]
    expect(await desk.act(admin, 'people/change', { ...given, places })).toBe(null)
    const before = await stateOf(body.account)
    expect(await asked(staff, 'make', body, act)).toBe('not-found')
    expect(await stateOf(body.account)).toEqual(before)
  })

  it('gives none of an account that is closed, nor of one whose name or role is another', async () => {
    const body = newcomer()
    const act = office.ids()
    await asked(staff, 'make', body, act)
    const given = { account: body.account, name: '样例改名', role: body.role, places: body.places }
    expect(await desk.act(staff, 'people/change', given)).toBe(null)
    expect(await asked(staff, 'make', body, act)).toBe('changed-meanwhile')
    expect(await desk.act(staff, 'people/close', { account: body.account })).toBe(null)
    const before = await stateOf(body.account)
    expect(await asked(staff, 'make', body, act)).toBe('changed-meanwhile')
    expect(await stateOf(body.account)).toEqual(before)
  })

  it('gives a newer one within minutes, while the password is the one that it made itself', async () => {
    const body = newcomer()
    await asked(staff, 'make', body, office.ids())
    const act = office.ids()
    const account = { account: body.account }
    const first = await asked(staff, 'reset', account, act)
    const second = await asked(staff, 'reset', account, act)
    const third = await asked(staff, 'reset', account, act)
    expect(new Set([first, second, third]).size).toBe(3)
    // Somebody else made another one.
    const other = office.ids()
    await asked(admin, 'reset', account, other)
    expect(await asked(staff, 'reset', account, act)).toBe('not-allowed')
    office.clock.at += 11 * 60_000
    expect(await asked(admin, 'reset', account, other)).toBe('not-allowed')
    expect(await entriesOf(act)).toMatchObject([
      {},
      { repeated: true },
      { repeated: true },
      { repeated: true, problem: 'not-allowed' },
    ])
  })
})

it('under one id only one thing is asked for, by one person', async () => {
  const body = newcomer()
  const act = office.ids()
  await asked(staff, 'make', body, act)
  const other = await office.enter('admin')
  expect(await asked(other, 'make', body, act)).toBe('malformed')
  expect(await asked(staff, 'make', { ...body, name: '样例另一名' }, act)).toBe('malformed')
  expect(await asked(staff, 'reset', { account: body.account }, act)).toBe('malformed')
  expect(await entriesOf(act)).toHaveLength(4)
})

it('an account is the same however its id is written: nobody keeps their own', async () => {
  const account = admin.account.toUpperCase()
  const given = { name: 'x', role: 'admin', places: [office.places.subdistrict] }
  const colleague = { account: office.ids(), login: `boss${(count += 1)}`, ...given }
  expect((await ask(admin, 'make', colleague)).status).toBe(200)
  for (const [path, body] of [
    ['change', { account, ...given }],
    ['reset', { account }],
    ['close', { account }],
    ['hand-over', { account, to: colleague.account }],
  ] as const) {
    expect([path, await problemOf(await ask(admin, path, body))]).toEqual([path, 'not-allowed'])
  }
  expect(await stateOf(admin.account)).toMatchObject({ role: 'admin', closed: false })
  // And what is on record holds, however the request spelled it.
  const one = newcomer()
  const act = office.ids()
  const upper = {
    ...one,
    account: one.account.toUpperCase(),
    places: [office.places.grid.toUpperCase()],
  }
  expect((await ask(admin, 'make', upper, act.toUpperCase())).status).toBe(200)
  expect(await entriesOf(act)).toHaveLength(1)
  expect((await verifyAudit(office.own)).faults).toEqual([])
})

describe('each act', () => {
  /** Does it, does it again, lets somebody change what it left, and does it once more. */
  async function thrice(
    path: string,
    body: object,
    subject: string,
    change: () => Promise<unknown>,
  ) {
    const act = office.ids()
    expect([path, await desk.act(admin, path, body, act)]).toEqual([path, null])
    expect([path, await desk.act(admin, path, body, act)]).toEqual([path, null])
    expect(await change()).toBe(null)
    expect([path, await desk.act(admin, path, body, act)]).toEqual([path, 'changed-meanwhile'])
    const [first, ...again] = await entriesOf(act)
    expect(first).not.toHaveProperty('repeated')
    expect(again).toMatchObject([
      { repeated: true },
      { repeated: true, problem: 'changed-meanwhile' },
    ])
    expect(subject).toBeTruthy()
  }
  const rename = (place: string) => desk.act(admin, 'places/rename', { place, name: '改过的名' })

  it('of a place is answered as before until somebody else changes what it left', async () => {
    const { community, otherCommunity } = office.places
    const place = office.ids()
    const added = { place, parent: community, placeKind: 'grid', name: '新网格' }
    await thrice('places/add', added, place, () => rename(place))
    const renamed = { place, name: '再改的名' }
    await thrice('places/rename', renamed, place, () => rename(place))
    const assigned = { place, parent: otherCommunity }
    await thrice('places/assign', assigned, place, () =>
      desk.act(admin, 'places/assign', { place, parent: community }),
    )
    const act = office.ids()
    expect(await desk.act(staff, 'places/close', { place }, act)).toBe(null)
    expect(await desk.act(staff, 'places/close', { place }, act)).toBe(null)
    // The community is another one's by now: it is not for its former office to say anything about.
    await office.db
      .updateTable('place')
      .set({ parent: otherCommunity })
      .where('id', '=', place)
      .execute()
    expect(await desk.act(staff, 'places/close', { place }, act)).toBe('not-found')
  })

  it('of an account is answered as before until somebody else changes what it left', async () => {
    const one = newcomer()
    await asked(admin, 'make', one, office.ids())
    const { account, name, role, places } = one
    const given = { account, name, role, places }
    const change = () => desk.act(admin, 'people/change', { ...given, name: '样例又改' })
    await thrice('people/change', { ...given, name: '样例改名' }, account, change)
    await thrice('people/close', { account }, account, () =>
      desk.act(admin, 'people/reopen', given),
    )
    expect(await desk.act(admin, 'people/close', { account })).toBe(null)
    await thrice('people/reopen', given, account, change)
    const next = newcomer()
    await asked(admin, 'make', next, office.ids())
    await thrice('people/hand-over', { account, to: next.account }, account, () =>
      desk.act(admin, 'people/reopen', given),
    )
  })

  it('is of the actor as they are at that moment', async () => {
    const boss = newcomer({ role: 'admin', places: [office.places.subdistrict] })
    await asked(admin, 'make', boss, office.ids())
    office.accounts[boss.login] = { id: boss.account, role: 'admin' }
    const device = await office.enter(boss.login)
    const act = office.ids()
    const place = office.ids()
    const body = { place, parent: office.places.community, placeKind: 'grid', name: '新网格' }
    expect(await desk.act(device, 'places/add', body, act)).toBe(null)
    const given = { account: boss.account, name: boss.name, role: 'staff' }
    const places = [office.places.otherCommunity]
    expect(await desk.act(admin, 'people/change', { ...given, places })).toBe(null)
    expect(await desk.act(device, 'places/add', body, act)).toBe('not-found')
  })
})

describe('role × kind of place × act', () => {
  const communities = ['community', 'otherCommunity'] as const
  const fitting = {
    worker: ['grid', 'farGrid'],
    staff: communities,
    admin: ['subdistrict', ...communities],
    handler: ['subdistrict', ...communities],
    auditor: ['subdistrict', ...communities],
  } as const
  const all = ['subdistrict', 'community', 'otherCommunity', 'grid', 'farGrid'] as const

  it.each(Object.keys(fitting) as (keyof typeof fitting)[])(
    'a %s is given only places that fit',
    async (role) => {
      const home = office.places[fitting[role][0]]
      const [one, gone] = [newcomer({ role, places: [home] }), newcomer({ role, places: [home] })]
      for (const account of [one, gone])
        expect((await ask(admin, 'make', account)).status).toBe(200)
      for (const place of all) {
        const may = (fitting[role] as readonly string[]).includes(place)
        const expected = [place, may ? null : 'not-allowed']
        const given = { name: '样例', role, places: [office.places[place]] }
        const said = async (path: string, body: object) => [
          place,
          await desk.act(admin, path, body),
        ]
        expect(await said('people/make', { ...newcomer(), ...given })).toEqual(expected)
        expect(await said('people/change', { account: one.account, ...given })).toEqual(expected)
        expect(await desk.act(admin, 'people/close', { account: gone.account })).toBe(null)
        expect(await said('people/reopen', { account: gone.account, ...given })).toEqual(expected)
        if (!may) {
          const back = { account: gone.account, name: '样例', role, places: [home] }
          expect(await desk.act(admin, 'people/reopen', back)).toBe(null)
        }
      }
    },
  )

  it('nobody takes over the places of another role', async () => {
    const all = Object.keys(fitting) as (keyof typeof fitting)[]
    /** As it is made, without the costly hashing of a password. */
    const grown = async (role: keyof typeof fitting) => {
      const { account: id, login, name } = newcomer()
      const place = office.places[fitting[role][0]]
      await createAccount(office.db, { id, login, name, role, password: 'none' }, [place])
      return id
    }
    for (const of of all) {
      for (const role of all) {
        const body = { account: await grown(of), to: await grown(role) }
        const problem = await desk.act(admin, 'people/hand-over', body)
        expect([of, role, problem]).toEqual([of, role, role === of ? null : 'not-allowed'])
      }
    }
  })

  it('a community that holds its buildings itself has workers, until it has a grid', async () => {
    const village = office.ids()
    const added = { place: village, parent: office.places.subdistrict, placeKind: 'village' }
    expect(await desk.act(admin, 'places/add', { ...added, name: '独村' })).toBe(null)
    expect(await desk.act(admin, 'people/make', newcomer({ places: [village] }))).toBe(null)
    await desk.addGrid(admin, village)
    expect(await desk.act(admin, 'people/make', newcomer({ places: [village] }))).toBe(
      'not-allowed',
    )
  })
})
