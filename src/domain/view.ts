/**
 * View 视图: a table of the register as an office likes it, under a name: columns in their order, sort and filter, and
 * the title that an export of it bears. It lives in the office's own stream, so that colleagues have the same ones.
 */
import * as v from 'valibot'
import { choice, flag, list, maybe, text } from './field.ts'
import { sheets } from './sheet.ts'
import { filterSchema } from './sheet-filter.ts'

export const sortSchema = v.looseObject({ column: text(40), descending: maybe(flag) })
export type SheetSort = v.InferOutput<typeof sortSchema>

export const viewSchema = v.looseObject({
  name: text(40),
  /** Above the header row of the workbook; without it the name stands there. */
  title: maybe(text(80)),
  sheet: choice(sheets),
  /** Keys of columns; one that a device does not know is left out there and kept. */
  columns: v.pipe(list(text(40), 60), v.minLength(1, 'required')),
  sort: maybe(sortSchema),
  filter: maybe(filterSchema),
  /** Key of the column whose values the rows stand in groups of. */
  group: maybe(text(40)),
  /** Put away: it is never removed, since exports name it. */
  closed: maybe(flag),
})
export type View = v.InferOutput<typeof viewSchema>
