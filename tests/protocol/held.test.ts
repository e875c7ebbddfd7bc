import fc from '#tests/support/fast-check.ts'
import { expect, it } from 'vitest'
import { cursorsToHeld } from '#protocol/held.ts'
import type { Cursor } from '#protocol/pull.ts'

const cursors = fc.dictionary(
  fc.uuid(),
  fc.record({ epoch: fc.integer({ min: 1, max: 3 }), version: fc.nat(100_000) }),
  { maxKeys: 40 },
)
const turned = (held: Record<string, Cursor>) =>
  Object.fromEntries(Object.entries(held).reverse()) as Record<string, Cursor>

it('is sixteen characters, whatever the order of the streams', () => {
  fc.assert(
    fc.property(cursors, (held) => {
      expect(cursorsToHeld(held)).toMatch(/^[0-9a-f]{16}$/)
      expect(cursorsToHeld(turned(held))).toBe(cursorsToHeld(held))
    }),
  )
})

it('tells a hundred thousand neighbouring states apart, in each half too', () => {
  const stream = '01900000-0001-782f-8785-1dfe0077e537'
  const other = '01900000-0001-7cae-8557-df984f0a3daf'
  const all = new Set<string>()
  for (let version = 0; version < 50_000; version += 1) {
    all.add(cursorsToHeld({ [stream]: { epoch: 1, version } }))
    all.add(cursorsToHeld({ [stream]: { epoch: 1, version: 7 }, [other]: { epoch: 1, version } }))
  }
  expect(all.size).toBe(100_000)
  // Of 32 bits alone one pair or two would fall together by chance: neither half may be much worse than chance.
  for (const half of [0, 8]) {
    const halves = new Set([...all].map((held) => held.slice(half, half + 8)))
    expect(halves.size).toBeGreaterThan(99_980)
  }
})
