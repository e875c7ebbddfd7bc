/**
 * The overview as the office last told it: asked anew where there is a connection, and kept sealed, so that it can be
 * read without one. Fetched with the page that shows it: its messages are no part of the first screen.
 */
import * as v from 'valibot'
import { overviewSchema, placeOverviewSchema } from '#protocol/overview.ts'
import type { OfficeAnswer, OverviewActs, Remembered } from './app.ts'

export interface OverviewParts {
  readonly ask: <T>(path: string, schema: v.GenericSchema<unknown, T>) => Promise<OfficeAnswer<T>>
  /** Small sealed values of the account; null while nobody is at work. */
  readonly notes: () => {
    note(key: string): Promise<unknown>
    setNote(key: string, value: unknown): Promise<void>
  } | null
}

export function createOverview({ ask, notes }: OverviewParts): OverviewActs {
  const remembered = <T>(
    path: string,
    key: string,
    schema: v.GenericSchema<unknown, T>,
  ): Remembered<T> => ({
    async last() {
      const kept = await notes()
        ?.note(key)
        .catch(() => undefined)
      const parsed = v.safeParse(schema, kept)
      return parsed.success ? parsed.output : null
    },
    async now() {
      // Whoever is at work when the answer comes may be somebody else.
      const mine = notes()
      const answer = await ask(path, schema)
      // What cannot be kept is asked for again: nothing of anybody's work is lost with it.
      if (answer.ok) void mine?.setNote(key, answer.value).catch(() => {})
      return answer
    },
  })
  return {
    places: remembered('/api/overview', 'overview', overviewSchema),
    place: (id) => remembered(`/api/overview/${id}`, `overview/${id}`, placeOverviewSchema),
  }
}
