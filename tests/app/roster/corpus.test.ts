/**
 * The corpus: one roster of each form that is in use, as four programs write them. Each cell of each row is judged, who
 * lives together as well, and what was asked.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { judged, type JudgedRow, type JudgedSheet } from './corpus/judged.ts'
import { corpus } from './corpus/sheets.ts'
import { byProduct, bySheetJs, byXml } from './corpus/writers.ts'
import { grid, grids, openDesk, register, today } from './village.ts'
import { asFile } from './workbooks.ts'

const kept = (type: string) => readFileSync(new URL(`corpus/libreoffice.${type}`, import.meta.url))

/** Each sheet alone: the same people stand in several of them. */
async function judge(bytes: Uint8Array, name: string): Promise<JudgedSheet[]> {
  const desk = openDesk()
  const opened = await desk.open(asFile(name, bytes), {})
  if (!opened.ok) throw new Error(opened.trouble)
  const sheets: JudgedSheet[] = []
  for (const [at, { name: sheet, columns }] of opened.sheets.entries()) {
    for (const other of opened.sheets.keys()) await desk.setTaken(other, other === at)
    await desk.beginRegister(grids)
    await desk.addRegister(register)
    await desk.compare({ today, grids, homeGrid: grid })
    const { rows } = await desk.rows('all', 0, 100)
    const { parts } = await desk.plan()
    const items = (
      await Promise.all(Array.from({ length: parts }, (_, part) => desk.part(part)))
    ).flat()
    const homes = new Map<unknown, string[]>()
    for (const { kind, op, fields } of items) {
      if (kind !== 'resident' || op !== 'create') continue
      const home = fields['household']
      homes.set(home, [...(homes.get(home) ?? []), String(fields['name'])])
    }
    sheets.push({
      sheet,
      leftOut: columns.flatMap(({ header, field }) => (field === null ? [header] : [])),
      rows: rows.map((row): JudgedRow => {
        const { estate, building, unit, room } = row.door
        const says = (list: typeof row.why) =>
          list.map(({ field, problem }) => `${field ?? ''} ${problem}`)
        return {
          row: row.number,
          name: row.name,
          is: row.doubt ?? row.status,
          door: [estate, building, unit, room].map((level) => level ?? '').join(' '),
          facts: row.facts,
          says: [...says(row.why), ...says(row.notes)],
          asks: row.asks.map(({ question }) => `${question.kind} ${question.text}`),
        }
      }),
      households: [...homes.values()],
    })
  }
  return sheets
}

describe('a roster of each form', () => {
  let byOwn: Uint8Array
  beforeAll(async () => {
    byOwn = await byProduct(corpus)
  })

  it.each([
    ['the library of SheetJS', () => bySheetJs(corpus), 'xlsx'],
    ['the writer of this product', () => byOwn, 'xlsx'],
    ['hand, as raw XML', () => byXml(corpus), 'xlsx'],
    ['LibreOffice for Excel', () => kept('xlsx'), 'xlsx'],
    ['LibreOffice for itself', () => kept('ods'), 'ods'],
    ['LibreOffice for Excel 97', () => kept('xls'), 'xls'],
  ])('written by %s says in each cell what it is judged to say', async (_, write, type) => {
    expect(await judge(write(), `册.${type}`)).toEqual(judged)
  })
})
