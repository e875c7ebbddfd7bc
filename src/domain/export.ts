/**
 * Export 导出: a table left the register as a workbook, or all that is stored about one person as a file: how many rows,
 * masked or not, and what for. Append-only, kept by the server alone. It names columns and filters, and of a person's file
 * the record; never a value.
 */
import * as v from 'valibot'
import { choice, flag, id, instant, list, maybe, text, whole } from './field.ts'
import { sheets } from './sheet.ts'

/** A report to another office; visits and checks on paper; a check of the register itself; what the law asks for. */
export const exportPurposes = ['report', 'visits', 'check', 'law'] as const
export type ExportPurpose = (typeof exportPurposes)[number]

/** Of a person's file: they asked for it; a check of what is registered; what the law asks for. */
export const filePurposes = ['request', 'check', 'law'] as const
export type FilePurpose = (typeof filePurposes)[number]

export const exportSchema = v.looseObject({
  /** Which table; `file`: all about one person, see `subject`. */
  sheet: choice([...sheets, 'file']),
  columns: list(text(40), 60),
  /** In words: colours, tags, ages, places; of a search only that there was one. */
  filter: maybe(text(500)),
  /** The saved view that it was made of. */
  view: maybe(id),
  /** Of a person's file: the resident, and the inquiry that it answers. */
  subject: maybe(id),
  inquiry: maybe(id),
  count: whole(0, 10_000_000),
  /** False: names and numbers stand in it in full. */
  masked: flag,
  purpose: choice([...exportPurposes, 'request']),
  at: instant,
  /** How many minors stand in it; none where it is absent. */
  minors: maybe(whole(0, 10_000_000)),
  /** The approval under which they do: the server's word. */
  approval: maybe(id),
})
export type Export = v.InferOutput<typeof exportSchema>
