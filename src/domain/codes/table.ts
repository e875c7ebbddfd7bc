/** One national code table: code and label in the order of the standard. */

export interface CodeTableData {
  /** Number of the standard, or `practice` where none says so. */
  readonly standard: string
  readonly codes: readonly (readonly [code: string, label: string])[]
}

/**
 * A table written as `code label code label …` between blanks, which neither codes nor labels contain: a third of
 * the bytes of lists of pairs, and a standard's page can be held beside it.
 */
export function readTable(standard: string, packed: string): CodeTableData {
  const words = packed.trim().split(/\s+/)
  const codes: [string, string][] = []
  for (let index = 0; index + 1 < words.length; index += 2) {
    codes.push([words[index] ?? '', words[index + 1] ?? ''])
  }
  return { standard, codes }
}
