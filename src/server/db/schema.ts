/** What the database holds. Every table that grows carries its stream first in the primary key: that is its shard. */
import type { ColumnType, Generated, JSONColumnType, Kysely } from 'kysely'
import type { DeviceReport } from '#protocol/device.ts'
import type { FieldMark } from '#protocol/merge.ts'
import type { Receipt } from '#protocol/mutation.ts'
import type { AuditAct } from './audit.ts'

/** bigint, read as a number: a stream would need 9 · 10¹⁵ changes to leave the safe range. */
type Big = ColumnType<number, number, number>
type Moment = ColumnType<Date, Date | string, Date | string>

export interface PlaceTable {
  readonly id: string
  readonly parent: string | null
}

export interface StreamTable {
  readonly id: string
  readonly epoch: number
  readonly head: Big
  /** Cursors below it get a fresh snapshot: tombstones before it are gone. */
  readonly floor: Big
  /** The scheme under which its subjects were coloured last; null: the built-in one. */
  readonly coloured_by: ColumnType<string | null, string | null | undefined, string | null>
  /** The edition of what is kept of its subjects, see `colours/fill.ts`. */
  readonly coloured_with: ColumnType<number, number | undefined, number>
  /** Nothing new is written to it from then on; `successor` takes what still comes for it. */
  readonly closed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  readonly successor: ColumnType<string | null, string | null | undefined, string | null>
}

export interface RecordTable {
  readonly stream: string
  readonly id: string
  readonly kind: string
  /** What it goes along with: a resident's and visit's household, a household's dwelling, a dwelling's building, what a colour or clash is about. */
  readonly parent: string | null
  readonly version: Big
  readonly fields: JSONColumnType<Record<string, unknown>>
  readonly created: JSONColumnType<FieldMark>
  readonly marks: JSONColumnType<Record<string, FieldMark>>
  readonly removed: boolean
  readonly at: string | null
  readonly by: string | null
  readonly moved_to: string | null
  readonly moves: number
}

/** Audit log, history of a record and proof of application in one; append-only. */
export interface ChangeTable {
  readonly stream: string
  /** The mutation's id; of the line that says in the old stream that a record left it, one of its own. */
  readonly id: string
  readonly version: Big
  readonly kind: string
  readonly record: string
  readonly op: 'create' | 'patch' | 'remove' | 'leave'
  readonly device: string
  readonly seq: Big
  readonly batch: string | null
  readonly account: string
  /** The device's time, and the same corrected by its measured skew. */
  readonly at: string
  readonly corrected_at: string
  readonly received_at: Moment
  /** Of a patch: name to [before, after]. */
  readonly fields: JSONColumnType<Record<string, readonly [unknown, unknown]>>
  /** The entry of the stream's audit chain that covers it; null of a copy that came with a record that moved. */
  readonly entry: Big | null
  /** Gone together with the values once their time is over; the commitment to them stays. */
  readonly salt: string | null
  readonly commitment: string
}

/** Who did what; see `db/audit.ts`. Append-only, each entry with a hash over the one before it. */
export interface AuditTable {
  /** A stream, or the office as a whole. */
  readonly chain: string
  readonly seq: Big
  readonly at: string
  readonly act: AuditAct
  readonly account: string | null
  readonly device: string | null
  readonly record: string | null
  readonly facts: JSONColumnType<Record<string, unknown>>
  readonly previous: string
  readonly hash: string
}

/** The first answer to each mutation, given again when it is pushed again. */
export interface AnswerTable {
  readonly device: string
  readonly seq: Big
  readonly mutation: string
  readonly receipt: JSONColumnType<Receipt>
}

export interface AccountTable {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: string
  readonly password: string
  readonly closed: Generated<boolean>
  /** Work recorded after it is not taken. */
  readonly closed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** The password was made by the office: it opens until then, and only to choose another one. */
  readonly one_time_until: ColumnType<Date | null, Date | null | undefined, Date | null>
}

export interface AccountPlaceTable {
  readonly account: string
  readonly place: string
}

/** Places that are not an account's any more, or not with that role: work recorded until then is still taken there. */
export interface LatePlaceTable {
  readonly account: string
  readonly place: string
  readonly role: string
  readonly until: Moment
}

/** What an office did to its places and people; append-only. */
export interface ActTable {
  readonly id: string
  readonly account: string
  readonly device: string
  readonly at: Moment
  readonly act: string
  readonly subject: string
  readonly details: JSONColumnType<Record<string, unknown>>
}

export interface DeviceTable {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly key: string
  readonly last_seq: Big
  readonly skew_ms: number | null
  readonly seen_at: Moment
  /** Its last pull: what it may do was told to it then. */
  readonly pulled_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  readonly revoked_at: Moment | null
  readonly report: JSONColumnType<DeviceReport> | null
}

export interface SessionTable {
  /** SHA-256 of the token, hex. */
  readonly hash: string
  readonly account: string
  readonly device: string
  readonly created_at: Moment
  readonly expires_at: Moment
}

export interface AttemptTable {
  readonly id: string
  readonly key: string
  readonly at: Moment
}

/**
 * The colour of a resident or dwelling as last written, for tallies and the calendar; and of each household that
 * somebody lives in, with the last day on which a call there is in time.
 */
export interface SubjectTable {
  readonly stream: string
  readonly id: string
  readonly kind: string
  readonly colour: string
  readonly residence: string
  readonly rules: string
  readonly until: string | null
  /** Of a household; null where it was never met and nobody knows since when it is here. */
  readonly due: string | null
}

export interface TallyTable {
  readonly stream: string
  readonly kind: string
  readonly colour: string
  readonly residence: string
  readonly n: number
}

/** The tallies of a grid in one row; see `db/standing.ts`. */
export interface StandingTable {
  readonly stream: string
  readonly n: readonly number[]
}

/** How many households are due on a day. */
export interface DueTallyTable {
  readonly stream: string
  readonly day: string
  readonly n: number
}

/** How many subjects went from one colour to another on a day, and why; see `colours/shifts.ts`. */
export interface ShiftTable {
  readonly stream: string
  readonly day: string
  readonly kind: string
  readonly before: string
  readonly after: string
  readonly cause: string
  readonly reason: string
  readonly n: number
}

/** The counts of a place, with all below it, as they were last seen in a week; `week` is its Monday. */
export interface CourseTable {
  readonly stream: string
  readonly week: string
  readonly day: string
  readonly residents: JSONColumnType<Partial<Record<string, number>>>
  readonly dwellings: JSONColumnType<Partial<Record<string, number>>>
  readonly calls: number
  readonly overdue: number
}

/** A stream's pages as a first pull gets them, in parts; see `db/snapshots.ts`. */
export interface SnapshotTable {
  readonly stream: string
  readonly part: number
  readonly epoch: number
  readonly version: Big
  readonly made_at: Moment
  /** Bytes before they were deflated, and their CRC-32. */
  readonly size: number
  readonly crc: Big
  readonly body: Buffer
}

/** The versions that an import wrote in a stream: after the first number, up to the second. */
export interface ImportSpanTable {
  readonly stream: string
  readonly import: string
  readonly from_version: Big
  readonly to_version: Big
  readonly undone: Generated<boolean>
}

export interface Database {
  readonly place: PlaceTable
  readonly stream: StreamTable
  readonly record: RecordTable
  readonly change: ChangeTable
  readonly audit: AuditTable
  readonly chain: { readonly id: string }
  readonly answer: AnswerTable
  readonly account: AccountTable
  readonly account_place: AccountPlaceTable
  readonly late_place: LatePlaceTable
  readonly act: ActTable
  readonly device: DeviceTable
  readonly session: SessionTable
  readonly attempt: AttemptTable
  readonly subject: SubjectTable
  readonly tally: TallyTable
  readonly standing: StandingTable
  readonly due_tally: DueTallyTable
  readonly shift: ShiftTable
  readonly course: CourseTable
  readonly snapshot: SnapshotTable
  readonly import_span: ImportSpanTable
}

export type Db = Kysely<Database>
