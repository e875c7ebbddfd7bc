/** Sessions: who gets in, with which cookie, for how long, and how often one may try. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { deviceHeader, sessionSchema } from '#protocol/session.ts'
import { revokeDevice } from '#server/db/devices.ts'
import { createServer } from '#server/server.ts'
import { dayMs, openOffice, password, problemOf, type Office } from './office.ts'

let office: Office

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())
let start: number
beforeEach(() => (start = office.clock.at))
afterEach(async () => {
  office.clock.at = start
  await office.db.deleteFrom('attempt').execute()
})

const form = (more = {}) => ({
  protocol: 1,
  login: 'worker',
  password,
  device: office.ids(),
  deviceName: 'Android · Chrome',
  ...more,
})
const signIn = (more = {}, headers = {}) => office.post('/api/session', form(more), '', headers)
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
const whoAmI = (cookie: string) => office.fetch('/api/session', { headers: { cookie } })

describe('signing in', () => {
  it('gives the account, a key for the device and a cookie that scripts cannot read', async () => {
    const device = office.ids()
    const response = await signIn({ device })
    expect(response.status).toBe(200)
    const session = v.parse(sessionSchema, await response.json())
    expect(session).toMatchObject({ device, account: { name: 'worker', role: 'worker' } })
    expect(Buffer.from(session.deviceKey ?? '', 'base64')).toHaveLength(32)
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(new RegExp(`^wuse-${device}=[\\w-]{43};`))
    for (const word of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=2592000']) {
      expect(cookie).toContain(word)
    }
    const who = await whoAmI(cookieOf(response))
    const again = v.parse(sessionSchema, await who.json())
    expect(again).toMatchObject({ device, account: session.account })
    expect(again).not.toHaveProperty('deviceKey')
  })

  it('keeps nothing in the database that opens a session', async () => {
    const cookie = cookieOf(await signIn())
    const token = cookie.slice(cookie.indexOf('=') + 1)
    const rows = await office.db.selectFrom('session').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
    const accounts = await office.db.selectFrom('account').select('password').execute()
    for (const row of accounts) expect(row.password).toMatch(/^\$argon2id\$/)
  })

  it('takes a cookie of the host alone where there is https', async () => {
    const { db, clock, ids } = office
    const secure = createServer({
      db,
      clock,
      ids,
      randomBytes: (count) => new Uint8Array(count).fill(3),
      log: { write: () => undefined },
      staticDir: null,
      secureCookies: true,
    })
    const response = await secure.fetch(
      new Request('https://office.test/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(form()),
      }),
    )
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-wuse-/)
    expect(cookie).toContain('Secure')
    expect(cookie).not.toContain('Domain')
    await secure.stop()
  })

  it('gives a device the same key each time, and one session', async () => {
    const device = office.ids()
    const first = await signIn({ device })
    const second = await signIn({ device })
    const keyOf = async (response: Response) => v.parse(sessionSchema, await response.json())
    expect((await keyOf(second)).deviceKey).toBe((await keyOf(first)).deviceKey)
    expect((await whoAmI(cookieOf(first))).status).toBe(401)
    expect((await whoAmI(cookieOf(second))).status).toBe(200)
  })

  it('keeps a session for each account of one tablet, in one jar of cookies', async () => {
    const [mine, theirs] = [office.ids(), office.ids()]
    const first = cookieOf(await signIn({ device: mine }))
    const second = cookieOf(await signIn({ device: theirs, login: 'colleague' }))
    const jar = `${first}; ${second}`
    const who = async (headers: Record<string, string>, path = '/api/session') =>
      office.fetch(path, { headers: { cookie: jar, ...headers } })
    for (const [device, name] of [
      [mine, 'worker'],
      [theirs, 'colleague'],
    ] as const) {
      const answer = await who({ [deviceHeader]: device })
      expect(await answer.json()).toMatchObject({ device, account: { name } })
      expect((await who({}, `/api/session?device=${device}`)).status).toBe(200)
    }
    // Whose it is is never guessed.
    expect((await who({})).status).toBe(401)
    expect((await who({ [deviceHeader]: office.ids() })).status).toBe(401)
    const out = { cookie: jar, [deviceHeader]: mine }
    await office.fetch('/api/session', { method: 'DELETE', headers: out })
    expect((await who({ [deviceHeader]: mine })).status).toBe(401)
    expect((await who({ [deviceHeader]: theirs })).status).toBe(200)
  })

  it('gives one key to a device that signs in twice at once', async () => {
    const device = office.ids()
    const answers = await Promise.all([signIn({ device }), signIn({ device })])
    const keys = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { deviceKey: string }).deviceKey),
    )
    expect(keys[0]).toBe(keys[1])
  })

  it('is refused for a wrong password and an unknown login in the same words', async () => {
    const wrong = await signIn({ password: 'something else' })
    const unknown = await signIn({ login: 'nobody' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
    expect(wrong.headers.get('set-cookie')).toBeNull()
  })

  it('is refused where the request makes no sense', async () => {
    const status = async (more: object) => {
      const response = await signIn(more)
      return [response.status, await problemOf(response)]
    }
    expect(await status({ login: '' })).toEqual([400, 'malformed'])
    expect(await status({ device: 'tablet' })).toEqual([400, 'malformed'])
    expect(await status({ deviceName: 'x'.repeat(61) })).toEqual([400, 'malformed'])
    expect(await status({ protocol: 0 })).toEqual([426, 'app-too-old'])
    expect(await status({ protocol: 7 })).toEqual([409, 'server-too-old'])
    expect(await status({ more: 'x'.repeat(20_000) })).toEqual([413, 'too-large'])
  })

  it('is refused for a closed account, and ends its sessions', async () => {
    const cookie = cookieOf(await signIn({ login: 'colleague' }))
    const close = (closed: boolean) =>
      office.db.updateTable('account').set({ closed }).where('login', '=', 'colleague').execute()
    await close(true)
    const again = await signIn({ login: 'colleague' })
    expect([again.status, await problemOf(again)]).toEqual([403, 'account-closed'])
    const who = await whoAmI(cookie)
    expect([who.status, await problemOf(who)]).toEqual([403, 'account-closed'])
    await close(false)
  })
})

describe('a device', () => {
  it("of somebody else's is refused, and stays theirs", async () => {
    const device = office.ids()
    const mine = cookieOf(await signIn({ device }))
    const other = await signIn({ device, login: 'colleague' })
    expect([other.status, await problemOf(other)]).toEqual([403, 'not-allowed'])
    expect((await whoAmI(mine)).status).toBe(200)
  })

  it('that was revoked never comes in again', async () => {
    const device = office.ids()
    const cookie = cookieOf(await signIn({ device }))
    await revokeDevice(office.db, device, new Date(office.clock.now()))
    const who = await whoAmI(cookie)
    expect([who.status, await problemOf(who)]).toEqual([403, 'device-revoked'])
    const again = await signIn({ device })
    expect([again.status, await problemOf(again)]).toEqual([403, 'device-revoked'])
  })
})

describe('a session', () => {
  it('lives thirty days from its last use', async () => {
    const cookie = cookieOf(await signIn())
    office.clock.at += 20 * dayMs
    const used = await whoAmI(cookie)
    expect(used.status).toBe(200)
    expect(cookieOf(used)).toBe(cookie)
    office.clock.at += 29 * dayMs
    expect((await whoAmI(cookie)).status).toBe(200)
    office.clock.at += 31 * dayMs
    const late = await whoAmI(cookie)
    expect([late.status, await problemOf(late)]).toEqual([401, 'session-ended'])
  })

  it('ends by signing out', async () => {
    const cookie = cookieOf(await signIn())
    const out = await office.fetch('/api/session', { method: 'DELETE', headers: { cookie } })
    expect(out.status).toBe(200)
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await whoAmI(cookie)).status).toBe(401)
  })

  it('is not there without a cookie', async () => {
    const response = await office.fetch('/api/session')
    expect([response.status, await problemOf(response)]).toEqual([401, 'not-signed-in'])
  })
})

describe('trying again and again', () => {
  it('is stopped after ten failures of a login, for a quarter of an hour', async () => {
    for (let n = 0; n < 10; n += 1) {
      expect((await signIn({ password: `guess ${n}` })).status).toBe(401)
    }
    const stopped = await signIn()
    expect(stopped.status).toBe(429)
    expect(stopped.headers.get('retry-after')).toBe('900')
    expect(await stopped.json()).toEqual({
      ok: false,
      problem: 'too-many-attempts',
      retryAfter: 900,
    })
    // Colleagues behind the same address go on working, and knocking in vain prolongs nothing.
    expect((await signIn({ login: 'colleague' })).status).toBe(200)
    office.clock.at += 15 * 60_000 + 1
    expect((await signIn()).status).toBe(200)
  })

  it('is stopped just so when all tries come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => signIn({ password: `guess ${n}` })),
    )
    const looked = answers.filter((answer) => answer.status === 401)
    expect(looked.length).toBeLessThanOrEqual(10)
  })

  it('is stopped for an address that tries many logins', async () => {
    const now = new Date(office.clock.now())
    const seen = await signIn({ login: 'nobody' })
    expect(seen.status).toBe(401)
    const { key } = await office.db
      .selectFrom('attempt')
      .select('key')
      .where('key', 'like', 'address/%')
      .executeTakeFirstOrThrow()
    await office.db
      .insertInto('attempt')
      .values(Array.from({ length: 99 }, () => ({ id: office.ids(), key, at: now })))
      .execute()
    expect((await signIn()).status).toBe(429)
  })

  it('is counted without names', async () => {
    await signIn({ login: 'somebody-special' })
    const rows = await office.db.selectFrom('attempt').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain('somebody-special')
  })
})

describe('a page of somewhere else', () => {
  it('changes nothing here', async () => {
    const status = async (headers: Record<string, string>) => (await signIn({}, headers)).status
    expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await status({ 'sec-fetch-site': 'none' })).toBe(200)
    expect(await status({ origin: 'http://office.test' })).toBe(200)
    expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await status({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await status({ origin: 'http://elsewhere.test' })).toBe(403)
    expect(await status({ origin: 'null' })).toBe(403)
    expect(await status({ 'content-type': 'text/plain' })).toBe(400)
    expect(await status({ 'content-type': 'application/x-www-form-urlencoded' })).toBe(400)
  })
})
