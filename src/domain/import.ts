/**
 * Import 导入: one roster brought into the register. The import says what it brings and on which versions it was
 * compared; its parts hold the changes themselves. The server writes all of it in one go once every part has come,
 * or nothing, and takes it back as a whole as long as nobody has built on it (docs/decisions/0026).
 */
import * as v from 'valibot'
import { choice, day, id, instant, list, maybe, text, whole } from './field.ts'

/** Written; overtaken by another import of the same people; refused by the rules; taken back. */
export const importOutcomes = ['written', 'overtaken', 'refused', 'undone'] as const
export type ImportOutcome = (typeof importOutcomes)[number]

export const mostParts = 20_000
/** So many changes a part at most: some ten kilobytes. */
export const mostInPart = 40

/** More streams than a subdistrict has. */
export const mostBases = 2_000

const count = whole(0, 1_000_000_000)

/** Spreadsheets allow 31 characters; a longer name is cut. */
export const longestSheet = 40

/** In UTF-16 units: an office's name, an entry of its catalogue of shared data. */
export const longestSource = 40
export const longestEntry = 80

export const importSchema = v.looseObject({
  /** What the office calls it: the name of its file. */
  title: text(80),
  parts: whole(1, mostParts),
  /** Rows of the roster that were taken, people who are new, and people of whom something changes. */
  rows: count,
  added: count,
  changed: count,
  /** Up to which version the device knew each stream when it compared; one that it writes to and does not name: 0. */
  bases: list(v.looseObject({ stream: id, version: count }), mostBases),
  /** What its rows are where they are no people: open requests of an office's ledger. */
  about: maybe(choice(['requests'])),
  /** Which office gave the roster, under which entry of its catalogue, and of which day it is. */
  source: maybe(text(longestSource)),
  sourceEntry: maybe(text(longestEntry)),
  sourceOn: maybe(day),
  outcome: maybe(choice(importOutcomes)),
  /** Of a refusal: a code of `protocol/problem.ts`. */
  reason: maybe(text(40)),
  /** Of a refusal: the row of the roster and the field that it broke on, as far as the server knows them. */
  refusedAt: maybe(
    v.looseObject({
      sheet: maybe(text(longestSheet)),
      row: maybe(count),
      kind: text(20),
      field: maybe(text(40)),
    }),
  ),
  /** Somebody wants it taken back, and since when. */
  undoAsked: maybe(instant),
  /** Why it was not taken back: what changed since, some of it. */
  builtOn: maybe(
    list(v.looseObject({ kind: text(20), record: id, by: maybe(id), at: maybe(instant) }), 20),
  ),
})
export type Import = v.InferOutput<typeof importSchema>

/** One change of an import, as a mutation says it; what all of them have in common stands in the import. */
const importItemSchema = v.looseObject({
  stream: id,
  kind: choice([
    ...(['building', 'dwelling', 'household', 'resident'] as const),
    ...(['request', 'request-step', 'asker'] as const),
  ]),
  record: id,
  op: choice(['create', 'patch']),
  to: maybe(id),
  fields: v.record(v.string(), v.unknown()),
  seen: whole(0, Number.MAX_SAFE_INTEGER),
  /** Where it stands in the roster, so that a refusal can name its row. Of what several rows make there is none. */
  sheet: maybe(text(longestSheet)),
  row: maybe(count),
})
export type ImportItem = v.InferOutput<typeof importItemSchema>

export const importPartSchema = v.looseObject({
  import: id,
  /** 1, 2, 3 … up to the import's `parts`. */
  part: whole(1, mostParts),
  items: list(importItemSchema, mostInPart),
})
export type ImportPart = v.InferOutput<typeof importPartSchema>
