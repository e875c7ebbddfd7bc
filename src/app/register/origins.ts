/**
 * Where a field came from: a change that an import wrote has the moment and the author of that import, and the import says
 * which office gave its roster.
 */
import type { Day } from '#domain/day.ts'
import type { HistoryLine, Register } from './register.ts'

export interface Origin {
  readonly source: string
  /** Of the office's catalogue of shared data. */
  readonly entry: string | null
  /** Of which day the roster is. */
  readonly on: Day | null
}

type Line = Pick<HistoryLine, 'at' | 'by' | 'op' | 'fields'>
export type OriginOf = (line: Pick<Line, 'at' | 'by'>) => Origin | null

/** Of imports that are written, and that named their source. */
export function originsIn(register: Pick<Register, 'all'>): OriginOf {
  const known = new Map<string, Origin>()
  for (const { at, by, fields } of register.all('import')) {
    const { source, sourceEntry, sourceOn, outcome } = fields
    if (!source || !at || !by || outcome !== 'written') continue
    known.set(keyOf(at, by), { source, entry: sourceEntry ?? null, on: sourceOn ?? null })
  }
  return ({ at, by }) => (by ? (known.get(keyOf(at, by)) ?? null) : null)
}

function keyOf(at: string, by: string): string {
  return `${at} ${by}`
}

/**
 * By field the origin of what stands there now; none where somebody changed it since, or nobody knows. `lines`: newest
 * first. Only of a history that is `complete` a field which no change names is what the record was made with.
 */
export function originsOfFields(
  lines: readonly Line[],
  fields: readonly string[],
  originOf: OriginOf,
  complete: boolean,
): ReadonlyMap<string, Origin> {
  const found = new Map<string, Origin>()
  for (const field of fields) {
    const line =
      lines.find(({ op, fields: changed }) => op === 'patch' && Object.hasOwn(changed, field)) ??
      (complete ? lines.find(({ op }) => op === 'create') : undefined)
    const origin = line && originOf(line)
    if (origin) found.set(field, origin)
  }
  return found
}
