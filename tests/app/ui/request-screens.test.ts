/** No colour of a person stands on a request, an errand, or any page of a unit. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { errandSchema, errandStepSchema } from '#domain/requests/errand.ts'
import { mayPull } from '#domain/permission.ts'

const ui = join(import.meta.dirname, '../../../src/app/ui')
const colours =
  /colourOf|\.distribution\(|LevelMark|LevelStrip|LevelChip|domain\/(level|colour|scheme)/

it('is drawn on none of them', () => {
  const files = ['requests', 'pieces/requests']
    .flatMap((folder) => readdirSync(join(ui, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(40)
  const drawn = files.filter((path) => colours.test(readFileSync(path, 'utf8')))
  expect(drawn).toEqual([])
})

it('comes to no device of a unit, in no field of what it gets', () => {
  expect(mayPull('handler', 'colour')).toBe(false)
  const fields = [...Object.keys(errandSchema.entries), ...Object.keys(errandStepSchema.entries)]
  expect(fields.filter((name) => /colour|reason|resident|asker|tag/i.test(name))).toEqual([
    'wordsForAsker',
    'reason',
  ])
})
