/** The database's own questions, asked directly: the tree and what governs it, who may hear, tries, sessions, codes and news. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOTP, Secret } from 'otpauth'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import {
  forgetFailures,
  forgetOldTries,
  isHome,
  noteFailure,
  noteHome,
  triesOf,
} from '#server/db/attempts.ts'
import { openDatabase } from '#server/db/connect.ts'
import { eachInTurn } from '#server/db/each-in-turn.ts'
import { hashOfText } from '#server/db/hashing-text.ts'
import { hearersOf } from '#server/db/hearers.ts'
import { hearNews } from '#server/db/hear-news.ts'
import { heldBelow } from '#server/db/held-below.ts'
import { keepLate, passLateOn } from '#server/db/late-places.ts'
import { newsSince, recentNews, tellNews } from '#server/db/news.ts'
import { findChoice, noteChoice } from '#server/db/password-choices.ts'
import { idsBelow, listOf, namesOfPlaces, treeBelow } from '#server/db/place-tree.ts'
import {
  livingOf,
  holdsBuildings,
  placesAbove,
  placesBelow,
  stateOfPlace,
  workersOf,
} from '#server/db/places.ts'
import { isFactorRequired, newestPoliciesOf } from '#server/db/policies.ts'
import { proofsAt, raiseHeads } from '#server/db/proofs.ts'
import { untouched, type RecordRow } from '#server/db/record-row.ts'
import { writeRecords } from '#server/db/records.ts'
import { isReachable } from '#server/db/reach.ts'
import { deviceFigures, newestReceipt } from '#server/db/readings.ts'
import { allRules, nearestRules, rulesAbove } from '#server/db/rules-above.ts'
import * as factors from '#server/db/second-factors.ts'
import { createSessionLookup } from '#server/db/session-lookup.ts'
import {
  dropExpiredSessions,
  endSessionsOfDevice,
  findSession,
  findSessionByToken,
} from '#server/db/sessions.ts'
import { dayMs, openOffice, type Device, type Office } from '../office.ts'
import { settle } from '../sample.ts'

let office: Office
let worker: Device
beforeAll(async () => {
  office = await openOffice()
  worker = await office.enter('worker')
})
afterAll(() => office.close())
const accountOf = (login: string) => office.accounts[login]!.id
const later = (days: number) => new Date(office.clock.now() + days * dayMs)

describe('the tree of places', () => {
  it('is an account’s with all below, each with what stands above it', async () => {
    const { community, grid, otherGrid, subdistrict, farGrid } = office.places
    expect((await idsBelow(office.db, accountOf('staff'))).sort()).toEqual(
      [community, grid, otherGrid].sort(),
    )
    const below = await treeBelow(office.db, accountOf('admin'))
    expect(below.find(({ id }) => id === farGrid)?.grandparent).toBe(subdistrict)
    expect(await idsBelow(office.db, accountOf('worker'))).toEqual([grid])
    expect(await placesAbove(office.db, grid)).toEqual([community, subdistrict])
    expect(await placesAbove(office.db, subdistrict)).toEqual([])
  })

  it('names those that have said their name, and knows which are closed', async () => {
    const { community, grid, subdistrict } = office.places
    const admin = await office.enter('admin')
    const place = { placeKind: 'grid', name: '第一网格', parent: community }
    const said: RecordRow = {
      ...{ stream: grid, id: grid, kind: 'place', version: 1, fields: place },
      created: { version: 1, device: null, at: '2026-11-23T00:00:00.000Z' },
      ...{ ...untouched(), at: null, by: null },
    }
    const write = (row: RecordRow) =>
      office.db.transaction().execute((trx) => writeRecords(trx, [row]))
    await write(said)
    const names = await namesOfPlaces(office.db, [grid, subdistrict])
    expect([...names]).toEqual([
      [grid, { kind: 'grid', name: '第一网格', code: null, order: null }],
    ])
    expect(await namesOfPlaces(office.db, [])).toEqual(new Map())
    const rows = await placesBelow(office.db, admin.account)
    expect(rows.get(grid)).toMatchObject({ name: '第一网格', closed: false, parent: community })
    expect(holdsBuildings(rows.get(grid)!, rows)).toBe(true)
    expect(holdsBuildings(rows.get(subdistrict)!, rows)).toBe(false)
    expect(await stateOfPlace(office.db, grid)).toMatchObject({
      kind: 'grid',
      closed: false,
      successor: null,
    })
    expect(await stateOfPlace(office.db, office.ids())).toBeNull()
    await write({ ...said, removed: true, fields: {} })
    expect(await namesOfPlaces(office.db, [grid])).toEqual(new Map())
    await office.db.deleteFrom('record').where('stream', '=', grid).where('id', '=', grid).execute()
  })

  it('tells who works in a place, and which buildings stand there', async () => {
    const { grid } = office.places
    expect(await workersOf(office.db, grid)).toEqual(
      [accountOf('worker'), accountOf('colleague')].sort(),
    )
    const staff = await office.enter('staff')
    const { building } = await settle(staff, worker, grid, office.ids)
    expect(await livingOf(office.db, grid, 'building')).toEqual([building])
    expect(await livingOf(office.db, office.places.farGrid, 'building')).toEqual([])
  })

  it('has for whoever left the places that they had, and for nobody else', async () => {
    const { grid, otherGrid } = office.places
    const stranger = accountOf('stranger')
    await keepLate(office.db, stranger, [grid], 'worker', later(1))
    const held = async () => {
      const { rows } = await sql<{ account: string; place: string }>`
        ${heldBelow(accountOf('staff'))} select account, place from held
        where account = ${stranger} and place = ${listOf([grid])}`.execute(office.db)
      return rows
    }
    expect(await held()).toEqual([])
    await passLateOn(office.db, grid, otherGrid, later(2))
    const { rows } = await sql<{ account: string; until: Date }>`
      select account, until from late_place where place = ${otherGrid}`.execute(office.db)
    const until = new Map(rows.map((row) => [row.account, row.until.getTime()]))
    expect(until.get(stranger)).toBe(later(1).getTime())
    expect(until.get(accountOf('worker'))).toBe(later(2).getTime())
    // An earlier end does not take the later one back.
    await keepLate(office.db, stranger, [grid], 'worker', later(0))
    const [kept] = (
      await sql<{ until: Date }>`select until from late_place
      where account = ${stranger} and place = ${grid}`.execute(office.db)
    ).rows
    expect(kept?.until.getTime()).toBe(later(1).getTime())
    await office.db.deleteFrom('late_place').execute()
  })
})

describe('what governs a place', () => {
  it('is said in its own stream and in those above, the nearest first', async () => {
    const { community, grid, subdistrict } = office.places
    const admin = await office.enter('admin')
    const policy = office.ids()
    const [receipt] = (
      await admin.pushed([
        admin.mutation({
          stream: subdistrict,
          kind: 'policy',
          record: policy,
          fields: { ...samplePolicy, policyVersion: 2 },
        }),
      ])
    ).receipts
    expect(receipt).toMatchObject({ ok: true })
    const above = await rulesAbove(office.db, [grid, subdistrict], ['policy', 'scheme'])
    expect(above.get(grid)?.map(({ place }) => place)).toEqual([grid, community, subdistrict])
    expect(allRules(above.get(grid)!, 'policy').map(({ id }) => id)).toEqual([policy])
    expect(nearestRules(above.get(grid)!, 'scheme')).toEqual([])
    const known = new Map([
      [grid, community],
      [community, null],
    ])
    expect((await rulesAbove(office.db, [grid], ['policy'], known)).get(grid)).toHaveLength(2)
    expect(await rulesAbove(office.db, [], ['policy'])).toEqual(new Map())
    expect(
      (await newestPoliciesOf(office.db, accountOf('worker'))).map((one) => one.policyVersion),
    ).toEqual([2])
    expect(await isFactorRequired(office.db, { id: accountOf('worker'), role: 'worker' })).toBe(
      false,
    )
  })
})

describe('who may hear of a stream', () => {
  it('are those below, above and in it, as long as the session lives', async () => {
    const { grid, community } = office.places
    const [staff, stranger] = [accountOf('staff'), accountOf('stranger')]
    const session = await office.db
      .selectFrom('session')
      .select('hash')
      .where('device', '=', worker.id)
      .executeTakeFirstOrThrow()
    const sessions = { sessions: [session.hash, 'none'], devices: [worker.id] }
    const asked = (now: Date) =>
      hearersOf(office.db, [grid], [staff, stranger, worker.account], sessions, now)
    const { byAccount, living } = await asked(later(0))
    expect([...byAccount.keys()].sort()).toEqual([staff, worker.account].sort())
    expect([...living]).toEqual([session.hash])
    expect((await asked(later(365))).living.size).toBe(0)
    const none = { sessions: [], devices: [] }
    const above = await hearersOf(office.db, [community], [worker.account], none, later(0))
    expect(above.byAccount.get(worker.account)).toEqual([community])
  })
})

describe('sessions', () => {
  it('open by a pass of their own device, never by a token', async () => {
    const device = await office.enter('colleague')
    const hash = hashOfText(`pass-of-${device.id}`)
    const token = hashOfText(`token of ${device.id}`)
    expect(await findSession(office.db, { hash, device: device.id })).toMatchObject({
      account: device.account,
    })
    expect(await findSession(office.db, { hash, device: worker.id })).toBeUndefined()
    expect(await findSession(office.db, { hash: token, device: device.id })).toBeUndefined()
    expect(await findSessionByToken(office.db, { hash: token, device: null })).toMatchObject({
      device: device.id,
    })
    const lookup = createSessionLookup(office.db)
    const [own, other, again] = await Promise.all([
      lookup.find({ hash, device: device.id }),
      lookup.find({ hash, device: worker.id }),
      lookup.find({ hash, device: device.id }),
    ])
    expect([own?.device, other, again?.device]).toEqual([device.id, undefined, device.id])
    await endSessionsOfDevice(office.db, device.id)
    expect(await lookup.find({ hash, device: device.id })).toBeUndefined()
  })

  it('are dropped when they have ended, and no other', async () => {
    const device = await office.enter('colleague')
    const hash = hashOfText(`pass-of-${device.id}`)
    await dropExpiredSessions(office.db, later(1))
    expect(await findSession(office.db, { hash, device: device.id })).toBeDefined()
    await dropExpiredSessions(office.db, later(31))
    expect(await findSession(office.db, { hash, device: device.id })).toBeUndefined()
    worker = await office.enter('worker')
  })
})

describe('tries at a sign-in', () => {
  it('are counted since a moment under each key, forgotten with a success and after a day', async () => {
    const [at, key] = [later(0), hashOfText('login and address')]
    await noteFailure(office.db, office.ids(), [key, 'other'], at)
    await noteFailure(office.db, office.ids(), [key], later(0.5))
    const since = (moment: Date) =>
      triesOf(office.db, [
        { key, since: moment },
        { key: 'none', since: moment },
      ])
    expect((await since(later(-1))).get(key)).toEqual({ failures: 2, last: later(0.5).getTime() })
    expect((await since(at)).get(key)?.failures).toBe(1)
    expect((await since(at)).has('none')).toBe(false)
    await forgetFailures(office.db, [key])
    expect(
      (await triesOf(office.db, [{ key: 'other', since: later(-1) }])).get('other')?.failures,
    ).toBe(1)
    await noteHome(office.db, key, at)
    await forgetOldTries(office.db, later(2))
    expect((await triesOf(office.db, [{ key: 'other', since: later(-1) }])).size).toBe(0)
    expect(await isHome(office.db, key)).toBe(true)
    await forgetOldTries(office.db, later(91))
    expect(await isHome(office.db, key)).toBe(false)
  })

  it('remember the last password that somebody chose, by the id of the choice', async () => {
    const [account, at] = [accountOf('worker'), later(0)]
    const choice = (attempt: string) => ({ device: worker.id, attempt, at })
    await noteChoice(office.db, account, choice(office.ids()))
    const last = choice(office.ids())
    await noteChoice(office.db, account, last)
    expect(await findChoice(office.db, account)).toEqual(last)
  })
})

describe('a second factor', () => {
  const secret = factors.bytesToSecret(new Uint8Array(factors.secretBytes).fill(9))
  const codeAt = (now: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now })
  const inTransaction = <T>(work: (trx: Parameters<typeof factors.useCode>[0]) => Promise<T>) =>
    office.db.transaction().execute(work)

  it('takes a code of now and half a minute to each side, and each once', async () => {
    const [account, now] = [accountOf('admin'), office.clock.now()]
    expect(await factors.beginFactor(office.db, account, secret, new Date(now))).toBe(secret)
    const other = factors.bytesToSecret(new Uint8Array(factors.secretBytes).fill(8))
    // The picture may have been read already.
    expect(await factors.beginFactor(office.db, account, other, new Date(now))).toBe(secret)
    const use = (code: string, at = now) =>
      inTransaction((trx) => factors.useCode(trx, account, code, at))
    expect(await use(codeAt(now))).toBeNull()
    const confirm = (code: string) =>
      inTransaction((trx) => factors.confirmFactor(trx, account, code, ['abcde-fghjk'], now))
    expect(await confirm('000000')).toBe(false)
    expect(await confirm(codeAt(now))).toBe(true)
    expect(await use(codeAt(now))).toBeNull()
    expect(await use(codeAt(now + 30_000))).toBe('code')
    expect(await use(codeAt(now + 90_000))).toBeNull()
    expect(await use(' ABCDE fghjk ')).toBe('recovery')
    expect(await use('abcde-fghjk')).toBeNull()
    expect(await factors.dropFactor(office.db, account)).toBe(true)
    expect(await factors.findFactor(office.db, account)).toBeUndefined()
  })

  it('says to an authenticator whose it is, and writes codes without letters that look alike', () => {
    const uri = new URL(factors.uriOf(secret, 'yangli'))
    expect(uri.searchParams.get('secret')).toBe(secret)
    expect(decodeURIComponent(uri.href)).toContain('yangli')
    let seed = 0
    const codes = Array.from({ length: 50 }, () =>
      factors.makeRecoveryCode((count) => new Uint8Array(count).map(() => (seed += 37) % 256)),
    )
    for (const code of codes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/)
    expect(factors.stepOfCode(secret, '12345', 0)).toBeNull()
  })
})

describe('versions of a stream', () => {
  it('have a proof that another history of the same numbers does not have', async () => {
    const { otherGrid } = office.places
    const raise = (head: number) =>
      office.db.transaction().execute((trx) => raiseHeads(trx, new Map([[otherGrid, head]])))
    await raise(3)
    const at = async (version: number) =>
      (await proofsAt(office.db, [{ stream: otherGrid, version }])).get(otherGrid)
    const first = await at(3)
    expect(first).toMatch(/^[\da-f]{16}$/)
    expect(await at(2)).toBe(first)
    expect(await at(4)).toBeUndefined()
    await office.db.deleteFrom('stream_proof').where('stream', '=', otherGrid).execute()
    await raise(2)
    await raise(3)
    expect(await at(3)).not.toBe(first)
  })
})

describe('news between servers', () => {
  it('is heard by whoever listens, and read again from a little before', async () => {
    let heard = 0
    let lost = 0
    const hearing = await hearNews(
      office.applicationUrl,
      () => (heard += 1),
      () => (lost += 1),
    )
    await tellNews(office.db, 'one', [{ streams: ['a'] }])
    await expect.poll(() => heard).toBeGreaterThan(0)
    const [newest] = (await newsSince(office.db, null)).slice(-1)
    expect(newest).toMatchObject({ server: 'one', body: [{ streams: ['a'] }] })
    expect((await newsSince(office.db, Number(newest?.id))).at(-1)?.id).toBe(newest?.id)
    expect((await recentNews(office.db)).length).toBeGreaterThan(0)
    await hearing.end()
    await expect.poll(() => lost).toBe(1)
  })
})

it('a database is out of reach once nothing answers any more', async () => {
  const own = openDatabase(office.applicationUrl)
  expect(await isReachable(own, 5_000)).toBe(true)
  await own.destroy()
  expect(await isReachable(own, 5_000)).toBe(false)
})

it('figures of devices count those that are silent, and what they hold', async () => {
  const before = await deviceFigures(office.db, later(0))
  await office.db
    .updateTable('device')
    .set({
      report: JSON.stringify({ waiting: 4, refused: 1 }),
      skew_ms: -400_000,
      seen_at: later(-8),
    } as never)
    .where('id', '=', worker.id)
    .execute()
  const after = await deviceFigures(office.db, later(0))
  expect(after.devices).toBe(before.devices)
  expect(Number(after.most_skew_ms)).toBeGreaterThanOrEqual(400_000)
  expect([Number(after.unsent), Number(after.refused)]).toEqual([4, 1])
  expect([after.silent7 - before.silent7, after.skewed - before.skewed]).toEqual([1, 1])
  expect(await newestReceipt(office.db)).toBeInstanceOf(Date)
})

it('work on many goes on where one fails, and says at the end what failed', async () => {
  const done: number[] = []
  const work = (bad: readonly number[]) =>
    eachInTurn([1, 2, 3], (one) => {
      if (bad.includes(one)) return Promise.reject(new Error(`fault ${String(one)}`))
      done.push(one)
      return Promise.resolve()
    })
  await expect(work([2])).rejects.toThrow('fault 2')
  expect(done).toEqual([1, 3])
  await expect(work([1, 3])).rejects.toBeInstanceOf(AggregateError)
})
