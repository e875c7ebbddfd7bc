/**
 * A server whose data were put back to an earlier moment (a copied folder, a snapshot of its machine, a point in time), so
 * that nobody told it: its streams give their numbers out a second time. The first device that comes shows it.
 */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Kind } from '#domain/record.ts'
import { emptyDatabase } from '#server/db/empty.ts'
import type { Intent } from '#app/acts/intent.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { openOffice, type Device, type Office } from '../office.ts'
import { settle, visit, type Home } from '../sample.ts'
import { begin, createServedTablet, isUpToDate } from './tablets.ts'

let office: Office
let staff: Device
let home: Home
let opened: { end(): void; tabs: Tab[] }[]

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())
beforeEach(async () => {
  // New epochs are not given twice within ten minutes.
  office.clock.at += 3_600_000
  // The count of one from before would be put back with everything else.
  staff = await office.enter('staff')
  home = await settle(staff, await office.enter('colleague'), office.places.grid, office.ids)
  opened = []
})
afterEach(() => {
  for (const { end, tabs } of opened) {
    for (const tab of tabs) tab.close()
    end()
  }
})

async function started(login: string) {
  const tablet = createServedTablet(office)
  const tab = await begin(tablet, login)
  opened.push({ end: tablet.end, tabs: [tab] })
  return { tablet, tab }
}
type Seat = Awaited<ReturnType<typeof started>>

const call = (tab: Tab): Intent & { readonly op: 'create' } => ({
  op: 'create',
  kind: 'visit',
  record: tab.app.work.newId(),
  stream: office.places.grid,
  fields: visit(home.household, new Date(tab.app.now()).toISOString()) as never,
})
async function calls({ tab }: Seat, count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () => call(tab))
  for (const one of made) {
    const outcome = await tab.app.work.save([one])
    if (!outcome.ok) throw new Error(outcome.problem)
  }
  return made.map(({ record }) => record)
}
const sent = (...seats: Seat[]) => until(() => seats.every(({ tab }) => isUpToDate(tab)))

/** The rows of all tables as they are now; the answer puts them back as they lay. */
async function copyOfData(): Promise<() => Promise<void>> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename not like 'kysely%' and tablename <> 'chain'`.execute(
    office.db,
  )
  const names = rows.map(({ name }) => name)
  const kept = `kept_${office.ids().replaceAll('-', '')}`
  await sql`create schema ${sql.id(kept)}`.execute(office.db)
  for (const name of names) {
    await sql`create table ${sql.id(kept, name)} as table ${sql.id('public', name)}`.execute(
      office.db,
    )
  }
  return () =>
    office.db.transaction().execute(async (trx) => {
      await emptyDatabase(trx)
      await sql`set local session_replication_role = replica`.execute(trx)
      for (const name of names) {
        await sql`delete from ${sql.id('public', name)}`.execute(trx)
        await sql`insert into ${sql.id('public', name)} select * from ${sql.id(kept, name)}`.execute(
          trx,
        )
      }
    })
}

const epochOf = async (stream: string) =>
  (
    await office.db
      .selectFrom('stream')
      .select('epoch')
      .where('id', '=', stream)
      .executeTakeFirstOrThrow()
  ).epoch

/** Other places' too, though nobody showed anything of them. */
const expectNewEpochs = (before: number, seat: Seat) =>
  expect
    .poll(
      () => {
        goOn([seat])
        return epochOf(office.places.farGrid)
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(before)

/** Time goes on: what failed while the server was put back is tried again. */
function goOn(seats: readonly Seat[]) {
  for (const { tablet, tab } of seats) {
    tab.touch()
    tablet.clock.advance(2_000)
    tab.app.syncActs.syncNow()
  }
}

/** A device gives back what it delivered with one of its next rounds; it may agree with the server before that. */
const expectGivenBack = (visits: readonly string[], ...seats: Seat[]) =>
  expect
    .poll(
      async () => {
        goOn(seats)
        const rows = await office.db
          .selectFrom('record')
          .select('id')
          .where('id', 'in', visits)
          .where('removed', '=', false)
          .execute()
        return visits.filter((visit) => !rows.some(({ id }) => id === visit))
      },
      { timeout: 30_000 },
    )
    .toEqual([])

const shown: readonly Kind[] = ['building', 'dwelling', 'household', 'resident', 'visit']

/** Every device shows what the server has of the grid, and nothing else. */
async function expectAgreement(...seats: Seat[]) {
  const ids = async () =>
    (
      await office.db
        .selectFrom('record')
        .select('id')
        .where('stream', '=', office.places.grid)
        .where('removed', '=', false)
        .where('kind', 'in', [...shown])
        .execute()
    )
      .map(({ id }) => id)
      .sort()
  const held = ({ tab }: Seat) =>
    shown
      .flatMap((kind) => [...tab.app.register.all(kind)])
      .filter(({ stream }) => stream === office.places.grid)
      .map(({ id }) => id)
      .sort()
  await expect
    .poll(
      async () => {
        goOn(seats)
        await sent(...seats)
        const there = await ids()
        return seats.map((seat) => {
          const here = held(seat)
          const lacks = there.filter((id) => !here.includes(id))
          return [...lacks, ...here.filter((id) => !there.includes(id))]
        })
      },
      { timeout: 40_000 },
    )
    .toEqual(seats.map(() => []))
}

test('the first device that comes shows it; all give back what they delivered, and nobody keeps ghosts', async () => {
  const [mine, theirs, third] = [
    await started('worker'),
    await started('colleague'),
    await started('worker'),
  ]
  const putBack = await copyOfData()
  const before = await epochOf(office.places.farGrid)
  const lost = [...(await calls(mine, 3)), ...(await calls(theirs, 2))]
  await sent(mine, theirs, third)
  await until(() => lost.every((id) => third.tab.app.register.get('visit', id)))
  // Something that no device can give back: the office's own act.
  const ghost = await settle(staff, staff, office.places.grid, office.ids)
  // All of them have come so far: each could show it.
  for (const { tab } of [mine, theirs, third]) {
    await until(() => tab.app.register.get('household', ghost.household) !== undefined)
  }
  for (const { tablet } of [mine, theirs, third]) tablet.network.disconnect()

  await putBack()
  theirs.tablet.network.connect()
  const more = await calls(theirs, 9)
  await expectNewEpochs(before, theirs)
  mine.tablet.network.connect()
  third.tablet.network.connect()
  await expectGivenBack([...lost, ...more], mine, theirs, third)
  await expectAgreement(mine, theirs, third)
  for (const id of [...lost, ...more]) {
    expect(third.tab.app.register.get('visit', id), id).toBeDefined()
  }
  expect(third.tab.app.register.get('household', ghost.household)).toBeUndefined()
  const applied = await office.db.selectFrom('change').select('id').execute()
  expect(new Set(applied.map(({ id }) => id)).size).toBe(applied.length)
  const noticed = await office.db
    .selectFrom('audit')
    .select('act')
    .where('act', '=', 'restored')
    .execute()
  expect(noticed.length).toBe(1)
})

test('a device that only looked on, and is overtaken by the same numbers, is set right', async () => {
  const [theirs, third] = [await started('colleague'), await started('worker')]
  theirs.tablet.network.disconnect()
  const putBack = await copyOfData()
  const other = await started('worker')
  const lost = await calls(other, 4)
  await sent(other, third)
  await until(() => lost.every((id) => third.tab.app.register.get('visit', id)))
  third.tablet.network.disconnect()
  other.tablet.network.disconnect()

  await putBack()
  // Their cursor is from before: nothing of theirs shows anything. Their numbers go past the third one's.
  theirs.tablet.network.connect()
  const more = await calls(theirs, 9)
  await sent(theirs)
  third.tablet.network.connect()
  await expectGivenBack(more, theirs)
  await expectAgreement(theirs, third)
  for (const id of more) expect(third.tab.app.register.get('visit', id), id).toBeDefined()
  for (const id of lost) expect(third.tab.app.register.get('visit', id), id).toBeUndefined()
})

test('a device of protocol 2, whose cursors prove nothing, fetches anew once another one has shown it', async () => {
  const old = await office.enter('worker')
  const third = await started('worker')
  const putBack = await copyOfData()
  const lost = await calls(third, 3)
  await sent(third)
  const { cursors } = await old.pull({})
  const plain = Object.fromEntries(
    Object.entries(cursors).map(([id, { epoch, version }]) => [id, { epoch, version }]),
  )
  const before = await epochOf(office.places.farGrid)
  await putBack()
  await expectNewEpochs(before, third)
  await expectGivenBack(lost, third)
  await expectAgreement(third)
  const again = await old.pull(plain)
  expect(again.pages.filter(({ reset }) => reset).length).toBeGreaterThan(0)
  const ids = again.pages.flatMap(({ records }) => records.map(({ id }) => id))
  expect(ids).toEqual(expect.arrayContaining(lost))
})

test('what a device makes up about its cursors costs itself a fetch, and the others nothing soon again', async () => {
  const device = await office.enter('worker')
  const { cursors } = await device.pull({})
  const grid = cursors[office.places.grid]
  expect(grid?.proof).toMatch(/^[0-9a-f]{16}$/)
  const lie = { ...cursors, [office.places.grid]: { ...grid!, proof: 'ffffffffffffffff' } }
  await device.pull(lie)
  const first = await epochOf(office.places.grid)
  const fresh = (await device.pull({})).cursors
  const again = { ...fresh, [office.places.grid]: { ...fresh[office.places.grid]!, proof: 'f' } }
  const answer = await device.pull(again)
  expect(await epochOf(office.places.grid)).toBe(first)
  const reset = answer.pages.filter((page) => page.reset)
  expect(reset.map(({ stream }) => stream)).toEqual([office.places.grid])
})
