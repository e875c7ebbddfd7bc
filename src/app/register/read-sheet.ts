/** Filters and sorts a table of the register in slices, so that the screen is drawn and a scroll goes on meanwhile. */
import type { Day } from '#domain/day.ts'
import { createPinyinOrder } from '#domain/name-order.ts'
import { sortKey, type SheetColumn } from '#domain/sheet-columns.ts'
import type { SheetFilter } from '#domain/sheet-filter.ts'
import { isOfPresence, passes } from '#domain/sheet-passes.ts'
import type { Sheet } from '#domain/sheet.ts'
import { createPause, type Pause } from '#app/platform/pause.ts'
import type { Register } from './register.ts'
import { createSheetRows } from './sheet-rows.ts'

export interface SheetQuestion {
  readonly sheet: Sheet
  readonly today: Day
  readonly filter: SheetFilter
  /** What is searched for: a name, pinyin, a room, last digits; '' for nothing. */
  readonly text: string
  readonly sort: { readonly column: SheetColumn; readonly descending: boolean } | null
}

export interface SheetAnswer {
  /** Ids of the rows in order. */
  readonly ids: readonly string[]
  /** How many there are without filter and search, of those who are there or gone as the filter has it. */
  readonly total: number
}

/** Null where somebody asked something else meanwhile. */
export async function readSheet(
  register: Register,
  question: SheetQuestion,
  isStale: () => boolean,
  pause: Pause = createPause(),
): Promise<SheetAnswer | null> {
  const { sheet, today, filter, sort } = question
  const order = await walk(register, sheet, isStale, pause)
  if (!order) return null
  const found = foundBy(register, sheet, question.text)
  const rows = createSheetRows(register, sheet, today)
  const presence = filter.presence ?? 'present'
  const ids: string[] = []
  let total = 0
  for (const id of order) {
    const turn = pause()
    if (turn) {
      await turn
      if (isStale()) return null
    }
    const row = rows.row(id)
    if (!row || !isOfPresence(row, presence)) continue
    total += 1
    if ((!found || found.has(id)) && passes(row, filter)) ids.push(id)
  }
  const sorted = sort ? await sortRows(ids, sort, rows.row, isStale, pause) : ids
  return sorted && { ids: sorted, total }
}

/** More than any register has: a table shows all that a search finds. */
const everything = 1_000_000

/** Ids of the rows that a search finds; null where nothing is searched for. */
function foundBy(register: Register, sheet: Sheet, text: string): ReadonlySet<string> | null {
  if (text.trim() === '') return null
  const found = new Set<string>()
  for (const { kind, id } of register.search(text, everything)) {
    if (kind === 'resident') {
      const household = register.get('resident', id)?.fields.household ?? ''
      if (sheet === 'residents') found.add(id)
      else if (sheet === 'households') found.add(household)
      else found.add(register.get('household', household)?.fields.dwelling ?? '')
    } else if (sheet === 'dwellings') {
      found.add(id)
    } else {
      for (const home of register.households(id)) {
        if (sheet === 'households') found.add(home.id)
        else for (const person of register.residents(home.id)) found.add(person.id)
      }
    }
  }
  return found
}

const walks = new WeakMap<
  Register,
  Map<Sheet, { readonly revision: number; readonly ids: readonly string[] }>
>()

/** All ids of a table as somebody walks past the doors; what stands at no door comes last. */
async function walk(
  register: Register,
  sheet: Sheet,
  isStale: () => boolean,
  pause: Pause,
): Promise<readonly string[] | null> {
  const known = walks.get(register) ?? new Map<Sheet, never>()
  walks.set(register, known)
  const { revision } = register
  const kept = known.get(sheet)
  if (kept?.revision === revision) return kept.ids
  const ids = new Set<string>()
  for (const building of register.buildings()) {
    for (const dwelling of register.dwellings(building.id)) {
      const turn = pause()
      if (turn) {
        await turn
        if (isStale()) return null
      }
      if (sheet === 'dwellings') {
        ids.add(dwelling.id)
        continue
      }
      const homes = [...register.households(dwelling.id), ...register.formerHouseholds(dwelling.id)]
      for (const home of homes) {
        if (sheet === 'households') ids.add(home.id)
        else {
          for (const { id } of register.residents(home.id)) ids.add(id)
          for (const { id } of register.formerResidents(home.id)) ids.add(id)
        }
      }
    }
  }
  const kind = { residents: 'resident', households: 'household', dwellings: 'dwelling' } as const
  for (const { id } of register.all(kind[sheet])) ids.add(id)
  const made = [...ids]
  known.set(sheet, { revision, ids: made })
  return made
}

/** By the column; rows of the same value stay as they stood, and those of none come last in both directions. */
async function sortRows(
  ids: readonly string[],
  { column, descending }: { readonly column: SheetColumn; readonly descending: boolean },
  rowOf: ReturnType<typeof createSheetRows>['row'],
  isStale: () => boolean,
  pause: Pause,
): Promise<readonly string[] | null> {
  const keys: (string | number | null)[] = []
  for (const id of ids) {
    const turn = pause()
    if (turn) {
      await turn
      if (isStale()) return null
    }
    const row = rowOf(id)
    keys.push(row ? sortKey(column, row) : null)
  }
  const isSpoken = column.type === 'name' || column.type === 'text'
  const compare = isSpoken && !column.table ? createPinyinOrder() : byCharacter
  const distinct = [...new Set(keys)].filter((key) => key !== null)
  const ordered = await sortInSlices(distinct, compareKeys(compare), isStale, pause)
  if (!ordered) return null
  const ranks = new Map(ordered.map((key, rank) => [key, rank]))
  // Rank and place in one number each: the browser sorts numbers in a few milliseconds, whatever they stand for.
  const packed = Float64Array.from(keys, (key, index) => {
    const rank = key === null ? undefined : ranks.get(key)
    const at = rank === undefined ? ordered.length : descending ? ordered.length - 1 - rank : rank
    return at * ids.length + index
  }).sort()
  return Array.from(packed, (value) => ids[value % ids.length] ?? '')
}

function compareKeys(compare: (a: string, b: string) => number) {
  return (a: string | number, b: string | number): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b))
}

function byCharacter(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What is sorted between two looks at the clock. */
const handful = 128

/** A merge sort that lets the browser have its turn; null where it is not needed any more. */
async function sortInSlices<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  isStale: () => boolean,
  pause: Pause,
): Promise<readonly T[] | null> {
  let runs: T[][] = []
  for (let at = 0; at < items.length; at += handful) {
    const turn = pause()
    if (turn) {
      await turn
      if (isStale()) return null
    }
    runs.push(items.slice(at, at + handful).sort(compare))
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let at = 0; at < runs.length; at += 2) {
      const [left = [], right = []] = [runs[at], runs[at + 1]]
      const both: T[] = []
      let [l, r] = [0, 0]
      while (l < left.length || r < right.length) {
        if (both.length % handful === 0) {
          const turn = pause()
          if (turn) {
            await turn
            if (isStale()) return null
          }
        }
        const takesLeft =
          r >= right.length || (l < left.length && compare(left[l] as T, right[r] as T) <= 0)
        both.push((takesLeft ? left[l++] : right[r++]) as T)
      }
      merged.push(both)
    }
    runs = merged
  }
  return runs[0] ?? []
}
