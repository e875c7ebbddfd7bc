/** What the rows of a workbook of places and people are held against, and what is said of each while they are. */
import type { Role } from '../account.ts'
import type { PlaceKind } from '../place.ts'
import { cleanText } from '../text.ts'
import { longestCell, type BookLine } from './book.ts'
import { createPlaceIndex, placeKey, type BookPlace, type PlaceIndex } from './find-places.ts'
import type { LineField, LineProblem, Verdict } from './verdict.ts'

export interface KnownPlace {
  readonly id: string
  readonly parent: string | null
  readonly kind: PlaceKind
  readonly name: string
  readonly code: string | null
}

/** Null of whoever works elsewhere, or works no more: that the login is taken is all that counts. */
export type KnownAccount = { readonly name: string; readonly role: Role } | null

/** What is there, as far as whoever asks may know it. */
export interface Known {
  /** Of whoever asks. */
  readonly role: Role
  /** Open places of their own part of the tree. */
  readonly places: readonly KnownPlace[]
  /** Those that they were given themselves. */
  readonly roots: readonly string[]
  /** By login. */
  readonly accounts: ReadonlyMap<string, KnownAccount>
}

export interface PlannedPlace extends BookPlace {
  readonly line: number
  readonly code: string | null
}

export interface Planning {
  readonly lines: readonly BookLine[]
  readonly known: Known
  readonly verdicts: readonly Verdict[]
  readonly index: PlaceIndex
  /** Places of the register by id. */
  readonly held: ReadonlyMap<string, BookPlace>
  /** The first thing that is wrong with a row is said; the next one shows when that is mended. */
  refuse(at: number, problem: LineProblem): void
  /** The row says what is there already. */
  keep(at: number): void
}

const fresh: Verdict = { state: 'new', problem: null }
const there: Verdict = { state: 'there', problem: null }

export function startPlanning(lines: readonly BookLine[], known: Known): Planning {
  const verdicts: Verdict[] = lines.map(() => fresh)
  const index = createPlaceIndex()
  const byId = new Map(known.places.map((place) => [place.id, place]))
  const held = new Map<string, BookPlace>()
  const placeOf = (id: string): BookPlace | null => {
    const [before, row] = [held.get(id), byId.get(id)]
    if (before || !row) return before ?? null
    const { kind, name } = row
    const parent = row.parent === null ? null : placeOf(row.parent)
    const place: BookPlace = { id, line: null, kind, name, parent, isWrong: false }
    held.set(id, place)
    return place
  }
  for (const { id } of known.places) {
    const place = placeOf(id)
    if (place) index.add(place)
  }
  const isWrong = (at: number) => verdicts[at]?.state === 'wrong'
  return {
    ...{ lines, known, verdicts, index, held },
    refuse(at, problem) {
      if (!isWrong(at)) verdicts[at] = { state: 'wrong', problem }
    },
    keep(at) {
      if (!isWrong(at)) verdicts[at] = there
    },
  }
}

export const longestName = 40

/** A cell that is longer than any that means something, or a formula that somebody wrote as a text. */
export function problemOfTexts(
  texts: Partial<Record<LineField, string>>,
  longest = longestCell,
): LineProblem | null {
  for (const [name, text] of Object.entries(texts)) {
    const field = name as LineField
    if (text.length > longest) return { code: 'too-long', field, count: longest }
    if (/^[=＝]/.test(text)) return { code: 'formula', field }
  }
  return null
}

/** What a place or a person is called, cleaned; what is wrong with it is said. */
export function nameOf({ refuse }: Planning, at: number, written: string): string {
  const name = cleanText(written)
  if (name === '') refuse(at, { code: 'missing', field: 'name' })
  else if (name.length > longestName) {
    refuse(at, { code: 'too-long', field: 'name', count: longestName })
  }
  return name
}

/** Enough of a cell to find it again. */
export function shortly(text: string): string {
  const shown = cleanText(text)
  return shown.length > longestName ? `${shown.slice(0, longestName)}…` : shown
}

/** The places that whoever asks was given. */
export function rootsOf({ known, held }: Planning): readonly BookPlace[] {
  return known.roots.flatMap((id) => held.get(id) ?? [])
}

/** Rows that are one place twice: nothing stands in either before somebody says which is meant. */
export function areSame(found: readonly BookPlace[]): boolean {
  const [first] = found
  return found.every(
    ({ isWrong, parent, name }) =>
      isWrong && parent === first?.parent && placeKey(name) === placeKey(first?.name ?? ''),
  )
}

export function whereIs(
  { lines }: Planning,
  { line }: Pick<BookPlace, 'line'>,
): LineProblem['other'] {
  const found = line === null ? undefined : lines[line]
  return found && { sheet: found.sheet, row: found.row }
}

/** Refuses each of the rows that share a key, naming one that it shares it with. */
export function refuseRepeated<T extends { readonly line: number }>(
  planning: Planning,
  rows: readonly T[],
  code: 'twice' | 'code-twice' | 'login-twice',
  keyOf: (row: T) => string | null,
): void {
  const byKey = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key === null) continue
    const held = byKey.get(key)
    if (held) held.push(row)
    else byKey.set(key, [row])
  }
  for (const [first, second, ...more] of byKey.values()) {
    if (!first || !second) continue
    planning.refuse(first.line, { code, other: whereIs(planning, second) })
    for (const row of [second, ...more]) {
      planning.refuse(row.line, { code, other: whereIs(planning, first) })
    }
  }
}
