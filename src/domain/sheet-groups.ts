/** Rows of a table by what stands in one of its columns: which groups a row belongs to, and in which order groups stand. */
import { isByHand } from './colour-of.ts'
import { urgency, type ColourKey } from './level.ts'
import { reasonByHand } from './sheet-filter.ts'
import { caresOf, tagsOf, type SheetColumn, type SheetRow } from './sheet-columns.ts'

/** The key of the group of rows in whose column nothing is known. */
export const unknownGroup = ''

/** Names, numbers of documents and notes have a group for each row: nothing could be counted. */
export function isGroupable({ type, mask, key }: SheetColumn): boolean {
  return !mask && type !== 'name' && type !== 'plain' && key !== 'note'
}

/**
 * Keys of the groups of a row, one at least: codes and values as they are stored, days by their month, ages by ten years.
 * A row with two care tags or reasons belongs to two groups.
 */
export function groupsOf(column: SheetColumn, row: SheetRow): readonly string[] {
  const keys = new Set(keysOf(column, row))
  return keys.size > 0 ? [...keys] : [unknownGroup]
}

function keysOf(column: SheetColumn, row: SheetRow): readonly string[] {
  if (column.type === 'cares') return caresOf(row).map(({ need }) => need)
  if (column.type === 'tags') return tagsOf(row).map(({ tag }) => tag)
  if (column.type === 'reasons') {
    return row.reasons.map((reason) => (isByHand(reason) ? reasonByHand : reason.rule))
  }
  const value = column.value(row)
  if (value === null || value === undefined || value === '') return []
  if (typeof value === 'boolean') return [value ? '1' : '0']
  if (typeof value === 'number') return [String(isAge(column) ? value - (value % 10) : value)]
  if (typeof value !== 'string') return value
  return [column.type === 'day' ? value.slice(0, 7) : value]
}

/** Ages stand in groups of ten years. */
export function isAge({ key }: SheetColumn): boolean {
  return key === 'age'
}

/** Colours by urgency, numbers and months upwards, yes before no, others the largest first; what is not known stands last. */
export function compareGroups(
  column: SheetColumn,
): (a: readonly [key: string, count: number], b: readonly [key: string, count: number]) => number {
  const rankOf = (key: string): number | string | null => {
    if (column.type === 'level') return urgency(key as ColourKey)
    if (column.type === 'number') return Number(key)
    if (column.type === 'flag') return key === '1' ? 0 : 1
    return column.type === 'day' ? key : null
  }
  return ([a, countOfA], [b, countOfB]) => {
    if (a === unknownGroup || b === unknownGroup) return a === b ? 0 : a === unknownGroup ? 1 : -1
    const [one, other] = [rankOf(a), rankOf(b)]
    if (one !== null && other !== null && one !== other) return one < other ? -1 : 1
    return countOfB - countOfA || (a < b ? -1 : 1)
  }
}
