/** A table as text: UTF-8, UTF-16 or GB 18030, with commas, tabs or semicolons. */
import Papa from 'papaparse'
import type { Sheet, SheetRow } from '#domain/roster/sheet.ts'
import { decodeText } from './decode-text.ts'
import { FileFault } from './file-fault.ts'
import { mostRows } from './sheet-xml.ts'

export function readCsv(bytes: Uint8Array, name: string): Sheet {
  const text = decodeText(bytes)
  if (text.includes('\0')) throw new FileFault('not-a-table')
  const { data } = Papa.parse<string[]>(text, { delimitersToGuess: [',', '\t', ';', '|'] })
  const rows: SheetRow[] = []
  for (const [index, values] of data.entries()) {
    if (values.every((value) => value.trim() === '')) continue
    if (rows.length >= mostRows) throw new FileFault('too-many-rows')
    rows.push({
      number: index + 1,
      cells: values.map((value) => {
        // ="330111…" keeps a spreadsheet from taking a number for a number.
        const plain = /^="(.*)"$/.exec(value.trim())?.[1] ?? value
        return plain === '' ? null : plain
      }),
    })
  }
  return { name, rows, merged: [] }
}
