/**
 * The columns of the register as a table: one list for the screen, for the workbook that goes out and for the roster that
 * comes back. `resident-columns.ts`, `household-columns.ts` and `dwelling-columns.ts` hold them.
 */
import { lookAt } from './care-lapse.ts'
import type { Care } from './care.ts'
import type { Building } from './building.ts'
import { codeLabel, type CodeTable } from './code-tables.ts'
import type { Reason } from './colour.ts'
import { isWithheld } from './consent.ts'
import { earlier, type Day } from './day.ts'
import type { Dwelling, DwellingUse } from './dwelling.ts'
import type { Household } from './household.ts'
import { urgency, type ColourKey } from './level.ts'
import type { Kind } from './record.ts'
import type { Resident, Tag } from './resident.ts'
import { careLabel, tagLabel, useLabels } from './sheet-labels.ts'

/** Everything that a row's columns are read from. Whoever makes one may read each part only when it is asked for. */
export interface SheetRow {
  readonly id: string
  readonly today: Day
  /** The person of the row; null in tables of households and dwellings. */
  readonly resident: Resident | null
  readonly household: Household | null
  readonly householdId: string | null
  readonly dwelling: Dwelling | null
  readonly building: Building | null
  /** Names of the places above; '' where they are not on this device. */
  readonly subdistrict: string
  readonly community: string
  readonly grid: string
  /** Who lives there now, the head first: of the household, in a table of dwellings of all its households. */
  readonly people: readonly Resident[]
  readonly head: Resident | null
  /** Plates of a dwelling's vehicles; none in the other tables. */
  readonly plates: readonly string[]
  /** Households that live in the dwelling now. */
  readonly households: number
  readonly colour: ColourKey
  readonly reasons: readonly Reason[]
  /** When somebody should call next; null where nobody has to. */
  readonly due: { readonly on: Day; readonly overdue: number } | null
  readonly lastMet: Day | null
}

export type SheetValue = string | number | boolean | null | undefined | readonly string[]

/**
 * How a column's value is to be read: `name` and `text` are ordered by pinyin, `plain` (numbers of documents and
 * telephones, ids) by its characters.
 */
export type SheetType =
  | 'name'
  | 'text'
  | 'plain'
  | 'day'
  | 'number'
  | 'flag'
  | 'level'
  | 'use'
  | 'tags'
  | 'cares'
  | 'reasons'

export interface SheetColumn {
  readonly key: string
  /** Above it in a workbook, as rosters write it. The import knows these, and the aliases. */
  readonly header: string
  readonly en: string
  readonly aliases?: readonly string[]
  /** The field whose value it holds unchanged, so that an import may write it; absent where it is derived. */
  readonly field?: readonly [kind: Kind, name: string]
  readonly type: SheetType
  /** Where the value is a code of a national table. */
  readonly table?: CodeTable
  readonly value: (row: SheetRow) => SheetValue
  /** Where the value stands masked until somebody says why they look. */
  readonly mask?: (text: string) => string
  /** In characters of Latin script; a Chinese one takes two. */
  readonly width: number
}

/** Words for what is no text by itself. */
export interface SheetWords {
  level(colour: ColourKey): string
  tag(tag: Tag): string
  care(care: Care): string
  use(use: DwellingUse): string
  code(table: CodeTable, code: string): string
  flag(value: boolean): string
  reason(reason: Reason): string
}

/** As a workbook has them. The scheme says how a colour and a reason are called. */
export function rosterWords(scheme: Pick<SheetWords, 'level' | 'reason'>): SheetWords {
  return {
    ...scheme,
    tag: tagLabel,
    care: careLabel,
    use: (use) => useLabels[use],
    code: (table, code) => codeLabel(table, code) ?? code,
    flag: (value) => (value ? '是' : '否'),
  }
}

/** Between the elements of one cell: the import splits at it. */
export const between = '、'

/** A cell as text; '' where nothing is known. `open` leaves out the mask. */
export function cellText(
  column: SheetColumn,
  row: SheetRow,
  words: SheetWords,
  open: boolean,
): string {
  if (column.type === 'tags') return tagsOf(row).map(words.tag).join(between)
  if (column.type === 'cares') return caresOf(row).map(words.care).join(between)
  if (column.type === 'reasons') return row.reasons.map(words.reason).join(between)
  const value = column.value(row)
  if (value === null || value === undefined || value === '') return ''
  const one = (text: string) => {
    if (column.table) return words.code(column.table, text)
    return column.mask && !open ? column.mask(text) : text
  }
  if (typeof value === 'boolean') return words.flag(value)
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return value.map(one).join(between)
  if (column.type === 'level') return words.level(value as ColourKey)
  if (column.type === 'use') return words.use(value as DwellingUse)
  return one(value)
}

/** What a row is sorted by in a column: null, which comes last, where nothing is known. */
export function sortKey(column: SheetColumn, row: SheetRow): string | number | null {
  if (column.type === 'tags') return tagsOf(row).length || null
  if (column.type === 'cares') return caresOf(row).length || null
  if (column.type === 'reasons') return row.reasons.map(({ rule }) => rule).join() || null
  const value = column.value(row)
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? 0 : 1
  if (typeof value === 'number') return value
  if (column.type === 'level') return urgency(value as ColourKey)
  if (typeof value !== 'string') return value[0] ?? null
  return value
}

/** Care tags that hold today: of the row's person, else of everybody who lives there. */
export function tagsOf(row: SheetRow): readonly Tag[] {
  const people = row.resident ? [row.resident] : row.people
  const held = new Map<string, Tag>()
  for (const { tags } of people) {
    for (const tag of tags ?? []) {
      if (tag.until && tag.until < row.today) continue
      if (!held.has(tag.tag)) held.set(tag.tag, tag)
    }
  }
  return [...held.values()]
}

/** Care that goes on, of the row's person or of everybody who lives there; not of who restricted or withdrew it. */
export function caresOf(row: SheetRow): readonly Care[] {
  const people = row.resident ? [row.resident] : row.people
  return people.flatMap((person) =>
    isWithheld('cares', person) ? [] : (person.cares ?? []).filter(({ endedOn }) => !endedOn),
  )
}

/** The day on which somebody looks at the first of them. */
export function careLookOf(row: SheetRow): Day | null {
  return caresOf(row).reduce<Day | null>((first, care) => earlier(first, lookAt(care)), null)
}
