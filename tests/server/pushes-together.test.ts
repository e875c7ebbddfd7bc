/**
 * Pushes that wait are taken together (`src/server/ledger/push-queue.ts`, `src/server/ledger/together.ts`): each is judged, answered and
 * refused by itself, and what one breaks on, waits for or loses is no other's. On whole tables and on tables in parts.
 */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { openDatabase } from '#server/db/connect.ts'
import { applyPush } from '#server/ledger/apply.ts'
import { createPushQueue } from '#server/ledger/push-queue.ts'
import type { OnePush } from '#server/ledger/together.ts'
import { createPlace } from '#server/db/streams.ts'
import { createServer } from '#server/server.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { expectWhole, holdStream, pidsThatWait } from './held-streams.ts'
import { openOffice, type Device, type Office } from './office.ts'
import { building, dwelling, household, resident, settle, visit, type Home } from './sample.ts'

/** A machine that does other work as well takes its time. */
const patience = { timeout: 30_000, interval: 20 }

describe.each(['whole', 'parts'] as const)('tables that are %s', (layout) => {
  let office: Office
  let streams: readonly string[]
  const homes = new Map<string, Home>()

  beforeAll(async () => {
    office = await openOffice({ layout })
    const { grid, otherGrid, farGrid } = office.places
    streams = [grid, otherGrid, farGrid]
    const admin = await office.enter('admin')
    for (const stream of streams) homes.set(stream, await settle(admin, admin, stream, office.ids))
    // As an engine that finds in one record a limit of its own, which no rule of ours knows.
    await sql`alter table record add constraint no_poison
      check (kind <> 'visit' or fields::text not like '%样例毒%')`.execute(office.db)
  })
  afterAll(() => office.close())
  afterEach(async () => {
    expect(await verifyAudit(office.own)).toMatchObject({ fault: null })
    for (const stream of streams) await expectWhole(office, stream)
  })

  const streamAt = (n: number) => streams[n % streams.length] ?? ''
  const bornIn = (stream: string) => idBornIn(stream, office.ids())
  const moment = () => new Date(office.clock.now()).toISOString()
  const callAt = (device: Device, stream: string, more = {}) =>
    device.create(
      stream,
      'visit',
      bornIn(stream),
      visit(homes.get(stream)?.household ?? '', moment(), more),
    )
  /** A whole new home, in one batch. */
  const homeAt = (device: Device, stream: string): Mutation[] => {
    const [batch, flat, house] = [office.ids(), bornIn(stream), bornIn(stream)]
    const { building: inBuilding = '' } = homes.get(stream) ?? {}
    const together = { batch, batchSize: 3 }
    return [
      { ...device.create(stream, 'dwelling', flat, dwelling(inBuilding)), ...together },
      { ...device.create(stream, 'household', house, household(flat)), ...together },
      { ...device.create(stream, 'resident', bornIn(stream), resident(house)), ...together },
    ]
  }
  const enter = (count: number, login: (n: number) => string) =>
    Promise.all(Array.from({ length: count }, (_, n) => office.enter(login(n))))
  const loginOf = (n: number) => ['worker', 'colleague', 'staff', 'admin'][n % 4] ?? ''

  const appliedOf = async (mutations: readonly Mutation[]) => {
    const rows = await office.db
      .selectFrom('change')
      .select('id')
      .where(
        'id',
        'in',
        mutations.map(({ id }) => id),
      )
      .execute()
    return rows.map(({ id }) => id).sort()
  }
  const idsOf = (mutations: readonly Mutation[]) => mutations.map(({ id }) => id).sort()

  function pushOf(device: Device, mutations: readonly Mutation[], role = 'worker'): OnePush {
    return {
      incoming: mutations.map((mutation) => ({ mutation })),
      context: {
        account: { id: device.account, role: role as 'worker' },
        ...{ device: device.id, skewMs: 0, now: office.clock.now(), ids: office.ids },
      },
    }
  }
  function queueOf(mostStreams?: number) {
    const alone = vi.fn(({ incoming, context }: OnePush) =>
      applyPush(office.own, incoming, context),
    )
    const queue = createPushQueue({
      ...{ db: office.own, alone },
      ...(mostStreams === undefined ? {} : { mostStreams }),
    })
    return { alone, queue }
  }
  const begins = (statements: readonly { text: string }[]) =>
    statements.filter(({ text }) => /^begin/i.test(text)).length

  it('goes at once by itself, and takes those that came meanwhile in one transaction', async () => {
    const devices = await enter(20, loginOf)
    const { queue, alone } = queueOf()
    const work = devices.map((device) => homeAt(device, streamAt(0)))
    const statements = await statementsOf(async () => {
      const pushed = await Promise.all(
        devices.map((device, n) => queue.push(pushOf(device, work[n] ?? []))),
      )
      expect(pushed.flatMap(({ receipts }) => receipts.map(({ ok }) => ok))).toEqual(
        Array.from({ length: 60 }, () => true),
      )
      expect(pushed.map(({ moved }) => moved)).toEqual(devices.map(() => [streamAt(0)]))
    })
    expect(begins(statements)).toBe(2)
    expect(alone).not.toHaveBeenCalled()
    expect(await appliedOf(work.flat())).toEqual(idsOf(work.flat()))
    // A quarter of what each would cost alone, with a lock of its own for each device.
    expect(statements.length).toBeLessThan(20 * 4)
  })

  it('takes several streams together, and one alone where the machines are several', async () => {
    const devices = await enter(12, () => 'admin')
    const run = (queue: ReturnType<typeof queueOf>['queue']) =>
      statementsOf(() =>
        Promise.all(
          devices.map((device, n) =>
            queue.push(pushOf(device, [callAt(device, streamAt(n))], 'admin')),
          ),
        ),
      )
    // Two go at once, in two streams; what is of these waits, what is of the third goes next, and then the rest.
    expect(begins(await run(queueOf().queue))).toBeLessThanOrEqual(5)
    const perStream = await run(queueOf(1).queue)
    const locks = perStream.map(({ text }) => (/from "stream".*for update/.test(text) ? 1 : 0))
    expect(locks.reduce<number>((sum, n) => sum + n, 0)).toBe(begins(perStream))
  })

  it('gives the same answer again to whoever asks again, also twice at once', async () => {
    const devices = await enter(8, loginOf)
    const work = devices.map((device) => [callAt(device, streamAt(0))])
    const pushAll = () =>
      Promise.all(
        devices.flatMap((device, n) => [
          device.pushed(work[n] ?? []),
          device.pushed(work[n] ?? []),
        ]),
      )
    const first = await pushAll()
    const again = await pushAll()
    expect(again.map(({ receipts }) => receipts)).toEqual(first.map(({ receipts }) => receipts))
    expect(await appliedOf(work.flat())).toEqual(idsOf(work.flat()))
  })

  it('refuses one of twenty and applies the others, by their own accounts', async () => {
    const devices = await enter(20, loginOf)
    const outsider = await office.enter('stranger')
    const foreign = [callAt(outsider, streamAt(0))]
    const work = devices.map((device, n) => [
      callAt(device, streamAt(0), n === 7 ? { outcome: 'nothing that there is' } : {}),
    ])
    const [answers, refused] = await Promise.all([
      Promise.all(devices.map((device, n) => device.pushed(work[n] ?? []))),
      outsider.pushed(foreign),
    ])
    expect(answers.map(({ receipts }) => receipts.map(({ ok }) => ok))).toEqual(
      devices.map((_, n) => [n !== 7]),
    )
    expect(refused.receipts).toMatchObject([{ ok: false, problem: 'stream-not-yours' }])
    const lines = await office.db
      .selectFrom('change')
      .select(['id', 'account', 'device'])
      .where(
        'id',
        'in',
        work.flat().map(({ id }) => id),
      )
      .execute()
    const authors = new Map(lines.map(({ id, ...by }) => [id, by]))
    for (const [n, device] of devices.entries()) {
      const by = n === 7 ? undefined : { account: device.account, device: device.id }
      expect(authors.get(work[n]?.[0]?.id ?? '')).toEqual(by)
    }
  })

  it('keeps what the database breaks on from harming the nineteen beside it', async () => {
    const devices = await enter(20, loginOf)
    const work = devices.map((device, n) => [
      callAt(device, streamAt(0), n === 11 ? { note: '样例毒' } : {}),
    ])
    const { queue } = queueOf()
    const pushed = await Promise.all(
      devices.map((device, n) => queue.push(pushOf(device, work[n] ?? []))),
    )
    expect(pushed.map(({ receipts }) => receipts.map(({ ok }) => ok))).toEqual(
      devices.map((_, n) => [n !== 11]),
    )
    expect(pushed[11]?.receipts).toMatchObject([{ ok: false, problem: 'malformed' }])
    expect(await appliedOf(work.flat())).toEqual(idsOf(work.filter((_, n) => n !== 11).flat()))
  })

  const held = (stream: string) => holdStream(office.db, stream)
  const waitingForLocks = () => pidsThatWait(office.db)

  it('waits for a lock with those of its stream alone, on one connection', async () => {
    const letGo = await held(streamAt(0))
    const waiters = await enter(9, loginOf)
    const others = await enter(6, () => 'admin')
    let done = 0
    const waited = waiters.map(async (device) => {
      const answer = await device.pushed([callAt(device, streamAt(0))])
      done += 1
      return answer
    })
    await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(1), patience)
    for (const [n, device] of others.entries()) {
      const answer = await device.pushed([callAt(device, streamAt(1 + (n % 2)))])
      expect(answer.receipts).toMatchObject([{ ok: true }])
    }
    expect(await waitingForLocks()).toHaveLength(1)
    expect(done).toBe(0)
    await letGo()
    for (const { receipts } of await Promise.all(waited)) {
      expect(receipts).toMatchObject([{ ok: true }])
    }
  })

  it('waits for four of many held streams at once, and leaves the others their connections', async () => {
    const many: string[] = []
    for (let n = 0; n < 9; n += 1) {
      const id = office.ids()
      await createPlace(office.db, { id, parent: office.places.community, epoch: 1 })
      many.push(id)
    }
    const lets = await Promise.all(many.map(held))
    const devices = await enter(many.length, () => 'admin')
    const first = devices.map((device, n) => {
      const stream = many[n] ?? ''
      return device.pushed([device.create(stream, 'building', bornIn(stream), building())])
    })
    await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(4), patience)
    const light = await office.enter('admin')
    // The others are asked for a few times a second, and not without pause.
    const statements = await statementsOf(() => new Promise((done) => setTimeout(done, 300)))
    expect(begins(statements)).toBeLessThan(10)
    expect((await light.pushed([callAt(light, streamAt(0))])).receipts).toMatchObject([
      { ok: true },
    ])
    expect(await waitingForLocks()).toHaveLength(4)
    for (const letGo of lets) await letGo()
    for (const { receipts } of await Promise.all(first)) {
      expect(receipts).toMatchObject([{ ok: true }])
    }
  })

  it('lets a device be ended at once while its push waits, and takes nothing of it then', async () => {
    const [plain, other] = await enter(2, () => 'admin')
    if (!plain || !other) throw new Error('no device')
    const letGo = await held(streamAt(0))
    const work = [
      [callAt(plain, streamAt(0))],
      // By itself, since it names two streams.
      [callAt(other, streamAt(0)), callAt(other, streamAt(1))],
    ]
    const pushing = [plain.push(work[0] ?? []), other.push(work[1] ?? [])]
    try {
      await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(2), patience)
      const boss = await office.enter('admin')
      for (const device of [plain.id, other.id]) {
        const answer = await office.post('/api/devices/revoke', { device }, boss.pass)
        expect(answer.status).toBe(200)
      }
    } finally {
      await letGo()
    }
    const answers = await Promise.all(pushing)
    expect(answers.map(({ status }) => status)).toEqual([403, 403])
    expect(await appliedOf(work.flat())).toEqual([])
  })

  it('tells those whose connection broke to come again, loses nothing and doubles nothing', async () => {
    const letGo = await held(streamAt(0))
    const devices = await enter(6, loginOf)
    const work = devices.map((device) => [callAt(device, streamAt(0))])
    const first = devices.map((device, n) => device.push(work[n] ?? []))
    await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(1), patience)
    const [pid] = await waitingForLocks()
    await sql`select pg_terminate_backend(${pid}::int)`.execute(office.db)
    await letGo()
    const answers = await Promise.all(first)
    expect(answers.map(({ status }) => status)).toContain(503)
    for (const [n, device] of devices.entries()) {
      expect((await device.pushed(work[n] ?? [])).receipts).toMatchObject([{ ok: true }])
    }
    expect(await appliedOf(work.flat())).toEqual(idsOf(work.flat()))
  })

  it('applies once what was sent by a device that went away before its answer', async () => {
    const letGo = await held(streamAt(0))
    const devices = await enter(4, loginOf)
    const work = devices.map((device) => [callAt(device, streamAt(0))])
    const leaving = new AbortController()
    const gone = devices.map((device, n) =>
      office.fetch('/api/push', {
        method: 'POST',
        signal: leaving.signal,
        headers: { 'content-type': 'application/json', ...device.headers },
        body: JSON.stringify({
          ...{ protocol: 3, device: device.id, sentAt: moment(), mutations: work[n] },
        }),
      }),
    )
    await vi.waitFor(async () => expect(await waitingForLocks()).toHaveLength(1), patience)
    leaving.abort()
    await letGo()
    await Promise.allSettled(gone)
    for (const [n, device] of devices.entries()) {
      expect((await device.pushed(work[n] ?? [])).receipts).toMatchObject([{ ok: true }])
    }
    expect(await appliedOf(work.flat())).toEqual(idsOf(work.flat()))
  })

  it('stands beside a second server on the same database', async () => {
    const own = openDatabase(office.applicationUrl)
    const second = createServer({
      ...{ db: own, clock: office.clock, ids: office.ids },
      randomBytes: (count) => new Uint8Array(count).fill(3),
      ...{ log: { write: () => undefined }, staticDir: null, secureCookies: false },
    })
    const servers = [office.server, second]
    const devices = await enter(24, () => 'admin')
    const work = devices.map((device, n) => homeAt(device, streamAt(n)))
    const sendTo = async (n: number, device: Device, mutations: readonly Mutation[]) => {
      const body = { protocol: 3, device: device.id, sentAt: moment(), mutations }
      const answer = await servers[n % 2]?.fetch(
        new Request('http://office.test/api/push', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...device.headers },
          body: JSON.stringify(body),
        }),
      )
      return (await answer?.json()) as { receipts: { ok: boolean }[] }
    }
    try {
      // Each device at both servers with the same work, as where a balancer sends what nobody answered elsewhere.
      const answers = await Promise.all(
        devices.flatMap((device, n) => [
          sendTo(n, device, work[n] ?? []),
          sendTo(n + 1, device, work[n] ?? []),
        ]),
      )
      for (const { receipts } of answers) {
        expect(receipts.map(({ ok }) => ok)).toEqual([true, true, true])
      }
    } finally {
      await second.stop()
      await own.destroy()
    }
    expect(await appliedOf(work.flat())).toEqual(idsOf(work.flat()))
  })

  it('takes by itself what needs more than its own stream', async () => {
    const { queue, alone } = queueOf()
    const admin = await office.enter('admin')
    const [here = '', there = ''] = streams
    const two = [callAt(admin, here), callAt(admin, there)]
    const made = admin.create(here, 'building', bornIn(here), building())
    const gone = admin.mutation({
      stream: here,
      kind: 'building',
      record: made.record,
      op: 'remove',
    })
    // Plates may have to leave with whoever leaves.
    const left = admin.mutation({
      ...{ stream: here, kind: 'resident', record: homes.get(here)?.resident ?? '', op: 'patch' },
      fields: { movedOutOn: '2026-11-20' },
    })
    for (const mutations of [two, [made, gone], [left]]) {
      const { receipts } = await queue.push(pushOf(admin, mutations, 'admin'))
      expect(receipts.map(({ ok }) => ok)).toEqual(mutations.map(() => true))
    }
    expect(alone).toHaveBeenCalledTimes(3)
  })
})
