/** What a push is judged by, decided in memory: gaps, merges, orphans, colours by hand, versions, and who takes back what. */
import { describe, expect, it } from 'vitest'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Kind } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '#server/db/record-row.ts'
import { untouched } from '#server/db/record-row.ts'
import { areHandColoursAllowed } from '#server/ledger/by-hand.ts'
import { clashRecord } from '#server/ledger/clash-record.ts'
import { createDraft, createLayer, decide, findRecord, keyOf } from '#server/ledger/draft.ts'
import { followMerged, problemOfMerge } from '#server/ledger/merged.ts'
import type { PlanContext } from '#server/ledger/plan-context.ts'
import type { Incoming } from '#server/ledger/plan.ts'
import { stepsOf, unitsOf } from '#server/ledger/request-steps.ts'
import { problemOfScheme, problemOfVersion } from '#server/ledger/scheme.ts'
import { mayTakeBack } from '#server/ledger/take-back.ts'
import { firstAnswer, upToGap } from '#server/ledger/up-to-gap.ts'
import { problemOfWhole } from '#server/ledger/whole.ts'

const at = '2026-11-23T06:32:00.000Z'
const id = (number: number) => `0190f5c6-0000-7000-8000-${String(number).padStart(12, '0')}`
const created = { version: 1, device: id(90), at, by: id(80), mutation: id(70) }
const row = (
  kind: Kind,
  name: string,
  fields: object,
  more: Partial<RecordRow> = {},
): RecordRow => ({
  ...{ stream: 'grid', id: name, kind, version: 1, fields: { ...fields }, created },
  ...{ ...untouched(), at, by: id(80) },
  ...more,
})
const mutation = (kind: Kind, record: string, more: Partial<Mutation> = {}): Mutation => ({
  ...{ id: id(1), device: id(90), seq: 1, at, batch: null, stream: 'grid', kind, record },
  ...{ op: 'patch', fields: {}, seen: 4 },
  ...more,
})
const finder = (...rows: readonly RecordRow[]) => {
  const byKey = new Map(rows.map((one) => [keyOf(one.stream, one.id), one]))
  return (key: string) => byKey.get(key)
}

describe('numbers of a device', () => {
  const item = (seq: number, name = id(seq)): Incoming => ({
    mutation: mutation('visit', 'v', { id: name, seq }),
  })

  it('are taken as far as there is no hole, and what stands behind one waits', () => {
    const { fresh } = upToGap([item(5), item(6), item(8)], 4)
    expect(fresh).toHaveLength(2)
    expect(upToGap([item(6)], 4).fresh).toEqual([])
    expect(upToGap([item(6), item(9)], 4, true).fresh).toHaveLength(2)
  })

  it('given twice to two mutations are said to be, and to one are taken once', () => {
    const other = upToGap([item(5), item(5, id(50))], 4)
    expect(other.reused).toEqual([{ id: id(50), seq: 5, ok: false, problem: 'sequence-reused' }])
    expect(upToGap([item(5), item(5)], 4)).toMatchObject({ fresh: [item(5)], reused: [] })
  })

  it('that come again get the first answer, another mutation under them none', () => {
    const receipt = { id: id(5), seq: 5, ok: true, version: 9 } as never
    expect(firstAnswer(item(5), { mutation: id(5), receipt })).toBe(receipt)
    expect(firstAnswer(item(5), { mutation: id(6), receipt })).toMatchObject({ ok: false })
    expect(firstAnswer(item(5), undefined)).toMatchObject({ problem: 'sequence-reused' })
  })
})

describe('a record that was merged into another', () => {
  const counts = row('resident', 'counts', { household: 'home' })
  const between = row('resident', 'between', { mergedInto: 'counts' })
  const other = row('resident', 'other', { mergedInto: 'between' })
  const find = finder(counts, between, other)
  const follow = (more: Partial<Mutation>) =>
    followMerged(mutation('resident', 'other', more), 'grid', find)

  it('hands what is still said of it to the one that counts, as said by somebody who never saw that', () => {
    expect(follow({ fields: { note: '新' } })).toMatchObject({
      mutation: { record: 'counts', seen: 0 },
    })
  })

  it('is named itself where somebody parts the two, and told where its door or its end is meant', () => {
    expect(follow({ fields: { mergedInto: null } })).toMatchObject({
      mutation: { record: 'other' },
    })
    expect(follow({ fields: { household: 'elsewhere' } })).toEqual({ problem: 'record-merged' })
    expect(follow({ op: 'remove' })).toEqual({ problem: 'record-merged' })
  })

  it('in a circle, or into what has gone, leads nowhere', () => {
    const [a, b] = [
      row('resident', 'a', { mergedInto: 'b' }),
      row('resident', 'b', { mergedInto: 'a' }),
    ]
    const patch = mutation('resident', 'a', { fields: { note: '新' } })
    expect(followMerged(patch, 'grid', finder(a, b))).toEqual({ problem: 'record-merged' })
    expect(followMerged(patch, 'grid', finder(a))).toEqual({ problem: 'record-merged' })
  })

  it('may go only into one that counts, lives and is of its kind', () => {
    expect(problemOfMerge(between, find)).toBeNull()
    expect(problemOfMerge(other, find)).toBe('record-merged')
    expect(
      problemOfMerge(
        row('resident', 'x', { mergedInto: 'x' }),
        finder(row('resident', 'x', { mergedInto: 'x' })),
      ),
    ).toBe('record-merged')
    expect(problemOfMerge(row('resident', 'x', { mergedInto: 'nobody' }), find)).toBe(
      'reference-missing',
    )
    expect(problemOfMerge(counts, find)).toBeNull()
  })
})

describe('a batch as a whole', () => {
  function judge(written: readonly RecordRow[], loaded: readonly RecordRow[], touched: RecordRow) {
    const draft = createDraft(createLayer())
    for (const one of written) draft.layers[0].written.set(keyOf(one.stream, one.id), one)
    const common = { seq: 3, cameFrom: 'grid', knowsConsents: false, placed: true }
    draft.touched.push({ ...common, key: keyOf(touched.stream, touched.id) })
    const records = new Map(loaded.map((one) => [keyOf(one.stream, one.id), one]))
    return problemOfWhole(draft, { records } as unknown as PlanContext)
  }
  const home = row('household', 'home', { dwelling: 'flat' })
  const flat = row('dwelling', 'flat', { building: 'house' })

  it('leaves nobody without the record that they belong to', () => {
    expect(judge([home], [], home)).toEqual({ seq: 3, problem: 'reference-missing' })
    expect(judge([home], [flat], home)).toBeNull()
    expect(judge([home], [{ ...flat, removed: true }], home)).toMatchObject({
      problem: 'reference-missing',
    })
    expect(judge([home], [row('building', 'flat', {})], home)).toMatchObject({ seq: 3 })
  })

  it('takes nothing away in which somebody else still is', () => {
    const gone = { ...home, removed: true }
    const resident = row('resident', 'person', { household: 'home' })
    expect(judge([gone], [resident], gone)).toEqual({ seq: 3, problem: 'not-allowed' })
    expect(judge([gone, { ...resident, removed: true }], [resident], gone)).toBeNull()
  })

  it('keeps its layer to itself until it is decided', () => {
    const decided = createLayer()
    const first = createDraft(decided)
    first.layers[0].written.set('grid/home', home)
    expect(findRecord(createDraft(decided), new Map(), 'grid/home')).toBeUndefined()
    decide(first)
    expect(findRecord(createDraft(decided), new Map(), 'grid/home')).toBe(home)
  })
})

describe('who takes a record away again', () => {
  const by = (account: string, role: string) => ({ account: { id: account, role } }) as never
  const visit = row('visit', 'v', {})

  it('is whoever made it, within a day', () => {
    expect(mayTakeBack(visit, { at: '2026-11-24T06:32:00.000Z' }, by(id(80), 'worker'))).toBe(true)
    expect(mayTakeBack(visit, { at: '2026-11-24T06:32:00.001Z' }, by(id(80), 'worker'))).toBe(false)
    expect(mayTakeBack(visit, { at }, by(id(81), 'admin'))).toBe(false)
  })

  it('is the office as well, of a photograph whose picture never came', () => {
    const late = { at: '2026-12-24T06:32:00.000Z' }
    expect(mayTakeBack(row('photo', 'p', {}), late, by(id(81), 'staff'))).toBe(true)
    expect(mayTakeBack(row('photo', 'p', { arrivedAt: at }), late, by(id(81), 'staff'))).toBe(false)
    expect(mayTakeBack(row('photo', 'p', {}), late, by(id(81), 'worker'))).toBe(false)
  })
})

describe('colours by hand', () => {
  const one = {
    id: 'one',
    colour: 'red',
    words: '样例',
    by: 'me',
    from: '2026-11-01',
    until: '2026-12-01',
    over: [],
  }
  const allowed = (
    before: object | null,
    after: object | null,
    who: string,
    role: 'worker' | 'staff',
  ) =>
    areHandColoursAllowed(
      'resident',
      { overrides: before ? [before] : [] },
      { overrides: after ? [after] : [] },
      {
        id: who,
        role,
      },
    )
  const review = { verdict: 'agreed', by: 'office', on: '2026-11-02' }

  it('are proposed in one’s own name, without an answer', () => {
    expect(allowed(null, one, 'me', 'worker')).toBe(true)
    expect(allowed(null, one, 'other', 'staff')).toBe(false)
    expect(allowed(null, { ...one, review }, 'me', 'worker')).toBe(false)
  })

  it('are answered by a second person of the office, and stay what was proposed', () => {
    expect(allowed(one, { ...one, review }, 'office', 'staff')).toBe(true)
    expect(allowed(one, { ...one, review: { ...review, by: 'me' } }, 'me', 'staff')).toBe(false)
    expect(allowed(one, { ...one, review }, 'office', 'worker')).toBe(false)
    expect(allowed(one, { ...one, colour: 'green', review }, 'office', 'staff')).toBe(false)
    expect(allowed(one, { ...one, review }, 'somebody-else', 'staff')).toBe(false)
  })

  it('are withdrawn by whoever proposed them or the office, and taken out only before anybody looked', () => {
    const withdrawn = { ...one, withdrawnOn: '2026-11-03' }
    expect(allowed(one, withdrawn, 'me', 'worker')).toBe(true)
    expect(allowed(one, withdrawn, 'colleague', 'worker')).toBe(false)
    expect(allowed(one, null, 'me', 'worker')).toBe(true)
    expect(allowed({ ...one, review }, null, 'me', 'worker')).toBe(false)
  })

  it('are none of a kind that has no colours', () => {
    expect(
      areHandColoursAllowed('visit', {}, { overrides: [one] }, { id: 'x', role: 'worker' }),
    ).toBe(true)
  })
})

describe('a version of rules', () => {
  const judge = (
    kind: 'scheme' | 'catalogue',
    fields: object,
    known: readonly RecordRow[] = [],
  ) => {
    const records = new Map(known.map((one) => [keyOf(one.stream, one.id), one]))
    const rules = kind === 'scheme' ? problemOfScheme : problemOfVersion
    const asked = mutation(kind, 'new', { op: 'create', fields: { ...fields } })
    return rules(asked, createDraft(createLayer()), { records } as unknown as PlanContext)
  }
  const scheme = (schemeVersion: number) => ({ ...defaultScheme, schemeVersion })
  const first = defaultScheme.schemeVersion + 1

  it('follows on the newest of its own place, so that nobody overwrites a colleague unseen', () => {
    expect(judge('scheme', scheme(first))).toBeNull()
    const known = [row('scheme', 'one', scheme(first))]
    expect(judge('scheme', scheme(first), known)).toEqual({ problem: 'scheme-moved-on' })
    expect(judge('scheme', scheme(first + 1), known)).toBeNull()
    const elsewhere = [row('scheme', 'one', scheme(first), { stream: 'other' })]
    expect(judge('scheme', scheme(first), elsewhere)).toBeNull()
    expect(judge('scheme', scheme(first), [{ ...known[0]!, removed: true }])).toBeNull()
  })

  it('with something wrong in it is no version: two rules under one key', () => {
    const [rule] = defaultScheme.rules
    expect(judge('scheme', { ...scheme(first), rules: [rule, rule] })).toMatchObject({
      problem: 'invalid-fields',
    })
  })

  it('of a catalogue begins at one', () => {
    const catalogue = (catalogueVersion: number) => ({
      name: '样例清单',
      catalogueVersion,
      units: [],
      items: [],
    })
    expect(judge('catalogue', catalogue(1))).toBeNull()
    expect(judge('catalogue', catalogue(2))).toEqual({ problem: 'scheme-moved-on' })
  })
})

describe('the steps of a request', () => {
  const step = (name: string, version: number, fields: object, more: Partial<RecordRow> = {}) =>
    row('request-step', name, { request: 'r', at, ...fields }, { version, ...more })

  it('stand in the order of their stream, those of the push last, without what was taken away', () => {
    const draft = createDraft(createLayer())
    const mine = step('c', 9, { step: 'sign' })
    draft.layers[0].written.set(keyOf('grid', 'c'), mine)
    const loaded = [
      step('b', 5, { step: 'dispatch', unit: 'unit-1' }),
      step('a', 2, { step: 'submit' }),
      step('gone', 3, { step: 'note' }, { removed: true }),
      step('far', 4, { step: 'note' }, { stream: 'other' }),
    ]
    const records = new Map(loaded.map((one) => [keyOf(one.stream, one.id), one]))
    expect(stepsOf('r', 'grid', draft, { records }).map((one) => one.id)).toEqual(['a', 'b', 'c'])
  })

  it('name each unit once, however often it was sent there', () => {
    const of = (name: string, fields: object) => ({ step: name, ...fields }) as never
    expect(
      unitsOf([
        of('dispatch', { unit: 'unit-1' }),
        of('add-unit', { unit: 'unit-2' }),
        of('dispatch', { unit: 'unit-1' }),
        of('note', { unit: 'unit-3' }),
      ]),
    ).toEqual(['unit-1', 'unit-2'])
  })
})

it('a clash keeps both values with who said each, in the stream of the record', () => {
  const side = (value: unknown, by: string) => ({
    value,
    mark: { version: 1, device: null, at, by },
  })
  const clash = { field: 'note', kept: side('新', 'me'), lost: side(undefined, 'you') } as never
  expect(clashRecord('grid', mutation('resident', 'person'), clash, 7, 'clash')).toMatchObject({
    ...{ stream: 'grid', id: 'clash', kind: 'clash', version: 7, removed: false },
    fields: { record: 'person', kept: { value: '新', by: 'me' }, lost: { value: null, by: 'you' } },
  })
})
