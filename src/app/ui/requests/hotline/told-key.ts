/** A key that was just made: told here and nowhere else. */
export interface ToldKey {
  readonly name: string
  /** Null where the answer of the first time was lost. */
  readonly key: string | null
}
