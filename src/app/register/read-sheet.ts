/** Filters and sorts a table of the register in slices, so that the screen is drawn and a scroll goes on meanwhile. */
import type { Day } from '#domain/day.ts'
import type { SheetFilter } from '#domain/sheet-filter.ts'
import type { SheetColumn } from '#domain/sheet-columns.ts'
import { isOfPresence, passes } from '#domain/sheet-passes.ts'
import type { Sheet } from '#domain/sheet.ts'
import { createPause, type Pause } from '#app/platform/pause.ts'
import { groupRows } from './group-rows.ts'
import { keepWithRegister } from './kept-with-register.ts'
import type { Register } from './register.ts'
import type { SheetAnswer } from './sheet-answer.ts'
import { createSheetRows } from './sheet-rows.ts'
import { createRest, sparing, type Rest } from './slices.ts'
import { sortRows, type Ranks, type SheetSort } from './sort-rows.ts'

export interface SheetQuestion {
  readonly sheet: Sheet
  readonly today: Day
  readonly filter: SheetFilter
  /** What is searched for: a name, pinyin, a room, last digits; '' for nothing. */
  readonly text: string
  readonly sort: SheetSort | null
  /** The column whose values the rows stand in groups of; absent or null for one list. */
  readonly group?: SheetColumn | null
}

/** Null where somebody asked something else meanwhile. */
export async function readSheet(
  register: Register,
  question: SheetQuestion,
  isStale: () => boolean,
  pause: Pause = createPause(),
): Promise<SheetAnswer | null> {
  const { sheet, today, sort, group } = question
  const rest = createRest(isStale, pause)
  const found = await findRows(register, question, rest)
  if (!found) return null
  const { row } = createSheetRows(register, sheet, today)
  const ids = sort
    ? await sortRows(found.ids, sort, row, rest, ranksOf(register, found.ids))
    : found.ids
  if (!ids) return null
  const groups = group ? await groupRows(ids, group, row, rest) : null
  if (group && !groups) return null
  return { ids, total: found.total, groups }
}

const ranked = keepWithRegister<{ readonly ids: readonly string[]; readonly ranks: Ranks }>()

/** Of these rows, for the next order of them. */
function ranksOf(register: Register, ids: readonly string[]): Ranks {
  const known = ranked.get(register)
  if (known?.ids === ids) return known.ranks
  const ranks: Ranks = new Map()
  ranked.set(register, { ids, ranks })
  return ranks
}

/** What was found last in a register: to be put in another order it need not be found again. */
interface Found extends Omit<SheetAnswer, 'groups'> {
  readonly revision: number
  readonly question: SheetQuestion
}

const lastFound = keepWithRegister<Found>()

/** The rows that pass the filter and are found by the search, in walking order; null where nobody wants them any more. */
async function findRows(
  register: Register,
  question: SheetQuestion,
  rest: Rest,
): Promise<Omit<SheetAnswer, 'groups'> | null> {
  const { sheet, today, filter, text } = question
  const { revision } = register
  const known = lastFound.get(register)
  if (
    known?.revision === revision &&
    known.question.sheet === sheet &&
    known.question.today === today &&
    known.question.filter === filter &&
    known.question.text === text
  )
    return { ids: known.ids, total: known.total }
  const order = await walk(register, sheet, rest)
  if (!order) return null
  const found = foundBy(register, sheet, text)
  const rows = createSheetRows(register, sheet, today)
  const presence = filter.presence ?? 'present'
  const now = sparing(rest)
  const ids: string[] = []
  let total = 0
  for (const id of order) {
    const turn = now()
    if (turn && (await turn)) return null
    const row = rows.row(id)
    if (!row || !isOfPresence(row, presence)) continue
    total += 1
    if ((!found || found.has(id)) && passes(row, filter)) ids.push(id)
  }
  if (register.revision === revision) lastFound.set(register, { revision, question, ids, total })
  return { ids, total }
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

const walks =
  keepWithRegister<Map<Sheet, { readonly revision: number; readonly ids: readonly string[] }>>()

/** All ids of a table as somebody walks past the doors; what stands at no door comes last. */
async function walk(
  register: Register,
  sheet: Sheet,
  rest: Rest,
): Promise<readonly string[] | null> {
  const known = walks.get(register) ?? new Map<Sheet, never>()
  walks.set(register, known)
  const { revision } = register
  const kept = known.get(sheet)
  if (kept?.revision === revision) return kept.ids
  const now = sparing(rest)
  const ids = new Set<string>()
  for (const building of register.buildings()) {
    for (const dwelling of register.dwellings(building.id)) {
      const turn = now()
      if (turn && (await turn)) return null
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
