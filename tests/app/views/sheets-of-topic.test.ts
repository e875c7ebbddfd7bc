/** Sheets that were photographed with one door, and are offered to the others of the topic in that grid. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { photoOf } from '#app/views/photos-of.ts'
import { sheetsOf } from '#app/views/sheets-of-topic.ts'
import { sealedPhoto } from '#tests/support/sample-photo.ts'
import { gridA, gridB, page, record, today, uuid } from '../register/grid-of-samples.ts'

const voice = (id: number, how: string, topic = 500) =>
  record('voice', id, {
    ...{ topic: uuid(topic), dwelling: uuid(200), says: 'yes', how, at: `${today}T03:00:00.000Z` },
  })
const photo = (id: number, host: number, hour: number, more: object = {}) => {
  const takenAt = `${today}T0${String(hour)}:00:00.000Z`
  return record('photo', id, {
    ...sealedPhoto(uuid(id), takenAt).fields,
    host: uuid(host),
    ...more,
  })
}

it('are those of paper alone, of this topic and this grid, the latest first, none that was refused', () => {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      ...[voice(600, 'paper'), voice(601, 'paper'), voice(602, 'door'), voice(603, 'paper', 501)],
      ...[photo(700, 600, 1), photo(701, 601, 2), photo(702, 602, 3), photo(703, 603, 4)],
      photo(705, 600, 5, { refusedAs: 'damaged' }),
    ]),
    page(gridB, [voice(604, 'paper'), photo(704, 604, 5)]),
  ])
  const sheets = (stream: string) => sheetsOf(register, uuid(500), stream).map(({ id }) => id)
  expect(sheets(gridA)).toEqual([uuid(701), uuid(700)])
  expect(sheets(gridB)).toEqual([uuid(704)])
  expect(photoOf(register, uuid(700))).toMatchObject({ id: uuid(700), stream: gridA })
  expect(photoOf(register, uuid(799))).toBeUndefined()
})
