/** The search for records of one person: what it finds does not depend on the order or the number of looks. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import type { Rec } from '#app/register/register.ts'
import { createSamePeople, type SamePeople } from '#app/register/same-people.ts'
import { likenessOf, personOf } from '#domain/same-person.ts'

type Resident = Rec<'resident'>

const resident = (id: string, fields: Partial<Resident['fields']>): Resident => ({
  kind: 'resident',
  id,
  stream: 's',
  version: 1,
  fields: { household: `h-${id}`, name: '样例甲', ...fields },
})
const lookAll = (finder: SamePeople, residents: Iterable<Resident>) => {
  let steps = 0
  for (const progress of finder.look(residents)) {
    steps += 1
    expect(progress).toBeGreaterThan(0)
    expect(progress).toBeLessThanOrEqual(1)
  }
  return steps
}

const births = ['1950-03-08', '1950-08-03', '1977-10-20', '1990-01-01']
const someone = fc.record(
  {
    name: fc.constantFrom('王秀兰', '王秀蓝', '王兰', '李建国', '样例乙'),
    birth: fc.constantFrom(...births),
    phones: fc.subarray(['10012345678', '10087654321'], { maxLength: 1 }),
    movedOutOn: fc.constantFrom(null, null, null, '2026-01-01'),
  },
  { requiredKeys: ['name'] },
)
const village = fc
  .array(someone, { minLength: 2, maxLength: 24 })
  .map((people) => people.map((fields, index) => resident(`r${10 + index}`, fields)))

describe('for any register', () => {
  it('finds exactly what comparing everybody with everybody would', () => {
    fc.assert(
      fc.property(village, (residents) => {
        const finder = createSamePeople()
        lookAll(finder, residents)
        const people = residents.flatMap(({ id, fields }) => personOf(id, fields) ?? [])
        const expected = people.flatMap((a, index) =>
          people.slice(index + 1).flatMap((b) => (likenessOf(a, b) ? [`${a.id} ${b.id}`] : [])),
        )
        const found = finder.pairs().map(({ first, second }) => `${first} ${second}`)
        expect([...found].sort()).toEqual(expected.sort())
      }),
    )
  })

  it('comes to the same in whatever order and however often people change', () => {
    fc.assert(
      fc.property(
        village,
        fc.array(fc.tuple(fc.nat(), someone), { maxLength: 8 }),
        fc.nat(),
        (residents, changes, turn) => {
          const finder = createSamePeople()
          const now = new Map(residents.map((one) => [one.id, one]))
          lookAll(finder, now.values())
          for (const [pick, fields] of changes) {
            const { id } = residents[pick % residents.length] ?? { id: '' }
            if (pick % 3 === 0) now.delete(id)
            else now.set(id, resident(id, fields))
            lookAll(finder, now.values())
          }
          const fresh = createSamePeople()
          const all = [...now.values()]
          lookAll(fresh, [
            ...all.slice(turn % (all.length + 1)),
            ...all.slice(0, turn % (all.length + 1)),
          ])
          expect(finder.pairs()).toEqual(fresh.pairs())
        },
      ),
    )
  })
})

it('looks only at what changed since', () => {
  const finder = createSamePeople()
  const people = births.map((birth, index) => resident(`r${index}`, { birth }))
  expect(lookAll(finder, people)).toBe(4)
  expect(lookAll(finder, people)).toBe(0)
  const changed = [...people.slice(1), resident('r0', { birth: births[1] ?? null })]
  expect(lookAll(finder, changed)).toBe(1)
  expect(finder.pairs()).toMatchObject([{ first: 'r0', second: 'r1' }])
})

it('goes on where it was interrupted', () => {
  const finder = createSamePeople()
  const people = [0, 1, 2].map((index) => resident(`r${index}`, { birth: '1950-03-08' }))
  const look = finder.look(people)
  look.next()
  look.return()
  expect(finder.pairs()).toEqual([])
  lookAll(finder, people)
  expect(finder.pairs()).toHaveLength(3)
})

it('keeps nothing of anybody once it is cleared, and asks about nobody who is gone', () => {
  const finder = createSamePeople()
  const people = [0, 1].map((index) => resident(`r${index}`, { birth: '1950-03-08' }))
  lookAll(finder, people)
  lookAll(finder, people.slice(1))
  expect(finder.pairs()).toEqual([])
  lookAll(finder, people)
  finder.clear()
  expect(finder.pairs()).toEqual([])
  expect(lookAll(finder, people)).toBe(2)
})

it('never compares everybody with everybody, not even where all have one birthday', () => {
  const finder = createSamePeople()
  const many = Array.from({ length: 4_000 }, (_, index) =>
    resident(`r${index}`, { name: `样例${index}`, birth: '1990-01-01' }),
  )
  many.push(resident('r4000', { name: '样例7', birth: '1990-01-01' }))
  lookAll(finder, many)
  expect(finder.pairs()).toContainEqual(
    expect.objectContaining({ first: 'r4000', second: 'r7', reasons: ['same-name', 'same-birth'] }),
  )
})
