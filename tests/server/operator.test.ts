/**
 * What whoever keeps the server running can see: whether it can write, how each pass went, and figures for alarms.
 * Holds `src/server/routes/health.ts`, `src/server/routes/metrics.ts` and `src/server/db/purge-guard.ts`.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { loadPasses } from '#server/db/passes.ts'
import { createInstallation } from '#server/installation.ts'
import { createWriteProbe } from '#server/keepers/write-probe.ts'
import { dayMs, openOffice, type Office } from './office.ts'
import { building } from './sample.ts'

let office: Office
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

/** Whatever is written to a table fails with this SQLSTATE, as PostgreSQL itself says it. */
const failing = async (table: string, state: string) => {
  await sql
    .raw(
      `create function fail_${table}() returns trigger language plpgsql as $$
    begin raise exception 'no room' using errcode = '${state}'; end $$`,
    )
    .execute(office.db)
  await sql
    .raw(
      `create trigger fail_${table} before insert or update on ${table}
    for each row execute function fail_${table}()`,
    )
    .execute(office.db)
}
const mended = (table: string) =>
  sql.raw(`drop trigger fail_${table} on ${table}`).execute(office.db)
const health = async () => {
  const response = await office.fetch('/healthz')
  return [response.status, await response.json()] as const
}
const metrics = async () => (await office.fetch('/metrics')).text()
const later = () => (office.clock.at += 15_000)

describe('a server that cannot write', () => {
  it('says so with a word, goes on reading, and is well by itself when there is room', async () => {
    const worker = await office.enter('worker')
    expect(await health()).toEqual([200, { ok: true, reads: true, writes: true }])
    await failing('write_probe', '53100')
    later()
    expect(await health()).toEqual([
      503,
      { ok: false, reads: true, writes: false, problem: 'disk-full' },
    ])
    expect((await worker.pull()).ended).toBe(true)
    expect(await metrics()).toMatch(/^wuse_writable 0$/m)
    await mended('write_probe')
    later()
    expect(await health()).toEqual([200, { ok: true, reads: true, writes: true }])
  })

  it('believes the work that failed more than its own small write', async () => {
    const staff = await office.enter('staff')
    await failing('record', '53100')
    const push = () =>
      staff.push([staff.create(office.places.grid, 'building', office.ids(), building())])
    expect((await push()).status).toBe(503)
    expect(await health()).toMatchObject([503, { reads: true, problem: 'disk-full' }])
    await mended('record')
    staff.rewind(0)
    expect((await push()).status).toBe(200)
    expect(await health()).toMatchObject([200, { writes: true }])
  })

  if (process.platform === 'linux')
    it('writes where the database does, and is told that it is full', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'wuse-full-'))
      mkdirSync(join(dataDir, 'postgres'))
      writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n')
      const { tryDisk } = createInstallation(readConfig({ DATA_DIR: dataDir }))
      const probe = createWriteProbe({ db: office.own, clock: office.clock, tryDisk })
      expect(await probe.look()).toBeNull()
      // A file that takes nothing, as one on a full disk.
      symlinkSync('/dev/full', join(dataDir, '.wuse-write-probe'))
      later()
      expect(await probe.look()).toBe('disk-full')
      later()
      expect(await probe.look()).toBeNull()
      expect(readdirSync(dataDir)).toEqual(['postgres'])
      rmSync(dataDir, { recursive: true, force: true })
    })

  it.each([
    ['25006', 'read-only'],
    ['53300', 'write-failed'],
  ])('tells %s as %s', async (state, word) => {
    await failing('write_probe', state)
    expect(await health()).toMatchObject([503, { problem: word }])
  })
})

describe('background passes', () => {
  it('run on where one of them fails, and the log and the figures name it', async () => {
    await office.server.runCalendar()
    const good = new Map((await loadPasses(office.db)).map(({ name, good_at }) => [name, good_at]))
    expect([...good.keys()].sort()).toEqual(
      [
        'answers',
        'colours',
        'course',
        'imports',
        'purge',
        'recolour',
        'requests',
        'snapshots',
        'tombstones',
        'topics',
      ].sort(),
    )
    await failing('purge_guard', 'XX000')
    later()
    await office.server.runCalendar()
    const rows = await loadPasses(office.db)
    const failed = rows.filter(({ at, good_at }) => at.getTime() !== good_at?.getTime())
    expect(failed.map(({ name }) => name)).toEqual(['purge'])
    expect(failed[0]?.good_at).toEqual(good.get('purge'))
    expect(office.log.filter(({ event }) => event === 'fault')).toMatchObject([
      { fields: { problem: 'server-fault', pass: 'purge' } },
    ])
    const text = await metrics()
    expect(text).toMatch(/^wuse_pass_faults_total\{pass="purge"\} 1$/m)
    expect(text).toMatch(/^wuse_pass_good\{pass="purge"\} 0$/m)
    expect(text).toMatch(/^wuse_pass_good\{pass="tombstones"\} 1$/m)
  })

  it('destroy nothing where the purge could not look at the clock', async () => {
    await failing('purge_guard', 'XX000')
    const [floor] = await sql<{ floor: number }>`select max(floor) as floor from stream`
      .execute(office.db)
      .then(({ rows }) => rows)
    office.clock.at += 400 * dayMs
    await office.server.runCalendar()
    const [after] = await sql<{ floor: number }>`select max(floor) as floor from stream`
      .execute(office.db)
      .then(({ rows }) => rows)
    expect(after).toEqual(floor)
  })
})

it('figures tell of devices, clocks, connections and answers, and of nobody', async () => {
  const worker = await office.enter('worker')
  await worker.pull()
  await office.db
    .updateTable('device')
    .set({
      seen_at: new Date(office.clock.at - 4 * dayMs),
      skew_ms: -600_000,
      report: JSON.stringify({ app: '1', waiting: 3, refused: 2, oldest: null, storage: null }),
    })
    .where('id', '=', worker.id)
    .execute()
  const text = await metrics()
  for (const line of [
    'wuse_devices 1',
    'wuse_devices_silent{days="1"} 1',
    'wuse_devices_silent{days="3"} 1',
    'wuse_devices_silent{days="7"} 0',
    'wuse_devices_unsent 3',
    'wuse_devices_refused 2',
    'wuse_devices_skewed 1',
    'wuse_skew_seconds 600',
    'wuse_pool_waiting 0',
    'wuse_request_seconds_count{method="POST",route="/api/pull"} 1',
    `wuse_clock_seconds ${office.clock.at / 1000}`,
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  expect(text).toMatch(/^wuse_database_bytes [1-9]\d+$/m)
  expect(text).not.toContain(worker.id)
})
