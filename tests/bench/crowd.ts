/** A thousand devices on one server: plain programs that push and pull over HTTP, counted in the database afterwards. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { idBornIn } from '#domain/born-ids.ts'
import type { Kind } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { openDatabase } from '#server/db/connect.ts'
import { createAccount } from '#server/db/accounts.ts'
import type { Db } from '#server/db/schema.ts'
import { insertRecords } from '#server/db/records.ts'
import { createPlace } from '#server/db/streams.ts'
import { figureOf } from './figure.ts'
import { enrolDevices, HttpRefusal, type HttpDevice } from './http-device.ts'
import { percentile, row, type AddRow } from './rows.ts'

const devicesInAll = 1_000
/** Four devices look after a grid: a worker's two, a colleague's, the office's. */
const grids = 250
const mutationsAPush = 4
/** Each device pushes once in it, at any moment. */
const pacedMs = 60_000

interface Worker {
  readonly device: HttpDevice
  readonly stream: string
  /** Mutations that the server has given a receipt for. */
  readonly acknowledged: string[]
  last: readonly Mutation[]
  /** How often the server said that it could not just now. */
  turnedAway: number
}

export async function measureCrowd(
  url: string,
  databaseUrl: string,
  isQuick: boolean,
  add: AddRow,
): Promise<void> {
  const db = openDatabase(databaseUrl)
  try {
    const workers = await createWorkers(db, url, isQuick ? devicesInAll / 10 : devicesInAll)
    const who = `${workers.length} devices in ${new Set(workers.map((one) => one.stream)).size} grids`
    // Everybody at once, as after an outage: one push, then the pull of what the others of the grid pushed.
    const before = await figureOf(url, 'process_cpu_seconds_total')
    const herd = await together(workers, async (worker) => {
      const spent = await push(worker)
      await patiently(worker, () => worker.device.pull())
      return [spent]
    })
    const processor = (await figureOf(url, 'process_cpu_seconds_total')) - before
    const turnedAway = workers.reduce((sum, one) => sum + one.turnedAway, 0)
    const paced = await together(workers, async (worker) => {
      await pause(Math.random() * pacedMs)
      return [await push(worker)]
    })
    const { lost, doubled, applied } = await count(db, workers)
    const again = await pushAgain(db, workers)
    add(
      row(
        'crowd, all at once: pushes a second',
        'pushes/s',
        null,
        herd.times.length / herd.seconds,
        {
          note:
            `${who}, ${mutationsAPush} mutations each push, a pull after it; the server’s ` +
            `processor for both ${((processor * 1_000) / herd.times.length).toFixed(1)} ms`,
        },
      ),
      row('crowd, all at once: push p50', 'ms', null, percentile(herd.times, 0.5)),
      row('crowd, all at once: push p99', 'ms', null, percentile(herd.times, 0.99), {
        note: `with ${turnedAway} times told to come back`,
      }),
      row('crowd, paced: pushes a second', 'pushes/s', null, paced.times.length / paced.seconds, {
        note: `${who}, each once in a minute`,
      }),
      row('crowd, paced: push p50', 'ms', null, percentile(paced.times, 0.5)),
      row('crowd, paced: push p99', 'ms', null, percentile(paced.times, 0.99)),
      row('crowd: mutations lost', 'of them', 0, lost, { note: `of ${applied} acknowledged` }),
      row('crowd: mutations doubled', 'of them', 0, doubled + again, {
        note: 'counted by id, and after every device pushed its last push again',
      }),
    )
  } finally {
    await db.destroy()
  }
}

async function createWorkers(db: Db, url: string, count: number): Promise<Worker[]> {
  const community = randomUUID()
  await createPlace(db, { id: community, parent: null, epoch: 1 })
  const streams: string[] = []
  const accounts: string[] = []
  for (let n = 0; n < count / (devicesInAll / grids); n += 1) {
    const [place, account] = [randomUUID(), randomUUID()]
    await createPlace(db, { id: place, parent: community, epoch: 1 })
    // Its only building, under the grid's own id.
    const fields = { estate: '样例苑', name: '3幢', storeys: 6, units: 2 }
    await db
      .transaction()
      .execute((trx) => insertRecords(trx, place, [{ kind: 'building', id: place, fields }]))
    const login = `bench-${account}`
    const worker = { id: account, login, name: '样例', role: 'worker', password: '-' } as const
    await createAccount(db, worker, [place])
    streams.push(place)
    accounts.push(account)
  }
  const at = (n: number) => n % streams.length
  const numbers = Array.from({ length: count }, (_, n) => n)
  const owners = numbers.map((n) => accounts[at(n)] ?? '')
  const devices = await enrolDevices(db, url, owners)
  return devices.map((device, n) => ({
    device,
    stream: streams[at(n)] ?? '',
    acknowledged: [],
    last: [],
    turnedAway: 0,
  }))
}

/** A dwelling, its household and two residents. */
function createHome({ device, stream }: Worker): Mutation[] {
  // As the app makes them: an id says in which stream its record was born.
  const made = () => idBornIn(stream, randomUUID())
  const [dwelling, household] = [made(), made()]
  const create = (kind: Kind, record: string, fields: Mutation['fields']) =>
    device.mutation({ stream, kind, record, fields })
  return [
    create('dwelling', dwelling, {
      ...{ building: stream, unit: '1', floor: 3, room: '301', use: 'own' },
    }),
    create('household', household, { dwelling }),
    create('resident', made(), { household, name: '样例甲', birth: '1980-05-06' }),
    create('resident', made(), { household, name: '样例乙', birth: '1982-05-06' }),
  ]
}

async function push(worker: Worker): Promise<number> {
  const mutations = createHome(worker)
  worker.last = mutations
  const began = performance.now()
  const { receipts } = await patiently(worker, () => worker.device.push(mutations))
  const spent = performance.now() - began
  const accepted = receipts.filter((one) => one.ok)
  if (accepted.length !== mutations.length) throw new Error('a push that was not wholly accepted')
  worker.acknowledged.push(...accepted.map((one) => one.id))
  return spent
}

/** As the app does: a server that is overrun says so (503) or breaks off, and the same is sent again a while later. */
async function patiently<T>(worker: Worker, act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act()
    } catch (fault) {
      const isForNow = fault instanceof HttpRefusal ? fault.status === 503 : isCutShort(fault)
      if (!isForNow || tries === 20) throw fault
      worker.turnedAway += 1
      await pause(1_000 + Math.random() * 2_000)
    }
  }
}

/** What `fetch` throws for a connection that ends before its answer does. */
function isCutShort(fault: unknown): boolean {
  return fault instanceof TypeError
}

async function together(
  workers: readonly Worker[],
  act: (worker: Worker) => Promise<readonly number[]>,
): Promise<{ readonly times: readonly number[]; readonly seconds: number }> {
  const began = performance.now()
  const times = (await Promise.all(workers.map(act))).flat()
  return { times, seconds: (performance.now() - began) / 1_000 }
}

/** What was acknowledged and is not in the table, and what is in it more often than once, or without having been sent. */
async function count(db: Db, workers: readonly Worker[]) {
  const acknowledged = new Set(workers.flatMap((one) => one.acknowledged))
  const streams = [...new Set(workers.map((one) => one.stream))]
  const { rows } = await sql<{ id: string }>`
    select id from change where stream = any(${sql.val(streams)}::uuid[])`.execute(db)
  const found = new Set(rows.map((one) => one.id))
  const lost = [...acknowledged].filter((id) => !found.has(id)).length
  const { rows: records } = await sql<{ n: number }>`
    select count(*) as n from record
    where stream = any(${sql.val(streams)}::uuid[]) and created ->> 'device' is not null`.execute(
    db,
  )
  const strange = Math.max(0, (records[0]?.n ?? 0) - acknowledged.size)
  return { lost, doubled: rows.length - found.size + strange, applied: acknowledged.size }
}

/** Every answer is lost once: the same push again changes nothing. How many rows it made all the same. */
async function pushAgain(db: Db, workers: readonly Worker[]): Promise<number> {
  const total = async () => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from change`.execute(db)
    return rows[0]?.n ?? NaN
  }
  const before = await total()
  await Promise.all(workers.map((one) => patiently(one, () => one.device.push(one.last))))
  return (await total()) - before
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
