import fc from '#tests/support/fast-check.ts'
import { expect, it } from 'vitest'
import { createBaseAndPending } from '#app/register/base-and-pending.ts'
import { createRelations, type Relations } from '#app/register/relations.ts'
import { gridA, page, record, resident, uuid } from './grid-of-samples.ts'

const change = fc.record({
  id: fc.integer({ min: 1, max: 6 }),
  household: fc.integer({ min: 50, max: 53 }),
  removed: fc.boolean(),
  /** Somebody asks for the first time between two changes, or in the middle of one. */
  asks: fc.constantFrom('no', 'before', 'within'),
})

it('is the same whenever somebody asks for it first', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      let within: (() => void) | null = null
      const all = () => store.of('resident').values()
      const late: Relations = createRelations(all)
      const early: Relations = createRelations(all)
      const ahead: Relations = createRelations(all)
      let steps: Iterator<void> | null = null
      const store = createBaseAndPending((before, after) => {
        within?.()
        late.change(before, after)
        early.change(before, after)
        ahead.change(before, after)
      })
      const of = (relations: Relations, household: number) =>
        [...relations.of('residentsOfHousehold', uuid(household))].sort()
      of(early, 50)
      changes.forEach(({ id, household, removed, asks }, index) => {
        if (asks === 'before') {
          of(late, household)
          steps = ahead.ahead('residentsOfHousehold', 2)
        }
        steps?.next()
        within = asks === 'within' ? () => void of(late, household) : null
        const version = index + 1
        const next = removed
          ? record('resident', id, {}, { version, removed: true })
          : { ...resident(id, household, '样例'), version }
        store.applyPage(page(gridA, [next]))
      })
      for (const household of [50, 51, 52, 53]) {
        const there = [...all()].filter(
          ({ fields }) => (fields as { household?: string }).household === uuid(household),
        )
        const ids = there.map(({ id }) => id).sort()
        expect(of(early, household)).toEqual(ids)
        expect(of(late, household)).toEqual(ids)
        expect(of(ahead, household)).toEqual(ids)
      }
    }),
    { numRuns: 300 },
  )
})

it('is made ahead in steps, and not again when somebody asks', () => {
  let read = 0
  const people = Array.from({ length: 10 }, (_, n) => resident(n + 1, 50 + (n % 3), '样例'))
  const store = createBaseAndPending(() => {})
  store.applyPage(page(gridA, people))
  const relations = createRelations((kind) => {
    read += 1
    return store.of(kind).values()
  })
  const steps = relations.ahead('residentsOfHousehold', 3)
  let turns = 0
  while (!steps.next().done) turns += 1
  expect(turns).toBe(3)
  expect(relations.of('residentsOfHousehold', uuid(50))).toHaveLength(4)
  expect(read).toBe(1)
})
