/**
 * What rules say, kept in memory by the mark that stands for it: a push reads which rules govern it, and not their words
 * again. A mark is the hash of the words, so nothing here is ever out of date, whichever server or database it is of.
 */

interface Marked {
  readonly mark: string
}

/** Some kilobytes each. */
const mostKept = 500

const kept = new Map<string, unknown>()

/** The rules with their words; null where some of them are not kept. */
export function contentsOf<T extends Marked>(
  rows: readonly T[],
): readonly (T & { readonly fields: unknown })[] | null {
  const whole: (T & { readonly fields: unknown })[] = []
  for (const row of rows) {
    if (!kept.has(row.mark)) return null
    whole.push({ ...row, fields: kept.get(row.mark) })
  }
  return whole
}

/** Keeps their words from now on; those that were kept first give way. The same for the same words, and unchangeable. */
export function keepContents<T extends Marked & { readonly fields: unknown }>(
  rows: readonly T[],
): readonly T[] {
  for (const { mark, fields } of rows) {
    kept.delete(mark)
    kept.set(mark, frozen(fields))
  }
  for (const mark of kept.keys()) {
    if (kept.size <= mostKept) break
    kept.delete(mark)
  }
  return rows
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}
