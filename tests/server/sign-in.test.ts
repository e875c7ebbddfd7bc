/**
 * Sign-in: slower with each failure and never shut out, one guess an attempt, the second factor, and what is on record.
 * Holds `src/server/routes/sign-in.ts` and `src/server/routes/second-factor.ts`.
 */
import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { protocolVersion } from '#protocol/version.ts'
import { createHasher } from '#server/db/hashing.ts'
import { hashPassword } from '#server/db/passwords.ts'
import { isGuessable } from '#server/db/guessable.ts'
import { createCallerAddress, networkOf, readProxies } from '#server/routes/caller-address.ts'
import { paces, waitAfter } from '#server/routes/pace.ts'
import { createServer, type Server } from '#server/server.ts'
import { openOffice, password, problemOf, type Office } from './office.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'

let office: Office
/** The same office behind a proxy that it trusts: each test says from where its requests come. */
let server: Server
let start: number

beforeAll(async () => {
  office = await openOffice()
  let seed = 0
  server = createServer({
    ...{ db: office.own, clock: office.clock, ids: office.ids, staticDir: null },
    randomBytes: (count) => new Uint8Array(count).map((_, at) => (at * 7 + (seed += 1)) % 251),
    log: { write: () => undefined },
    secureCookies: false,
    trustedProxies: ['10.0.0.1'],
  })
})
afterAll(async () => {
  await server.stop()
  await office.close()
})
beforeEach(() => (start = office.clock.at))
afterEach(async () => {
  office.clock.at = start
  for (const table of ['attempt', 'sign_in_home', 'second_factor', 'password_choice'] as const) {
    await office.db.deleteFrom(table).execute()
  }
})

const from = (address: string) => ({
  incoming: { socket: { remoteAddress: '10.0.0.1', remotePort: 1, remoteFamily: 'IPv4' } },
  address,
})
async function signIn(more: object = {}, address = '192.0.2.1') {
  const { address: caller, ...env } = from(address)
  const request = new Request('http://office.test/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': caller },
    body: JSON.stringify({
      ...{ protocol: protocolVersion, login: 'worker', password, device: office.ids() },
      ...{ deviceName: 'test', ...more },
    }),
  })
  return server.fetch(request, env)
}
const guess = (more: object = {}, address?: string) =>
  signIn({ password: 'a wrong guess', ...more }, address)
const verdict = async (response: Response): Promise<string | undefined> =>
  response.status === 200 ? 'in' : problemOf(response)
const entries = (act: string) =>
  office.db
    .selectFrom('audit')
    .selectAll()
    .where('act', '=', act as never)
    .orderBy('seq')
    .execute()

describe('guessing', () => {
  it('goes slower with each failure and is never shut out', async () => {
    for (let n = 0; n < 5; n += 1) expect(await verdict(await guess())).toBe('wrong-password')
    const slowed = await signIn()
    expect([slowed.status, slowed.headers.get('retry-after')]).toEqual([429, '1'])
    office.clock.at += 1_000
    expect(await verdict(await guess())).toBe('wrong-password')
    expect((await signIn()).headers.get('retry-after')).toBe('2')
    // To knock in vain prolongs nothing, and the right password opens in the next turn.
    office.clock.at += 2_000
    expect(await verdict(await signIn())).toBe('in')
    expect(await verdict(await guess())).toBe('wrong-password')
    expect(await verdict(await signIn())).toBe('in')
  })

  it('waits five minutes at most for one login from one address, ten seconds for an address', () => {
    expect(waitAfter('pair', 4)).toBe(0)
    expect(waitAfter('pair', 1_000)).toBe(300_000)
    expect(waitAfter('device', 1_000)).toBe(60_000)
    expect(waitAfter('address', 99)).toBe(0)
    expect(waitAfter('address', 100_000)).toBe(10_000)
    expect(waitAfter('login', 100_000)).toBe(60_000)
  })

  it('makes nobody wait longer where the clock was put back', async () => {
    office.clock.at += 8 * 86_400_000
    for (let n = 0; n < 5; n += 1) await guess()
    office.clock.at = start
    expect((await signIn()).headers.get('retry-after')).toBe('1')
    expect(await verdict(await signIn({ login: 'colleague' }))).toBe('in')
  })

  it('from one address slows down nobody at another, nor another login there', async () => {
    for (let n = 0; n < 5; n += 1) await guess({}, '203.0.113.9')
    expect(await verdict(await signIn({}, '203.0.113.9'))).toBe('too-many-attempts')
    expect(await verdict(await signIn({ login: 'colleague' }, '203.0.113.9'))).toBe('in')
    expect(await verdict(await signIn({}, '192.0.2.7'))).toBe('in')
  })

  it('never keeps out a device that the account is known by', async () => {
    const device = office.ids()
    expect(await verdict(await signIn({ device }))).toBe('in')
    await office.db.deleteFrom('sign_in_home').execute()
    const at = new Date(office.clock.at)
    const rows = await (async () => {
      await guess({}, '203.0.113.9')
      return office.db.selectFrom('attempt').selectAll().execute()
    })()
    await office.db
      .insertInto('attempt')
      .values(
        rows.flatMap(({ key }) =>
          Array.from({ length: 300 }, () => ({ id: office.ids(), key, at })),
        ),
      )
      .execute()
    expect(await verdict(await signIn({}, '203.0.113.9'))).toBe('too-many-attempts')
    expect(await verdict(await signIn({ device }, '203.0.113.9'))).toBe('in')
  })

  it('from many addresses at one login slows down those alone where the account was never', async () => {
    expect(await verdict(await signIn({}, '192.0.2.20'))).toBe('in')
    for (let n = 0; n < paces.login.free; n += 1) await guess({}, `203.0.113.${n + 1}`)
    expect(await verdict(await signIn({}, '198.51.100.1'))).toBe('too-many-attempts')
    expect(await verdict(await signIn({}, '192.0.2.20'))).toBe('in')
  })

  it('all at once is counted one by one', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => guess()))
    const looked = answers.filter(({ status }) => status === 401)
    expect(looked).toHaveLength(5)
  })

  it('with right passwords under way counts none of them', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn()))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200))
  })

  it('is on record: each failure, and when somebody is slowed down', async () => {
    const before = (await entries('sign-in-slowed')).length
    for (let n = 0; n < 5; n += 1) await guess()
    const slowed = await entries('sign-in-slowed')
    expect(slowed).toHaveLength(before + 1)
    expect(slowed.at(-1)).toMatchObject({
      account: office.accounts['worker']?.id,
      facts: { over: 'pair', tries: 5, wait: 1 },
    })
    await guess({ login: 'somebody-special' })
    const kept = JSON.stringify([
      await office.db.selectFrom('attempt').selectAll().execute(),
      await office.db.selectFrom('audit').selectAll().execute(),
    ])
    expect(kept).not.toContain('somebody-special')
    expect(kept).not.toContain('192.0.2.1')
  })

  it('has one try an attempt: a new password is no second one', async () => {
    const more = { password: 'a wrong guess', newPassword: password }
    expect(await verdict(await signIn(more))).toBe('wrong-password')
    expect(await verdict(await signIn({ ...more, attempt: office.ids() }))).toBe('wrong-password')
  })
})

describe('a one-time password', () => {
  it('whose exchange was not heard opens again for the same device and choice alone', async () => {
    const account = office.accounts['colleague']?.id ?? ''
    const before = await office.db
      .selectFrom('account')
      .select('password')
      .where('id', '=', account)
      .executeTakeFirstOrThrow()
    const oneTime = await hashPassword('badofe-gukali-123', new Uint8Array(16).fill(3))
    await office.db
      .updateTable('account')
      .set({ password: oneTime, one_time_until: new Date(office.clock.at + 60_000) })
      .where('id', '=', account)
      .execute()
    const asked = {
      ...{ login: 'colleague', password: 'badofe-gukali-123', newPassword: 'quiet river 42' },
      ...{ device: office.ids(), attempt: office.ids() },
    }
    expect(await verdict(await signIn({ ...asked, newPassword: 'password123' }))).toBe(
      'weak-password',
    )
    expect(await verdict(await signIn(asked))).toBe('in')
    expect(await verdict(await signIn(asked))).toBe('in')
    expect(await verdict(await signIn({ ...asked, attempt: office.ids() }))).toBe('wrong-password')
    expect(await verdict(await signIn({ ...asked, device: office.ids() }))).toBe('wrong-password')
    const other = { ...asked, newPassword: 'another quiet river' }
    expect(await verdict(await signIn(other))).toBe('wrong-password')
    await office.db.updateTable('account').set(before).where('id', '=', account).execute()
  })
})

describe('hashing', () => {
  it('goes on beside the event loop, two at a time', async () => {
    const hasher = createHasher()
    const hash = await hasher.hash(password, new Uint8Array(16).fill(1))
    let turns = 0
    let isDone = false
    const ticking = (async () => {
      while (!isDone) {
        turns += 1
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const right = await Promise.all([
      ...Array.from({ length: 8 }, () => hasher.verify(password, hash)),
      hasher.verify('another', hash),
    ])
    isDone = true
    await ticking
    expect(right).toEqual([...Array.from({ length: 8 }, () => true), false])
    // On the loop itself there would be one turn between two hashes.
    expect(turns).toBeGreaterThan(50)
    await hasher.stop()
  })

  it('is one verification, whether or not there is such a login', async () => {
    const asked: string[] = []
    const hasher = createHasher()
    const counted: typeof hasher = {
      ...hasher,
      verify: (given, hash, isFirst) => {
        asked.push(hash.slice(0, 30))
        return hasher.verify(given, hash, isFirst)
      },
    }
    const own = createServer({
      ...{ db: office.own, clock: office.clock, ids: office.ids, staticDir: null },
      randomBytes: (count) => new Uint8Array(count),
      ...{ log: { write: () => undefined }, secureCookies: false, hasher: counted },
    })
    for (const login of ['worker', 'nobody-of-that-name']) {
      const body = {
        ...{ protocol: protocolVersion, login, password: 'x', newPassword: 'y' },
        ...{ device: office.ids(), deviceName: 'test' },
      }
      const response = await own.fetch(
        new Request('http://office.test/api/session', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      )
      expect(response.status).toBe(401)
    }
    expect(asked).toHaveLength(2)
    expect(asked[0]).toBe(asked[1])
    await own.stop()
  })
})

describe('common and leaked passwords', () => {
  it('are refused, and those of one’s own are taken', () => {
    for (const common of [
      ...[
        'password123',
        'Password1!',
        '1qaz2wsx',
        'qq123456',
        'aa112233',
        'P@ssw0rd!',
        'iloveyou1',
      ],
      ...['woaini1314', 'woaini5201314', 'wuse2026', 'a123456789', '19900101abc', 'worker1worker1'],
    ]) {
      expect([common, isGuessable(common, 'worker1')]).toEqual([common, true])
    }
    for (const own of [
      'correct horse battery',
      'quiet river 42',
      '样例的另一句密码',
      'yueliang-shan-7',
    ]) {
      expect([own, isGuessable(own, 'worker1')]).toEqual([own, false])
    }
  })
})

describe('the address of a caller', () => {
  it('is forwarded by trusted proxies alone', () => {
    const caller = createCallerAddress(['10.0.0.0/8', '2001:db8::1'])
    const seen = (peer: string, forwarded?: string) =>
      caller.addressOf({
        env: { incoming: { socket: { remoteAddress: peer } } },
        req: { header: () => forwarded },
      } as never)
    expect(seen('10.1.2.3', '198.51.100.7')).toBe('198.51.100.7')
    expect(seen('10.1.2.3', '203.0.113.5, 198.51.100.7, 10.9.9.9')).toBe('198.51.100.7')
    expect(seen('::ffff:10.1.2.3', '2001:db8::77')).toBe('2001:db8::77')
    expect(seen('192.0.2.1', '198.51.100.7')).toBe('192.0.2.1')
    expect(seen('10.1.2.3', 'nonsense')).toBe('10.1.2.3')
    expect(seen('10.1.2.3')).toBe('10.1.2.3')
  })

  it('counts of IPv6 by the network that everybody has to themselves', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2::99'))
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'))
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1')
    expect(readProxies('127.0.0.1, 10.0.0.0/8')).toEqual(['127.0.0.1', '10.0.0.0/8'])
    for (const wrong of ['nginx', '10.0.0.0/33', '10.0.0.1/8/9'])
      expect(readProxies(wrong)).toBeNull()
  })
})

describe('a second factor', () => {
  const codeOf = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: office.clock.at })
  const post = (path: string, body: object, pass: string) => office.post(`/api${path}`, body, pass)
  const json = async (response: Response) => (await response.json()) as Record<string, never>

  it('agrees with the examples of RFC 6238', () => {
    // Appendix B, SHA-1, of which six digits are the last of eight.
    const secret = Secret.fromLatin1('12345678901234567890')
    for (const [seconds, token] of [
      [59, '287082'],
      [1111111109, '081804'],
      [20000000000, '353130'],
    ] as const) {
      expect(new TOTP({ secret }).generate({ timestamp: seconds * 1_000 })).toBe(token)
    }
  })

  it('is set up under one’s own password, asked for at sign-in, and each code opens once', async () => {
    const admin = await office.enter('admin')
    expect(await verdict(await post('/session/factor/begin', { password: 'x' }, admin.pass))).toBe(
      'wrong-password',
    )
    const begun = await json(await post('/session/factor/begin', { password }, admin.pass))
    const secret = String(begun['secret'])
    expect(
      await verdict(await post('/session/factor/confirm', { code: '000000' }, admin.pass)),
    ).toBe('wrong-code')
    const set = await json(
      await post('/session/factor/confirm', { code: codeOf(secret) }, admin.pass),
    )
    const codes = set['codes'] as unknown as string[]
    expect(codes).toHaveLength(10)
    const enter = (more: object = {}) => signIn({ login: 'admin', ...more })
    expect(await verdict(await enter())).toBe('code-needed')
    // The code that set it up was used.
    expect(await verdict(await enter({ code: codeOf(secret) }))).toBe('wrong-code')
    office.clock.at += 30_000
    const code = codeOf(secret)
    const both = await Promise.all([enter({ code }), enter({ code })])
    expect((await Promise.all(both.map(verdict))).sort()).toEqual(['in', 'wrong-code'])
    expect(await verdict(await enter({ code: codes[0]?.toUpperCase() }))).toBe('in')
    expect(await verdict(await enter({ code: codes[0] }))).toBe('wrong-code')
    const rows = await office.db.selectFrom('second_factor').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(codes[1])
    // An app from before there was one says what to do.
    expect(await verdict(await enter({ protocol: 2 }))).toBe('app-too-old')
    expect((await entries('sign-in')).at(-1)?.facts).toMatchObject({ second: 'recovery' })
    office.clock.at += 60_000
    const end = { code: codeOf(secret) }
    expect(await verdict(await post('/session/factor/end', end, admin.pass))).toBe('in')
    expect(await verdict(await enter())).toBe('in')
  })

  it('that the policy asks for is set up at the next sign-in, kept, and reset by an administrator alone', async () => {
    const admin = await office.enter('admin')
    const saved = await admin.pushed([
      admin.create(office.places.subdistrict, 'policy', office.ids(), {
        ...{ ...samplePolicy, policyVersion: 2, secondFactorRequired: true },
      }),
    ])
    expect(saved.receipts[0]?.ok).toBe(true)
    expect(await verdict(await signIn({ login: 'worker' }))).toBe('in')
    const refused = await signIn({ login: 'staff' })
    const body = await json(refused)
    expect(body).toMatchObject({ problem: 'factor-to-set' })
    const { secret } = body['factor'] as unknown as { secret: string }
    expect(await verdict(await signIn({ login: 'staff', code: '000000' }))).toBe('wrong-code')
    const entered = await json(await signIn({ login: 'staff', code: codeOf(secret) }))
    expect(entered['recoveryCodes']).toHaveLength(10)
    const staff = await office.enter('staff')
    office.clock.at += 30_000
    const end = await post('/session/factor/end', { code: codeOf(secret) }, staff.pass)
    expect(await problemOf(end)).toBe('not-allowed')
    const account = office.accounts['staff']?.id ?? ''
    const act = { act: office.ids(), account }
    expect(await problemOf(await post('/people/reset-factor', act, staff.pass))).toBe('not-allowed')
    const listed = async () => {
      const answer = await office.fetch('/api/places', {
        headers: { authorization: `Bearer ${admin.pass}` },
      })
      const { accounts } = (await answer.json()) as { accounts: { id: string; factor: boolean }[] }
      return accounts.find(({ id }) => id === account)?.factor
    }
    expect(await listed()).toBe(true)
    expect(await verdict(await post('/people/reset-factor', act, admin.pass))).toBe('in')
    expect(await listed()).toBe(false)
    const last = (await entries('account')).at(-1)
    expect(last).toMatchObject({ account: admin.account, record: account })
    expect(last?.facts).toMatchObject({ did: 'factor-reset' })
    expect(await verdict(await signIn({ login: 'staff' }))).toBe('factor-to-set')
  })
})

describe('reads on record', () => {
  it('say who took which places from the beginning, the first time and once more', async () => {
    const before = (await entries('pull')).length
    const worker = await office.enter('worker')
    const first = await worker.pull()
    const [entry, ...more] = (await entries('pull')).slice(before)
    expect(more).toEqual([])
    expect(entry).toMatchObject({ account: worker.account, device: worker.id })
    expect(entry?.facts).toMatchObject({ role: 'worker', first: first.scope.streams.length })
    // What was cut short and goes on, and what only asks for news, is none.
    await worker.pull()
    await worker.pull(first.cursors)
    expect(await entries('pull')).toHaveLength(before + 1)
    // Now it has them: from nothing is news.
    await worker.pull()
    expect((await entries('pull')).at(-1)?.facts).toMatchObject({
      again: Object.keys(first.cursors).length,
    })
  })
})
