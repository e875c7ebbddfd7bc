/**
 * The table of people asked of the office's server, over places that this device need not hold. Online, with a purpose, and on
 * record there. Fetched when somebody asks for it.
 */
import type { ExportFormat, ExportPurpose, GoesTo } from '#domain/export.ts'
import { rowBeyond, type BeyondCell } from '#domain/sheet-beyond.ts'
import type { SheetColumn, SheetRow } from '#domain/sheet-columns.ts'
import type { SheetFilter } from '#domain/sheet-filter.ts'
import type { Day } from '#domain/day.ts'
import type { SheetSort } from '#domain/view.ts'
import {
  tableAnswerSchema,
  tableCountPath,
  tableCountSchema,
  tablePath,
  type Leaving,
  type TableAnswer,
  type TableCursor,
} from '#protocol/table.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PlacesParts } from './places-acts.ts'

export interface BeyondAsked {
  /** Of the account's places, or below them. */
  readonly place: string
  readonly filter: SheetFilter
  readonly columns: readonly SheetColumn[]
  /** By one of `beyondSorts`; null: by grids, in each as somebody walks. */
  readonly sort: SheetSort | null
  readonly purpose: ExportPurpose
}

export interface PersonBeyond {
  readonly id: string
  /** The grid whose register holds the person. */
  readonly stream: string
  /** In the order of the columns that were asked for. */
  readonly cells: readonly BeyondCell[]
}

export interface PageBeyond {
  readonly people: readonly PersonBeyond[]
  /** What the next page comes after; null where this was the last one. */
  readonly next: TableCursor | null
}

export interface SlicesAsked extends Omit<BeyondAsked, 'purpose'> {
  /** Where the export is written down. */
  readonly stream: string
  readonly open: boolean
  readonly format: ExportFormat
  readonly today: Day
  readonly log: GoesTo & { readonly purpose: ExportPurpose }
}

export type BeyondProblem = Exclude<OfficeAnswer<never>, { readonly ok: true }>['problem']

export interface Slice {
  readonly rows: readonly SheetRow[]
  /** From 0 to 1; null where nothing new is known of it. */
  readonly done: number | null
}

/** Rows of a file as they come; `told` is whole once the last one is there. */
export interface Slices {
  readonly rows: AsyncIterable<Slice>
  readonly told: {
    /** Why no more came; null where all are there. */
    readonly problem: BeyondProblem | null
    /** Minors among the rows, and those who were left out. */
    readonly minors: number
    readonly left: number
  }
}

export interface TableActs {
  page(asked: BeyondAsked, after: TableCursor | null): Promise<OfficeAnswer<PageBeyond>>
  count(asked: Pick<BeyondAsked, 'place' | 'filter' | 'purpose'>): Promise<OfficeAnswer<number>>
  slices(asked: SlicesAsked, signal: AbortSignal): Slices
}

export interface TableParts {
  readonly ask: PlacesParts['ask']
  /** Some milliseconds later, before the same is asked again. */
  readonly wait: (ms: number) => Promise<void>
}

/** A slice is read from the whole subdistrict, and its rows come over a village's line. */
const patienceMs = 60_000
/** What may pass by itself is asked again, each time after twice as long. */
const mostTries = 6
const firstWaitMs = 1_000
const passing: ReadonlySet<BeyondProblem> = new Set([
  ...(['offline', 'too-many-attempts', 'database-unreachable'] as const),
])

export function createTableActs({ ask, wait }: TableParts): TableActs {
  const pageOf = async (
    { columns, sort, ...asked }: BeyondAsked,
    cursor: TableCursor | null,
    leaving: Leaving | null,
  ): Promise<OfficeAnswer<TableAnswer>> => {
    const keys = columns.map(({ key }) => key)
    const answer = await ask(
      ...(['POST', tablePath, tableAnswerSchema] as const),
      {
        ...{ protocol: protocolVersion, ...asked, columns: keys, cursor, leaving },
        sort: sort && { column: sort.column, descending: sort.descending === true },
      },
      patienceMs,
    )
    if (!answer.ok) return answer
    // A server of another version may not have all of them.
    const at = keys.map((key) => answer.value.columns.indexOf(key))
    const rows = answer.value.rows.map(({ cells, ...row }) => ({
      ...row,
      cells: at.map((index) => cells[index] ?? null),
    }))
    return { ok: true, value: { ...answer.value, rows } }
  }
  const again = async <T>(
    signal: AbortSignal,
    act: () => Promise<OfficeAnswer<T>>,
  ): Promise<OfficeAnswer<T>> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await act()
      if (answer.ok || !passing.has(answer.problem) || tries === mostTries) return answer
      if (signal.aborted) return answer
      await wait(firstWaitMs * 2 ** (tries - 1))
    }
  }
  const count: TableActs['count'] = async (asked) => {
    const body = { protocol: protocolVersion, ...asked }
    const answer = await ask('POST', tableCountPath, tableCountSchema, body, patienceMs)
    return answer.ok ? { ok: true, value: answer.value.count } : answer
  }
  return {
    count,
    async page(asked, after) {
      const answer = await pageOf(asked, after, null)
      if (!answer.ok) return answer
      return { ok: true, value: { people: answer.value.rows, next: answer.value.cursor } }
    },
    slices({ stream, open, format, log, today, ...asked }, signal) {
      const { purpose, recipient, ground } = log
      const leaving: Leaving = {
        ...{ stream, open, format, recipient: recipient ?? 'own', ground: ground ?? 'duty' },
      }
      const told = { problem: null as BeyondProblem | null, minors: 0, left: 0 }
      const question = { ...asked, purpose }
      const slice = (after: TableCursor | null) =>
        again(signal, () => pageOf(question, after, leaving))
      async function* rows(): AsyncGenerator<Slice> {
        const counted = await again(signal, () => count(question))
        if (!counted.ok) return void (told.problem = counted.problem)
        /** Whoever moves meanwhile may come twice, and stands in the file once. */
        const seen = new Set<string>()
        let read = 0
        let begun = 0
        for (let cursor: TableCursor | null = null; !signal.aborted;) {
          const answer = await slice(cursor)
          if (!answer.ok) {
            // Who stood last is gone: from the beginning, past those who are in the file already.
            const isMoved = answer.problem === 'changed-meanwhile' && cursor !== null
            if (!isMoved || (begun += 1) === mostTries) {
              return void (told.problem = answer.problem)
            }
            cursor = null
            continue
          }
          const { value } = answer
          const fresh = value.rows.filter(({ id }) => !seen.has(id))
          for (const { id } of fresh) seen.add(id)
          read += fresh.length
          told.minors += fresh.length === 0 ? 0 : value.minors
          told.left += value.left
          yield {
            rows: fresh.map((row) => rowBeyond(asked.columns, row, today)),
            done: Math.min(0.99, (read + told.left) / Math.max(1, counted.value)),
          }
          if (!value.cursor) return
          cursor = value.cursor
        }
      }
      return { rows: rows(), told }
    },
  }
}
