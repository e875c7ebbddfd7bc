import fc from '#tests/support/fast-check.ts'
import { expect, it } from 'vitest'
import { mostCents } from '#domain/funds/fund.ts'
import { formatCents, readCents } from '#domain/funds/money.ts'

it('reads back what it writes, for any sum', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: mostCents - 1 }), (cents) => {
      expect(readCents(formatCents(cents))).toBe(cents)
    }),
  )
})

it('reads what people type, and nothing that could be another sum', () => {
  const read = { '1200': 120_000, '1,200.5': 120_050, '￥0.01': 1, '３５元': 3_500, '12.34': 1_234 }
  for (const [typed, cents] of Object.entries(read)) expect(readCents(typed)).toBe(cents)
  for (const typed of ['', '0', '-1', '1.234', '1e3', '一百', '12.', '.5', '9'.repeat(12)]) {
    expect(readCents(typed), typed).toBeNull()
  }
})

it('writes sums below nothing with a minus', () => {
  expect(formatCents(-123_456_705)).toBe('−1,234,567.05')
  expect(formatCents(0)).toBe('0.00')
})
