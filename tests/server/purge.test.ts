/**
 * What its time is over for goes everywhere: register, devices, history, stored pages; that it went stays in the log, whose chains hold.
 * Holds `src/server/ledger/purge.ts` and `src/server/db/purge-notices.ts`.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { protocolVersion } from '#protocol/version.ts'
import { readAudit } from '#server/db/audit-read.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { noticeDays } from '#server/ledger/purge-list.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { dayMs, openOffice, type Device, type Office } from './office.ts'
import { building, dwelling, resident, settle, visit, type Home } from './sample.ts'

let office: Office
let staff: Device
let worker: Device
let home: Home
const secret = '样例秘密'

beforeAll(async () => {
  office = await openOffice()
  staff = await office.enter('staff')
  worker = await office.enter('worker')
  home = await settle(staff, worker, office.places.grid, office.ids, { note: secret })
})
afterAll(() => office.close())

/** The day of the last pass, counted from the office's own. */
let reached = 0
/**
 * As the calendar does it, so many days from now: sessions would not live as long. Passes ran every few days until
 * then, and on each day of the notice. Answers which streams the last one moved.
 */
const pass = async (later = reached) => {
  for (;;) {
    const isNear = later - reached <= noticeDays + 1
    reached = Math.min(later, reached + (isNear ? 1 : 5))
    const now = office.clock.now() + reached * dayMs
    const round = await purgeDue(office.own, { now, ids: office.ids })
    expect(round.faults).toEqual([])
    expect(round.underWrongClock.size).toBe(0)
    if (reached >= later) return round.moved
  }
}
/** What is over already comes on the list, stands there as long as it has to, and goes. */
const passNotice = () => pass(reached + noticeDays + 1)
const pulled = async (id: string) => {
  const { records } = await worker.pull()
  return records.get(id)
}
const patch = async (id: string, fields: Record<string, unknown>) => {
  const held = await pulled(id)
  if (!held) throw new Error('nobody')
  const { receipts } = await worker.pushed([worker.patch(held, fields)])
  expect(receipts).toMatchObject([{ ok: true }])
}
const add = async (more: object) => {
  const id = office.ids()
  await worker.pushed([
    worker.create(office.places.grid, 'resident', id, resident(home.household, more)),
  ])
  return id
}
/** Everything that the database holds, as text. */
const everything = async () => {
  const { rows } = await sql<{ text: string }>`
    select fields::text as text from record union all select fields::text from change
    union all select facts::text from audit union all select receipt::text from answer`.execute(
    office.db,
  )
  return rows.map(({ text }) => text).join('\n')
}

it('who moved out is kept for the days that the policy names, and not one more', async () => {
  const gone = await add({ name: '样例搬', note: secret })
  const dead = await add({ name: '样例故', note: secret })
  await patch(gone, { phones: { add: ['10012345678'] } })
  // The retention runs from the day on which the server got it, since that is the later one.
  await patch(gone, { movedOutOn: '2026-11-20', movedOutTo: '样例村' })
  office.clock.at += dayMs
  await patch(dead, { diedOn: '2026-11-21' })
  office.clock.at -= dayMs
  const { keepGoneDays } = defaultPolicy
  expect(await pass(keepGoneDays)).toEqual([])
  expect(await pulled(gone)).toMatchObject({ fields: { movedOutTo: '样例村' } })
  expect(await pass(keepGoneDays + 1)).toEqual([office.places.grid])
  expect(await pulled(gone)).toBeUndefined()
  expect(await pulled(dead)).toMatchObject({ fields: { diedOn: '2026-11-21' } })
  expect(await pass(keepGoneDays + 2)).toEqual([office.places.grid])
  expect(await pulled(dead)).toBeUndefined()
  expect(await pass(keepGoneDays + 2)).toEqual([])

  const text = await everything()
  expect(text).not.toMatch(/10012345678|样例搬|样例故|样例村/)
  // Whoever still lives there is untouched.
  expect(await pulled(home.resident)).toMatchObject({ fields: { note: secret } })
})

it('the log still says who changed which kind of record when, and that it was purged', async () => {
  const entries = await office.db
    .selectFrom('audit')
    .selectAll()
    .where('act', '=', 'purge')
    .execute()
  expect(entries).toHaveLength(2)
  expect(entries[0]?.facts).toEqual({ rule: 'gone', kind: 'resident', count: 4 })
  const changes = await office.db
    .selectFrom('change')
    .select(['op', 'account', 'fields', 'salt'])
    .where('record', '=', entries[0]?.record ?? '')
    .orderBy('version')
    .execute()
  expect(changes.map(({ op, fields, salt }) => [op, fields, salt])).toEqual([
    ['create', {}, null],
    ['patch', {}, null],
    ['patch', {}, null],
    ['remove', {}, null],
  ])
  const verified = await verifyAudit(office.own)
  expect(verified.fault).toBeNull()
  expect(verified.emptied).toBe(7)
  // Nobody did it: the time had come.
  const { entries: read } = await readAudit(office.own, [office.places.grid], true, {
    protocol: protocolVersion,
    record: entries[0]?.record ?? '',
  })
  const taken = read.filter(({ act, facts }) => act === 'purge' || facts['op'] === 'remove')
  expect(taken.map(({ by }) => by)).toEqual([null, null])
})

it('a device that had it is told, and a pull from the beginning does not bring it', async () => {
  const cursors = (await worker.pull()).cursors
  const id = await add({ name: '样例再', movedOutOn: '2026-01-01' })
  const { records: before, cursors: seen } = await worker.pull(cursors)
  expect(before.get(id)).toBeDefined()
  await passNotice()
  const { records, pages } = await worker.pull(seen)
  expect(records.get(id)).toMatchObject({ removed: true })
  const lines = pages.flatMap(({ changes }) => changes).filter((change) => change.record === id)
  expect(lines).toMatchObject([{ op: 'remove', fields: {} }])
  expect((await worker.pull()).records.get(id)).toBeUndefined()
})

it('a household in which nobody is left goes along, with its visits; one with people stays', async () => {
  const [room, family, last] = [office.ids(), office.ids(), office.ids()]
  const moment = new Date(office.clock.now()).toISOString()
  const at = office.places.grid
  const called = office.ids()
  await worker.pushed([
    worker.create(at, 'dwelling', room, dwelling(home.building, { room: '302' })),
    worker.create(at, 'household', family, { dwelling: room, endedOn: '2026-01-02', note: secret }),
    worker.create(at, 'resident', last, resident(family, { movedOutOn: '2026-01-02' })),
    worker.create(at, 'visit', called, visit(family, moment, { note: '样例话' })),
  ])
  await passNotice()
  const { records } = await worker.pull()
  expect([family, last, called].map((one) => records.get(one))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(records.get(room)).toBeDefined()
  expect(records.get(home.household)).toBeDefined()
  expect(await everything()).not.toMatch(/样例话/)
})

it('what was changed in another grid, before somebody moved, is emptied there as well', async () => {
  await office.db
    .insertInto('account_place')
    .values({ account: office.accounts['worker']?.id ?? '', place: office.places.otherGrid })
    .execute()
  const [house, room, family] = [office.ids(), office.ids(), office.ids()]
  await staff.pushed([staff.create(office.places.otherGrid, 'building', house, building())])
  await worker.pushed([
    worker.create(office.places.otherGrid, 'dwelling', room, dwelling(house)),
    worker.create(office.places.otherGrid, 'household', family, { dwelling: room }),
  ])
  const id = await add({ name: '样例移' })
  await patch(id, { workplace: '样例旧厂' })
  const held = await pulled(id)
  const moving = worker.mutation({
    ...{ stream: office.places.grid, kind: 'resident', record: id, op: 'patch' },
    ...{ to: office.places.otherGrid, seen: held?.version ?? 0 },
    fields: { household: family, movedOutOn: '2026-01-03' },
  })
  expect((await worker.pushed([moving])).receipts).toMatchObject([{ ok: true }])
  expect(await everything()).toMatch(/样例旧厂/)
  await passNotice()
  expect(await everything()).not.toMatch(/样例旧厂|样例移/)
  expect((await verifyAudit(office.own)).fault).toBeNull()
})

it('old visits go, the latest of a household stays', async () => {
  const old = [1, 2].map((years) => ({
    id: office.ids(),
    at: new Date(office.clock.now() - (defaultPolicy.keepVisitsDays + years) * dayMs).toISOString(),
  }))
  const kept = new Date(office.clock.now() - defaultPolicy.keepVisitsDays * dayMs).toISOString()
  const young = office.ids()
  await worker.pushed([
    ...old.map(({ id, at }) =>
      worker.create(office.places.grid, 'visit', id, visit(home.household, at)),
    ),
  ])
  // Whatever they say, they came today.
  await pass(defaultPolicy.keepVisitsDays)
  expect(await pulled(old[1]?.id ?? '')).toBeDefined()
  await passNotice()
  expect(await pulled(old[0]?.id ?? '')).toBeDefined()
  expect(await pulled(old[1]?.id ?? '')).toBeUndefined()
  await worker.pushed([
    worker.create(office.places.grid, 'visit', young, visit(home.household, kept)),
  ])
  await passNotice()
  expect(await pulled(old[0]?.id ?? '')).toBeUndefined()
  expect(await pulled(young)).toBeDefined()
})
