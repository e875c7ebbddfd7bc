/** The log of what an operator's address was told; see `notifications.ts`. */
import type { ColumnType } from 'kysely'

type Moment = ColumnType<Date, Date | string, Date | string>
type MaybeMoment = ColumnType<Date | null, Date | string | null, Date | string | null>

/** On the page of a code before every stream, or in a grid and not accepted. */
export type WaitsAs = 'page' | 'request'

export interface NotificationTable {
  readonly place: string
  readonly id: string
  readonly what: WaitsAs
  readonly count: number
  /** Rises with each that comes, whenever it was said: the server's moment, or the version in its stream. */
  readonly mark: ColumnType<string, number | string, number | string>
  readonly made_at: Moment
  readonly tries: number
  /** The last answer's; null where there was none. */
  readonly status: number | null
  readonly sent_at: MaybeMoment
  readonly given_up_at: MaybeMoment
}
