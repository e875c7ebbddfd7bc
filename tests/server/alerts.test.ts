/** The alert rules of docs/operations: each is read, knows its figures, is silent on a well server, and fires. */
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notePass } from '#server/db/passes.ts'
import { createServer } from '#server/server.ts'
import { fires, readFigures, readRules, type ReadFigures } from '#tests/support/alert-rules.ts'
import { dayMs, openOffice, type Office } from './office.ts'

const rules = readRules(fileURLToPath(new URL('../../docs/operations/alerts.yml', import.meta.url)))
const disk = { free: 50e9, size: 100e9 }
let office: Office
let server: ReturnType<typeof createServer>

beforeAll(async () => {
  office = await openOffice()
  const { own, clock, ids } = office
  server = createServer({
    ...{ db: own, clock, ids, randomBytes: (count: number) => new Uint8Array(count) },
    ...{ log: { write: () => undefined }, staticDir: null, secureCookies: false },
    installation: {
      version: '1.2.3',
      disks: () => Promise.resolve([{ what: 'data', ...disk }]),
    },
  })
  await server.runCalendar()
  await notePass(office.db, {
    ...{ name: 'backup', at: new Date(clock.at), isGood: true, ms: 900 },
    facts: { bytes: 7_000_000 },
  })
})
afterAll(async () => {
  await server.stop()
  await office.close()
})

const up = (value: number) => `\nup{job="wuse"} ${value}\n`
const read = async (more = up(1)): Promise<ReadFigures> => {
  const text = await (await server.fetch(new Request('http://office.test/metrics'))).text()
  return readFigures(text + more, office.clock.at / 1000)
}
/** What a figure says, said otherwise: for what no test can bring about in a moment. */
const withFigure = ({ at, samples }: ReadFigures, name: string, value: number): ReadFigures => {
  expect(samples.map((sample) => sample.name)).toContain(name)
  return { at, samples: samples.map((one) => (one.name === name ? { ...one, value } : one)) }
}
const firing = (now: ReadFigures, before?: ReadFigures) =>
  rules.filter((rule) => fires(rule, now, before)).map(({ alert }) => alert)

describe('the alert rules', () => {
  it('are silent on a server that is well, and name it', async () => {
    const figures = await read()
    expect(firing(figures)).toEqual([])
    expect(figures.samples).toContainEqual({
      ...{ name: 'wuse_info', labels: { version: '1.2.3' }, value: 1 },
    })
  })

  it('fire where something is wrong for real', async () => {
    const before = await read()
    await sql`insert into purge_guard (stream, run, run_day, last_at, purged, held)
      select ${office.places.farGrid}::uuid, 1, '2026-11-23', now(), '{}',
        '{"why":"share","at":"2026-11-23T00:00:00.000Z"}'`.execute(office.db)
    const worker = await office.enter('worker')
    await office.db
      .updateTable('device')
      .set({
        ...{ seen_at: new Date(office.clock.at - 8 * dayMs), skew_ms: 4_000_000 },
        report: JSON.stringify({
          app: '1',
          waiting: 900,
          refused: 30,
          oldest: null,
          storage: null,
        }),
      })
      .where('id', '=', worker.id)
      .execute()
    disk.free = 4e9
    await sql`alter table write_probe add constraint none check (id > 0) not valid`.execute(
      office.db,
    )
    office.clock.at += 60_000
    await server.watch('snapshots', () => Promise.reject(new Error('broken')))
    server.metrics.add('postgres_ends_total', {}, 3)
    server.metrics.add('purged_total', { rule: 'gone', kind: 'resident' }, 60)
    server.metrics.add('requests_total', { method: 'POST', route: '/api/push', status: 500 }, 20)
    server.metrics.time({ method: 'POST', route: '/api/push' }, 30)
    office.clock.at += 2 * dayMs
    const fired = firing(await read(up(0)), before)
    expect(fired.sort()).toEqual(
      [
        ...['WuseDown', 'WuseCannotWrite', 'WuseDiskLow', 'WuseBackupOld', 'WusePassFails'],
        ...['WusePassLate', 'WusePurgesMuch', 'WusePurgeHeld', 'WuseDevicesSilent', 'WuseSlow'],
        ...[
          'WuseDevicesSkewed',
          'WuseWorkRefused',
          'WuseWorkUnsent',
          'WuseFaults',
          'WusePostgresEnds',
        ],
      ].sort(),
    )
  })

  it('fire by figures that only time and load bring about', async () => {
    const figures = await read()
    const by = (name: string, value: number) => firing(withFigure(figures, name, value))
    expect(by('wuse_pool_waiting', 9)).toContain('WusePoolWaiting')
    expect(by('process_resident_memory_bytes', 2e9)).toContain('WuseMemory')
    expect(by('wuse_event_loop_delay_seconds', 3)).toContain('WuseStalls')
    expect(by('wuse_wal_bytes', 9e9)).toContain('WuseWalGrows')
    const ahead = [
      ...figures.samples,
      { name: 'wuse_newest_receipt_seconds', labels: {}, value: figures.at + 900 },
    ]
    expect(firing({ ...figures, samples: ahead })).toContain('WuseClockBehind')
    await office.db.deleteFrom('pass').where('name', '=', 'backup').execute()
    expect(firing(await read())).toContain('WuseNoBackup')
  })

  it('have each been seen firing above, or the test does not know them', () => {
    expect(rules).toHaveLength(21)
  })
})
