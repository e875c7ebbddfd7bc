/** Forms with one person each: a label beside its value, as registration forms are printed. No table stands in them. */
import { guessField } from './fields.ts'
import { cellToText, type Sheet, type SheetRow } from './sheet.ts'

/** No form of a person is longer. */
const longest = 60
/** So many facts of one person, each with its label beside it. */
const leastPairs = 4

/** True of a sheet that says who one person is, label by label, whatever table stands below it. */
export function isOnePersonForm({ rows }: Pick<Sheet, 'rows'>): boolean {
  const fields = new Set<string>()
  let isBeside = false
  for (const row of rows.slice(0, longest)) {
    const pairs = pairsIn(row)
    // Of a table the header has labels alone, and its rows have none.
    if (pairs.length >= 2) isBeside = true
    for (const field of pairs) fields.add(field)
  }
  return isBeside && fields.has('name') && fields.size >= leastPairs
}

/** A row of such a form: no header of a table, though it names fields. */
export function isFormRow(row: SheetRow): boolean {
  return pairsIn(row).length > 0
}

/** Fields whose label stands in a row directly before something that is no label. */
function pairsIn({ cells }: SheetRow): string[] {
  const texts: string[] = []
  // Merged cells hold the same text many times.
  for (const cell of cells) {
    const text = cellToText(cell)
    if (text !== '' && text !== texts.at(-1)) texts.push(text)
  }
  return texts.flatMap((text, at) => {
    const label = labelOf(text)
    const value = texts[at + 1]
    return label !== null && value !== undefined && labelOf(value) === null ? [label] : []
  })
}

function labelOf(text: string): string | null {
  if (text.length > 12) return null
  const { field, confidence } = guessField(text.replace(/[:：]$/, ''))
  return confidence === 'sure' ? field : confidence === 'kept-out' ? text : null
}
