/** A record as the table `record` holds it. */
import type { Kind } from '#domain/record.ts'
import type { FieldMark } from '#protocol/merge.ts'

export interface RecordRow {
  readonly stream: string
  readonly id: string
  readonly kind: Kind
  readonly version: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly created: FieldMark
  readonly marks: Readonly<Record<string, FieldMark>>
  readonly removed: boolean
  readonly at: string | null
  readonly by: string | null
  /** Of a tombstone: the stream where the record went. */
  readonly movedTo: string | null
  /** How often it went from one stream to another. */
  readonly moves: number
}

/** What every record has at first: nobody changed it, and it went nowhere. */
export const untouched = () => ({ marks: {}, removed: false, movedTo: null, moves: 0 })
