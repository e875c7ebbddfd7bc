/** No colour of a person stands on a request, an errand, or any page of a unit. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { errandSchema, errandStepSchema } from '#domain/requests/errand.ts'
import { mayPull } from '#domain/permission.ts'

const folder = join(import.meta.dirname, '../../../src/app/ui/screens/Requests')
const colours =
  /colourOf|\.distribution\(|LevelMark|LevelStrip|LevelChip|domain\/(level|colour|scheme)/

it('is drawn on none of them', () => {
  const files = readdirSync(folder).filter((name) => /\.tsx?$/.test(name))
  expect(files.length).toBeGreaterThan(15)
  const drawn = files.filter((name) => colours.test(readFileSync(join(folder, name), 'utf8')))
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
