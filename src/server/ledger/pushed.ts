import type { Receipt } from '#protocol/mutation.ts'

export interface Pushed {
  readonly receipts: readonly Receipt[]
  readonly expected: number
  /** Streams that moved. */
  readonly moved: readonly string[]
  /** A scheme was saved: what it governs has to be coloured anew. */
  readonly hasScheme: boolean
  /** Something was said of a request, or what decides about them was saved: the calendar may have something to do. */
  readonly hasRequest: boolean
  /** An import or a part of one came, or one shall be taken back. */
  readonly hasImport: boolean
}
