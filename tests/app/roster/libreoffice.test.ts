/**
 * A workbook that LibreOffice 7.4 has written: a roster of sample people made with SheetJS in these dirty forms, then
 * `soffice --headless --convert-to xlsx --outdir fixtures roster.xlsx`, and renamed.
 */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compareFile, grid } from './village.ts'
import { asFile } from './workbooks.ts'

const bytes = readFileSync(new URL('fixtures/libreoffice.xlsx', import.meta.url))

it('a workbook of LibreOffice is read with its merged cells, dates, formulas and spoilt numbers', async () => {
  const { rows, items, opened } = await compareFile(asFile('册.xlsx', bytes), { homeGrid: grid })
  expect(opened.ok && opened.notices).toContain('formulas')
  expect(opened.ok && opened.sheets).toMatchObject([{ name: '花名册', rows: 4, dropped: 2 }])
  const all = await rows()
  expect(all.map(({ number, status }) => [number, status])).toEqual([
    [4, 'new'],
    [5, 'new'],
    [6, 'wrong'],
    [7, 'new'],
  ])
  expect(all[2]?.why).toMatchObject([{ field: 'documentNumber', problem: 'spoilt-number' }])
  const people = (await items()).items.filter(({ kind }) => kind === 'resident')
  expect(people.map(({ fields }) => fields)).toMatchObject([
    {
      name: '样例甲',
      documentNumber: '200101199001010017',
      sex: '1',
      birth: '1990-01-01',
      phones: ['10012345678', '10012345679'],
      relation: '02',
      education: '21',
      marriage: '20',
      arrivedOn: '2023-03-15',
    },
    { name: '样例乙', birth: '1991-02-02', sex: '2', relation: '12' },
    { name: '样例丁', birth: '2015-06-01', phones: ['10012345611'] },
  ])
  // The merged cell of the household's number holds the first two together.
  expect(people[0]?.fields['household']).toBe(people[1]?.fields['household'])
  expect(people[2]?.fields['household']).not.toBe(people[0]?.fields['household'])
})
