/** The catalogue of fields that an office hands to its 数据目录: whole, and as the code has it. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { schemas } from '#domain/schemas.ts'
import { fieldsPage, listedKinds, rowsOf } from '#tests/fields/page.ts'

it('docs/fields.md says what the code says: `npm run fields` prints it anew', () => {
  const page = readFileSync(new URL('../../docs/fields.md', import.meta.url), 'utf8')
  expect(page).toBe(fieldsPage())
})

it.each(listedKinds)(
  'names every field of a %s with its type, and never a word that says nothing',
  (kind) => {
    const rows = rowsOf(kind)
    expect(rows.map(({ field }) => field)).toEqual(Object.keys(schemas[kind].entries))
    for (const { field, cells } of rows) expect(cells[2], field).not.toBe('值')
  },
)

it('names every field of a resident in Chinese, with purpose and ground', () => {
  const bare = rowsOf('resident').filter(
    // What the product writes by itself has no purpose of its own.
    ({ cells }) => cells[1] === '–' || (cells[5] === '–') !== (cells[6] === '–'),
  )
  expect(bare.map(({ field }) => field)).toEqual([])
})
