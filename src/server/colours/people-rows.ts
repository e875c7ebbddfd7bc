/** People of any grids as rows of the register's table, with what their colours and calls are computed from. */
import type { Kysely } from 'kysely'
import type { Building } from '#domain/building.ts'
import { colourOf, type Colour } from '#domain/colour-of.ts'
import { daysBetween, type Day } from '#domain/day.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { Household } from '#domain/household.ts'
import { isPresent, type Resident } from '#domain/resident.ts'
import type { SheetRow } from '#domain/sheet-columns.ts'
import type { RowPlace } from '#domain/sheet-passes.ts'
import type { PersonKey } from '../db/table.ts'
import { loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { loadHomes, subjectsOf, type Home } from './load.ts'
import { schemesOf } from './scheme.ts'

/** The names of the places above a grid, as a row has them. */
export type NamesAbove = Pick<SheetRow, 'subdistrict' | 'community' | 'grid'>

export type PersonRow = SheetRow & RowPlace

/**
 * So many grids are read at once: the database looks for each record in each grid that is named, which of hundreds of both is
 * hundreds of thousands of looks.
 */
const gridsAtOnce = 16

/** Those who are still there, in the order of their keys. */
export async function rowsOfPeople(
  db: Kysely<Database>,
  keys: readonly PersonKey[],
  today: Day,
  namesOf: (stream: string) => NamesAbove,
): Promise<readonly PersonRow[]> {
  const streams = [...new Set(keys.map(({ stream }) => stream))]
  const rows = new Map<string, PersonRow>()
  for (let at = 0; at < streams.length; at += gridsAtOnce) {
    const some = new Set(streams.slice(at, at + gridsAtOnce))
    const own = keys.filter(({ stream }) => some.has(stream))
    for (const row of await rowsOfGrids(db, own, today, namesOf)) {
      rows.set(`${row.gridId} ${row.id}`, row)
    }
  }
  return keys.flatMap(({ stream, id }) => rows.get(`${stream} ${id}`) ?? [])
}

async function rowsOfGrids(
  db: Kysely<Database>,
  keys: readonly PersonKey[],
  today: Day,
  namesOf: (stream: string) => NamesAbove,
): Promise<readonly PersonRow[]> {
  const people = byKey(await loadOf(db, keys, 'resident'))
  const households = byKey(await loadOf(db, besideOf(people.values(), 'household'), 'household'))
  const asked = new Map<string, { dwellings: string[] }>()
  for (const { stream, fields } of households.values()) {
    const { dwelling } = fields as Household
    const own = asked.get(stream)
    if (own) own.dwellings.push(dwelling)
    else asked.set(stream, { dwellings: [dwelling] })
  }
  const homes = asked.size === 0 ? new Map<string, Home>() : await loadHomes(db, asked)
  const rooms = [...homes.values()].flatMap(({ dwellings }) => dwellings)
  const dwellings = byKey(rooms)
  const buildings = byKey(await loadOf(db, besideOf(rooms, 'building'), 'building'))
  const colours = await coloursOf(db, homes, new Set(keys.map(({ id }) => id)), today)
  const find = <T>(rows: ReadonlyMap<string, RecordRow>, stream: string, id: unknown) =>
    (rows.get(`${stream} ${String(id)}`)?.fields ?? null) as T | null
  return keys.flatMap(({ stream, id }) => {
    const resident = find<Resident>(people, stream, id)
    if (!resident) return []
    const household = find<Household>(households, stream, resident.household)
    const dwelling = find<Dwelling>(dwellings, stream, household?.dwelling)
    const home = homes.get(stream)
    const { colour = 'grey', reasons = [] } = colours.get(`${stream} ${id}`) ?? {}
    const call = household && !household.endedOn ? callOf(home, resident.household, today) : nobody
    const isThere = !resident.movedOutOn && !resident.diedOn
    return {
      ...{ id, today, resident, household, dwelling, colour, reasons, ...namesOf(stream) },
      ...{ gridId: stream, householdId: household ? resident.household : null },
      buildingId: dwelling?.building ?? null,
      building: find<Building>(buildings, stream, dwelling?.building),
      head: headOf(home, household),
      ...{ people: [], plates: [], households: 0 },
      due: isThere ? call.due : null,
      lastMet: call.lastMet,
    }
  })
}

const nobody = { due: null, lastMet: null }

/** When somebody should call at a household, and when somebody was met there last. */
function callOf(home: Home | undefined, household: string, today: Day) {
  const on = home?.subjects?.get(household)?.due ?? null
  return {
    due: on === null ? null : { on, overdue: daysBetween(on, today) },
    lastMet: home?.lastMet.of(household, null) ?? null,
  }
}

function headOf(home: Home | undefined, household: Household | null): Resident | null {
  const head = household?.head
  if (!head) return null
  return (home?.residents.find(({ id }) => id === head)?.fields as Resident | undefined) ?? null
}

/** Of those among them who live there now. */
async function coloursOf(
  db: Kysely<Database>,
  homes: ReadonlyMap<string, Home>,
  wanted: ReadonlySet<string>,
  today: Day,
): Promise<ReadonlyMap<string, Colour>> {
  const schemes = await schemesOf(db, [...homes.keys()])
  const colours = new Map<string, Colour>()
  for (const [stream, home] of homes) {
    const { scheme } = schemes.of(stream)
    for (const { id, subject } of subjectsOf(home)) {
      if (!wanted.has(id) || subject.kind !== 'resident') continue
      if (!isPresent(subject.context.resident)) continue
      colours.set(`${stream} ${id}`, colourOf(subject, scheme, today))
    }
  }
  return colours
}

/** What some records go along with, each in their own stream. */
function besideOf(rows: Iterable<RecordRow>, field: string): PersonKey[] {
  return [...rows].flatMap(({ stream, fields }) => {
    const id = fields[field]
    return typeof id === 'string' ? [{ stream, id }] : []
  })
}

async function loadOf(
  db: Kysely<Database>,
  keys: readonly PersonKey[],
  kind: RecordRow['kind'],
): Promise<RecordRow[]> {
  const rows = await loadRecords(
    db,
    keys.map(({ stream }) => stream),
    keys.map(({ id }) => id),
  )
  return rows.filter((row) => row.kind === kind && !row.removed)
}

function byKey(rows: readonly RecordRow[]): Map<string, RecordRow> {
  return new Map(rows.map((row) => [`${row.stream} ${row.id}`, row]))
}
