/** A request of help for people of the register, as long as it is help; see `db/help.ts`. */
export interface HelpTable {
  /** Where the request stands. */
  readonly stream: string
  readonly request: string
  readonly number: string
  /** Whom it is about or from; empty of what is help no more, until their colours were looked at again. */
  readonly residents: readonly string[]
  readonly is_open: boolean
  /** Day on which it was closed without what was asked for. */
  readonly unmet_on: string | null
  /** Whose colours the calendar has to look at again, in whatever grid they live. */
  readonly look_again: readonly string[]
}
