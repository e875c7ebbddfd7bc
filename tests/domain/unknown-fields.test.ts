import type * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { kinds } from '#domain/record.ts'
import { problemsOfNew, readFields, schemas } from '#domain/schemas.ts'
import { isNeverKept, mostUnknown, mostUnknownText } from '#domain/unknown-fields.ts'

const complaint = { topic: 'app', words: 'x', at: '2026-11-23T06:32:00.000Z' }
const said = (more: object) =>
  problemsOfNew('complaint', { ...complaint, ...more }).map(
    ({ field, problem }) => `${field} ${problem}`,
  )

describe('fields that this version does not know', () => {
  it('survive within limits of number, size and form of name', () => {
    expect(said({ newer: { deep: [1, null] }, another: 'x' })).toEqual([])
    const many = Object.fromEntries(Array.from({ length: mostUnknown }, (_, n) => [`f${n}`, n]))
    expect(said(many)).toEqual([])
    expect(said({ ...many, more: 1 })).toHaveLength(mostUnknown + 1)
    expect(said({ ...many, cleared: null })).toEqual([])
    expect(said({ newer: 'x'.repeat(mostUnknownText) })).toEqual(['newer too-long'])
    for (const name of ['a-b', 'A', '', 'a b', '名', `x${'y'.repeat(40)}`, '1a']) {
      expect(said({ [name]: 1 })).toEqual([`${name} wrong-shape`])
    }
  })

  it.each([
    ['criminalRecord', 'religion', 'faceTemplate', 'mentalIllness', 'drugUse', 'biometrics'],
    ['criminal_record', 'RELIGION', 'Face-Template', 'isMentallyIll_mentalIllness', 'dnaProfile'],
    ['politicalViews', 'petitionerLevel', 'socialCredit', 'fingerprints', 'sexualOrientation'],
  ])('are never kept under a name like %s', (...names) => {
    for (const name of names) {
      expect(isNeverKept(name)).toBe(true)
      expect(said({ [name]: 'x' }).join()).toContain(`${name} field-off`)
      expect(said({ newer: { inside: [{ [name]: 'x' }] } })).toEqual(['newer field-off'])
    }
  })

  it('no name of ours is one of those', () => {
    const names = new Set<string>()
    const walk = (schema: v.GenericSchema) => {
      const { entries, wrapped, item, pipe } = schema as unknown as {
        entries?: Record<string, v.GenericSchema>
        wrapped?: v.GenericSchema
        item?: v.GenericSchema
        pipe?: readonly v.GenericSchema[]
      }
      for (const [name, inner] of Object.entries(entries ?? {})) {
        names.add(name)
        walk(inner)
      }
      if (wrapped) walk(wrapped)
      if (item) walk(item)
      if (pipe?.[0] && pipe[0] !== schema) walk(pipe[0])
    }
    for (const kind of kinds) walk(schemas[kind])
    expect(names.size).toBeGreaterThan(120)
    expect([...names].filter(isNeverKept)).toEqual([])
  })
})

it('ids go on in lower case wherever a schema has one, also in the change of a set; text stays as it is', () => {
  const id = '0190F5C6-0000-7000-8000-00000000000A'
  const lower = id.toLowerCase()
  const fields = {
    household: id,
    note: id,
    sameAs: { add: [id], remove: [id] },
    tags: { remove: ['Dibao'] },
    overrides: { add: [{ id, by: id, words: id }] },
    notSameAs: [id],
    mergedInto: 'X',
    newer: id,
  }
  expect(readFields('resident', fields)).toMatchObject({
    household: lower,
    note: id,
    sameAs: { add: [lower], remove: [lower] },
    tags: { remove: ['Dibao'] },
    notSameAs: [lower],
    mergedInto: 'X',
    newer: id,
  })
})
