/** Two records of one person: what is saved when they are joined, kept apart, or parted again. */
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { createRegister } from '#app/register/create-register.ts'
import {
  differentPeople,
  merged,
  parted,
  separateResidence,
} from '#app/acts/same-person-intents.ts'
import * as of from '../register/grid-of-samples.ts'

const { gridA, today, uuid } = of

function stage(
  other: object = {},
  changes: readonly ReturnType<typeof of.change>[] = [],
  records: readonly ReturnType<typeof of.record>[] = [],
) {
  const register = createRegister()
  register.applyPages([
    of.page(
      gridA,
      [
        ...[of.building(10, '3幢', 1), of.dwelling(20, 10, '2', '501')],
        ...[of.household(30, 20, { head: uuid(40) }), of.household(31, 20, { head: uuid(41) })],
        of.resident(40, 30, '样例甲', { note: '新' }),
        of.resident(41, 31, '样例甲', { education: '20', cares: [], ...other }),
        ...records,
      ],
      { changes: [...changes] },
    ),
  ])
  const [counts, gone] = [register.get('resident', uuid(40))!, register.get('resident', uuid(41))!]
  return { register, counts, gone }
}
const patches = (intents: ReturnType<typeof merged>) =>
  intents.map(({ record, fields }) => [record, fields])

describe('two that are one', () => {
  it('leave one that counts, with what was chosen of the other, and end a household that empties', () => {
    const { register, counts, gone } = stage()
    const intents = merged(register, counts, gone, new Set(['education']), today)
    expect(patches(intents)).toEqual([
      [uuid(40), expect.objectContaining({ education: '20' })],
      [uuid(31), { head: null, endedOn: today }],
      [uuid(41), { mergedInto: uuid(40) }],
    ])
  })

  it('in one household give its head over, and the household goes on', () => {
    const { register, counts, gone } = stage({ household: uuid(30) })
    const home = of.record('household', 30, { dwelling: uuid(20), head: uuid(41) }, { version: 99 })
    register.applyPages([of.page(gridA, [home], { from: 41 })])
    const [, change] = merged(register, counts, gone, new Set(), today)
    expect([change?.record, change?.fields]).toEqual([uuid(30), { head: uuid(40) }])
  })

  it('take over no care that the office does not arrange', () => {
    const cares = [{ kind: 'meals' }]
    const carried = (records: readonly ReturnType<typeof of.record>[]) => {
      const { register, counts, gone } = stage({ cares }, [], records)
      return merged(register, counts, gone, new Set(['cares']), today)[0]?.fields
    }
    expect(carried([])).not.toHaveProperty('cares')
    const arranges = of.record('policy', 90, {
      ...{ ...defaultPolicy, policyVersion: 2, off: [], knows: ['cares'] },
    })
    expect(carried([arranges])).toHaveProperty('cares')
  })
})

it('two people are remembered as two in both records, beside those that were known', () => {
  const { counts, gone } = stage({ notSameAs: [uuid(77)] })
  expect(patches(differentPeople(counts, gone))).toEqual([
    [uuid(40), { notSameAs: [uuid(41)] }],
    [uuid(41), { notSameAs: [uuid(77), uuid(40)] }],
  ])
})

it('one person with two doors keeps both records, each with its side of the separation', () => {
  const { counts, gone } = stage()
  const [living, hukou] = separateResidence(counts, gone)
  expect(living?.fields).toMatchObject({ sameAs: [uuid(41)] })
  expect(hukou?.fields).toMatchObject({ sameAs: [uuid(40)] })
  expect((living?.fields as { residence: string }).residence).not.toBe(
    (hukou?.fields as { residence: string }).residence,
  )
})

describe('a merge that is taken back', () => {
  const at = '2026-11-10T01:00:00.000Z'
  const of40 = (id: number, more: object) => of.change(id, 40, { at, ...more })
  const merge = of.change(50, 41, { at, fields: { mergedInto: [null, uuid(40)] } })
  const taken = of40(51, { fields: { note: ['旧', '新'] } })

  it('gives back what came with it', () => {
    const { register, gone } = stage({ mergedInto: uuid(40) }, [merge, taken])
    const { intents, isBuiltOn } = parted(register, gone)
    expect(isBuiltOn).toBe(false)
    expect(patches(intents)).toEqual([
      [uuid(40), { note: '旧' }],
      [uuid(41), { mergedInto: null }],
    ])
  })

  it('leaves it where somebody has changed the record since, and says so', () => {
    const since = of40(52, {
      at: '2026-11-12T01:00:00.000Z',
      fields: { workplace: [null, '样例'] },
    })
    const { register, gone } = stage({ mergedInto: uuid(40) }, [merge, taken, since])
    expect(parted(register, gone)).toMatchObject({
      ...{ isBuiltOn: true, intents: [{ record: uuid(41), fields: { mergedInto: null } }] },
    })
  })

  it('of which nothing is known on this device parts the two and changes nothing else', () => {
    const { register, gone } = stage({ mergedInto: uuid(40) })
    expect(parted(register, gone)).toMatchObject({
      isBuiltOn: true,
      intents: [{ record: uuid(41) }],
    })
  })
})
