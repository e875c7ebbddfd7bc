/** Why somebody has a colour: the facts that decided it, where each is corrected, and what a household's page says of its people. */
import { describe, expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { factsBehind, whereToCorrect } from '#app/views/facts-behind.ts'
import { memberFacts } from '#app/views/member-facts.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'
import * as of from '../register/grid-of-samples.ts'

const { today, uuid } = of

function stage(...residents: readonly object[]) {
  const register = createRegister()
  register.applyPages([
    of.page(of.gridA, [
      of.building(10, '3幢', 1),
      of.dwelling(20, 10, '2', '501'),
      of.household(30, 20),
      ...residents.map((more, at) => of.resident(40 + at, 30, `样例${String(at)}`, { ...more })),
    ]),
  ])
  return register
}

describe('the facts behind a colour', () => {
  const behind = (register: ReturnType<typeof stage>, id = uuid(40)) =>
    factsBehind(register.subject(id)!, register.scheme(), today)

  it('are those of the rules that fired and no others, each once, as they are today', () => {
    const facts = behind(stage({ birth: '1940-01-01' }))
    expect(facts).toContainEqual({ fact: 'age', value: 86 })
    expect(facts).toContainEqual({ fact: 'livesAlone', value: true })
    expect(new Set(facts.map(({ fact }) => fact)).size).toBe(facts.length)
    expect(facts.map(({ fact }) => fact)).not.toContain('tag.orphan')
  })

  it('of somebody whom no rule names are none', () => {
    expect(behind(stage({}, {}))).toEqual([])
  })
})

describe('a fact is corrected', () => {
  const [resident, household, dwelling] = [uuid(40), uuid(30), uuid(20)]

  it('of a resident in the form of the resident, unless it belongs to the home, the flat or a visit', () => {
    const where = (fact: string) => whereToCorrect(fact, { resident, household, dwelling })
    expect(where('age')).toBe(walkPages.editResident(resident))
    expect(where('livesAlone')).toBe(firstPages.household(household))
    expect(where('tenant')).toBe(walkPages.editDwelling(dwelling))
    expect(where('verified')).toBe(walkPages.visit(household))
  })

  it('of a dwelling in its form, but whether it is lived in on its page', () => {
    const where = (fact: string) => whereToCorrect(fact, { dwelling })
    expect(where('hazardToLife')).toBe(walkPages.editDwelling(dwelling))
    expect(where('occupied')).toBe(walkPages.dwelling(dwelling))
  })

  it('nowhere, where this device does not know the dwelling', () => {
    expect(whereToCorrect('use', { dwelling: null })).toBeNull()
    expect(whereToCorrect('tenant', { resident, household, dwelling: null })).toBeNull()
  })
})

describe('what a household’s page says of one of its people', () => {
  const facts = (more: object) => memberFacts(stage(more).get('resident', uuid(40))!, today)

  it('is the sex as it is recorded, a telephone masked, and the tags that still hold', () => {
    const shown = facts({
      ...{ sex: '2', phones: ['10012340078'] },
      tags: [
        { code: 'orphan', from: '2026-01-01', until: '2026-11-22' },
        { code: 'no-carer', from: '2026-01-01', until: today },
      ],
    })
    expect(shown).toMatchObject({ sex: 'female', agedOn: today, gone: null })
    expect(shown.tags.map(({ code }) => code)).toEqual(['no-carer'])
    expect(shown.maskedPhone).toMatch(/0078$/)
    expect(shown.maskedPhone).not.toContain('1001234')
    expect(facts({ sex: '9' })).toMatchObject({ sex: null, maskedPhone: null, relation: null })
  })

  it('stops the age of the dead on the day of their death, and tells the dead from those who moved', () => {
    const died = facts({ movedOutOn: '2026-09-01', diedOn: '2026-10-01' })
    expect(died).toMatchObject({
      ...{ agedOn: '2026-10-01', gone: { how: 'diedOn', on: '2026-10-01' } },
    })
    expect(facts({ movedOutOn: '2026-09-01' }).gone).toEqual({
      how: 'movedOutOn',
      on: '2026-09-01',
    })
    expect(facts({ mergedInto: uuid(41) }).gone).toEqual({ how: 'merged', on: null })
  })
})
