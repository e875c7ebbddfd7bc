/** How long to wait before the next try: of the mutations and of the photographs behind them. */

const firstRetry = 1_000

/** A line that broke after it had brought or taken something is tried again at once: it carries more. */
export const afterProgress = 250

/** Twice as long after each failure that follows another. */
export function doubledWait(failures: number, longest: number): number {
  return Math.min(longest, firstRetry * 2 ** (failures - 1))
}

/** `chance` in [0, 1) spreads the waits, so that a village of phones does not come back in the same second. */
export function spread(milliseconds: number, chance: number): number {
  return Math.round(milliseconds * (0.75 + chance / 2))
}
