/**
 * `POST /api/table`: people of a place of the account and of all below it as rows of a table, whether or not its device
 * holds them; a page for the screen, masked, or a slice of what leaves as a file. `POST /api/table/count`: how many they
 * are. Each question has a purpose and stands in the log; what is asked stands in the body.
 */
import * as v from 'valibot'
import { exportFormats, exportPurposes, handOutGrounds, recipients } from '#domain/export.ts'
import { id as uuid } from '#domain/field.ts'
import { filterSchema } from '#domain/sheet-filter.ts'

export const tablePath = '/api/table'
export const tableCountPath = '/api/table/count'

/** Rows of a page on the screen, and of a slice of a file. */
export const pageOfTable = 60
export const sliceOfTable = 500

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** After which row it goes on; `id` null: with the first of a place. What is not known any more begins anew. */
export const tableCursorSchema = v.looseObject({ stream: uuid, id: v.nullable(uuid) })
export type TableCursor = v.InferOutput<typeof tableCursorSchema>

const asked = {
  protocol: v.pipe(v.number(), v.integer()),
  purpose: v.picklist(exportPurposes),
  /** One of the account's places, or one below them. */
  place: uuid,
  filter: filterSchema,
}

export const tableCountRequestSchema = v.looseObject(asked)
export type TableCountRequest = v.InferOutput<typeof tableCountRequestSchema>

export const tableCountSchema = v.looseObject({ ok: v.literal(true), count: whole })
export type TableCount = v.InferOutput<typeof tableCountSchema>

/** What leaves the register as a file: to whom and why, and where the device writes down that it did. */
export const leavingSchema = v.looseObject({
  /** Of the account's own places: where the record of the export will stand. Minors need approvals of it and of where they live. */
  stream: uuid,
  /** Names and numbers in full. */
  open: v.boolean(),
  format: v.picklist(exportFormats),
  recipient: v.picklist(recipients),
  ground: v.picklist(handOutGrounds),
})
export type Leaving = v.InferOutput<typeof leavingSchema>

export const tableRequestSchema = v.looseObject({
  ...asked,
  /** Keys of columns; one that the server does not have is left out. */
  columns: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.minLength(1), v.maxLength(60)),
  /** Null: by grids, in each as somebody walks. */
  sort: v.nullable(
    v.looseObject({ column: v.pipe(v.string(), v.maxLength(40)), descending: v.boolean() }),
  ),
  cursor: v.nullable(tableCursorSchema),
  leaving: v.optional(v.nullable(leavingSchema)),
})
export type TableRequest = v.InferOutput<typeof tableRequestSchema>

const cell = v.union([
  v.string(),
  v.number(),
  v.boolean(),
  v.null(),
  v.array(v.union([v.string(), v.looseObject({})])),
])

export const tableAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** The columns that the cells are of. */
  columns: v.array(v.string()),
  rows: v.array(v.looseObject({ id: uuid, stream: uuid, cells: v.array(cell) })),
  /** Null where that was the last of it. A page may hold fewer rows than it could, and others follow all the same. */
  cursor: v.nullable(tableCursorSchema),
  /** Of what leaves: minors in it, and those who were left out since nobody approved. */
  minors: whole,
  left: whole,
})
export type TableAnswer = v.InferOutput<typeof tableAnswerSchema>
