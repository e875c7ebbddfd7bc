/** Starting failed for a reason that a person can mend: one line, what and what to do, no stack. */
export class StartTrouble extends Error {
  override readonly name = 'StartTrouble'
}

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
