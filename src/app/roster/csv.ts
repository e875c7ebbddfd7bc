/** A table as text: UTF-8, UTF-16 or GB 18030, with commas, tabs or semicolons. */
import Papa from 'papaparse'
import type { Sheet, SheetRow } from '#domain/roster/sheet.ts'
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

/** By its mark, else UTF-8 where every byte fits, else GB 18030, in which Chinese spreadsheets save. */
function decodeText(bytes: Uint8Array): string {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
    } catch (error) {
      throw new FileFault('not-a-table', error)
    }
  }
}
