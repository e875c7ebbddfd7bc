/** What must not grow with the residents: the overview of 35,000 and of 350,000; and a new scheme for 350,000. */
import { randomUUID } from 'node:crypto'
import { dayAt } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Scheme } from '#domain/scheme.ts'
import { colourStream } from '#server/colours/fill.ts'
import { overviewOf } from '#server/colours/overview.ts'
import { previewScheme } from '#server/colours/preview.ts'
import { staleStreams } from '#server/colours/recolour.ts'
import { placesOf, readCoverage } from '#server/db/overview.ts'
import { openDatabase } from '#server/db/connect.ts'
import { insertRecords } from '#server/db/records.ts'
import type { Db } from '#server/db/schema.ts'
import { gridsBelow } from '#server/db/streams.ts'
import { transact } from '#server/db/transact.ts'
import { createWuseServer } from '#tests/support/wuse-server.ts'
import { median, row, type AddRow } from './rows.ts'
import { databaseUrlOf } from './server-database.ts'

/** Seconds until a demo of this size is filled, also on a slow machine. */
const patience = 3_600

export async function measureScale(
  isQuick: boolean,
  add: AddRow,
  [small, large] = [35_000, 350_000],
): Promise<void> {
  const baseline = await withOffice(small, (db) => overviewTime(db, isQuick))
  await withOffice(large, async (db) => {
    const name = `overview of ${large.toLocaleString('en-US')} residents, database and sums`
    const note = `baseline: of ${small.toLocaleString('en-US')}`
    add(row(name, 'ms', 20, await overviewTime(db, isQuick), { baseline, note }))
    await measureScheme(db, large.toLocaleString('en-US'), add)
  })
}

/** How the month stands in all places of a large office: read from tallies, whoever lives there. */
export async function measureCoverage(
  isQuick: boolean,
  add: AddRow,
  residents = 350_000,
): Promise<void> {
  await withOffice(residents, async (db) => {
    const places = await placesOf(db, await adminOf(db))
    const today = dayAt(Date.now())
    const times: number[] = []
    let meant = 0
    for (let round = 0; round < (isQuick ? 20 : 80); round += 1) {
      const began = performance.now()
      const found = await readCoverage(
        db,
        places.map(({ id }) => id),
        today,
      )
      times.push(performance.now() - began)
      meant = [...found.values()].reduce((sum, one) => sum + one.meant, 0)
    }
    if (meant < residents / 200) throw new Error(`coverage means only ${meant}`)
    const name = `coverage of ${residents.toLocaleString('en-US')} residents, from tallies`
    add(
      row(name, 'ms', 10, median(times.slice(3)), {
        note: `${meant} people, ${places.length} places`,
      }),
    )
  })
}

export async function withOffice<T>(residents: number, work: (db: Db) => Promise<T>): Promise<T> {
  const server = await createWuseServer(residents, patience)
  try {
    await server.start()
    const db = openDatabase(databaseUrlOf(server.dataDir))
    try {
      return await work(db)
    } finally {
      await db.destroy()
    }
  } finally {
    await server.remove()
  }
}

export async function adminOf(db: Db): Promise<string> {
  const { id } = await db
    .selectFrom('account')
    .select('id')
    .where('role', '=', 'admin')
    .executeTakeFirstOrThrow()
  return id
}

async function overviewTime(db: Db, isQuick: boolean): Promise<number> {
  const admin = await adminOf(db)
  const today = dayAt(Date.now())
  const times: number[] = []
  for (let round = 0; round < (isQuick ? 10 : 40); round += 1) {
    const began = performance.now()
    const places = await overviewOf(db, admin, today, false)
    times.push(performance.now() - began)
    if (places.length < 50) throw new Error(`only ${places.length} places`)
  }
  // The first ones warm up.
  return median(times.slice(3))
}

/** Everybody of forty and more is blue: a third of them change. */
const draft: Scheme = {
  ...defaultScheme,
  schemeVersion: defaultScheme.schemeVersion + 1,
  rules: [
    ...defaultScheme.rules,
    {
      key: 'bench-forty',
      subject: 'resident',
      level: 'blue',
      when: { fact: 'age', op: 'at-least', value: 40 },
      words: '样例{age}岁',
      wordsEn: 'sample aged {age}',
    },
  ],
}

async function measureScheme(db: Db, residents: string, add: AddRow): Promise<void> {
  const grids = await gridsBelow(db, await adminOf(db))
  const began = performance.now()
  let isEnded = false
  const never = new AbortController().signal
  for await (const line of previewScheme(db, grids, draft, Date.now(), never)) {
    isEnded = line.type === 'end'
  }
  if (!isEnded) throw new Error('the preview was cut short')
  add(row(`preview of a scheme, ${residents} residents`, 'ms', 60_000, performance.now() - began))

  const root = await db
    .selectFrom('place')
    .select('id')
    .where('parent', 'is', null)
    .executeTakeFirstOrThrow()
  const scheme = { kind: 'scheme' as const, id: randomUUID(), fields: draft }
  await transact(db, (trx) => insertRecords(trx, root.id, [scheme]))
  const clock = { now: Date.now(), ids: () => randomUUID() }
  const locks: number[] = []
  let records = 0
  for (const stream of await staleStreams(db)) {
    const locked = performance.now()
    records += await transact(db, (trx) => colourStream(trx, stream, clock, 'scheme'))
    locks.push(performance.now() - locked)
  }
  if (records < 10_000) throw new Error(`only ${records} were coloured anew`)
  const all = locks.reduce((sum, one) => sum + one, 0)
  add(
    row(`recolouring under a new scheme, ${residents} residents`, 'ms', 60_000, all, {
      note: `${records} five-colour records; ${locks.length} streams, one at a time`,
    }),
    row('longest that a stream was locked for it', 'ms', null, Math.max(...locks), {
      note: `median ${median(locks).toFixed(0)} ms`,
    }),
  )
}
