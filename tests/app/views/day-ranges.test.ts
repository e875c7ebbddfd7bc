import { expect, it } from 'vitest'
import { daysOf, rangesOf } from '#app/views/day-ranges.ts'

it('days that follow each other are one line, in order and each once, also over the end of a month', () => {
  const days = ['2027-02-01', '2027-01-31', '2027-01-30', '2027-02-01', '2027-02-05']
  const ranges = rangesOf(days)
  expect(ranges).toEqual([
    { from: '2027-01-30', to: '2027-02-01' },
    { from: '2027-02-05', to: '2027-02-05' },
  ])
  expect(ranges.flatMap(daysOf)).toEqual([...new Set(days)].sort())
  expect(rangesOf([])).toEqual([])
})

it('a range that ends before it begins has no day', () => {
  expect(daysOf({ from: '2027-02-05', to: '2027-02-04' })).toEqual([])
})
