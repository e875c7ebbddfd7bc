import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { photosOf } from '#app/views/photos-of.ts'
import type { PageLine } from '#protocol/pull.ts'
import { samplePhotoFields } from '#tests/support/sample-photo.ts'

const stream = '00000000-0000-7000-8000-0000000000aa'
const idOf = (number: number) => `00000000-0000-7000-8000-0000000000${number}`

function registerWith(records: PageLine['records']) {
  const register = createRegister()
  const at = { stream, epoch: 1, from: 0, to: records.length }
  register.applyPages([{ type: 'page', ...at, records, changes: [] }])
  return register
}

it('gives the photographs of one record, the first taken first, with what became of each', () => {
  const photo = (number: number, takenAt: string, more: object) => ({
    ...{ kind: 'photo' as const, id: idOf(number), version: number, by: idOf(99) },
    fields: { ...samplePhotoFields(takenAt), host: idOf(50), ...more },
  })
  const register = registerWith([
    photo(11, '2026-11-23T07:00:00.000Z', { arrivedAt: '2026-11-23T07:01:00.000Z' }),
    photo(12, '2026-11-23T06:00:00.000Z', { refusedAs: 'metadata' }),
    photo(13, '2026-11-23T05:00:00.000Z', { host: idOf(51), hazard: idOf(60) }),
  ])
  expect(photosOf(register, idOf(50))).toMatchObject([
    { id: idOf(12), hasArrived: false, refusedAs: 'metadata', by: idOf(99) },
    { id: idOf(11), hasArrived: true, refusedAs: null },
  ])
  expect(photosOf(register, idOf(51))).toMatchObject([{ hazard: idOf(60), hasArrived: false }])
  expect(photosOf(register, idOf(52))).toEqual([])
})

it('gives a unit what it has of them, which has always arrived', () => {
  const fields = {
    ...samplePhotoFields('2026-11-23T06:00:00.000Z'),
    ...{ errand: idOf(70), photo: idOf(11) },
  }
  const register = registerWith([{ kind: 'errand-photo', id: idOf(21), version: 1, fields }])
  expect(photosOf(register, idOf(70))).toMatchObject([
    { id: idOf(21), hasArrived: true, picture: { width: 320, height: 240 } },
  ])
})

it('says of what a unit took itself how far it is, and of which request it became one', () => {
  const own = (number: number, more: object) => ({
    ...{ kind: 'errand-photo' as const, id: idOf(number), version: number, by: idOf(99) },
    fields: {
      ...samplePhotoFields(`2026-11-23T0${number - 20}:00:00.000Z`),
      ...{ errand: idOf(70), ...more },
    },
  })
  const arrivedAt = '2026-11-23T07:00:00.000Z'
  const register = registerWith([
    own(21, {}),
    own(22, { refusedAs: 'tail' }),
    own(23, { arrivedAt }),
    own(24, { arrivedAt, photo: idOf(11) }),
  ])
  expect(
    photosOf(register, idOf(70)).map(({ hasArrived, refusedAs, by }) => [
      hasArrived,
      refusedAs,
      by,
    ]),
  ).toEqual([
    [false, null, idOf(99)],
    [false, 'tail', idOf(99)],
    [true, null, idOf(99)],
    [true, null, idOf(99)],
  ])
})

it('sees what came since', () => {
  const register = registerWith([])
  expect(photosOf(register, idOf(50))).toEqual([])
  const fields = { ...samplePhotoFields('2026-11-23T06:00:00.000Z'), host: idOf(50) }
  const record = { kind: 'photo' as const, id: idOf(11), version: 1, fields }
  register.applyPages([
    { type: 'page', stream, epoch: 1, from: 0, to: 1, records: [record], changes: [] },
  ])
  expect(photosOf(register, idOf(50))).toHaveLength(1)
})
