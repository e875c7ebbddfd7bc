/**
 * Accounts: by whom they are made, changed, closed and handed over, and what becomes of work that was not sent.
 * Holds `src/server/routes/people.ts` and `src/server/routes/own-password.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#domain/account.ts'
import type { OneTimeAnswer } from '#protocol/places.ts'
import { protocolVersion } from '#protocol/version.ts'
import { loadRecords } from '#server/db/records.ts'
import { dayMs, password, problemOf, type Device, type Office } from '../office.ts'
import { settle, visit, type Home } from '../sample.ts'
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
  login: `sample${(count += 1)}`,
  name: '样例新人',
  role: 'worker',
  places: [office.places.grid],
  ...more,
})
const ask = async (by: Device, path: string, body: object, act = office.ids()) =>
  office.post(`/api/people/${path}`, { act, ...body }, by.pass)
const made = async (by: Device, body: object, act?: string) => {
  const response = await ask(by, 'make', body, act)
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as OneTimeAnswer
}
const signIn = (login: string, given: string, more: object = {}) =>
  office.post('/api/session', {
    protocol: protocolVersion,
    login,
    password: given,
    device: office.ids(),
    deviceName: 'test',
    ...more,
  })
/** Somebody with a password of their own, signed in by a device that speaks for them. */
async function settled(more: object = {}) {
  const body = newcomer(more)
  await made(admin, body)
  await office.db
    .updateTable('account')
    .set({ one_time_until: null, password: await passwordOf('worker') })
    .where('id', '=', body.account)
    .execute()
  office.accounts[body.login] = { id: body.account, role: body.role as Role }
  const device = await office.enter(body.login)
  await device.pull()
  return { ...body, device }
}
const passwordOf = async (login: string) =>
  (
    await office.db
      .selectFrom('account')
      .select('password')
      .where('login', '=', login)
      .executeTakeFirstOrThrow()
  ).password
const publicPart = async (stream: string, id: string) =>
  (await loadRecords(office.db, [stream], [id]))[0]?.fields
const isoNow = () => new Date(office.clock.now()).toISOString()
const call = (device: Device, home: Home, at = isoNow()) => ({
  ...device.create(
    office.places.grid,
    'visit',
    office.ids(),
    visit(home.household, new Date(office.clock.now()).toISOString()),
  ),
  at,
})
const problems = async (device: Device, ...mutations: readonly unknown[]) =>
  (await device.pushed(mutations)).receipts.map((receipt) => (receipt.ok ? null : receipt.problem))

describe('a new account', () => {
  it('opens with its one-time password only to choose another one', async () => {
    const body = newcomer()
    const { password: once, until } = await made(staff, body)
    expect(Date.parse(until)).toBeGreaterThan(office.clock.now())
    expect(await problemOf(await signIn(body.login, once))).toBe('new-password-needed')
    expect(await problemOf(await signIn(body.login, once, { protocol: 1 }))).toBe('app-too-old')
    for (const weak of ['short', '12345678', 'aaaaaaaa', body.login, `${body.login}12`, once]) {
      const answer = await signIn(body.login, once, { newPassword: weak })
      expect([weak, await problemOf(answer)]).toEqual([weak, 'weak-password'])
    }
    const device = office.ids()
    const own = { newPassword: '样例的长密码一句', device, attempt: office.ids() }
    expect((await signIn(body.login, once, own)).status).toBe(200)
    // The answer was lost: the same once more, under the device's own id for it.
    expect((await signIn(body.login, once, own)).status).toBe(200)
    expect(await problemOf(await signIn(body.login, once))).toBe('wrong-password')
    expect((await signIn(body.login, own.newPassword, { device })).status).toBe(200)
    expect(await publicPart(office.places.grid, body.account)).toMatchObject({
      name: '样例新人',
      role: 'worker',
    })
  })

  it('that nobody used for a week needs another one-time password', async () => {
    const body = newcomer()
    const { password: once } = await made(staff, body)
    office.clock.at += 8 * dayMs
    expect(await problemOf(await signIn(body.login, once))).toBe('one-time-expired')
    expect(await problemOf(await signIn(body.login, 'guess'))).toBe('wrong-password')
    office.clock.at -= 8 * dayMs
  })

  it('is made once; asked for again it has a newer password, and its own one stays', async () => {
    const body = newcomer()
    const act = office.ids()
    const first = await made(staff, body, act)
    const again = await made(staff, body, act)
    expect(again.password).not.toBe(first.password)
    expect(await problemOf(await signIn(body.login, first.password))).toBe('wrong-password')
    const own = { newPassword: '样例的长密码一句' }
    expect((await signIn(body.login, again.password, own)).status).toBe(200)
    expect(await problemOf(await ask(staff, 'make', body, act))).toBe('not-allowed')
    expect((await signIn(body.login, own.newPassword)).status).toBe(200)
    expect(await problemOf(await ask(staff, 'make', newcomer({ login: body.login })))).toBe(
      'login-taken',
    )
  })

  it('with bad words, with places of others or closed ones is refused', async () => {
    const closed = await desk.addGrid(staff)
    expect(await desk.act(staff, 'places/close', { place: closed })).toBe(null)
    const wrong: readonly (readonly [object, string])[] = [
      [{ login: 'Groß' }, 'malformed'],
      [{ login: '' }, 'malformed'],
      [{ name: '' }, 'malformed'],
      [{ role: 'king' }, 'malformed'],
      [{ places: [] }, 'malformed'],
      [{ places: [office.places.farGrid] }, 'not-found'],
      [{ places: [office.places.grid, office.ids()] }, 'not-found'],
      [{ places: [closed] }, 'place-closed'],
      [{ role: 'staff' }, 'not-allowed'],
      [{ role: 'admin' }, 'not-allowed'],
    ]
    for (const [more, problem] of wrong) {
      expect([more, await problemOf(await ask(staff, 'make', newcomer(more)))]).toEqual([
        more,
        problem,
      ])
    }
  })
})

describe('who keeps whom', () => {
  const paths = ['change', 'reset', 'close', 'hand-over'] as const
  const bodyOf = (path: (typeof paths)[number], account: string) => ({
    account,
    ...(path === 'change' ? { name: 'x', role: 'worker', places: [office.places.grid] } : {}),
    ...(path === 'hand-over' ? { to: office.accounts['colleague']?.id } : {}),
  })
  it.each([
    ['worker', 'worker', 'not-allowed'],
    ['handler', 'worker', 'not-allowed'],
    ['auditor', 'worker', 'not-allowed'],
    ['staff', 'stranger', 'not-found'],
    // Administrators, handlers and auditors stand above a community: its office does not even see them.
    ['staff', 'admin', 'not-found'],
    ['staff', 'auditor', 'not-found'],
    ['staff', 'staff', 'not-allowed'],
    ['admin', 'admin', 'not-allowed'],
  ])('a %s does nothing to a %s: %s', async (by, whom, problem) => {
    const device = await office.enter(by)
    const account = office.accounts[whom]?.id ?? ''
    for (const path of paths) {
      expect([path, await problemOf(await ask(device, path, bodyOf(path, account)))]).toEqual([
        path,
        problem,
      ])
    }
    expect(await problemOf(await ask(device, 'make', newcomer()))).toBe(
      ['staff', 'admin'].includes(by) ? undefined : 'not-allowed',
    )
  })

  it('lists an office its own people, and says whom it may change', async () => {
    const { accounts } = await desk.list(staff)
    const kept = (login: string) => accounts.find((one) => one.login === login)?.kept
    expect(kept('worker')).toBe(true)
    expect(kept('staff')).toBe(false)
    expect([kept('stranger'), kept('admin')]).toEqual([undefined, undefined])
    const all = (await desk.list(admin)).accounts
    expect(all.find((one) => one.login === 'stranger')?.kept).toBe(true)
    expect(JSON.stringify(all)).not.toContain('argon2')
  })

  it('does not change one that also works for another office', async () => {
    const both = await settled({ places: [office.places.grid, office.places.farGrid] })
    expect(await problemOf(await ask(staff, 'close', { account: both.account }))).toBe(
      'not-allowed',
    )
    const listed = (await desk.list(staff)).accounts.find(({ id }) => id === both.account)
    expect(listed).toMatchObject({ kept: false, places: [office.places.grid] })
    expect((await ask(admin, 'close', { account: both.account })).status).toBe(200)
  })
})

describe('other places or another role', () => {
  it('count from now on; what was recorded before is taken as it was', async () => {
    const one = await settled()
    const home = await settle(staff, one.device, office.places.grid, office.ids)
    const { grid, otherGrid } = office.places
    const given = { account: one.account, name: '样例改名', role: 'worker', places: [otherGrid] }
    const late = call(one.device, home)
    office.clock.at += 60_000
    expect(await desk.act(staff, 'people/change', given)).toBe(null)
    expect(await problems(one.device, late)).toEqual([null])
    expect(await publicPart(otherGrid, one.account)).toMatchObject({ name: '样例改名' })
    expect(await publicPart(grid, one.account)).toMatchObject({ name: '样例改名' })
    // Offline for another day, it could not know.
    office.clock.at += dayMs
    expect(await problems(one.device, call(one.device, home))).toEqual([null])
    const pull = await one.device.pull()
    expect(pull.scope.streams.map(({ id }) => id)).not.toContain(grid)
    office.clock.at += dayMs
    expect(await problems(one.device, call(one.device, home))).toEqual(['stream-not-yours'])
    // A role that writes nothing.
    const handler = { ...given, role: 'handler', places: [office.places.subdistrict] }
    expect(await desk.act(staff, 'people/change', handler)).toBe('not-allowed')
    expect(await desk.act(admin, 'people/change', handler)).toBe(null)
    const there = await settle(admin, admin, otherGrid, office.ids)
    const before = {
      ...call(one.device, there),
      stream: otherGrid,
      at: new Date(office.clock.now() - 60_000).toISOString(),
    }
    expect(await problems(one.device, before)).toEqual([null])
    office.clock.at += dayMs
    await one.device.pull()
    office.clock.at += dayMs
    expect(await problems(one.device, { ...call(one.device, there), stream: otherGrid })).toEqual([
      'kind-not-yours',
    ])
  })
})

it('that somebody else changed meanwhile is not changed unseen', async () => {
  const { account, name, role, places } = await settled()
  const before = { name, role, places }
  const change = (more: object, act?: string) =>
    desk.act(admin, 'people/change', { account, ...before, before, ...more }, act)
  const act = office.ids()
  expect(await change({ name: '样例改名' }, act)).toBe(null)
  // The answer was lost: what it did itself is nobody else's.
  expect(await change({ name: '样例改名' }, act)).toBe(null)
  expect(await change({ name: '样例又改' })).toBe('changed-meanwhile')
  const { grid, otherGrid } = office.places
  const seen = { ...before, name: '样例改名' }
  const two = { name: '样例改名', places: [grid, otherGrid] }
  expect(await change({ ...two, before: seen })).toBe(null)
  // In whatever order they are told.
  const seenTwo = { ...seen, places: [otherGrid, grid] }
  expect(await change({ ...two, places: [otherGrid], before: seen })).toBe('changed-meanwhile')
  expect(await change({ ...two, places: [otherGrid], before: seenTwo })).toBe(null)
})

describe('an account that is closed', () => {
  it('opens nothing, and what was recorded before is taken from it', async () => {
    const one = await settled()
    const home = await settle(staff, one.device, office.places.grid, office.ids)
    const [before, after] = [call(one.device, home), call(one.device, home)]
    office.clock.at += 60_000
    expect(await desk.act(staff, 'people/close', { account: one.account })).toBe(null)
    office.clock.at += dayMs
    const late = { ...after, at: isoNow() }
    expect(await problems(one.device, before, late)).toEqual([null, 'stream-not-yours'])
    expect((await one.device.push([])).status).toBe(200)
    const pull = await office.post(
      '/api/pull',
      { protocol: protocolVersion, device: one.device.id, cursors: {} },
      one.device.pass,
    )
    expect(await problemOf(pull)).toBe('account-closed')
    expect(await problemOf(await signIn(one.login, password))).toBe('account-closed')
    expect(await publicPart(office.places.grid, one.account)).toMatchObject({ closed: true })
    const listed = (await desk.list(staff)).accounts.find(({ id }) => id === one.account)
    expect(listed).toMatchObject({ places: [office.places.grid], kept: true })
    expect(listed?.closedAt).not.toBeNull()
    const devices = await office.fetch('/api/devices', { headers: staff.headers })
    expect(await devices.text()).toContain(one.device.id)
    expect(await desk.act(staff, 'people/close', { account: one.account })).toBe('account-closed')
  })

  it('is opened again with new places', async () => {
    const one = await settled()
    expect(await desk.act(staff, 'people/close', { account: one.account })).toBe(null)
    const given = {
      account: one.account,
      name: one.name,
      role: 'worker',
      places: [office.places.otherGrid],
    }
    expect(await desk.act(staff, 'people/change', given)).toBe('account-closed')
    expect(await desk.act(staff, 'people/reopen', given)).toBe(null)
    expect(await desk.act(staff, 'people/reopen', given)).toBe('not-allowed')
    expect((await signIn(one.login, password)).status).toBe(200)
    expect((await one.device.pull()).scope.streams.map(({ id }) => id)).toContain(
      office.places.otherGrid,
    )
  })

  it('follows a grid that is split and merged after it left', async () => {
    const one = await settled()
    const home = await settle(staff, one.device, office.places.grid, office.ids)
    const late = call(one.device, home)
    office.clock.at += 60_000
    expect(await desk.act(staff, 'people/close', { account: one.account })).toBe(null)
    const [to, then] = [await desk.addGrid(staff), await desk.addGrid(staff)]
    const body = { from: office.places.grid, to, buildings: [home.building] }
    await desk.journey(staff, 'places/move', body)
    await desk.journey(staff, 'places/merge', { from: to, to: then })
    expect(await problems(one.device, late)).toEqual([null])
    expect((await loadRecords(office.db, [then], [late.record]))[0]).toMatchObject({
      removed: false,
      by: one.account,
    })
  })
})

describe('somebody who leaves', () => {
  it('hands over places; the successor has them beside their own, late work is taken', async () => {
    const leaver = await settled({ places: [office.places.grid, office.places.otherGrid] })
    const next = await settled({ places: [office.places.otherGrid] })
    const home = await settle(staff, leaver.device, office.places.grid, office.ids)
    const late = call(leaver.device, home)
    office.clock.at += 60_000
    const act = office.ids()
    const body = { account: leaver.account, to: next.account }
    const twice = [
      desk.act(staff, 'people/hand-over', body, act),
      desk.act(staff, 'people/hand-over', body, act),
    ]
    expect(await Promise.all(twice)).toEqual([null, null])
    const pull = await next.device.pull()
    expect(
      pull.scope.streams
        .filter(({ write }) => write)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([office.places.grid, office.places.otherGrid].sort())
    expect(pull.records.get(home.resident)).toMatchObject({ stream: office.places.grid })
    expect(await problems(leaver.device, late)).toEqual([null])
    expect((await next.device.pull()).records.get(late.record)).toMatchObject({
      by: leaver.account,
    })
    const acts = await office.db.selectFrom('act').selectAll().where('id', '=', act).execute()
    expect(acts).toMatchObject([
      { act: 'account-handed-over', subject: leaver.account, details: { to: next.account } },
    ])
  })

  it('not to themselves, not to somebody closed or of another office', async () => {
    const leaver = await settled()
    const gone = await settled()
    expect(await desk.act(staff, 'people/close', { account: gone.account })).toBe(null)
    const hand = (to: string) =>
      desk.act(staff, 'people/hand-over', { account: leaver.account, to })
    expect(await hand(leaver.account)).toBe('not-allowed')
    expect(await hand(gone.account)).toBe('account-closed')
    expect(await hand(office.accounts['stranger']?.id ?? '')).toBe('not-found')
    expect(await hand('x')).toBe('malformed')
    expect((await leaver.device.push([])).status).toBe(200)
  })

  it('two who hand over to each other at once do not wait for ever', async () => {
    const [one, two] = [await settled(), await settled()]
    const answers = await Promise.all([
      desk.act(staff, 'people/hand-over', { account: one.account, to: two.account }),
      desk.act(admin, 'people/hand-over', { account: two.account, to: one.account }),
    ])
    expect([...answers].sort()).toEqual(['account-closed', null])
  })
})

describe('a password', () => {
  it('that the office makes anew ends the sessions, and the device goes on with it', async () => {
    const one = await settled()
    const answer = (await (
      await ask(staff, 'reset', { account: one.account })
    ).json()) as OneTimeAnswer
    expect(await problemOf(await one.device.push([]))).toBe('session-ended')
    expect(await problemOf(await signIn(one.login, password))).toBe('wrong-password')
    const again = { newPassword: '样例的另一句密码', device: one.device.id }
    expect((await signIn(one.login, answer.password, again)).status).toBe(200)
  })

  it('is changed by whoever knows it, and the other devices ask for it', async () => {
    const one = await settled()
    const other = await office.enter(one.login)
    const change = (given: string, newPassword: string, act?: string) =>
      office.post('/api/session/password', { password: given, newPassword, act }, one.device.pass)
    expect(await problemOf(await change('wrong one', '样例的另一句密码'))).toBe('wrong-password')
    expect(await problemOf(await change(password, '12345678'))).toBe('weak-password')
    expect(await problemOf(await change('', ''))).toBe('malformed')
    const act = office.ids()
    for (let twice = 0; twice < 2; twice += 1) {
      expect((await change(password, '样例的另一句密码', act)).status).toBe(200)
    }
    // Under another id it is another guess, and the password of before is wrong by now.
    expect(await problemOf(await change(password, '样例的另一句密码'))).toBe('wrong-password')
    expect((await one.device.push([])).status).toBe(200)
    expect(await problemOf(await other.push([]))).toBe('session-ended')
    expect((await signIn(one.login, '样例的另一句密码')).status).toBe(200)
    for (let tries = 0; tries < 10; tries += 1) await change('guess', '样例的第三句密码')
    expect(await problemOf(await change('guess', '样例的第三句密码'))).toBe('too-many-attempts')
  })
})
