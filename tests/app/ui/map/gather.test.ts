/** Marks on the map: none hidden, none over another. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { colourKeys } from '#domain/level.ts'
import type { Position } from '#domain/position.ts'
import { gather, type Mark } from '#app/ui/map/gather.ts'

const box = { width: 100, height: 50 }
/** A map on which a pixel is a degree. */
const place = ({ longitude, latitude }: Position) => ({ x: longitude, y: -latitude })
const unplace = (x: number, y: number): Position => ({ longitude: x, latitude: -y })
const at = (id: number, x: number, y: number, colours: Partial<Mark['colours']> = {}): Mark => ({
  id: String(id),
  name: `${id}幢`,
  position: unplace(x, y),
  colours: { red: 0, orange: 0, yellow: 0, blue: 0, green: 0, grey: 0, ...colours },
})
const run = (marks: readonly Mark[]) => gather(marks, place, unplace, box)

describe('marks', () => {
  it('with room stand where their buildings stand', () => {
    const marks = [at(1, 0, 0), at(2, 100, 0), at(3, 0, 50)]
    expect(run(marks).map(({ key, position }) => [key, position])).toEqual(
      marks.map(({ id, position }) => [id, position]),
    )
  })

  it('without room stand as one in the middle, with their rooms added up', () => {
    const [first, second, ...more] = run([
      at(1, 0, 0, { red: 1, green: 4 }),
      at(2, 40, 20, { red: 2 }),
      at(3, 300, 0, { blue: 1 }),
    ])
    expect(first).toMatchObject({
      key: '1,2',
      position: unplace(20, 10),
      colours: { red: 3, green: 4, blue: 0 },
    })
    expect(second?.key).toBe('3')
    expect(more).toEqual([])
  })

  it('lose none of their buildings or rooms, and never overlap', () => {
    const some = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), fc.nat(9)),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(some, (spots) => {
        const marks = spots.map(([x, y, red], id) => at(id, x, y, { red, grey: 1 }))
        const groups = run(marks)
        const ids = groups.flatMap((group) => group.marks.map(({ id }) => id))
        expect(ids.sort()).toEqual(marks.map(({ id }) => id).sort())
        for (const key of colourKeys) {
          const sum = (list: readonly { readonly colours: Mark['colours'] }[]) =>
            list.reduce((total, { colours }) => total + colours[key], 0)
          expect(sum(groups)).toBe(sum(marks))
        }
        for (const [index, one] of groups.entries()) {
          for (const other of groups.slice(index + 1)) {
            const [a, b] = [place(one.position), place(other.position)]
            const isFree =
              Math.abs(a.x - b.x) >= box.width - 1e-6 || Math.abs(a.y - b.y) >= box.height - 1e-6
            expect(isFree).toBe(true)
          }
        }
      }),
    )
  })

  it('stand alike wherever the map was moved to', () => {
    const marks = Array.from({ length: 30 }, (_, id) => at(id, (id * 67) % 500, (id * 41) % 300))
    const moved = gather(
      marks,
      (position) => ({ x: place(position).x + 1_234, y: place(position).y - 77 }),
      (x, y) => unplace(x - 1_234, y + 77),
      box,
    )
    expect(moved.map(({ key }) => key)).toEqual(run(marks).map(({ key }) => key))
  })
})
