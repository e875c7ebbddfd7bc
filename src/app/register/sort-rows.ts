/** Rows of a table in the order of a column: what stands in it is ordered once, and the rows by its rank. */
import { createPinyinOrder, createSpelling, type Spelling } from '#domain/name-order.ts'
import { sortKey, type SheetColumn } from '#domain/sheet-columns.ts'
import type { Row } from './sheet-rows.ts'
import { sortInSlices, type Rest } from './slices.ts'

export interface SheetSort {
  readonly column: SheetColumn
  readonly descending: boolean
}

type Key = string | number

/** Letters that were ranked once need no ranking again; they are of nobody. */
let spelling: Spelling | null = null

/**
 * By the column; rows of the same value stay as they stood, and those of none come last in both directions. Null where
 * nobody wants it any more.
 */
export async function sortRows(
  ids: readonly string[],
  { column, descending }: SheetSort,
  rowOf: (id: string) => Row | undefined,
  rest: Rest,
): Promise<readonly string[] | null> {
  const keys: (Key | null)[] = []
  for (const id of ids) {
    const turn = rest()
    if (turn && (await turn)) return null
    const row = rowOf(id)
    keys.push(row ? sortKey(column, row) : null)
  }
  const distinct = [...new Set(keys)].filter((key) => key !== null)
  const isSpoken = (column.type === 'name' || column.type === 'text') && !column.table
  const ordered = await orderKeys(distinct, isSpoken, rest)
  if (!ordered) return null
  const ranks = new Map<Key, number>()
  for (const [rank, key] of ordered.entries()) ranks.set(key, rank)
  const turn = rest()
  if (turn && (await turn)) return null
  // Rank and place in one number each: the browser sorts numbers in a few milliseconds, whatever they stand for.
  const packed = Float64Array.from(keys, (key, index) => {
    const rank = key === null ? undefined : ranks.get(key)
    const at = rank === undefined ? ordered.length : descending ? ordered.length - 1 - rank : rank
    return at * ids.length + index
  }).sort()
  return Array.from(packed, (value) => ids[value % ids.length] ?? '')
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
  for (const text of texts) {
    learn(text)
    const turn = rest()
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
    const turn = rest()
    if (turn && (await turn)) return null
  }
  const keys = await sortInSlices([...byKey.keys()], null, rest)
  if (!keys) return null
  const order = createPinyinOrder()
  return keys.flatMap((key) => {
    const same = byKey.get(key) ?? []
    return same.length > 1 ? same.sort(order) : same
  })
}
