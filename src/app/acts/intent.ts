/** What a form wants to save, and what became of it. */
import type { Fields, Kind, RegisterRecord } from '#domain/record.ts'

export type Intent =
  | {
      readonly op: 'create'
      readonly kind: Kind
      readonly record: string
      readonly stream: string
      readonly fields: Fields<Kind>
    }
  | {
      readonly op: 'patch'
      readonly kind: Kind
      readonly record: string
      /** New values; null clears. Set fields are given whole: the difference is what is sent. */
      readonly fields: Readonly<Record<string, unknown>>
      /** The stream into which it goes, of what goes there by itself; else it stands where what it belongs to does. */
      readonly to?: string
      /**
       * The record as the form took it from the register, where the form stood open for a while. What differs from
       * it is what the person changed; without it the record of this moment is compared with, and a colleague's
       * change that came meanwhile would be taken back.
       */
      readonly shown?: RegisterRecord
    }

export interface Saved {
  /** The opposite of it as new mutations; itself saved durably. */
  undo(): Promise<void>
}

/** Saving failed and nothing of it was kept; the form keeps what was typed. */
export type SaveProblem = 'disk-full' | 'storage' | 'locked'
