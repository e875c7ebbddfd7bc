/**
 * A workbook of places and people: `POST /api/place-books/write` makes all of it in one act or nothing,
 * `GET /api/place-books` lists what was made so, `POST /api/place-books/take-back` takes one back as a whole. The
 * one-time passwords of its accounts come in portions (`POST /api/people/one-time`). Since version 3.
 */
import * as v from 'valibot'
import { roles } from '#domain/account.ts'
import { id as uuid, instant as moment } from '#domain/field.ts'
import { longestCell, longestPlaces, mostLines, type BookLine } from '#domain/place-book/book.ts'
import { lineProblems } from '#domain/place-book/verdict.ts'
import { placeKinds } from '#domain/place.ts'

export const placeBooksPath = '/api/place-books'

const cell = v.pipe(v.string(), v.maxLength(longestCell))
const at = {
  sheet: v.pipe(v.string(), v.maxLength(longestCell)),
  row: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
}
const lineSchema = v.variant('of', [
  v.looseObject({
    ...{ of: v.literal('place'), ...at },
    ...{ kind: cell, name: cell, parent: cell, code: cell },
  }),
  v.looseObject({
    ...{ of: v.literal('person'), ...at },
    ...{ name: cell, login: cell, role: cell },
    places: v.pipe(v.string(), v.maxLength(longestPlaces)),
  }),
])

/** Only rows that are new to whoever asks: one that is not new to the server stops all of them. */
export const writeBookSchema = v.looseObject({
  act: uuid,
  lines: v.pipe(v.array(lineSchema), v.minLength(1), v.maxLength(mostLines)),
})
export interface WriteBook {
  readonly act: string
  readonly lines: readonly BookLine[]
}

const verdictSchema = v.looseObject({
  state: v.picklist(['new', 'there', 'wrong']),
  problem: v.nullable(
    v.looseObject({
      code: v.picklist(lineProblems),
      field: v.optional(v.picklist(['kind', 'name', 'parent', 'code', 'login', 'role', 'places'])),
      text: v.optional(v.string()),
      count: v.optional(v.number()),
      kind: v.optional(v.picklist(placeKinds)),
      above: v.optional(v.picklist(placeKinds)),
      role: v.optional(v.picklist(roles)),
      other: v.optional(v.looseObject(at)),
    }),
  ),
})

export const bookWrittenSchema = v.looseObject({
  ok: v.literal(true),
  /** Null where nothing was written, since not all rows are new any more. */
  book: v.nullable(uuid),
  /** Then what is to be said of each line; else empty. */
  verdicts: v.array(verdictSchema),
})
export type BookWritten = v.InferOutput<typeof bookWrittenSchema>

export const bookListSchema = v.looseObject({
  ok: v.literal(true),
  /** The newest first. */
  books: v.array(
    v.looseObject({
      book: uuid,
      by: uuid,
      at: moment,
      places: v.array(uuid),
      accounts: v.array(uuid),
      takenBackAt: v.nullable(moment),
    }),
  ),
})
export type BookList = v.InferOutput<typeof bookListSchema>

export const takeBackSchema = v.looseObject({ act: uuid, book: uuid })

/** What stands in the way: something that was recorded, a place or a person that came later, somebody who has signed in. */
export const standingKinds = ['record', 'place', 'person', 'signed-in'] as const
export const takenBackSchema = v.looseObject({
  ok: v.literal(true),
  /** Null where it was taken back. */
  standing: v.nullable(
    v.looseObject({
      what: v.picklist(standingKinds),
      /** Of the place in which it stands; of the person. */
      name: v.string(),
    }),
  ),
})
export type TakenBack = v.InferOutput<typeof takenBackSchema>

/** So many hashes are a second's work. */
export const mostOneTimes = 20
export const oneTimesSchema = v.looseObject({
  accounts: v.pipe(
    v.array(v.looseObject({ account: uuid, act: uuid })),
    v.minLength(1),
    v.maxLength(mostOneTimes),
  ),
})
export type OneTimes = v.InferOutput<typeof oneTimesSchema>

export const oneTimesAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** Told in this answer alone. An account that has chosen a password of its own meanwhile is not among them. */
  passwords: v.array(v.looseObject({ account: uuid, password: v.string() })),
  until: moment,
})
export type OneTimesAnswer = v.InferOutput<typeof oneTimesAnswerSchema>
