import fc from '#tests/support/fast-check.ts'
import { expect, it } from 'vitest'
import { createLines } from '#app/register/lines.ts'

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '王', '\n'), maxLength: 5 })
const owners = fc.array(fc.array(letters, { maxLength: 3 }), { maxLength: 12 })
const part = fc.string({ unit: fc.constantFrom('a', 'b', '王'), maxLength: 3 })

it('finds what a look at each line by itself finds, in order and each owner once', () => {
  fc.assert(
    fc.property(owners, part, (all, wanted) => {
      const plain = all.map((lines) => lines.map((line) => line.replaceAll('\n', '')))
      const lines = createLines(
        all.map((_, index) => index),
        (index) => all[index] ?? [],
      )
      const those = (fits: (line: string) => boolean) =>
        plain.flatMap((mine, index) => (mine.some(fits) ? [index] : []))
      const found = those((line) => line.includes(wanted))
      expect([...lines.holding(wanted)]).toEqual(wanted === '' ? [] : found)
      expect([...lines.holding(`\n${wanted}`)]).toEqual(those((line) => line.startsWith(wanted)))
      if (wanted === '') return
      expect([...lines.holding(`${wanted}\n`)]).toEqual(those((line) => line.endsWith(wanted)))
    }),
    { numRuns: 500 },
  )
})

it('finds nothing in nothing', () => {
  const none = createLines<string>([], () => [])
  for (const part of ['a', '\n', '']) expect([...none.holding(part)]).toEqual([])
})
