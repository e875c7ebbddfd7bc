/** Rows of a table in the order of a column: what stands in it is ordered once, and the rows by its rank. */
import { createPinyinOrder, createSpelling, type Spelling } from '#domain/name-order.ts'
import { sortKey, type SheetColumn } from '#domain/sheet-columns.ts'
import type { Row } from './sheet-rows.ts'
import { sortInSlices, sparing, type Rest } from './slices.ts'

export interface SheetSort {
  readonly column: SheetColumn
  readonly descending: boolean
}

type Key = string | number

/** Letters that were ranked once need no ranking again; they are of nobody. */
let spelling: Spelling | null = null

/** By column: where each row stands by what is in it, null for a row of none. */
export type Ranks = Map<string, { readonly of: readonly (number | null)[]; readonly count: number }>

/**
 * By the column; rows of the same value stay as they stood, and those of none come last in both directions. Null where
 * nobody wants it any more. `ranks`: of these rows as they are now; what was worked out is left in it, so that the other
 * direction is there at once.
 */
export async function sortRows(
  ids: readonly string[],
  { column, descending }: SheetSort,
  rowOf: (id: string) => Row | undefined,
  rest: Rest,
  ranks: Ranks = new Map(),
): Promise<readonly string[] | null> {
  const known = ranks.get(column.key) ?? (await rankRows(ids, column, rowOf, rest))
  if (!known) return null
  ranks.set(column.key, known)
  const { of, count } = known
  // Rank and place in one number each: the browser sorts numbers in a few milliseconds, whatever they stand for.
  const packed = new Float64Array(ids.length)
  for (const [index, rank] of of.entries()) {
    const at = rank === null ? count : descending ? count - 1 - rank : rank
    packed[index] = at * ids.length + index
  }
  packed.sort()
  const turn = rest()
  if (turn && (await turn)) return null
  const sorted: string[] = []
  for (const value of packed) sorted.push(ids[value % ids.length] ?? '')
  return sorted
}

async function rankRows(
  ids: readonly string[],
  column: SheetColumn,
  rowOf: (id: string) => Row | undefined,
  rest: Rest,
) {
  const now = sparing(rest)
  const keys: (Key | null)[] = []
  const distinct = new Set<Key>()
  for (const id of ids) {
    const turn = now()
    if (turn && (await turn)) return null
    const row = rowOf(id)
    const key = row ? sortKey(column, row) : null
    keys.push(key)
    if (key !== null) distinct.add(key)
  }
  const isSpoken = (column.type === 'name' || column.type === 'text') && !column.table
  const ordered = await orderKeys([...distinct], isSpoken, rest)
  if (!ordered) return null
  const ranks = new Map<Key, number>()
  for (const [rank, key] of ordered.entries()) ranks.set(key, rank)
  const turn = rest()
  if (turn && (await turn)) return null
  const of = keys.map((key) => (key === null ? null : (ranks.get(key) ?? null)))
  const last = rest()
  if (last && (await last)) return null
  return { of, count: ordered.length }
}

/** A column holds numbers or texts. */
async function orderKeys(
  distinct: readonly Key[],
  isSpoken: boolean,
  rest: Rest,
): Promise<readonly Key[] | null> {
  if (typeof distinct[0] === 'number') {
    return [...(distinct as readonly number[])].sort((a, b) => a - b)
  }
  const texts = distinct as readonly string[]
  return isSpoken ? orderSpoken(texts, rest) : sortInSlices(texts, null, rest)
}

async function orderSpoken(texts: readonly string[], rest: Rest): Promise<readonly Key[] | null> {
  const { learn, unranked, compare, rank, keyOf } = (spelling ??= createSpelling())
  const now = sparing(rest)
  for (const text of texts) {
    learn(text)
    const turn = now()
    if (turn && (await turn)) return null
  }
  const letters = unranked()
  if (letters) {
    const sorted = await sortInSlices(letters, compare, rest)
    if (!sorted) return null
    rank(sorted)
  }
  const byKey = new Map<string, string[]>()
  for (const text of texts) {
    const key = keyOf(text)
    const same = byKey.get(key)
    if (same) same.push(text)
    else byKey.set(key, [text])
    const turn = now()
    if (turn && (await turn)) return null
  }
  const keys = await sortInSlices([...byKey.keys()], null, rest)
  if (!keys) return null
  const order = createPinyinOrder()
  const ordered: string[] = []
  for (const key of keys) {
    const same = byKey.get(key) ?? []
    ordered.push(...(same.length > 1 ? same.sort(order) : same))
    const turn = now()
    if (turn && (await turn)) return null
  }
  return ordered
}
