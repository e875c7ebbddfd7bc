/** What a workbook of places and people says: its tables found by their headers, its rows as texts. */
import { exampleSheet } from '../roster/template.ts'
import { cellToText, cellToWords, fillMerged, type Sheet, type SheetRow } from '../roster/sheet.ts'
import { plainText } from '../text.ts'
import { personColumns, placeColumns, type BookLine } from './book.ts'

/** A title and some hints stand above; never more than this. */
const searched = 30

type Columns = Readonly<Record<string, { readonly [word: string]: string | readonly string[] }>>

/** Every row of every table of the workbook, in order; hidden sheets and those that only show an example are left out. */
export function readBook(sheets: readonly Sheet[]): readonly BookLine[] {
  return sheets
    .filter(({ name, hidden }) => !hidden && !exampleSheet.test(name) && !/example/i.test(name))
    .flatMap((sheet) => readSheet(fillMerged(sheet)))
}

function readSheet(sheet: Sheet): readonly BookLine[] {
  for (const [at, header] of sheet.rows.slice(0, searched).entries()) {
    const person = columnsOf(header, personColumns)
    const place = columnsOf(header, placeColumns)
    const body = sheet.rows.slice(at + 1).filter(({ cells }) => cells.some((cell) => textOf(cell)))
    // An account stands in a table of people alone, a kind in a table of places alone.
    if (person.login !== undefined && person.name !== undefined) {
      return body.map((row): BookLine => ({
        ...{ of: 'person', sheet: sheet.name, row: row.number },
        ...textsOf(row, person, ['name', 'login', 'role', 'places']),
      }))
    }
    if (place.kind !== undefined && place.name !== undefined) {
      return body.map((row): BookLine => ({
        ...{ of: 'place', sheet: sheet.name, row: row.number },
        ...textsOf(row, place, ['kind', 'name', 'parent', 'code']),
      }))
    }
  }
  return []
}

/** Where each column stands; the first of two that are called the same. */
function columnsOf<Key extends string>(
  header: SheetRow,
  columns: Columns & Readonly<Record<Key, unknown>>,
): Partial<Record<Key, number>> {
  const found: Partial<Record<string, number>> = {}
  for (const [at, cell] of header.cells.entries()) {
    // 名称（必填） and 名称* are 名称.
    const text = plainText(cellToText(cell))
      .replace(/\(.*\)|[*:：]/gu, '')
      .replace(/\s/g, '')
      .toLowerCase()
    if (text === '') continue
    for (const [key, words] of Object.entries<Columns[string]>(columns)) {
      const isIt = Object.values(words)
        .flat()
        .some((word) => word.replace(/\s/g, '').toLowerCase() === text)
      if (isIt) found[key] ??= at
    }
  }
  return found
}

function textsOf<Key extends string>(
  row: SheetRow,
  columns: Partial<Record<Key, number>>,
  keys: readonly Key[],
): Record<Key, string> {
  return Object.fromEntries(
    keys.map((key) => {
      const at = columns[key]
      return [key, at === undefined ? '' : textOf(row.cells[at])]
    }),
  ) as Record<Key, string>
}

function textOf(cell: SheetRow['cells'][number] | undefined): string {
  return cellToWords(cell).trim()
}
