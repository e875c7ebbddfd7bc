/** A table of people over any grids, page by page: in the walk through one grid after the other, or by a column. */
import type { Kysely } from 'kysely'
import { compareDoors, compareInWalk } from '#domain/address.ts'
import { passes } from '#domain/sheet-passes.ts'
import type { BeyondSort } from '#domain/sheet-beyond.ts'
import type { TableCursor } from '#protocol/table.ts'
import {
  peopleInOrder,
  peopleOfGrids,
  type PeopleAsked,
  type PersonKey,
  type WalkedPerson,
} from '../db/table.ts'
import type { Database } from '../db/schema.ts'
import { rowsOfPeople, type NamesAbove, type PersonRow } from './people-rows.ts'

export interface TablePage {
  readonly rows: readonly PersonRow[]
  /** Null where that was the last of it. */
  readonly cursor: TableCursor | null
}

export interface TableAsked extends PeopleAsked {
  /** Null: as somebody walks. The streams then stand in the order of the tree. */
  readonly sort: { readonly by: BeyondSort; readonly descending: boolean } | null
  readonly cursor: TableCursor | null
  readonly limit: number
  readonly namesOf: (stream: string) => NamesAbove
  /** Whether a page has taken so long that it goes out with what it has. */
  readonly isLate: () => boolean
}

/** Null where whoever the page comes after is not there any more: then the table begins anew. */
export async function pageOfPeople(
  db: Kysely<Database>,
  asked: TableAsked,
): Promise<TablePage | null> {
  const found = asked.sort ? await nextInOrder(db, asked, asked.sort) : await nextInWalk(db, asked)
  if (!found) return null
  const rows = await rowsOfPeople(db, found.keys, asked.today, asked.namesOf)
  // The database asks the same as the rules of the filter; where a colour is being computed anew, these decide.
  return { rows: rows.filter((row) => passes(row, asked.filter)), cursor: found.cursor }
}

interface Next {
  readonly keys: readonly PersonKey[]
  readonly cursor: TableCursor | null
}

async function nextInOrder(
  db: Kysely<Database>,
  asked: TableAsked,
  { by, descending }: NonNullable<TableAsked['sort']>,
): Promise<Next | null> {
  const { cursor, limit } = asked
  // Where somebody of another place stands in the order would tell what is written of them.
  if (cursor && !asked.streams.includes(cursor.stream)) return null
  const after = cursor && cursor.id !== null ? { stream: cursor.stream, id: cursor.id } : null
  const keys = await peopleInOrder(db, asked, { by, descending, after, limit })
  if (!keys) return null
  const last = keys.at(-1)
  return { keys, cursor: keys.length === limit && last ? keyOnly(last) : null }
}

/** So many grids are asked at once at most, where few in each are meant. */
const mostTogether = 32

async function nextInWalk(db: Kysely<Database>, asked: TableAsked): Promise<Next | null> {
  const { streams, cursor, limit } = asked
  const from = cursor === null ? 0 : streams.indexOf(cursor.stream)
  if (from < 0) return null
  const keys: PersonKey[] = []
  let after = cursor?.id ?? null
  let together = 1
  for (let at = from; at < streams.length;) {
    const some = streams.slice(at, at + together)
    const walked = inWalk(await peopleOfGrids(db, { ...asked, streams: some }), streams)
    const begun = after === null ? 0 : walked.findIndex(({ id }) => id === after) + 1
    // Who stood last is gone, or passes no more: the grid begins anew, since nobody may be left out.
    const left = walked.slice(begun)
    const room = limit - keys.length
    keys.push(...left.slice(0, room).map(keyOnly))
    const last = keys.at(-1)
    if (left.length > room && last) return { keys, cursor: last as TableCursor }
    at += some.length
    after = null
    const next = streams[at]
    if (next === undefined) return { keys, cursor: null }
    if (keys.length === limit || asked.isLate()) return { keys, cursor: { stream: next, id: null } }
    if (left.length < limit / 4) together = Math.min(mostTogether, together * 2)
  }
  return { keys, cursor: null }
}

const keyOnly = ({ stream, id }: PersonKey) => ({ stream, id })

/** Grid after grid; in each past the doors, at a door who lives there before who lived there, the head first. */
function inWalk(people: readonly WalkedPerson[], streams: readonly string[]): WalkedPerson[] {
  const order = new Map(streams.map((stream, index) => [stream, index]))
  const placeOf = ({ stream }: WalkedPerson) => order.get(stream) ?? 0
  return [...people].sort(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      Number(a.building === null) - Number(b.building === null) ||
      compareInWalk(buildingOf(a), buildingOf(b)) ||
      compareDoors(doorOf(a), doorOf(b)) ||
      Number(a.ended) - Number(b.ended) ||
      compareText(a.household, b.household) ||
      Number(a.gone) - Number(b.gone) ||
      Number(b.head) - Number(a.head) ||
      compareText(a.id, b.id),
  )
}

function buildingOf({ order, estate, building }: WalkedPerson) {
  return { order, estate: estate ?? '', name: building ?? '' }
}

function doorOf({ unit, floor, room }: WalkedPerson) {
  return { unit, floor: floor ?? 0, room: room ?? '' }
}

function compareText(a: string | null, b: string | null): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1
}
