/**
 * A database, a session and devices as a released version left them, opened by today's server and app: the whole device
 * in Node over the rows of its own vault, and the server over the rows of its own tables. Nothing unsent is lost.
 */
import { Migrator, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceHeader } from '#protocol/session.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { openDatabase } from '#server/db/connect.ts'
import { grantTo } from '#server/db/grants.ts'
import { migrate, migrations } from '#server/db/migrate.ts'
import type { Db } from '#server/db/schema.ts'
import { createServer } from '#server/server.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createEmptyDatabase } from '#tests/support/database.ts'
import { createTablet, until, type Tab } from '#tests/support/device.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { createSealedStorage } from '#tests/support/tablet-storage.ts'
import { goldenNames, readGolden, type Golden } from '#tests/upgrade/golden.ts'
import { putDatabases } from '#tests/upgrade/put-databases.ts'

const passphrase = 'teal lantern over the quarry'
const dayMs = 86_400_000
const closing: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The rows of a released version in its own tables, and then brought up as a start does it. */
async function openGolden(golden: Golden) {
  const { db, applicationUrl, drop } = await createEmptyDatabase()
  closing.push(drop)
  const old = Object.fromEntries(
    Object.entries(migrations).filter(([name]) => golden.migrations.includes(name)),
  )
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(old) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error as Error
  await fill(db, golden.tables)
  await migrate(db)
  await grantTo(db, 'wuse_app')
  const own = openDatabase(applicationUrl)
  closing.push(() => own.destroy())

  const clock = createManualClock(Date.parse(golden.at) + dayMs)
  const ids = createCountedIds(0x79)
  let seed = 0
  const faults: unknown[] = []
  const server = createServer({
    ...{ db: own, clock, ids, staticDir: null, secureCookies: false },
    randomBytes: (count) => new Uint8Array(count).fill((seed += 1)),
    log: { write: (event, fields) => void (event === 'fault' && faults.push(fields)) },
  })
  closing.push(() => server.stop())
  return { db, server, clock, faults }
}

/** In the order of their keys on each other; the triggers of today's tables are not there yet. */
async function fill(db: Db, tables: Golden['tables']): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Rows come as they lay, whichever of them points at which.
    await sql`set local session_replication_role = replica`.execute(trx)
    // What a migration puts into a table that it makes stands among the rows as well.
    await sql`truncate ${sql.join(Object.keys(tables).map((table) => sql.table(table)))}`.execute(
      trx,
    )
    for (const [table, rows] of Object.entries(tables)) {
      await sql`insert into ${sql.table(table)}
        select * from jsonb_populate_recordset(null::${sql.table(`public.${table}`)}, ${JSON.stringify(rows)}::jsonb)`.execute(
        trx,
      )
    }
  })
}

const noteOf = async (db: Db, record: string) => {
  const { rows } = await sql<{ note: string | null }>`
    select fields ->> 'note' as note from record
    where id = ${record}::uuid and kind = 'resident' and not removed`.execute(db)
  return rows.map(({ note }) => note)
}

describe.each(goldenNames)('what version %s left', (name) => {
  const golden = readGolden(name)
  let opened: Awaited<ReturnType<typeof openGolden>>
  beforeAll(async () => {
    opened = await openGolden(golden)
  })

  it('is brought up with every row, a log that holds, and passwords that open', async () => {
    const { db, server } = opened
    for (const table of ['account', 'account_place', 'change', 'device', 'place', 'stream']) {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from ${sql.table(table)}`.execute(db)
      expect([table, rows[0]?.n]).toEqual([table, golden.tables[table]?.length])
    }
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from record`.execute(db)
    expect(rows[0]?.n).toBeGreaterThanOrEqual(golden.tables['record']?.length ?? 0)
    expect((await verifyAudit(db)).faults).toEqual([])
    const response = await server.fetch(
      new Request('http://office.test/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ protocol: 1, login: 'worker1', password: golden.password },
          ...{ device: '0190aaaa-0000-7000-8000-000000000001', deviceName: 'test' },
        }),
      }),
    )
    expect(response.status).toBe(200)
  })

  it.each(golden.devices.map((device) => [device.login, device] as const))(
    'on the device of %s opens with its PIN, and its unsent work arrives without a password',
    async (login, device) => {
      const { db, server, clock, faults } = opened
      const [before] = await noteOf(db, device.resident)
      expect(before).not.toBe(device.note)
      const storage = createSealedStorage(() => clock.now())
      await putDatabases(storage.indexedDB, device.databases)
      const jar = new Map([[device.cookie.split('=')[0] ?? '', device.cookie]])
      const tablet = createTablet({
        clock,
        ids: createCountedIds(0x78),
        storage,
        async server(request) {
          const headers = new Headers(request.headers)
          // As a browser's jar; what a request with cookies brings back is kept or forgotten.
          const withCookies = request.credentials !== 'omit'
          if (withCookies && jar.size > 0) headers.set('cookie', [...jar.values()].join('; '))
          const response = await server.fetch(new Request(request, { headers }))
          for (const cookie of response.headers.getSetCookie()) {
            const [pair = '', ...more] = cookie.split(';')
            const key = pair.split('=')[0] ?? ''
            if (more.some((one) => one.trim() === 'Max-Age=0')) jar.delete(key)
            else jar.set(key, pair)
          }
          return response
        },
      })
      const tab = await tablet.open()
      expect(tab.app.session.getState()).toMatchObject({ phase: 'locked', opensBy: 'pin' })
      await tab.app.sessionActs.unlock('135790')
      expect(tab.app.session.getState()).toMatchObject({ problem: 'wrong-pin' })
      await tab.app.sessionActs.unlock(device.pin)
      if (login === 'admin') {
        // More than a grid: six digits guard too much.
        expect(tab.app.session.getState().phase).toBe('choose-passphrase')
        await tab.app.sessionActs.choosePassphrase(passphrase)
      }
      const phase = (one: Tab) => one.app.session.getState().phase
      await until(() => phase(tab) === 'open')
      await until(() => tab.app.sync.getState().phase === 'up-to-date')
      expect(tab.app.sync.getState().unsent).toEqual([])
      expect(await noteOf(db, device.resident)).toEqual([device.note])
      // The form that was left half-filled is still there.
      const drafts = tab.app.drafts.get(`edit/${device.resident}`)
      expect(JSON.stringify(drafts)).toContain('样例备注三')
      // The cookie of before has ended with the first pass, whatever the browser keeps of it.
      const old = await server.fetch(
        new Request('http://office.test/api/pull', {
          method: 'POST',
          headers: {
            ...{ 'content-type': 'application/json', cookie: device.cookie },
            [deviceHeader]: '',
          },
          body: '{"protocol":1,"cursors":{}}',
        }),
      )
      expect(old.status).toBe(401)
      tab.close()

      // Opened anew by its way in, with nothing to send.
      const again = await tablet.open()
      await again.app.sessionActs.unlock(login === 'admin' ? passphrase : device.pin)
      await until(() => phase(again) === 'open')
      // The list of today opens first; the rest is read behind it.
      await until(() => again.app.register.isWhole)
      expect(again.app.register.get('resident', device.resident)?.fields.note).toBe(device.note)
      again.close()
      expect((await verifyAudit(db)).faults).toEqual([])
      expect(faults).toEqual([])
      expect(tablet.faults).toEqual([])
    },
  )
})
