/**
 * Plates follow their household: where it leaves a door or is gone, whoever says so and by whatever way, its plates end
 * in the same write; where that is taken back, they are here again. One without a household ends with the last one at
 * its door, which it then is of.
 */
import type { Transaction } from 'kysely'
import { dayAt, type Day } from '#domain/day.ts'
import { isPresent } from '#domain/resident.ts'
import type { Vehicle, VehicleEnd } from '#domain/vehicle.ts'
import type { FieldMark } from '#protocol/merge.ts'
import { calendarId } from '../db/audit.ts'
import { loadChildren, loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { keyOf, type ChangeRow } from './draft.ts'

type Rows = ReadonlyMap<string, RecordRow>

/** What has to be written beside a write: each plate with its line, and the heads of the streams after them. */
export interface PlatesFollowed {
  readonly records: readonly RecordRow[]
  readonly changes: readonly ChangeRow[]
  readonly heads: ReadonlyMap<string, number>
}

interface PlatesContext {
  readonly account: { readonly id: string }
  readonly now: number
  readonly ids: () => string
}

/**
 * After the records of a write are in the table. `before` and `written`: as `write` has them, by stream and id; `heads`:
 * by stream the version of its last record so far.
 */
export async function followHouseholds(
  trx: Transaction<Database>,
  {
    before,
    written,
    heads,
  }: { readonly before: Rows; readonly written: Rows; readonly heads: ReadonlyMap<string, number> },
  context: PlatesContext,
): Promise<PlatesFollowed> {
  const after = new Map(heads)
  const records: RecordRow[] = []
  const changes: ChangeRow[] = []
  for (const [stream, touched] of touchedIn(before, written)) {
    const door = await loadDoor(trx, stream, touched, before, written)
    for (const plate of door.plates) {
      const end = endOf(plate, door, dayAt(context.now))
      if (end === null) continue
      const version = (after.get(stream) ?? 0) + 1
      after.set(stream, version)
      const { record, change } = patched(plate, end, version, context)
      records.push(record)
      changes.push(change)
    }
  }
  return { records, changes, heads: after }
}

/** Households by id, each with where those went who left it in this write: a household, or the resident they became. */
type Touched = ReadonlyMap<string, ReadonlySet<string>>

/** By stream the households whose staying may have changed, those of new plates among them. */
function touchedIn(before: Rows, written: Rows): ReadonlyMap<string, Touched> {
  const found = new Map<string, Map<string, Set<string>>>()
  const add = (stream: string, household: unknown, to?: string) => {
    if (typeof household !== 'string') return
    const own = found.get(stream) ?? new Map<string, Set<string>>()
    const went = own.get(household) ?? new Set()
    if (to !== undefined) went.add(to)
    found.set(stream, own.set(household, went))
  }
  for (const [key, row] of written) {
    const was = before.get(key)
    // Whoever is new has left no door, and comes back to none.
    const isNew = !was && row.moves === 0
    if (isNew && row.kind !== 'vehicle') continue
    if (row.kind === 'household') {
      const isSame = (['dwelling', 'endedOn'] as const).every(
        (field) => (was?.fields[field] ?? null) === (row.fields[field] ?? null),
      )
      if (!isSame || was?.removed !== row.removed) add(row.stream, row.id)
    } else if (row.kind === 'resident') {
      const [from, to] = [homeOf(was), homeOf(row)]
      if (from === to) continue
      add(
        row.stream,
        from,
        [to, row.fields['mergedInto']].find((one) => typeof one === 'string') ?? nowhere,
      )
      add(row.stream, to)
    } else if (row.kind === 'vehicle' && row.fields['household'] !== was?.fields['household']) {
      add(row.stream, row.fields['household'])
    }
  }
  return found
}

/** Out of the register's doors. */
const nowhere = ''

/** The household in which somebody lives now; undefined of whoever is gone. */
function homeOf(row: RecordRow | undefined): unknown {
  return row && !row.removed && isPresent(row.fields) ? row.fields['household'] : undefined
}

interface Door {
  readonly plates: readonly RecordRow[]
  /** Those that were touched, as they are now, tombstones too. */
  readonly touched: ReadonlyMap<string, RecordRow>
  /** At which door each of them lived before this write; those that did not are left out. */
  readonly cameFrom: ReadonlyMap<string, unknown>
  /** Households at these doors in which somebody lives, with their door. */
  readonly living: ReadonlyMap<string, unknown>
  /** Where all of those live now who left a household in this write; null where they went apart or away. */
  readonly wentTo: ReadonlyMap<string, string | null>
}

async function loadDoor(
  trx: Transaction<Database>,
  stream: string,
  ids: Touched,
  before: Rows,
  written: Rows,
): Promise<Door> {
  const rows = await loadRecords(trx, [stream], [...ids.keys()])
  const touched = new Map(
    rows.filter(({ kind }) => kind === 'household').map((row) => [row.id, row]),
  )
  const cameFrom = new Map(
    [...touched.values()].flatMap((row) => {
      const key = keyOf(stream, row.id)
      const was = before.get(key) ?? (written.has(key) ? undefined : row)
      const lived = was && !was.removed && !was.fields['endedOn']
      return lived ? [[row.id, was.fields['dwelling']] as const] : []
    }),
  )
  const doors = [
    ...new Set([
      ...cameFrom.values(),
      ...[...touched.values()].map(({ fields }) => fields['dwelling']),
    ]),
  ].filter((one) => typeof one === 'string')
  const plates = await loadChildren(trx, stream, doors, ['vehicle'])
  const living = new Map<string, unknown>()
  const wentTo = new Map<string, string | null>()
  if (plates.length > 0) {
    const homes = await loadChildren(trx, stream, doors, ['household'])
    const homeIds = homes.map(({ id }) => id)
    const people = await loadChildren(trx, stream, homeIds, ['resident'])
    for (const { id, fields } of homes) {
      const isInhabited = people.some(
        (one) => one.fields['household'] === id && isPresent(one.fields),
      )
      if (isInhabited && !fields['endedOn']) living.set(id, fields['dwelling'])
    }
    // Whoever was merged into another record lives where that one does.
    const homeOfPerson = new Map(people.map(({ id, fields }) => [id, String(fields['household'])]))
    for (const [id, went] of ids) {
      const targets = new Set([...went].map((one) => homeOfPerson.get(one) ?? one))
      const [only, ...others] = targets
      wentTo.set(id, only !== undefined && others.length === 0 ? only : null)
    }
  }
  return { plates, touched, cameFrom, living, wentTo }
}

type End = Partial<Pick<Vehicle, 'endedOn' | 'endedWhy' | 'household'>>

/** What a plate says from now on; null where nothing changes. */
function endOf({ fields }: RecordRow, door: Door, today: Day): End | null {
  const { dwelling, household, endedOn, endedWhy } = fields as Vehicle
  if (endedOn && !endedWhy) return null
  const why = (id: string) => whyGone(id, dwelling, door)
  const dayOf = (id: string): Day => {
    const said = door.touched.get(id)?.fields['endedOn']
    return typeof said === 'string' && said < today ? said : today
  }
  if (household && door.touched.has(household)) {
    const gone = why(household)
    if (gone === null) return endedOn ? { endedOn: null, endedWhy: null } : null
    if (endedOn) return null
    // Two households of one family became one, or were one all along: nobody left this door.
    const next = door.wentTo.get(household)
    if (next && door.living.get(next) === dwelling) return { household: next }
    return { endedOn: dayOf(household), endedWhy: gone }
  }
  if (household || endedOn) return null
  if ([...door.living.values()].includes(dwelling)) return null
  for (const [id, from] of door.cameFrom) {
    const gone = from === dwelling ? why(id) : null
    if (gone) return { endedOn: dayOf(id), endedWhy: gone, household: id }
  }
  return null
}

/** Null where a household lives behind a door: somebody does, and it was not ended. */
function whyGone(id: string, dwelling: string, { touched, living }: Door): VehicleEnd | null {
  const row = touched.get(id)
  if (row?.movedTo || (row && !row.removed && row.fields['dwelling'] !== dwelling)) return 'moved'
  return living.has(id) ? null : 'left'
}

function patched(
  held: RecordRow,
  end: End,
  version: number,
  { account, now, ids }: PlatesContext,
): { readonly record: RecordRow; readonly change: ChangeRow } {
  const at = new Date(now).toISOString()
  const { stream, id } = held
  const mutation = {
    ...{ id: ids(), device: calendarId, seq: 0, at, batch: null, stream, kind: held.kind },
    ...{ record: id, op: 'patch' as const, fields: { ...end }, seen: held.version },
  }
  const mark: FieldMark = { version, device: null, at, by: account.id, mutation: mutation.id }
  const names = Object.keys(end) as (keyof End)[]
  return {
    record: {
      ...{ ...held, version, fields: { ...held.fields, ...end } },
      marks: { ...held.marks, ...Object.fromEntries(names.map((name) => [name, mark])) },
    },
    change: {
      ...{ mutation, stream, version, correctedAt: at },
      fields: Object.fromEntries(
        names.map((name) => [name, [held.fields[name] ?? null, end[name] ?? null]]),
      ),
    },
  }
}
