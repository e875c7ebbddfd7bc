/** Tables of what every machine has a copy of, and of what lies with a device, so that a push and a sign-in ask few of them. */
import type { ColumnType, JSONColumnType } from 'kysely'

type Big = ColumnType<number, number, number>
type Moment = ColumnType<Date, Date | string, Date | string>

/** What governs a place, or what it is called: a copy of a record, on every machine; see `db/place-rules.ts`. */
export interface PlaceRuleTable {
  readonly place: string
  readonly id: string
  readonly kind: string
  readonly version: Big
  readonly by: string | null
  /** The hash of its fields. */
  readonly mark: string
  readonly fields: JSONColumnType<Record<string, unknown>>
}

/** A wrong password from a device that its account is known by; see `db/attempts.ts`. */
export interface DeviceAttemptTable {
  readonly device: string
  readonly id: string
  readonly at: Moment
}
