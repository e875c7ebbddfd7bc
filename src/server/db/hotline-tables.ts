/** Tables of the hotline: outside systems, and what they handed in. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { HotlineWords } from '#domain/requests/hotline.ts'

type Moment = ColumnType<Date, Date | string, Date | string>
type MaybeMoment = ColumnType<Date | null, Date | string | null, Date | string | null>

export interface HotlineSystemTable {
  readonly id: string
  readonly name: string
  /** Two characters in the numbers of its requests. */
  readonly tag: string
  readonly places: readonly string[]
  readonly may_write: boolean
  /** SHA-256 in hexadecimal; null of one that was stopped. */
  readonly key_hash: string | null
  readonly made_at: Moment
  readonly made_by: string
  readonly keyed_at: Moment
  readonly stopped_at: MaybeMoment
  readonly used_at: MaybeMoment
  readonly used_day: string | null
  readonly used_today: Generated<number>
  readonly refused_today: Generated<number>
}

export interface HotlineRequestTable {
  readonly id: string
  readonly system: string
  readonly outside_number: string
  /** What the hotline has as service_request_id, and the request as its number. */
  readonly number: string
  readonly place: string
  readonly service: string | null
  readonly service_name: string | null
  /** Emptied once somebody decided: the request has it then, or nobody. */
  readonly said: JSONColumnType<HotlineWords> | null
  readonly said_hash: string
  readonly asked_at: Moment
  readonly received_at: Moment
  readonly state: 'waiting' | 'admitted' | 'turned-away'
  readonly request: string | null
  readonly decided_at: MaybeMoment
  readonly decided_by: string | null
  readonly reason: string | null
  readonly told: string | null
}

export interface HotlineAdditionTable {
  readonly hotline_request: string
  readonly hash: string
  readonly at: Moment
  /** Null once the request has them. */
  readonly words: string | null
}
