/** Fills a database with the demo subdistrict: places, accounts, residents, their first colours. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import { longestApprovalDays, type Approval } from '#domain/approval.ts'
import { idBornIn } from '#domain/born-ids.ts'
import { addDays, dayAt } from '#domain/day.ts'
import { communities } from '#domain/place.ts'
import { makePassword } from './acts/one-time-password.ts'
import { colourStream } from './colours/fill.ts'
import { createAccount, hasNoAccount } from './db/accounts.ts'
import { emptyDatabase } from './db/empty.ts'
import { hashPassword } from './db/passwords.ts'
import { insertRecords, type NewRecord } from './db/records.ts'
import type { Database } from './db/schema.ts'
import { createPlace } from './db/streams.ts'
import { fillFund } from './demo-fund.ts'
import { fillPast } from './demo-past.ts'
import { generateDemo, type Demo, type DemoPlace } from './demo/generate.ts'
import { makeRequests, requestsPerDay, type SampleDoor } from './demo/requests.ts'
import { demoPolicy, withCare } from './demo/arranged.ts'
import { sampleDeclarations, type SampleDwelling } from './demo/declarations.ts'
import { sampleServices } from './demo/nearby.ts'
import { fillTopics } from './demo-topics.ts'
import type { DemoRecord } from './demo/record.ts'
import { makeUnits, type DemoUnits } from './demo/units.ts'
import { withVehicles } from './demo/vehicles.ts'

export interface FillOptions {
  readonly now: number
  readonly ids: () => string
  readonly randomBytes: (count: number) => Uint8Array
  /** The password of all accounts; without it each gets one of its own. */
  readonly password: string | null
  readonly residents: number | null
  readonly seed?: number
  readonly onProgress?: (done: number, total: number) => void
  /** Aborts between two grids; the next start then begins anew. */
  readonly signal?: AbortSignal
  /** Told before they count, so that no password is set that nobody was told. */
  readonly onLogins?: (logins: readonly DemoLogin[]) => void
}

export interface DemoLogin {
  readonly login: string
  readonly name: string
  readonly role: Role
  /** What it looks after, in words. */
  readonly area: string
  readonly password: string
}

/** One transaction a grid, and the accounts last: a fill that was cut short is known by having none, and begun anew. */
export async function fillDemo(db: Kysely<Database>, options: FillOptions): Promise<DemoLogin[]> {
  const demo = generateDemo({
    seed: options.seed ?? 20_260_101,
    today: dayAt(options.now),
    ...(options.residents === null ? {} : { residents: options.residents }),
  })
  const units = makeUnits(options.seed ?? 20_260_101, demo.places[0]?.id ?? '')
  const places = [...demo.places, ...units.units]
  if (!(await hasNoAccount(db))) throw new Error('a demo goes into an empty database only')
  await emptyDatabase(db)
  await db.transaction().execute(async (trx) => {
    for (const place of places) await createPlace(trx, { ...place, epoch: 1 })
    for (const place of places)
      await insertRecords(trx, place.id, placeRecords(demo, units, place.id, options))
  })
  let done = 0
  const doors = new Map<string, SampleDoor[]>()
  const dwellings = new Map<string, SampleDwelling[]>()
  for (const [nth, { stream, records }] of demo.streams.entries()) {
    options.signal?.throwIfAborted()
    await db.transaction().execute(async (trx) => {
      await insertRecords(
        trx,
        stream,
        counted(
          withDwellings(
            withDoors(withSamples(records, stream, nth, options), stream, doors),
            stream,
            dwellings,
          ),
          () => (done += 1),
        ),
      )
      await colourStream(trx, stream, { now: options.now, ids: options.ids })
    })
    options.onProgress?.(Math.min(done, demo.totals.residents), demo.totals.residents)
  }
  await fillRequests(db, demo, units, doors, options)
  await fillDeclarations(db, demo, dwellings, options)

  await fillTopics(db, demo, options)

  await fillFund(db, demo, options)

  await sql`analyze record, subject, tally, due_tally, request_state`.execute(db)
  await fillPast(db, demo.places, dayAt(options.now))
  return db.transaction().execute((trx) => createAccounts(trx, demo, units, options))
}

/** Care of some old people, and vehicles of some dwellings. */
function withSamples(
  records: Iterable<DemoRecord>,
  stream: string,
  nth: number,
  { ids, now }: Pick<FillOptions, 'ids' | 'now'>,
): Iterable<DemoRecord> {
  const today = dayAt(now)
  return withVehicles(withCare(records, ids, today), stream, nth, ids, today)
}

/** So many doors of a grid are enough for its sample requests. */
const doorsEach = 120

/** Notes some doors on the way: where a request may be asked. */
function* withDoors(
  records: Iterable<NewRecord>,
  stream: string,
  doors: Map<string, SampleDoor[]>,
): Generator<NewRecord> {
  const own: SampleDoor[] = []
  doors.set(stream, own)
  let building = ''
  for (const record of records) {
    if (record.kind === 'building')
      building = `${text(record.fields['estate'])}${text(record.fields['name'])}`
    if (record.kind === 'household' && !record.fields['endedOn'] && own.length < doorsEach) {
      own.push({ household: record.id, where: building })
    }
    yield record
  }
}

/** So many of the first dwellings of a grid are looked through for doors that are let. */
const dwellingsEach = 200

function* withDwellings(
  records: Iterable<NewRecord>,
  stream: string,
  dwellings: Map<string, SampleDwelling[]>,
): Generator<NewRecord> {
  const own: SampleDwelling[] = []
  dwellings.set(stream, own)
  for (const record of records) {
    if (record.kind === 'dwelling' && own.length < dwellingsEach) {
      own.push({ id: record.id, isLet: record.fields['use'] === 'rental' })
    }
    yield record
  }
}

async function fillDeclarations(
  db: Kysely<Database>,
  demo: Demo,
  dwellings: ReadonlyMap<string, readonly SampleDwelling[]>,
  { now, ids }: FillOptions,
): Promise<void> {
  for (const [stream, own] of dwellings) {
    const worker = demo.accounts.find(
      ({ role, places }) => role === 'worker' && places.includes(stream),
    )
    if (!worker) continue
    const records = sampleDeclarations(stream, own, worker.id, dayAt(now), ids)
    await db.transaction().execute((trx) => insertRecords(trx, stream, records))
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

async function fillRequests(
  db: Kysely<Database>,
  demo: Demo,
  units: DemoUnits,
  doors: ReadonlyMap<string, readonly SampleDoor[]>,
  { now, seed = 20_260_101 }: FillOptions,
): Promise<void> {
  const perDay = requestsPerDay(demo.totals.residents)
  if (perDay === 0) return
  const accountAt = (place: string | null, role: Role) =>
    demo.accounts.find((one) => one.role === role && place !== null && one.places.includes(place))
      ?.id
  const byRole = (role: Role) => demo.accounts.find((one) => one.role === role)?.id ?? ''
  const grids = demo.streams.flatMap(({ stream }) => {
    const own = doors.get(stream) ?? []
    const parent = demo.places.find(({ id }) => id === stream)?.parent ?? null
    if (own.length === 0) return []
    const worker = accountAt(stream, 'worker') ?? byRole('worker')
    return [{ stream, doors: own, worker, staff: accountAt(parent, 'staff') ?? byRole('admin') }]
  })
  const handlers = new Map(units.accounts.map(({ id, places }) => [places[0] ?? '', id]))
  const { fields: catalogue } = units.catalogue
  const made = makeRequests({ seed, now, perDay, grids, catalogue, handlers })
  for (const [stream, records] of made.records) {
    await db.transaction().execute((trx) => insertRecords(trx, stream, records))
  }
}

/** A place says its own name in its own stream, and who works there. */
function placeRecords(
  demo: Demo,
  units: DemoUnits,
  id: string,
  options: Pick<FillOptions, 'now' | 'ids'>,
): NewRecord[] {
  const places = [...demo.places, ...units.units]
    .filter((place) => place.id === id)
    .map(({ parent, placeKind, name, code, order }): NewRecord => {
      const fields = { parent, placeKind, name, ...(code ? { code } : {}), order }
      return { kind: 'place', id, fields }
    })
  const accounts = [...demo.accounts, ...units.accounts]
    .filter((account) => account.places.includes(id))
    .map(({ id: account, name, role }): NewRecord => {
      return { kind: 'account', id: account, fields: { name, role } }
    })
  // The catalogue governs the subdistrict, and everybody has its stream.
  const isRoot = demo.places[0]?.id === id
  const catalogue: NewRecord[] = isRoot ? [{ kind: 'catalogue', ...units.catalogue }] : []
  const approval = isRoot ? [sampleApproval(demo, id, options)] : []
  const isCommunity = demo.places.some(
    (one) => one.id === id && communities.includes(one.placeKind),
  )
  const services = isCommunity ? sampleServices(id, options.ids, dayAt(options.now)) : []
  const policy: NewRecord[] = isRoot
    ? [{ kind: 'policy', id: idBornIn(id, options.ids()), fields: demoPolicy }]
    : []
  return [...places, ...accounts, ...catalogue, ...policy, ...approval, ...services]
}

/** So that the demo shows what an office has that approved. */
function sampleApproval(
  demo: Demo,
  root: string,
  { now, ids }: Pick<FillOptions, 'now' | 'ids'>,
): NewRecord {
  const from = dayAt(now)
  const fields: Approval = {
    acts: ['reveal', 'export'],
    roles: ['worker', 'staff'],
    reason: '样例：关爱走访和入学服务',
    from,
    until: addDays(from, longestApprovalDays - 1),
  }
  const by = demo.accounts.find(({ role }) => role === 'admin')?.id
  const at = new Date(now).toISOString()
  return { kind: 'approval', id: idBornIn(root, ids()), fields, at, ...(by ? { by } : {}) }
}

function* counted(records: Iterable<NewRecord>, onResident: () => void): Generator<NewRecord> {
  for (const record of records) {
    if (record.kind === 'resident') onResident()
    yield record
  }
}

async function createAccounts(
  db: Kysely<Database>,
  demo: Demo,
  units: DemoUnits,
  options: FillOptions,
): Promise<DemoLogin[]> {
  const logins: DemoLogin[] = []
  for (const { id, login, name, role, places } of [...demo.accounts, ...units.accounts]) {
    const password = options.password ?? makePassword(options.randomBytes)
    const hash = await hashPassword(password, options.randomBytes(16))
    await createAccount(db, { id, login, name, role, password: hash }, places)
    logins.push({
      login,
      name,
      role,
      area: areaOf([...demo.places, ...units.units], places[0] ?? ''),
      password,
    })
  }
  options.onLogins?.(logins)
  return logins
}

/** 蒋家桥社区 第三网格. */
function areaOf(places: readonly DemoPlace[], id: string): string {
  const place = places.find((one) => one.id === id)
  const parent = places.find((one) => one.id === place?.parent)
  const isTop = !parent || parent.placeKind === 'subdistrict'
  return isTop ? (place?.name ?? '') : `${parent.name} ${place?.name ?? ''}`
}
