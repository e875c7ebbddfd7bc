/** What is kept of each subject of a colour, and of those whom coverage means. */
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
  /**
   * Of a resident whom coverage means: the month in which somebody met them last in a way that counts, '' where nobody
   * did. Null of everybody else.
   */
  readonly met: string | null
}

/** People whom coverage means, by the month in which they were met last: each of them once. */
export interface CoverageTallyTable {
  readonly stream: string
  readonly month: string
  readonly n: number
}
