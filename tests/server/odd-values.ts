/** Values that no form sends: wrong shapes, letters without a place in a database, days and moments that never were. */
import fc from '#tests/support/fast-check.ts'
import { defaultCalendar } from '#domain/calendar.ts'
import type { Kind } from '#domain/record.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Device } from './office.ts'
import { building, dwelling, household, resident, visit, type Home } from './sample.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { samplePhotoFields } from '#tests/support/sample-photo.ts'

const nest = (depth: number): unknown =>
  JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)) as unknown

const plain: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 2 ** 53, 1e21, 1e308, -1e308, 5e-324],
  ...['', ' ', 'a\0b', '\ud800', 'a\udfff', '\u202egnp', '\u200b', '\u0001', '\u000b', '\ufffe'],
  ...['2026-02-30', '2026-11-31', '0000-01-01', '9999-12-31', '-000001-01-01', '0100-02-29'],
  ...['2026-02-31T10:00:00.000Z', '0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ...['2026-01-01T24:00:00.000Z', '+275760-09-13T00:00:00.000Z', '2026-01-01T10:00:00+23:59'],
  ...['ABCDEF01-2345-6789-ABCD-EF0123456789', '%s%n', "'; drop table record; --", '1e309'],
  ...[[], {}, [null], [[]], [{}], [''], ['a\0b'], { add: [] }, { add: [null] }, { add: {} }],
  ...[{ remove: [1] }, { remove: {} }, { add: [{ id: null }] }, { add: [1, 'a', {}] }],
  ...[{ 'a\0b': 1 }, { constructor: 1 }, { toString: 1, toJSON: 2 }, nest(15), nest(60)],
  ...['x'.repeat(1_000), Array.from({ length: 500 }, () => 0), [{ id: 'a', by: 1, colour: {} }]],
]

export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...plain) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.double() },
)

export interface Where {
  readonly home: Home
  readonly account: string
  readonly at: string
  readonly id: string
}

/** A new record of each kind that is right as it is, for one field at a time to be spoilt. */
export const rightFields: Readonly<Record<Kind, (where: Where) => Record<string, unknown>>> = {
  place: () => ({ placeKind: 'grid', name: '样例网格' }),
  account: () => ({ name: '样例', role: 'worker' }),
  scheme: () => ({ ...defaultScheme, schemeVersion: defaultScheme.schemeVersion + 1 }),
  building: () => ({ ...building(), latitude: 30.1, longitude: 119.9, outline: null }),
  dwelling: ({ home }) => ({ ...dwelling(home.building), hazards: [], overrides: [] }),
  household: ({ home }) => ({ ...household(home.dwelling), disputes: [] }),
  resident: ({ home }) => ({
    ...resident(home.household),
    ...{ phones: ['10012345678'], tags: [], overrides: [], notSameAs: [], sameAs: [] },
    ...{ arrivedOn: '2020-01-01', movedOutOn: null, diedOn: null, residence: '2' },
  }),
  visit: ({ home, at }) =>
    visit(home.household, at, { resident: home.resident, changed: ['note'] }),
  colour: ({ home }) => ({ subject: home.resident, subjectKind: 'resident', colour: 'red' }),
  reveal: ({ home, at }) => ({ subject: home.resident, field: 'phones', purpose: 'contact', at }),
  clash: ({ home }) => ({ kind: 'resident', record: home.resident, field: 'name', settled: true }),
  view: () => ({
    ...{ name: '样例', sheet: 'residents', columns: ['name'] },
    ...{ sort: { column: 'name' }, filter: {} },
  }),
  export: ({ home, at }) => ({
    ...{ sheet: 'residents', columns: ['name'], count: 1, masked: true, purpose: 'report', at },
    subject: home.resident,
  }),
  import: () => ({ title: '样例', parts: 1, rows: 1, added: 1, changed: 0, bases: [] }),
  'import-part': ({ id }) => ({ import: id, part: 1, items: [] }),
  policy: () => ({ ...samplePolicy, policyVersion: 2 }),
  inquiry: ({ home }) => ({
    ...{ resident: home.resident, wants: 'see', receivedOn: '2026-11-23', due: '2026-12-08' },
  }),
  complaint: ({ at }) => ({ topic: 'app', words: '样例', at }),
  calendar: () => ({ ...defaultCalendar, calendarVersion: 2 }),
  catalogue: () => ({ name: '样例', catalogueVersion: 2, items: [] }),
  request: ({ home, at }) => ({
    ...{ number: '20261123-0001', site: home.resident, siteKind: 'resident', words: '样例' },
    ...{ level: 'ordinary', source: 'door', at },
  }),
  'request-step': ({ id, at }) => ({ request: id, step: 'submit', words: '样例', after: null, at }),
  asker: ({ id }) => ({ request: id, name: '样例', tokens: [] }),
  errand: ({ id, at }) => ({
    ...{ request: id, stream: id, number: '1', round: 1, level: 'ordinary', state: 'handling' },
    ...{ isLead: true, dispatchedAt: at },
  }),
  'errand-step': ({ id, at }) => ({ errand: id, step: 'note', words: '样例', at }),
  approval: () => ({
    ...{ acts: ['reveal'], roles: ['worker'], reason: '样例' },
    ...{ from: '2026-11-23', until: '2027-11-22' },
  }),
  photo: ({ home, at }) => ({ ...samplePhotoFields(at), host: home.dwelling }),
  'errand-photo': ({ id, at }) => ({ ...samplePhotoFields(at), errand: id }),
  code: () => ({ code: '0'.repeat(22), address: 'https://ask.example.cn', name: '样例' }),
  topic: ({ home, at }) => ({
    ...{ title: '样例', parts: [{ building: home.building, unit: '1' }], at },
    rule: { key: 'rebuild', ground: '样例', takePart: { parts: 2, of: 3 } },
  }),
  'topic-step': ({ id, at }) => ({ topic: id, step: 'ask', openUntil: '2026-12-01', at }),
  voice: ({ id, home, at }) => ({
    topic: id,
    dwelling: home.dwelling,
    says: 'yes',
    how: 'door',
    at,
  }),
  meeting: ({ id }) => ({
    ...{ meetingKind: 'council', on: '2026-11-23', receivedBy: ['样例'] },
    matters: [{ id, words: '样例' }],
  }),
  service: () => ({
    ...{ name: '样例助餐点', serviceKind: 'meals', asOf: '2026-11-23' },
    ...{ room: 'few', telephone: '100-0000-0000' },
  }),
  arrival: ({ home }) => ({
    ...{ dwelling: home.dwelling, speaker: 'landlord', name: '样例', count: 2 },
    ...{ from: '2026-11-23', until: '2027-11-22', telephone: '100-0000-0000', note: null },
  }),
  departure: ({ home }) => ({
    ...{ dwelling: home.dwelling, speaker: 'landlord', name: null, count: 1, from: '2026-11-23' },
  }),
  'declaration-answer': ({ id }) => ({
    ...{
      declaration: id,
      outcome: 'not-so',
      reason: 'said-twice',
      residents: [],
      on: '2026-11-23',
    },
  }),
  vehicle: ({ home }) => ({
    ...{ dwelling: home.dwelling, plate: '浙A00001', vehicleKind: 'car' },
    ...{ until: '2027-11-22', endedOn: null },
  }),
  'landlord-link': ({ home }) => ({
    ...{ dwelling: home.dwelling, hash: 'a'.repeat(64), made: '2026-11-23', stopped: null },
  }),
  fund: () => ({
    ...{ name: '楼道灯改造', where: '清风阳光苑 3幢1单元', openedOn: '2026-11-23' },
    ...{ what: '换声控灯', agreed: '议事会', closedOn: null },
    ...{ page: 'b'.repeat(64), pageOn: '2026-11-23' },
  }),
  'fund-entry': ({ id }) => ({
    ...{ fund: id, entryKind: 'spent', cents: 120_000, on: '2026-11-23', what: '灯具' },
    ...{ payee: '样例五金店', vouchers: ['a'.repeat(64)] },
  }),
  'fund-check': ({ id }) => ({ entry: id, says: 'object', words: '发票看不清' }),
  'fund-giver': ({ id }) => ({ entry: id, resident: id, name: '样例甲' }),
  assessment: () => ({
    ...{ version: '2026-1', on: '2026-11-20', signedBy: '样例甲', fileName: '样例.pdf' },
    ...{ fileHash: 'a'.repeat(64), cases: ['sensitive'] },
  }),
}

/** Names that stand in no schema, or in another kind's. */
const strayNames = ['overrides', 'at', 'constructor', 'toString', 'length', 'criminalRecord', '']

/** A mutation of which one thing is odd: a field, the fields as a whole, or something of its envelope. */
export function spoiltMutation(device: Device, stream: string, where: Where) {
  const kind = fc.constantFrom(...(Object.keys(rightFields) as Kind[]))
  const op = fc.constantFrom(
    'create' as const,
    'create' as const,
    'patch' as const,
    'remove' as const,
  )
  const part = fc.constantFrom('field', 'field', 'field', 'field', 'fields', 'envelope')
  return fc
    .tuple(kind, op, part, fc.nat(), oddValue, fc.nat())
    .map(([kind, op, part, at, value, which]) => () => {
      const fields = rightFields[kind](where)
      const names = [...Object.keys(fields), ...strayNames]
      const name = names[at % names.length] ?? ''
      const standing = [where.home.resident, where.home.household, where.home.dwelling]
      const record = op === 'create' ? where.id : (standing[which % standing.length] ?? where.id)
      const own = op === 'create' ? fields : {}
      const mutation: Record<string, unknown> = {
        ...device.mutation({ stream, kind, record, op, fields: own }),
      }
      if (part === 'field') mutation['fields'] = { ...own, [name]: value }
      if (part === 'fields') mutation['fields'] = value
      const envelope = ['at', 'batch', 'batchSize', 'stream', 'kind', 'record', 'op', 'to', 'seen']
      if (part === 'envelope') mutation[envelope[at % envelope.length] ?? 'at'] = value
      return mutation
    })
}
