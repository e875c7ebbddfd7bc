/** The history of a record as its page tells it: who wrote each line, and which office's roster it came from. */
import { historyIn } from '#app/register/history-of.ts'
import { originsIn, type Origin } from '#app/register/origins.ts'
import type { HistoryLine, Register } from '#app/register/register.ts'

export type { Origin } from '#app/register/origins.ts'

export interface ToldLine {
  readonly line: HistoryLine
  /** Null where nobody is known by that name here. */
  readonly author: string | null
  readonly origin: Origin | null
}

/** Newest first. */
export function historyOf(register: Register, record: string): readonly ToldLine[] {
  const originOf = originsIn(register)
  return historyIn(register, record).map((line) => ({
    line,
    author: (line.by && register.get('account', line.by)?.fields.name) || null,
    origin: originOf(line),
  }))
}
