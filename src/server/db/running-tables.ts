/** Tables of what runs by itself: passes, the purge, and the servers that share a database. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

type Moment = ColumnType<Date, Date | string, Date | string>

/** What is purged next; see `ledger/purge-list.ts`. */
export interface PurgeNoticeTable {
  readonly stream: string
  readonly record: string
  readonly kind: string
  readonly rule: string
  readonly day: string
  readonly received: string | null
  readonly due: string
  readonly listed_on: string
  readonly listed_run: number
  readonly kept_on: string | null
  readonly kept_by: string | null
}

/** What each office remembers of its purges; see `ledger/purge-pass.ts`. Its stream is that of its topmost place. */
export interface PurgeGuardTable {
  readonly stream: string
  readonly run: number
  readonly run_day: string
  readonly last_at: Moment
  readonly purged: JSONColumnType<{ readonly people: number; readonly visits: number }>
  readonly held: JSONColumnType<Record<string, unknown>> | null
  readonly first_by: string | null
  readonly second_by: string | null
}

/** What runs by itself, and how it went last; see `keepers/passes.ts`. One row for each, of the whole server. */
export interface PassTable {
  readonly name: string
  readonly at: Moment
  readonly good_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  readonly ms: number
  readonly facts: JSONColumnType<Record<string, unknown>>
}

/** What one server tells the others; see `db/news.ts`. */
export interface NewsTable {
  readonly id: Generated<number>
  readonly server: string
  readonly at: Generated<Date>
  readonly body: JSONColumnType<object>
}

/** Which server does something, until when; see `db/lease.ts`. */
export interface LeaseTable {
  readonly name: string
  readonly holder: string
  readonly until: Moment
  /** Of the offer that took it, by the clock of the database. */
  readonly taken_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
