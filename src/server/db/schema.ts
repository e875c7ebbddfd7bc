/** What the database holds. Every table that grows carries its stream first in the primary key: that is its shard. */
import type { ColumnType, Generated, JSONColumnType, Kysely } from 'kysely'
import type { DeviceReport } from '#protocol/device.ts'
import type { FieldMark } from '#protocol/merge.ts'
import type { Receipt } from '#protocol/mutation.ts'
import type {
  HotlineAdditionTable,
  HotlineRequestTable,
  HotlineSystemTable,
} from './hotline-tables.ts'
import type { AskTables } from './ask-tables.ts'
import type { DeviceAttemptTable, PlaceRuleTable } from './copy-tables.ts'
import type { HelpTable } from './help-table.ts'
import type { AuditAct } from './audit-acts.ts'
import type {
  LeaseTable,
  NewsTable,
  PassTable,
  PurgeGuardTable,
  PurgeNoticeTable,
} from './running-tables.ts'
import type { NotificationTable } from './notification-table.ts'
import type { PhotoChunkTable, PhotoGoneTable } from './photo-tables.ts'
import type { CoverageTallyTable, SubjectTable } from './subject-tables.ts'
import type { RequestStateTable } from './request-state-row.ts'

export type { SubjectTable } from './subject-tables.ts'

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
  /** Of the head; see `stream_proof`. Empty while nothing was written. */
  readonly proof: ColumnType<string, string | undefined, string>
}

/** What tells versions of a stream from the same numbers in another history of it; see `db/proofs.ts`. */
export interface StreamProofTable {
  readonly stream: string
  readonly version: Big
  readonly proof: string
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

/** Ids whose tombstones were dropped: they are never given to another record. */
export interface SpentIdTable {
  readonly stream: string
  readonly id: string
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
  readonly given_at: Generated<Date>
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
  /** The act that made the one-time password; null of a password that somebody chose. */
  readonly password_by: ColumnType<string | null, string | null | undefined, string | null>
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
  /** Hashes of the request, and of its subject as the act left it: a repetition is held against them. */
  readonly asked: string | null
  readonly left_as: string | null
}

export interface DeviceTable {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly key: string
  readonly last_seq: Big
  /** The latest moment, by the server's clock, that its work told of: what it numbers later is not older. */
  readonly last_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  readonly skew_ms: Big | null
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
  /** Of an app before version 0.2.0: its cookie opens by itself, for push and pull alone. */
  readonly by_cookie: Generated<boolean>
}

/** What opens the office for some hours; the token of its session only gives it. */
export interface SessionPassTable {
  /** SHA-256 of the pass, hex. */
  readonly hash: string
  /** The hash of the session's token, and the device that has it. */
  readonly session: string
  readonly device: string
  readonly expires_at: Moment
}

export interface AttemptTable {
  readonly id: string
  readonly key: string
  readonly at: Moment
}

/** Where a login signed in within some months, by a hash of it and the address. */
export interface SignInHomeTable {
  readonly key: string
  readonly at: Moment
}

/** Under which id of its own a device chose an account's password last. */
export interface PasswordChoiceTable {
  readonly account: string
  readonly device: string
  /** SHA-256 of the device's id for it, hex. */
  readonly attempt: string
  readonly at: Moment
}

/** A second factor by RFC 6238; asked for once it is confirmed. */
export interface SecondFactorTable {
  readonly account: string
  /** Base32. */
  readonly secret: string
  readonly made_at: Moment
  readonly confirmed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** Of the last code that was taken: neither it nor an earlier one is taken again. */
  readonly last_step: ColumnType<number, number | undefined, number>
  /** SHA-256 of each code that is left, hex. */
  readonly recovery: ColumnType<readonly string[], string | undefined, string>
}

/** Which places a device has pulled. */
export interface DevicePullTable {
  readonly device: string
  readonly stream: string
  /** When it first asked for it from the beginning. */
  readonly at: Moment
  /** It has shown a cursor of it since. */
  readonly held: boolean
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

/** How many visits a grid had on a day, by outcome; see `db/visit-tally.ts`. */
export interface VisitTallyTable {
  readonly stream: string
  readonly day: string
  readonly outcome: string
  readonly n: number
}

/** How many subjects have a colour for a reason: the rule that decides, '' where none does, or `by-hand`. */
export interface ReasonTallyTable {
  readonly stream: string
  readonly kind: string
  readonly colour: string
  readonly reason: string
  readonly n: number
}

/** How many subjects went from one colour to another on a day, and why; `before` is '' of a newcomer. See `colours/shifts.ts`. */
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
  /** The head of its own stream when it was counted last; 0 of one that was counted before this was kept. */
  readonly head: ColumnType<number, number | undefined, number>
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

export interface Database extends AskTables {
  readonly place: PlaceTable
  readonly stream: StreamTable
  readonly stream_proof: StreamProofTable
  readonly record: RecordTable
  readonly device_attempt: DeviceAttemptTable
  readonly place_rule: PlaceRuleTable
  readonly spent_id: SpentIdTable
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
  readonly session_pass: SessionPassTable
  readonly attempt: AttemptTable
  readonly sign_in_home: SignInHomeTable
  readonly password_choice: PasswordChoiceTable
  readonly second_factor: SecondFactorTable
  readonly device_pull: DevicePullTable
  readonly subject: SubjectTable
  readonly tally: TallyTable
  readonly standing: StandingTable
  readonly due_tally: DueTallyTable
  readonly visit_tally: VisitTallyTable
  readonly reason_tally: ReasonTallyTable
  readonly coverage_tally: CoverageTallyTable
  readonly shift: ShiftTable
  readonly course: CourseTable
  readonly snapshot: SnapshotTable
  readonly import_span: ImportSpanTable
  readonly purge_notice: PurgeNoticeTable
  readonly purge_guard: PurgeGuardTable
  readonly pass: PassTable
  readonly request_state: RequestStateTable
  readonly help: HelpTable
  readonly photo_chunk: PhotoChunkTable
  readonly photo_gone: PhotoGoneTable
  readonly hotline_system: HotlineSystemTable
  readonly hotline_request: HotlineRequestTable
  readonly hotline_addition: HotlineAdditionTable
  readonly notification: NotificationTable
  readonly news: NewsTable
  readonly lease: LeaseTable
  readonly write_probe: { readonly id: number; readonly at: Moment }
}

export type Db = Kysely<Database>
