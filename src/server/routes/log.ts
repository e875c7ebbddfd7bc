/** One line of JSON for each event, with a fixed vocabulary: there is no field that a person's data could go into. */
import type { PageProblem } from '#domain/ask/page-words.ts'
import type { Problem } from '#protocol/problem.ts'

export interface LogFields {
  readonly method?: string
  /** The pattern of a route, never its path. */
  readonly route?: string
  readonly status?: number
  readonly ms?: number
  readonly problem?: Problem | PageProblem
  /** The class of an error, never its message: a database's message may quote a row. */
  readonly error?: string
  readonly count?: number
  /** What runs by itself, by name. */
  readonly pass?: string
}

export interface Log {
  write(
    event: 'started' | 'stopping' | 'request' | 'ask' | 'fault' | 'database' | 'backup',
    fields?: LogFields,
  ): void
}

export function createLog(print: (line: string) => void, clock: { now(): number }): Log {
  return {
    write(event, fields) {
      print(JSON.stringify({ at: new Date(clock.now()).toISOString(), event, ...fields }))
    },
  }
}
