/** Plates: however they are typed one plate is one, and no sentence is a plate. */
import fc from '#tests/support/fast-check.ts'
import { expect, it } from 'vitest'
import { isHere, isPlate, plateKey } from '#domain/vehicle.ts'

it('are compared without case, dots, gaps and wide letters', () => {
  for (const typed of ['浙a12345', '浙A·12345', ' 浙A 123 45', '浙Ａ１２３４５', '浙A-12345']) {
    expect(plateKey(typed), typed).toBe('浙A12345')
  }
})

it.each(['浙A12345', '浙AD12345', '浙A1234学', '12345', 'A001234'])('%s is one', (plate) => {
  expect(isPlate(plate)).toBe(true)
})

it.each(['', '123', '浙A·12345', '浙a12345', '隔壁老王1', 'ABCDEF', '浙A123456789012'])(
  '%s is none',
  (text) => {
    expect(isPlate(text)).toBe(false)
  },
)

it('have one key, however often it is made, and whatever a key is made of holds no gap', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const key = plateKey(typed)
      expect(plateKey(key)).toBe(key)
      expect(key).not.toMatch(/[\s·.-]/)
    }),
  )
})

it('belong here until their last day, and never once they are ended', () => {
  expect(isHere({}, '2026-11-23')).toBe(true)
  expect(isHere({ until: '2026-11-23' }, '2026-11-23')).toBe(true)
  expect(isHere({ until: '2026-11-22' }, '2026-11-23')).toBe(false)
  expect(isHere({ until: '2027-01-01', endedOn: '2026-11-01' }, '2026-11-23')).toBe(false)
})
