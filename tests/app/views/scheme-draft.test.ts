/** A draft of the rules: what has to be mended before it can be saved, and which rules and policy hold here. */
import { expect, it } from 'vitest'
import { defaultScheme, defaultSchemeId } from '#domain/default-scheme.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { Scheme } from '#domain/scheme.ts'
import { createRegister } from '#app/register/create-register.ts'
import { policyOf } from '#app/views/policy-in-force.ts'
import { faultsOfDraft, placeOfScheme, versionsOf } from '#app/views/scheme-draft.ts'
import { gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const [first, ...otherRules] = defaultScheme.rules
const withRule = (more: object): Scheme => ({
  ...defaultScheme,
  rules: [{ ...first!, ...more }, ...otherRules],
})
const withLevel = (more: object): Scheme => ({
  ...defaultScheme,
  levels: defaultScheme.levels.map((level, at) => (at === 0 ? { ...level, ...more } : level)),
})

it('the rules that the product starts with have nothing to mend', () => {
  expect(faultsOfDraft(defaultScheme)).toEqual([])
})

it('a draft says which rule has no words or an impossible limit', () => {
  const rule = first!.key
  expect(faultsOfDraft(withRule({ words: ' ' }))).toContainEqual({ fault: 'words', rule })
  expect(faultsOfDraft(withRule({ wordsEn: 'x'.repeat(161) }))).toContainEqual({
    ...{ fault: 'words', rule },
  })
  for (const days of [0, 367, 1.5]) {
    expect(faultsOfDraft(withRule({ visitWithin: days }))).toContainEqual({ fault: 'limit', rule })
  }
  expect(faultsOfDraft(withRule({ visitWithin: 366 }))).toEqual([])
})

it('a draft needs a name, and a level its word in both languages, its mark and its days', () => {
  expect(faultsOfDraft({ ...defaultScheme, name: '' })).toContainEqual({ fault: 'name' })
  for (const wrong of [{ word: '' }, { wordEn: ' ' }, { mark: '▲▲▲' }, { visitWithin: 0 }]) {
    expect(faultsOfDraft(withLevel(wrong)), JSON.stringify(wrong)).toContainEqual({
      fault: 'level',
    })
  }
})

it('versions stand the newest first, and the one that the product has is the first of all', () => {
  const register = createRegister()
  expect(versionsOf(register).map(({ id }) => id)).toEqual([defaultSchemeId])
  expect(placeOfScheme(register)).toBeNull()
  const version = (id: number, schemeVersion: number) =>
    record('scheme', id, { ...defaultScheme, schemeVersion, from: '2026-11-01' })
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '一', parent: uuid(60) }),
      record('place', 60, { placeKind: 'subdistrict', name: '样例街道' }),
      ...[version(70, 2), version(71, 3)],
    ]),
  ])
  expect(versionsOf(register).map(({ id }) => id)).toEqual([uuid(71), uuid(70), defaultSchemeId])
  expect(placeOfScheme(register)).toBe(uuid(60))
})

it('the newest policy of the office counts, and care stays off until it says what it arranges', () => {
  const register = createRegister()
  expect(policyOf(register)).toEqual(defaultPolicy)
  const policy = (id: number, policyVersion: number, keepGoneDays: number) =>
    record('policy', id, { ...defaultPolicy, off: [], policyVersion, keepGoneDays })
  register.applyPages([page(gridA, [policy(80, 3, 365), policy(81, 2, 90)])])
  expect(policyOf(register)).toMatchObject({ policyVersion: 3, keepGoneDays: 365, off: ['cares'] })
})
