/**
 * An empty office: its one-time address makes the subdistrict and the first administrator, once; a command lets a lost one in.
 * Holds `src/server/routes/setup.ts`.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { divisions } from '#domain/divisions.ts'
import { protocolVersion } from '#protocol/version.ts'
import { makeFirstOffice } from '#server/acts/first-office.ts'
import { rescue } from '#server/acts/rescue.ts'
import { createAccount } from '#server/db/accounts.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { openDatabase } from '#server/db/connect.ts'
import { hashPassword } from '#server/db/passwords.ts'
import { createPlace } from '#server/db/streams.ts'
import { createServer } from '#server/server.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTestDatabase } from '#tests/support/database.ts'

const token = 'a-token-of-22-letters-'
const now = Date.UTC(2026, 10, 23, 6, 32)
let series = 0x7000

/** A database without accounts, and a server that waits for the first one. */
async function openEmpty(setupToken: string | null = token) {
  const { db, applicationUrl, drop } = await createTestDatabase()
  const own = openDatabase(applicationUrl)
  const ids = createCountedIds((series += 1))
  const clock = { at: now, now: () => clock.at }
  const log: unknown[] = []
  let seed = 0
  const server = createServer({
    ...{ db: own, clock, ids, staticDir: null, secureCookies: false, setupToken },
    randomBytes: (count) => new Uint8Array(count).fill((seed += 1)),
    log: { write: (event, fields) => void log.push({ event, fields }) },
  })
  const fetch = (path: string, init: RequestInit = {}) =>
    server.fetch(new Request(`http://office.test${path}`, init))
  const post = (path: string, body: object) =>
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ protocol: protocolVersion, ...body }),
    })
  close = async () => {
    await server.stop()
    await own.destroy()
    await drop()
  }
  const isWaiting = async () => {
    const answer = (await (await fetch('/api/setup')).json()) as { isWaiting: boolean }
    return answer.isWaiting
  }
  const setUp = async (changes: object = {}) => {
    const answer = await post('/api/setup', { ...wanted, ...changes })
    const { ok, problem } = (await answer.json()) as { ok: boolean; problem?: string }
    return ok ? 'made' : problem
  }
  const signIn = async (login: string, password: string, newPassword?: string) => {
    const device = { device: ids(), deviceName: 'test' }
    const answer = await post('/api/session', { login, password, newPassword, ...device })
    return ((await answer.json()) as { problem?: string }).problem ?? 'in'
  }
  return { db, own, ids, clock, log, isWaiting, setUp, signIn }
}

const wanted = {
  token,
  name: '样例街道',
  code: '330111999',
  places: 'none',
  person: '样例壬',
  login: 'first.admin',
  password: 'seven herons cross the lake',
}

let close: (() => Promise<void>) | null = null
afterEach(async () => {
  await close?.()
  close = null
})

describe('the one-time address', () => {
  it('makes the subdistrict and its administrator, who signs in, and nothing after that', async () => {
    const { db, own, isWaiting, setUp, signIn } = await openEmpty()
    expect(await isWaiting()).toBe(true)
    expect(await setUp()).toBe('made')
    expect(await isWaiting()).toBe(false)
    expect(await setUp({ login: 'second.admin' })).toBe('not-found')
    const places = await db.selectFrom('place').selectAll().execute()
    expect(places).toMatchObject([{ parent: null }])
    const records = await db.selectFrom('record').select(['kind', 'fields']).execute()
    expect(records).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'place',
          fields: expect.objectContaining({ name: '样例街道', code: '330111999' }) as unknown,
        }),
        expect.objectContaining({ kind: 'account', fields: { name: '样例壬', role: 'admin' } }),
      ]),
    )
    // An administrator of more than a grid sets a second factor at the first sign-in, if the office asks for it.
    expect(['in', 'factor-to-set']).toContain(await signIn(wanted.login, wanted.password))
    expect((await verifyAudit(own)).faults).toEqual([])
  })

  it('begins with the communities and villages of the demo where somebody wants them', async () => {
    const { db, setUp } = await openEmpty()
    expect(await setUp({ places: 'sample' })).toBe('made')
    const { count } = await db
      .selectFrom('place')
      .select((one) => one.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(divisions.length + 1)
  })

  it('opens to nobody without its token, and ends after ten wrong ones', async () => {
    const { log, db, setUp, isWaiting } = await openEmpty()
    for (let n = 0; n < 10; n += 1) {
      expect(await setUp({ token: `another-token-of-2${n}-no` })).toBe('not-allowed')
    }
    expect(await setUp()).toBe('not-found')
    expect(await isWaiting()).toBe(false)
    expect(await db.selectFrom('account').selectAll().execute()).toEqual([])
    // Neither the token nor what was typed comes into the log.
    expect(JSON.stringify(log)).not.toMatch(/token-of|样例|first\.admin|herons/)
  })

  it('refuses what cannot be in words, and can be used again then', async () => {
    const { setUp } = await openEmpty()
    expect(await setUp({ password: 'first.admin1' })).toBe('weak-password')
    expect(await setUp({ code: '33011' })).toBe('malformed')
    expect(await setUp({ login: 'First Admin' })).toBe('malformed')
    expect(await setUp({ name: '' })).toBe('malformed')
    expect(await setUp({ name: '样'.repeat(41) })).toBe('malformed')
    expect(await setUp({ places: 'all' })).toBe('malformed')
    expect(await setUp({ code: null })).toBe('made')
  })

  it('makes one office where two ask at once', async () => {
    const { db, setUp } = await openEmpty()
    const said = await Promise.all([setUp(), setUp({ login: 'second.admin' })])
    expect(said.sort()).toEqual(['made', 'not-found'])
    expect(await db.selectFrom('account').selectAll().execute()).toHaveLength(1)
    expect(await db.selectFrom('place').selectAll().execute()).toHaveLength(1)
  })

  it('is not offered where a fill or a restore was cut short', async () => {
    const { db, ids, isWaiting, setUp } = await openEmpty()
    await createPlace(db, { id: ids(), parent: null, epoch: 1 })
    expect(await isWaiting()).toBe(false)
    expect(await setUp()).toBe('not-found')
  })

  it('is never offered by a server that began with accounts', async () => {
    const { isWaiting, setUp } = await openEmpty(null)
    expect(await isWaiting()).toBe(false)
    expect(await setUp()).toBe('not-found')
  })
})

describe('the rescue of an administrator', () => {
  const until = new Date(now + 86_400_000)
  const made = async () => {
    const empty = await openEmpty()
    const password = await hashPassword('any old words at all', new Uint8Array(16))
    const office = { ...wanted, password, code: null, places: 'none' as const, oneTimeUntil: null }
    await makeFirstOffice(empty.own, office, { now, ids: empty.ids })
    return empty
  }

  it('gives a one-time password that asks for an own one, ends second factor and sessions, and is on record', async () => {
    const { own, db, ids, signIn } = await made()
    const hash = await hashPassword('one-time-words', new Uint8Array(16))
    const [account] = await db.selectFrom('account').selectAll().execute()
    await db
      .insertInto('second_factor')
      .values({ account: account?.id ?? '', secret: 'x', made_at: new Date(now) })
      .execute()
    expect(await rescue(own, wanted.login, { hash, until }, { now, ids })).toBe('rescued')
    expect(await db.selectFrom('second_factor').selectAll().execute()).toEqual([])
    expect(await signIn(wanted.login, 'any old words at all')).toBe('wrong-password')
    expect(await signIn(wanted.login, 'one-time-words')).toBe('new-password-needed')
    const acts = await db.selectFrom('act').select('act').execute()
    expect(acts.map(({ act }) => act)).toEqual(['office-made', 'account-rescued'])
    expect((await verifyAudit(own)).faults).toEqual([])
  })

  it('is for administrators alone', async () => {
    const { own, db, ids } = await made()
    const place = await db.selectFrom('place').select('id').executeTakeFirstOrThrow()
    await createAccount(
      db,
      { id: ids(), login: 'staff', name: '样例癸', role: 'staff', password: 'x' },
      [place.id],
    )
    const oneTime = { hash: 'y', until }
    expect(await rescue(own, 'staff', oneTime, { now, ids })).toBe('no-administrator')
    expect(await rescue(own, 'nobody', oneTime, { now, ids })).toBe('no-such-login')
    await db.updateTable('account').set({ closed: true }).execute()
    expect(await rescue(own, wanted.login, oneTime, { now, ids })).toBe('account-closed')
  })
})
