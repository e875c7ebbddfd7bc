/**
 * Sessions: who gets in, with which token and pass, for how long, and how often one may try.
 * Holds `src/server/routes/session.ts`, `src/server/routes/session-pass.ts` and `src/server/routes/context.ts`.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { deviceHeader, passAnswerSchema, sessionSchema } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import { revokeDevice } from '#server/db/devices.ts'
import { mendPlaceRules } from '#server/db/mend-place-rules.ts'
import { createServer } from '#server/server.ts'
import { byPass, dayMs, openOffice, password, problemOf, type Office } from './office.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'

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
  protocol: protocolVersion,
  login: 'worker',
  password,
  device: office.ids(),
  deviceName: 'Android · Chrome',
  ...more,
})
const signIn = (more = {}, headers = {}) => office.post('/api/session', form(more), '', headers)
const tokenOf = async (response: Response) =>
  v.parse(sessionSchema, await response.clone().json()).token ?? ''
const askPass = (token: string) =>
  office.post('/api/session/pass', { protocol: protocolVersion }, token)
const passOf = async (response: Response) =>
  v.parse(passAnswerSchema, await (await askPass(await tokenOf(response))).json()).pass
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
const whoAmI = (pass: string) => office.fetch('/api/session', { headers: byPass(pass) })
/** As an app before version 0.2.0. */
const oldSignIn = async (device = office.ids(), login = 'worker') =>
  cookieOf(await signIn({ protocol: 2, device, login }))
const oldPull = (cookie: string, device: string) =>
  office.post('/api/pull', { protocol: 2, device, cursors: {} }, '', { cookie })

describe('signing in', () => {
  it('gives the account, a key for the device and a token that opens nothing but the way to a pass', async () => {
    const device = office.ids()
    const response = await signIn({ device })
    expect(response.status).toBe(200)
    // The one cookie says that somebody was here, and opens nothing.
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^wuse-was-here=1;/)])
    const session = v.parse(sessionSchema, await response.clone().json())
    expect(session).toMatchObject({ device, account: { name: 'worker', role: 'worker' } })
    expect(Buffer.from(session.deviceKey ?? '', 'base64')).toHaveLength(32)
    expect(session.token).toMatch(/^[\w-]{43}$/)
    const refused = await whoAmI(session.token ?? '')
    expect([refused.status, await problemOf(refused)]).toEqual([401, 'session-ended'])
    const again = v.parse(sessionSchema, await (await whoAmI(await passOf(response))).json())
    expect(again).toMatchObject({ device, account: session.account })
    expect(again).not.toHaveProperty('deviceKey')
    expect(again).not.toHaveProperty('token')
  })

  it('keeps nothing in the database that opens a session', async () => {
    const response = await signIn()
    const [token, pass] = [await tokenOf(response), await passOf(response)]
    const rows = [
      ...(await office.db.selectFrom('session').selectAll().execute()),
      ...(await office.db.selectFrom('session_pass').selectAll().execute()),
    ]
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(rows)).not.toContain(pass)
    const accounts = await office.db.selectFrom('account').select('password').execute()
    for (const row of accounts) expect(row.password).toMatch(/^\$argon2id\$/)
  })

  it('gives a device the same key each time, and one session', async () => {
    const device = office.ids()
    const first = await signIn({ device })
    const firstPass = await passOf(first)
    const second = await signIn({ device })
    const keyOf = async (response: Response) =>
      v.parse(sessionSchema, await response.clone().json()).deviceKey
    expect(await keyOf(second)).toBe(await keyOf(first))
    expect((await whoAmI(firstPass)).status).toBe(401)
    expect((await askPass(await tokenOf(first))).status).toBe(401)
    expect((await whoAmI(await passOf(second))).status).toBe(200)
  })

  it('keeps a session for each account of one tablet', async () => {
    const [mine, theirs] = [office.ids(), office.ids()]
    const first = await passOf(await signIn({ device: mine }))
    const second = await passOf(await signIn({ device: theirs, login: 'colleague' }))
    for (const [pass, device, name] of [
      [first, mine, 'worker'],
      [second, theirs, 'colleague'],
    ] as const) {
      expect(await (await whoAmI(pass)).json()).toMatchObject({ device, account: { name } })
    }
    await office.fetch('/api/session', { method: 'DELETE', headers: byPass(first) })
    expect((await whoAmI(first)).status).toBe(401)
    expect((await whoAmI(second)).status).toBe(200)
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
    const pass = await passOf(await signIn({ login: 'colleague' }))
    const close = (closed: boolean) =>
      office.db.updateTable('account').set({ closed }).where('login', '=', 'colleague').execute()
    await close(true)
    const again = await signIn({ login: 'colleague' })
    expect([again.status, await problemOf(again)]).toEqual([403, 'account-closed'])
    const who = await whoAmI(pass)
    expect([who.status, await problemOf(who)]).toEqual([403, 'account-closed'])
    await close(false)
  })
})

describe('a device', () => {
  it("of somebody else's is refused, and stays theirs", async () => {
    const device = office.ids()
    const mine = await passOf(await signIn({ device }))
    const other = await signIn({ device, login: 'colleague' })
    expect([other.status, await problemOf(other)]).toEqual([403, 'not-allowed'])
    expect((await whoAmI(mine)).status).toBe(200)
  })

  it('that was revoked never comes in again', async () => {
    const device = office.ids()
    const response = await signIn({ device })
    const pass = await passOf(response)
    await revokeDevice(office.db, device, new Date(office.clock.now()))
    for (const who of [await whoAmI(pass), await askPass(await tokenOf(response))]) {
      expect([who.status, await problemOf(who)]).toEqual([403, 'device-revoked'])
    }
    const again = await signIn({ device })
    expect([again.status, await problemOf(again)]).toEqual([403, 'device-revoked'])
  })
})

describe('a session', () => {
  it('gives passes that are good for eight hours', async () => {
    const response = await signIn()
    const answer = v.parse(passAnswerSchema, await (await askPass(await tokenOf(response))).json())
    expect(answer.seconds).toBe(8 * 3_600)
    office.clock.at += 8 * 3_600_000 - 1
    expect((await whoAmI(answer.pass)).status).toBe(200)
    office.clock.at += 1
    const late = await whoAmI(answer.pass)
    expect([late.status, await problemOf(late)]).toEqual([401, 'session-ended'])
    expect((await whoAmI(await passOf(response))).status).toBe(200)
  })

  it('lives thirty days from its last pass', async () => {
    const token = await tokenOf(await signIn())
    for (const days of [20, 29]) {
      office.clock.at += days * dayMs
      expect((await askPass(token)).status).toBe(200)
    }
    office.clock.at += 31 * dayMs
    const late = await askPass(token)
    expect([late.status, await problemOf(late)]).toEqual([401, 'session-ended'])
  })

  it('ends after the days that the policy sets, however much it is used', async () => {
    const token = await tokenOf(await signIn())
    for (let day = 0; day < 90; day += 15) {
      expect((await askPass(token)).status).toBe(200)
      office.clock.at += 15 * dayMs
    }
    expect(await problemOf(await askPass(token))).toBe('session-ended')

    const again = await tokenOf(await signIn())
    const admin = await office.enter('admin')
    const fields = { ...samplePolicy, policyVersion: 2, sessionDays: 2 }
    const { subdistrict } = office.places
    const saved = admin.create(subdistrict, 'policy', office.ids(), fields)
    expect((await admin.pushed([saved])).receipts).toMatchObject([{ ok: true }])
    const soon = v.parse(passAnswerSchema, await (await askPass(again)).json())
    expect(soon.seconds).toBe(8 * 3_600)
    office.clock.at += 2 * dayMs - 3_600_000
    // The last one does not outlive its session.
    const last = v.parse(passAnswerSchema, await (await askPass(again)).json())
    expect(last.seconds).toBe(3_600)
    office.clock.at += 3_600_000
    expect((await whoAmI(last.pass)).status).toBe(401)
    expect(await problemOf(await askPass(again))).toBe('session-ended')
    await office.db.deleteFrom('record').where('kind', '=', 'policy').execute()
    await mendPlaceRules(office.db)
  })

  it('ends by signing out, with all its passes', async () => {
    const response = await signIn()
    const passes = [await passOf(response), await passOf(response)]
    const headers = byPass(passes[0] ?? '')
    expect((await office.fetch('/api/session', { method: 'DELETE', headers })).status).toBe(200)
    for (const pass of passes) expect((await whoAmI(pass)).status).toBe(401)
    expect((await askPass(await tokenOf(response))).status).toBe(401)
  })

  it('is not there without a pass', async () => {
    const response = await office.fetch('/api/session')
    expect([response.status, await problemOf(response)]).toEqual([401, 'not-signed-in'])
    const none = await askPass('')
    expect([none.status, await problemOf(none)]).toEqual([401, 'not-signed-in'])
  })
})

describe('the cookie of an app before version 0.2.0', () => {
  const exchange = (cookie: string, device: string) =>
    office.post('/api/session/exchange', { protocol: protocolVersion }, '', {
      cookie,
      [deviceHeader]: device,
    })

  it('is given to no other, and to it so that scripts cannot read it', async () => {
    const device = office.ids()
    const response = await signIn({ protocol: 2, device })
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(new RegExp(`^wuse-${device}=[\\w-]{43};`))
    for (const word of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=2592000']) {
      expect(cookie).toContain(word)
    }
    expect(await response.json()).not.toHaveProperty('token')
  })

  it('is one of the host alone where there is https', async () => {
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
        body: JSON.stringify(form({ protocol: 1 })),
      }),
    )
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-wuse-/)
    expect(cookie).toContain('Secure')
    expect(cookie).not.toContain('Domain')
    await secure.stop()
  })

  it('opens push and pull, and nothing else', async () => {
    const device = office.ids()
    const cookie = await oldSignIn(device)
    expect((await oldPull(cookie, device)).status).toBe(200)
    const sentAt = new Date(office.clock.now()).toISOString()
    const push = { protocol: 2, device, sentAt, mutations: [] }
    expect((await office.post('/api/push', push, '', { cookie })).status).toBe(200)
    for (const path of ['/api/session', '/api/events', '/api/devices', '/api/overview']) {
      const answer = await office.fetch(path, { headers: { cookie } })
      expect([path, answer.status, await problemOf(answer)]).toEqual([path, 426, 'app-too-old'])
    }
    // What it holds is no pass and no token.
    const value = cookie.slice(cookie.indexOf('=') + 1)
    expect((await whoAmI(value)).status).toBe(401)
    expect((await askPass(value)).status).toBe(401)
    office.clock.at += 30 * dayMs
    expect(await problemOf(await oldPull(cookie, device))).toBe('session-ended')
  })

  it('is told apart for each account of one tablet', async () => {
    const [mine, theirs] = [office.ids(), office.ids()]
    const jar = `${await oldSignIn(mine)}; ${await oldSignIn(theirs, 'colleague')}`
    const pull = (device: string, headers: object) =>
      office.post('/api/pull', { protocol: 2, device, cursors: {} }, '', {
        cookie: jar,
        ...headers,
      })
    for (const device of [mine, theirs]) {
      expect((await pull(device, { [deviceHeader]: device })).status).toBe(200)
    }
    // Whose it is is never guessed.
    expect((await pull(mine, {})).status).toBe(401)
    expect((await pull(mine, { [deviceHeader]: office.ids() })).status).toBe(401)
  })

  it('is exchanged for a token of the same session, and ends with its first pass', async () => {
    const device = office.ids()
    const cookie = await oldSignIn(device)
    office.clock.at += 10 * dayMs
    // The answer to the first one is lost on the way.
    expect((await exchange(cookie, device)).status).toBe(200)
    expect((await oldPull(cookie, device)).status).toBe(200)
    const { token } = (await (await exchange(cookie, device)).json()) as { token: string }
    expect((await oldPull(cookie, device)).status).toBe(200)
    const given = await office.post('/api/session/pass', { protocol: protocolVersion }, token, {
      cookie,
      [deviceHeader]: device,
    })
    expect(given.headers.get('set-cookie')).toContain('Max-Age=0')
    const { pass } = v.parse(passAnswerSchema, await given.json())
    expect(await (await whoAmI(pass)).json()).toMatchObject({ device })
    expect(await problemOf(await oldPull(cookie, device))).toBe('session-ended')
    expect(await problemOf(await exchange(cookie, device))).toBe('session-ended')
    // Since the sign-in, and not since the exchange.
    office.clock.at += 80 * dayMs
    expect(await problemOf(await askPass(token))).toBe('session-ended')
  })

  it('of version 0.1.0 names no device, and is taken for the device of its session alone', async () => {
    const device = office.ids()
    const cookie = (await oldSignIn(device)).replace(/^wuse-[^=]*=/, 'wuse=')
    expect(cookie).toMatch(/^wuse=/)
    const pull = (headers: object) =>
      office.post('/api/pull', { protocol: 1, device, cursors: {} }, '', { cookie, ...headers })
    // An app of then says of no request whose it is.
    expect((await pull({})).status).toBe(200)
    expect((await pull({ [deviceHeader]: device.toUpperCase() })).status).toBe(200)
    expect(await problemOf(await pull({ [deviceHeader]: office.ids() }))).toBe('not-signed-in')
    expect(await problemOf(await exchange(cookie, office.ids()))).toBe('not-signed-in')
    const { token } = (await (await exchange(cookie, device)).json()) as { token: string }
    expect((await askPass(token)).status).toBe(200)
    expect(await problemOf(await exchange(cookie, device))).toBe('session-ended')
  })

  it('is not exchanged where there is none, or where the device was revoked', async () => {
    const device = office.ids()
    expect(await problemOf(await exchange('', device))).toBe('not-signed-in')
    const cookie = await oldSignIn(device)
    await revokeDevice(office.db, device, new Date(office.clock.now()))
    expect(await problemOf(await exchange(cookie, device))).toBe('device-revoked')
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
