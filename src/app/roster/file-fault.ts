/**
 * Rosters on the device: files read, compared and made into an import, all in a worker thread of its own. This folder
 * knows files and workbooks; what their rows mean stands in `domain/roster`.
 */

/** Why a file is not read. Nothing of it was taken. */
export type FileTrouble =
  | 'empty'
  | 'too-large' // more bytes than any roster has
  | 'too-much-inside' // small outside, without end inside
  | 'too-many-rows'
  | 'encrypted' // asks for a password
  | 'no-reader' // its reader is not on this device and could not be fetched
  | 'web-page' // without a table in it
  | 'forms' // one form for each person, which no reader of tables understands
  | 'not-a-table' // another kind of file, whatever it is called
  | 'damaged' // cut short or changed on the way
  | 'no-table' // no sheet with a header that we know

export class FileFault extends Error {
  readonly trouble: FileTrouble
  constructor(trouble: FileTrouble, cause?: unknown) {
    super(trouble, { cause })
    this.trouble = trouble
  }
}

/** What else a person should know of a file that was read. */
export type FileNotice =
  | 'macros' // it has some; they were not run
  | 'formulas' // their last results were taken
  | 'formulas-without-result'
  | 'renamed' // it is another kind of file than its name says
  | 'errors' // cells that say #N/A and the like
