/** What of this device’s disk could not be read. */
export interface Damage {
  /** Pages of the register, which the next pull brings again. */
  readonly pages: boolean
  /** Mutations that the server does not have and that do not open any more. */
  readonly work: number
}
