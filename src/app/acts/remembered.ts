/** What the office told, asked anew where there is a connection and kept sealed, so that it can be read without one. */
import * as v from 'valibot'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'

/** What the office tells, and what it told last: that stays sealed on the device. */
export interface Remembered<T> {
  last(): Promise<T | null>
  now(): Promise<OfficeAnswer<T>>
}

export interface RememberingParts {
  /** Small sealed values of the account; null while nobody is at work. */
  readonly notes: () => {
    note(key: string): Promise<unknown>
    setNote(key: string, value: unknown): Promise<void>
  } | null
}

export function createRemembering({ notes }: RememberingParts) {
  return <T>(
    key: string,
    schema: v.GenericSchema<unknown, T>,
    ask: () => Promise<OfficeAnswer<T>>,
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
      const answer = await ask()
      // What cannot be kept is asked for again: nothing of anybody's work is lost with it.
      if (answer.ok) void mine?.setNote(key, answer.value).catch(() => {})
      return answer
    },
  })
}
