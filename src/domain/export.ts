/**
 * Export 导出: a table left the register as a workbook, or all that is stored about one person as a file: how many rows,
 * masked or not, what for, to whom and on which legal ground. Append-only, kept by the server alone. It names columns and
 * filters, an office, and of a person's file the record; never a value.
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

/** A workbook; the standard's form as CSV in UTF-8 or GB 18030, or as JSON; printed. */
export const exportFormats = ['workbook', 'csv', 'csv-gb18030', 'json', 'paper'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Whose hands it goes into: the office's own, those of whom it is about (or the guardian), another office's. */
export const recipients = ['own', 'subject', 'office'] as const
export type Recipient = (typeof recipients)[number]
/** In UTF-16 units, of another office's name. */
export const longestRecipient = 60

/**
 * On which ground it goes there: a duty of the office (Personal Information Protection Law, articles 13 (3) and 34), what
 * the person or the guardian asked for (45), another law (13 (7)), sharing among offices (政务数据共享条例), the
 * person's separate consent (13 (1) and 23), an emergency (13 (4)).
 */
export const handOutGrounds = ['duty', 'request', 'law', 'sharing', 'consent', 'emergency'] as const
export type HandOutGround = (typeof handOutGrounds)[number]

/** What goes without saying for each recipient; why another office gets something is always said. */
export const usualGrounds: Readonly<Record<Recipient, HandOutGround | null>> = {
  own: 'duty',
  subject: 'request',
  office: null,
}

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
  /** Absent in exports of before these were asked. */
  recipient: maybe(choice(recipients)),
  /** Of another office. */
  recipientName: maybe(text(longestRecipient)),
  ground: maybe(choice(handOutGrounds)),
  /** A workbook where it is absent. */
  format: maybe(choice(exportFormats)),
  /** How many minors stand in it; none where it is absent. */
  minors: maybe(whole(0, 10_000_000)),
  /** The approval under which they do: the server's word. */
  approval: maybe(id),
})
export type Export = v.InferOutput<typeof exportSchema>

/** Where an export goes and why it may. */
export type GoesTo = Pick<Export, 'recipient' | 'recipientName' | 'ground'>
