import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { problemsOfPatched } from '#domain/schemas.ts'
import { applied, isSame, merge, type FieldMark, type MergeState } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'

const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const [mine, theirs] = [uuid(1), uuid(2)]

const mark = (version: number, device: string | null, at: string): FieldMark => ({
  version,
  device,
  at,
})
const created = mark(1, null, '2026-11-01T00:00:00.000Z')
const early = '2026-11-20T01:00:00.000Z'
const later = '2026-11-20T02:00:00.000Z'

function patch(fields: Record<string, unknown>, more: Partial<Mutation> = {}): Mutation {
  return {
    id: uuid(100),
    device: mine,
    seq: 1,
    at: early,
    batch: null,
    stream: uuid(3),
    kind: 'resident',
    record: uuid(4),
    op: 'patch',
    fields,
    seen: 1,
    ...more,
  }
}

function state(fields: Record<string, unknown>, marks: MergeState['marks'] = {}): MergeState {
  return { kind: 'resident', fields, created, marks }
}

describe('a patch', () => {
  it('sets what nobody touched since, and marks just that', () => {
    const before = state({ name: '样例', note: 'old' })
    const merged = merge(before, patch({ note: 'new' }), mark(2, mine, early))
    expect(merged).toEqual({
      fields: { name: '样例', note: 'new' },
      marks: { note: mark(2, mine, early) },
      changed: { note: ['old', 'new'] },
      clashes: [],
    })
    expect(before.fields).toEqual({ name: '样例', note: 'old' })
  })

  it('goes beside a colleague’s patch of another field', () => {
    const before = state({ name: '样例', note: 'theirs' }, { note: mark(7, theirs, later) })
    const merged = merge(before, patch({ workplace: '样例厂' }), mark(8, mine, early))
    expect(merged.clashes).toEqual([])
    expect(merged.fields).toEqual({ name: '样例', note: 'theirs', workplace: '样例厂' })
  })

  it('clears by null, also what nobody knew', () => {
    const merged = merge(state({ note: 'old' }), patch({ note: null }), mark(2, mine, early))
    expect(merged.fields).toEqual({ note: null })
    expect(merged.changed).toEqual({ note: ['old', null] })
    const nothing = merge(state({}), patch({ note: null }), mark(2, mine, early))
    expect(nothing.changed).toEqual({})
    expect(nothing.marks).toEqual({})
  })

  it('of the same value changes and clashes with nothing, whoever set it', () => {
    const before = state({ note: 'same' }, { note: mark(7, theirs, later) })
    const merged = merge(before, patch({ note: 'same' }), mark(8, mine, early))
    expect(merged).toMatchObject({ changed: {}, clashes: [], marks: before.marks })
  })

  it('keeps fields of a newer version', () => {
    const before = state({ newer: { deep: 1 } })
    expect(merge(before, patch({ note: 'x' }), mark(2, mine, early)).fields).toEqual({
      newer: { deep: 1 },
      note: 'x',
    })
  })
})

describe('a clash', () => {
  const before = state({ note: 'theirs' }, { note: mark(7, theirs, early) })

  it('is won by the later moment, and keeps both', () => {
    const merged = merge(before, patch({ note: 'mine' }), mark(8, mine, later))
    expect(merged.fields).toEqual({ note: 'mine' })
    expect(merged.marks).toEqual({ note: mark(8, mine, later) })
    expect(merged.changed).toEqual({ note: ['theirs', 'mine'] })
    expect(merged.clashes).toEqual([
      {
        field: 'note',
        kept: { value: 'mine', mark: mark(8, mine, later) },
        lost: { value: 'theirs', mark: mark(7, theirs, early) },
      },
    ])
  })

  it('is lost by the earlier moment, though it comes later', () => {
    const held = state({ note: 'theirs' }, { note: mark(7, theirs, later) })
    const merged = merge(held, patch({ note: 'mine' }), mark(8, mine, early))
    expect(merged).toMatchObject({ fields: held.fields, marks: held.marks, changed: {} })
    expect(merged.clashes).toEqual([
      {
        field: 'note',
        kept: { value: 'theirs', mark: mark(7, theirs, later) },
        lost: { value: 'mine', mark: mark(8, mine, early) },
      },
    ])
  })

  it('at the same moment leaves what came first', () => {
    const merged = merge(before, patch({ note: 'mine' }), mark(8, mine, early))
    expect(merged.fields).toEqual({ note: 'theirs' })
    expect(merged.clashes).toHaveLength(1)
  })

  it('compares moments, not their spelling', () => {
    const held = state({ note: 'theirs' }, { note: mark(7, theirs, '2026-11-20T09:30:00+08:00') })
    expect(merge(held, patch({ note: 'mine' }), mark(8, mine, later)).fields.note).toBe('mine')
    expect(merge(held, patch({ note: 'mine' }), mark(8, mine, early)).fields.note).toBe('theirs')
  })

  it('never happens between the mutations of one device', () => {
    const own = state({ note: 'first' }, { note: mark(7, mine, later) })
    const merged = merge(own, patch({ note: 'second' }), mark(8, mine, early))
    expect(merged.clashes).toEqual([])
    expect(merged.fields).toEqual({ note: 'second' })
  })

  it('never happens where the worker had seen the other value', () => {
    const merged = merge(before, patch({ note: 'mine' }, { seen: 7 }), mark(8, mine, early))
    expect(merged.clashes).toEqual([])
    expect(merged.fields).toEqual({ note: 'mine' })
  })

  it('counts the making of a record as setting all of its fields', () => {
    const made: MergeState = { ...state({ note: 'theirs' }), created: mark(5, theirs, later) }
    expect(merge(made, patch({ note: 'mine' }, { seen: 5 }), mark(6, mine, early)).clashes).toEqual(
      [],
    )
    const blind = merge(made, patch({ note: 'mine' }, { seen: 0 }), mark(6, mine, early))
    expect(blind.clashes).toHaveLength(1)
    expect(blind.fields).toEqual({ note: 'theirs' })
  })

  it('is told of each field by itself', () => {
    const held = state(
      { note: 'a', workplace: 'b', name: '样例' },
      { note: mark(7, theirs, early), workplace: mark(8, theirs, '2026-11-20T03:00:00.000Z') },
    )
    const merged = merge(
      held,
      patch({ note: 'x', workplace: 'y', name: '样例甲' }),
      mark(9, mine, later),
    )
    expect(merged.fields).toEqual({ note: 'x', workplace: 'b', name: '样例甲' })
    expect(merged.clashes.map((clash) => [clash.field, clash.kept.value])).toEqual([
      ['note', 'x'],
      ['workplace', 'b'],
    ])
  })
})

describe('sets', () => {
  const dibao = { tag: 'dibao', source: 'told', from: '2026-01-01' }
  const tekun = { tag: 'tekun', source: 'seen', from: '2026-02-01' }

  it('take and lose elements beside a colleague’s, without a clash', () => {
    const before = state(
      { phones: ['10012345501', '10012345502'] },
      { phones: mark(7, theirs, later) },
    )
    const change = { add: ['10012345503'], remove: ['10012345501'] }
    const merged = merge(before, patch({ phones: change }), mark(8, mine, early))
    expect(merged.clashes).toEqual([])
    expect(merged.fields).toEqual({ phones: ['10012345502', '10012345503'] })
  })

  it('keep both telephones that two devices put in the place of one, and ask which is right', () => {
    const before = state({ phones: ['10012345502'] }, { phones: mark(7, theirs, later) })
    const change = { add: ['10012345503'], remove: ['10012345501'] }
    const merged = merge(before, patch({ phones: change }), mark(8, mine, early))
    expect(merged.fields).toEqual({ phones: ['10012345502', '10012345503'] })
    expect(merged.clashes).toEqual([
      {
        field: 'phones',
        kept: { value: ['10012345502', '10012345503'], mark: mark(8, mine, early) },
        lost: { value: ['10012345502'], mark: mark(7, theirs, later) },
      },
    ])
    // Whoever saw the other one, or is the same device, or only takes one out, is not asked.
    const [seen, own] = [patch({ phones: change }, { seen: 7 }), mark(8, theirs, early)]
    expect(merge(before, seen, mark(8, mine, early)).clashes).toEqual([])
    expect(merge(before, patch({ phones: change }), own).clashes).toEqual([])
    for (const alone of [{ add: ['10012345503'] }, { remove: ['10012345501'] }]) {
      expect(merge(before, patch({ phones: alone }), mark(8, mine, early)).clashes).toEqual([])
    }
    // Twice the same new one is no question.
    const same = { add: ['10012345502'], remove: ['10012345501'] }
    expect(merge(before, patch({ phones: same }), mark(8, mine, early)).clashes).toEqual([])
  })

  it('hold an element once, by its key, the new one in place of the old', () => {
    const ended = { ...dibao, until: '2026-11-20' }
    const merged = merge(
      state({ tags: [dibao, tekun] }),
      patch({ tags: { add: [ended] } }),
      mark(2, mine, early),
    )
    expect(merged.fields).toEqual({ tags: [ended, tekun] })
  })

  it('that remove and add one key keep it', () => {
    const change = { remove: ['dibao'], add: [dibao] }
    const merged = merge(
      state({ tags: [tekun, dibao] }),
      patch({ tags: change }),
      mark(2, mine, early),
    )
    expect(merged.fields).toEqual({ tags: [tekun, dibao] })
  })

  it('begin where nothing was known, and stay unknown where nothing is added', () => {
    const add = merge(state({}), patch({ tags: { add: [dibao] } }), mark(2, mine, early))
    expect(add.fields).toEqual({ tags: [dibao] })
    for (const fields of [{}, { tags: null }]) {
      const gone = merge(
        state(fields),
        patch({ tags: { remove: ['dibao'] } }),
        mark(2, mine, early),
      )
      expect(gone.changed).toEqual({})
    }
    const last = merge(
      state({ tags: [dibao] }),
      patch({ tags: { remove: ['dibao'] } }),
      mark(2, mine, early),
    )
    expect(last.fields).toEqual({ tags: [] })
  })

  it('may be given whole or cleared', () => {
    const before = state({ tags: [dibao] })
    expect(merge(before, patch({ tags: [tekun] }), mark(2, mine, early)).fields).toEqual({
      tags: [tekun],
    })
    expect(merge(before, patch({ tags: null }), mark(2, mine, early)).fields).toEqual({
      tags: null,
    })
  })

  it.each([
    { add: [null] },
    { add: [undefined] },
    { add: 'dibao' },
    { add: 5 },
    { remove: 5 },
    { remove: {} },
    { add: [dibao], remove: 'dibao' },
    { add: [5] },
    { add: [{ tag: 'drug-use' }] },
    {},
    'dibao',
  ])('given as %j throw nothing, and the record’s schema refuses them', (change) => {
    const merged = merge(state({ tags: [dibao] }), patch({ tags: change }), mark(2, mine, early))
    expect(
      problemsOfPatched('resident', { household: uuid(5), name: '样例', ...merged.fields }, [
        'tags',
      ]),
    ).toHaveLength(1)
  })
})

describe('what an author sees', () => {
  it('is the record as made, then patched field by field', () => {
    const make = patch({ name: '样例', phones: ['10012345501'] }, { op: 'create', seen: 0 })
    const fields = applied('resident', undefined, make)
    expect(fields).toEqual({ name: '样例', phones: ['10012345501'] })
    const change = patch({ phones: { add: ['10012345502'] }, note: 'x' })
    expect(applied('resident', fields, change)).toEqual({
      name: '样例',
      phones: ['10012345501', '10012345502'],
      note: 'x',
    })
  })

  it('is what the server makes of it where nobody else wrote', () => {
    fc.assert(
      fc.property(fieldsArbitrary, fieldsArbitrary, (fields, change) => {
        const merged = merge(state(fields), patch(change), mark(2, mine, early))
        expect(isSame(applied('resident', fields, patch(change)), merged.fields)).toBe(true)
      }),
    )
  })
})

const fieldsArbitrary = fc.dictionary(
  fc.constantFrom('name', 'note', 'workplace', 'birth', 'phones', 'newer'),
  fc.oneof(fc.constant(null), fc.string(), fc.array(fc.string(), { maxLength: 3 })),
)

describe('patches of several devices', () => {
  const change = fc.oneof(
    fc.record({
      field: fc.constantFrom('name', 'note', 'workplace', 'birth', 'marriage'),
      value: fc.option(fc.string(), { nil: null }),
    }),
    fc.record({
      field: fc.constant('phones'),
      value: fc.record({
        add: fc.uniqueArray(fc.constantFrom('a1', 'a2', 'a3'), { maxLength: 2 }),
        remove: fc.uniqueArray(fc.constantFrom('b1', 'b2'), { maxLength: 2 }),
      }),
    }),
  )
  interface Sent {
    readonly field: string
    readonly value: unknown
    readonly device: string
    readonly at: string
  }
  const mergeAll = (sent: readonly Sent[]) =>
    sent.reduce<MergeState>(
      (held, { field, value, device, at }, index) => ({
        ...held,
        ...merge(held, patch({ [field]: value }, { device, at }), mark(index + 2, device, at)),
      }),
      state({ name: '样例', phones: ['b1', 'b2'] }),
    ).fields

  it('of distinct fields give the same record in any order', () => {
    const sent = fc
      .uniqueArray(change, { selector: (one) => one.field, minLength: 2, maxLength: 6 })
      .map((all) =>
        all.map((one, index): Sent => ({ ...one, device: uuid(index + 10), at: early })),
      )
    const both = sent.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(
      fc.property(both, ([one, other]) => {
        expect(isSame(mergeAll(one), mergeAll(other))).toBe(true)
      }),
    )
  })

  it('of one field end with the latest moment in any order', () => {
    const sent = fc
      .uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 2, maxLength: 6 })
      .map((minutes) =>
        minutes.map((minute, index): Sent => ({
          field: 'note',
          value: `note of ${minute}`,
          device: uuid(index + 10),
          at: `2026-11-20T01:${String(minute).padStart(2, '0')}:00.000Z`,
        })),
      )
    fc.assert(
      fc.property(sent, (all) => {
        const latest = [...all].sort((a, b) => (a.at < b.at ? 1 : -1))[0]
        expect(mergeAll(all).note).toBe(latest?.value)
      }),
    )
  })

  it('that only add to a set lose no element', () => {
    const adds = fc.array(fc.uniqueArray(fc.constantFrom('a1', 'a2', 'a3', 'a4')), { maxLength: 5 })
    fc.assert(
      fc.property(adds, (all) => {
        const sent = all.map((add, index): Sent => ({
          field: 'phones',
          value: { add },
          device: uuid(index + 10),
          at: early,
        }))
        expect(new Set(mergeAll(sent).phones as string[])).toEqual(
          new Set(['b1', 'b2', ...all.flat()]),
        )
      }),
    )
  })
})

describe('sameness', () => {
  it.each<[unknown, unknown, boolean]>([
    [null, undefined, true],
    [null, '', false],
    [undefined, 0, false],
    [1, 1, true],
    [1, '1', false],
    [{ a: 1, b: [1, { c: null }] }, { b: [1, {}], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[], {}, false],
    [{}, [], false],
    [{}, null, false],
    ['x', { x: 1 }, false],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(isSame(a, b)).toBe(expected)
    expect(isSame(b, a)).toBe(expected)
  })

  it('is that of JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => isSame(value, JSON.parse(JSON.stringify(value)))),
    )
  })
})
