/** What an import says of itself and where it stands, made of its items. */
import { isDay } from '#domain/day.ts'
import { mostBases, type Import, type ImportItem } from '#domain/import.ts'
import { rosterFields } from '#domain/roster/fields.ts'
import { cleanText } from '#domain/text.ts'
import type { Register } from '#app/register/register.ts'
import type { Corrections } from '#app/roster/corrections.ts'
import type { SaveProblem } from './intent.ts'
import type { WorkActs } from './work.ts'

/** Words of the roster that is handed out as a template. */
export interface TemplateWords {
  readonly file: string
  readonly sheet: string
  readonly example: string
  readonly above: string
}

/** Sealed: which headers mean what in this office's rosters. */
export const correctionsKey = 'import-columns'

/** The media type of a workbook (ISO/IEC 29500). */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const longestTitle = 80

export function titleOf(name: string): string {
  const title = name.normalize('NFC').trim()
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title || '-'
}

/** What an earlier version or a damaged draft may hold is left out. */
export function readCorrections(draft: unknown): Corrections {
  if (typeof draft !== 'object' || draft === null) return {}
  const known = new Set<unknown>([...rosterFields, ''])
  return Object.fromEntries(Object.entries(draft).filter(([, field]) => known.has(field)))
}

/** Adds the streams that a part writes to. Part by part: a village at once would hold up the screen. */
export function addStreams(streams: Set<string>, items: readonly ImportItem[]): void {
  for (const { stream, to } of items) {
    streams.add(stream)
    if (to) streams.add(to)
  }
}

/** Up to which version the comparison knew each grid, and each other stream that it writes to. */
export function basesOf(register: Register, written: ReadonlySet<string>): Import['bases'] {
  const streams = new Set([...written, ...register.grids().map(({ id }) => id)])
  return [...streams]
    .slice(0, mostBases)
    .map((stream) => ({ stream, version: register.reached(stream) }))
}

/** The lowest place above all grids that it touches: who works there sees it and may take it back. */
export function homeOf(register: Register, written: ReadonlySet<string>): string | null {
  const paths = [...written].map((stream) => register.pathOf(stream).map(({ id }) => id))
  const [first] = paths
  if (!first) return null
  const shared = first.filter((id) => paths.every((path) => path.includes(id)))
  // Of a single grid, the community that it belongs to, where this device has it.
  return shared.at(-1) === first.at(-1) && first.length > 1
    ? (first.at(-2) ?? null)
    : (shared.at(-1) ?? null)
}

/** Who gave a roster, as it was filled in. */
export interface GivenBy {
  readonly source?: string
  readonly entry?: string
  readonly on?: string
}

/** Nothing where no office is named: an entry or a day alone says nothing. */
export function sourceOf({
  source = '',
  entry = '',
  on = '',
}: GivenBy): Pick<Import, 'source' | 'sourceEntry' | 'sourceOn'> {
  const office = cleanText(source)
  if (office === '') return {}
  const sourceEntry = cleanText(entry)
  return {
    source: office,
    ...(sourceEntry === '' ? {} : { sourceEntry }),
    ...(isDay(on) ? { sourceOn: on } : {}),
  }
}

/** An import is taken back by whoever has it asking for that; the office does the rest. */
export async function askUndo(
  work: Pick<WorkActs, 'save'>,
  record: string,
  now: number,
): Promise<SaveProblem | null> {
  const fields = { undoAsked: new Date(now).toISOString() }
  const outcome = await work.save([{ op: 'patch', kind: 'import', record, fields }])
  return outcome.ok ? null : outcome.problem
}
