import { describe, expect, test } from 'vitest'
import { applied } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RegisterRecord } from '#domain/record.ts'
import { intentToMutation, inverseOf, type NewMutation } from '#app/acts/intent-to-mutation.ts'

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const making = {
  device: id(1),
  at: '2026-11-23T06:32:00.000Z',
  batch: null,
  newId: () => id(99),
  streamOf: (_: string, parent: string) => (parent === id(5) ? id(6) : undefined),
}
const tag = (name: string, more = {}) => ({
  tag: name,
  source: 'seen',
  from: '2026-11-01',
  ...more,
})
const resident = (fields: object, version = 7) =>
  ({
    kind: 'resident',
    id: id(2),
    stream: id(3),
    version,
    fields: { household: id(4), name: '样本甲', ...fields },
  }) as RegisterRecord

const patch = (fields: Record<string, unknown>, now?: RegisterRecord, shown?: RegisterRecord) =>
  intentToMutation(
    { op: 'patch', kind: 'resident', record: id(2), fields, ...(shown ? { shown } : {}) },
    now,
    making,
  )

const numbered = (mutation: NewMutation): Mutation => ({ ...mutation, seq: 1 })

describe('a patch', () => {
  test('carries what differs, the version it was based on, and the stream of the record', () => {
    const mutation = patch({ name: '样本甲', workplace: '样本厂' }, resident({}))
    expect(mutation).toMatchObject({
      op: 'patch',
      stream: id(3),
      seen: 7,
      fields: { workplace: '样本厂' },
    })
    expect(mutation?.fields).not.toHaveProperty('name')
  })

  test('that names another household says in which grid that one is', () => {
    expect(patch({ household: id(5) }, resident({}))).toMatchObject({ stream: id(3), to: id(6) })
    expect(patch({ workplace: '样本厂' }, resident({}))).not.toHaveProperty('to')
  })

  test('that changes nothing is none; absent and null are the same', () => {
    expect(patch({ name: '样本甲', workplace: null, phones: [] }, resident({}))).toBeNull()
  })

  test('clears a field with null, also where the form says undefined', () => {
    expect(patch({ workplace: undefined }, resident({ workplace: '样本厂' }))?.fields).toEqual({
      workplace: null,
    })
  })

  test('names added and removed elements of a set field', () => {
    const now = resident({ phones: ['10012345678', '10012345679'] })
    expect(patch({ phones: ['10012345679', '10012345670'] }, now)?.fields).toEqual({
      phones: { add: ['10012345670'], remove: ['10012345678'] },
    })
  })

  test('an element with new contents under its key is added, not removed', () => {
    const now = resident({ tags: [tag('disabled', { grade: 3 })] })
    expect(patch({ tags: [tag('disabled', { grade: 1 })] }, now)?.fields).toEqual({
      tags: { add: [tag('disabled', { grade: 1 })] },
    })
  })

  test('the order of a set is no change', () => {
    const now = resident({ phones: ['10012345678', '10012345679'] })
    expect(patch({ phones: ['10012345679', '10012345678'] }, now)).toBeNull()
  })

  test('does not take back what a colleague added while the form stood open', () => {
    const shown = resident({ tags: [tag('dibao')], workplace: '样本厂' }, 7)
    const now = resident({ tags: [tag('dibao'), tag('veteran')], workplace: '新厂' }, 9)
    const mutation = patch(
      { tags: [tag('dibao'), tag('disabled')], workplace: '样本厂' },
      now,
      shown,
    )
    expect(mutation?.fields).toEqual({ tags: { add: [tag('disabled')] } })
    expect(mutation?.seen).toBe(7)
  })

  test('of a record that nobody ever had is a bug', () => {
    expect(() => patch({ name: '样本乙' })).toThrow(/unknown resident/)
  })
})

describe('the inverse', () => {
  const roundTrip = (before: RegisterRecord, fields: Record<string, unknown>) => {
    const mutation = patch(fields, before)
    if (!mutation) throw new Error('no change')
    const after = applied('resident', before.fields, numbered(mutation))
    const inverse = inverseOf(mutation, before.fields, making)
    return applied('resident', after, numbered(inverse))
  }

  test('of a creation removes the record', () => {
    const mutation = intentToMutation(
      {
        op: 'create',
        kind: 'resident',
        record: id(2),
        stream: id(3),
        fields: { household: id(4), name: '样本甲' },
      },
      undefined,
      making,
    )
    expect(mutation).toMatchObject({ op: 'create', seen: 0, stream: id(3) })
    expect(inverseOf(mutation as NewMutation, {}, making)).toMatchObject({
      op: 'remove',
      record: id(2),
      fields: {},
    })
  })

  test('of a patch gives back values, absences and set elements as they were', () => {
    const before = resident({
      birth: '1950-01-01',
      phones: ['10012345678', '10012345679'],
      tags: [tag('disabled', { grade: 3 }), tag('dibao')],
    })
    const after = roundTrip(before, {
      birth: '1951-01-01',
      workplace: '样本厂',
      phones: ['10012345670'],
      tags: [tag('disabled', { grade: 1 }), tag('veteran')],
    })
    expect(after).toMatchObject({ birth: '1950-01-01', workplace: null })
    expect(new Set(after['phones'] as string[])).toEqual(
      new Set(before.fields['phones'] as string[]),
    )
    expect(after['tags']).toHaveLength(2)
    expect(after['tags']).toEqual(expect.arrayContaining(before.fields['tags'] as unknown[]))
  })

  test('keeps a colleague’s later element', () => {
    const before = resident({ phones: ['10012345678'] })
    const mutation = patch({ phones: ['10012345678', '10012345679'] }, before) as NewMutation
    const theirs = { phones: ['10012345678', '10012345679', '10099999999'] }
    const inverse = inverseOf(mutation, before.fields, making)
    expect(applied('resident', theirs, numbered(inverse))['phones']).toEqual([
      '10012345678',
      '10099999999',
    ])
  })
})
