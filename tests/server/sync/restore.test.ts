/** A server that was restored from last night's backup: the devices give the lost day back by themselves. */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Intent } from '#app/acts/intent.ts'
import { backupTables, BackupFault, dump, restore } from '#server/db/dump.ts'
import { emptied, emptyDatabase } from '#server/db/empty.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { openOffice, type Device, type Office } from '../office.ts'
import { settle, visit, type Home } from '../sample.ts'
import { begin, createServedTablet, isUpToDate, nameOf } from './tablets.ts'

/** Of the machines and of the database itself, and where the log's chains stand; nothing that anybody recorded. */
const stays: readonly string[] = [
  ...['chain', 'kysely_migration', 'kysely_migration_lock'],
  ...['lease', 'news', 'pass', 'write_probe'],
]

let office: Office
let staff: Device
let home: Home
let opened: { end(): void; tabs: Tab[] }[]

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())
beforeEach(async () => {
  // What a session goes by is made anew after a restore: each test signs in for itself.
  staff = await office.signIn('staff')
  home = await settle(staff, await office.signIn('colleague'), office.places.grid, office.ids)
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
  return { tablet, tab, clock: tablet.clock }
}
async function save(tab: Tab, ...intents: Intent[]) {
  const outcome = await tab.app.work.save(intents)
  if (!outcome.ok) throw new Error(outcome.problem)
}
const call = (tab: Tab): Intent & { readonly op: 'create' } => ({
  op: 'create',
  kind: 'visit',
  record: tab.app.work.newId(),
  stream: office.places.grid,
  fields: visit(home.household, new Date(tab.app.now()).toISOString()) as never,
})
const rename = (name: string): Intent => ({
  op: 'patch',
  kind: 'resident',
  record: home.resident,
  fields: { name },
})
const rows = () =>
  office.db.selectFrom('record').selectAll().orderBy('stream').orderBy('id').execute()
const idsOf = async () => new Set((await rows()).map(({ id }) => id))

async function backUp(): Promise<string[]> {
  let text = ''
  for await (const piece of dump(office.db, new Date(office.clock.now()))) text += piece
  return text.split('\n').filter((line) => line !== '')
}
async function* linesOf(lines: readonly string[]) {
  yield* lines
}
const bringBack = (lines: readonly string[]) =>
  office.db.transaction().execute(async (trx) => {
    await emptyDatabase(trx)
    return restore(trx, linesOf(lines), new Date(office.clock.now()))
  })

test('brings everything back as it was, and every stream begins a new epoch', async () => {
  const before = await rows()
  const epochs = async () =>
    (await office.db.selectFrom('stream').select('epoch').execute())[0]?.epoch
  const first = (await epochs()) ?? 0
  const lines = await backUp()
  await office.db.deleteFrom('record').execute()
  expect(await bringBack(lines)).toMatchObject({ at: new Date(office.clock.now()).toISOString() })
  expect(await rows()).toEqual(before)
  const second = (await epochs()) ?? 0
  expect(second).toBeGreaterThan(first)
  // The same backup once more, a moment later: again one that never was.
  office.clock.at += 1_000
  await bringBack(lines)
  expect(await epochs()).toBeGreaterThan(second)
})

test('the devices give the lost day back, each its own, once', async () => {
  const mine = await started('worker')
  const theirs = await started('colleague')
  const lines = await backUp()
  const lost = [call(mine.tab), call(mine.tab), call(theirs.tab)]
  await save(mine.tab, lost[0]!, lost[1]!)
  await save(theirs.tab, lost[2]!)
  await save(theirs.tab, rename('样例夜'))
  await until(() => isUpToDate(mine.tab) && isUpToDate(theirs.tab))
  await until(() => nameOf(mine.tab, home.resident) === '样例夜')
  // Somebody else, whose device is away when the server comes back, goes on working.
  mine.tablet.network.disconnect()
  const offline = call(mine.tab)
  await save(mine.tab, offline)

  office.clock.at += 60_000
  await bringBack(lines)
  expect(await idsOf()).not.toContain(lost[0]!.record)
  mine.tablet.network.connect()
  const all = [...lost, offline].map(({ record }) => record)
  await expect
    .poll(
      async () => {
        for (const { tab } of [mine, theirs]) tab.app.syncActs.syncNow()
        const there = await idsOf()
        return all.filter((id) => !there.has(id))
      },
      { timeout: 30_000 },
    )
    .toEqual([])
  await until(() => isUpToDate(mine.tab) && isUpToDate(theirs.tab))
  await until(() => all.every((id) => mine.tab.app.register.get('visit', id)))
  const applied = await office.db.selectFrom('change').select('id').execute()
  expect(new Set(applied.map(({ id }) => id)).size).toBe(applied.length)
  expect(nameOf(mine.tab, home.resident)).toBe('样例夜')
})

test('a backup that is damaged, cut short or of another version changes nothing', async () => {
  const lines = await backUp()
  const before = await rows()
  const header = JSON.parse(lines[0] ?? '{}') as object
  for (const wrong of [
    [],
    ['no backup'],
    lines.slice(0, -1),
    [...lines.slice(0, 40), ...lines.slice(41)],
    [JSON.stringify({ ...header, schema: '0099-tomorrow' }), ...lines.slice(1)],
    [JSON.stringify({ ...header, format: 'poem' }), ...lines.slice(1)],
  ]) {
    await expect(bringBack(wrong)).rejects.toThrow(BackupFault)
  }
  expect(await rows()).toEqual(before)
})

test('every table that a backup fills is emptied before, and so is everything else of an office', async () => {
  expect(backupTables.filter((table) => !(emptied as readonly string[]).includes(table))).toEqual(
    [],
  )
  const { rows } = await sql<{ name: string }>`select table_name as name
    from information_schema.tables where table_schema = 'public'`.execute(office.db)
  const left = rows
    .map(({ name }) => name)
    .filter((name) => !(emptied as readonly string[]).includes(name))
  expect(left.sort()).toEqual(stays)
})
