/** What the browser says of the line, where it says anything. */

interface Connection {
  readonly saveData?: boolean
  readonly type?: string
}

/** Somebody pays for each byte, or asked to save them: then large things go slowly, one at a time. */
export function isLineCostly(): boolean {
  if (typeof navigator === 'undefined') return false
  const { connection } = navigator as Navigator & { readonly connection?: Connection }
  return connection?.saveData === true || connection?.type === 'cellular'
}
