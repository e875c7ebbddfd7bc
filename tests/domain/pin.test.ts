import { describe, expect, it } from 'vitest'
import { isWeakPin, pinLength } from '#domain/pin.ts'

describe('a PIN', () => {
  it.each([
    ['000000', 'one digit'],
    ['777777', 'one digit'],
    ['123456', 'a run up'],
    ['456789', 'a run up'],
    ['654321', 'a run down'],
    ['121212', 'a pair three times'],
    ['909090', 'a pair three times'],
    ['123123', 'a triple twice'],
    ['885885', 'a triple twice'],
  ])('%s is weak: %s', (pin) => {
    expect(isWeakPin(pin)).toBe(true)
  })

  it.each([
    '',
    '12345',
    '1234567',
    '12345a',
    ' 28391',
    '２８３９１７',
    '283917\n',
    '-28391',
    '2.8391',
  ])('%j is none', (pin) => {
    expect(isWeakPin(pin)).toBe(true)
  })

  it.each(['283917', '123457', '112233', '135790', '890123', '246813'])('%s will do', (pin) => {
    expect(isWeakPin(pin)).toBe(false)
  })

  it('has six digits, and only few of the million are refused', () => {
    expect(pinLength).toBe(6)
    let weak = 0
    for (let number = 0; number < 1_000_000; number += 1) {
      if (isWeakPin(String(number).padStart(6, '0'))) weak += 1
    }
    // 10 of one digit, 2 × 5 runs, 90 pairs and 990 triples of more than one digit.
    expect(weak).toBe(10 + 10 + 90 + 990)
  })
})
