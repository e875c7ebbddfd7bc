/** Tables of the resident's page. */
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Asked } from '#domain/ask/said.ts'
import type { WaitReason } from '#domain/ask/limits.ts'

type Moment = ColumnType<Date, Date | string, Date | string>
type MaybeMoment = ColumnType<Date | null, Date | string | null, Date | string | null>

/** A code on a wall by the SHA-256 of its letters: where its record was made. */
interface AskCodeTable {
  readonly hash: string
  readonly stream: string
  readonly code: string
}

export interface AskRequestTable {
  /** The community, whose office decides. */
  readonly place: string
  /** Made by the page that it was written on. */
  readonly id: string
  readonly code: string
  /** Of the code when it was asked. */
  readonly stream: string
  readonly number: string
  readonly token_hash: string | null
  /** Emptied once it is in a stream, and 30 days after it was turned away. */
  readonly said: JSONColumnType<Asked> | null
  readonly said_hash: string
  readonly state: 'waiting' | 'admitted' | 'turned-away' | 'withdrawn'
  /** Why it waited; null of what went to its grid at once. */
  readonly why: WaitReason | null
  readonly is_proven: boolean
  /** It went in unasked, and counts for the limits. */
  readonly is_counted: boolean
  readonly request: string | null
  readonly received_at: Moment
  readonly decided_at: MaybeMoment
  readonly decided_by: string | null
  readonly reason: string | null
  readonly told: string | null
}

interface AskAdditionTable {
  readonly place: string
  readonly ask: string
  readonly hash: string
  readonly at: Moment
  /** Null once the request has them. */
  readonly words: string | null
}

/** Proofs of work that were used, until they could not be used anyway. */
interface AskNonceTable {
  readonly salt: string
  readonly until: Moment
}

/** How many numbers a community's pages gave on a day. */
interface AskDayTable {
  readonly place: string
  readonly day: string
  readonly count: number
}

/** A photograph of what was asked; `photo` once it is a record of the request's stream. */
export interface AskPhotoTable {
  readonly place: string
  /** What was asked, or a request that no page wrote. */
  readonly ask: string
  /** Of the picture, hexadecimal. */
  readonly sha256: string
  readonly code: string | null
  readonly bytes: number
  readonly width: number
  readonly height: number
  /** A JPEG, base64. Empty once the record has it. */
  readonly thumbnail: string
  readonly at: Moment
  readonly arrived_at: MaybeMoment
  readonly photo: string | null
  /** Of the follow-up code that it came with: nobody else who asks about the same sees it. */
  readonly token_hash: string
}

interface AskPhotoPieceTable {
  readonly place: string
  readonly ask: string
  readonly sha256: string
  readonly index: number
  readonly body: Buffer
}

/** What signs challenges; one row. */
interface AskKeyTable {
  readonly id: number
  readonly key: string
}

export interface AskTables {
  readonly ask_code: AskCodeTable
  readonly ask_request: AskRequestTable
  readonly ask_addition: AskAdditionTable
  readonly ask_nonce: AskNonceTable
  readonly ask_day: AskDayTable
  readonly ask_key: AskKeyTable
  readonly ask_photo: AskPhotoTable
  readonly ask_photo_piece: AskPhotoPieceTable
}
