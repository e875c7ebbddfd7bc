import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { defaultCalendar } from '#domain/calendar.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { FieldProblem } from '#domain/field.ts'
import { kinds, setKey, traits, type Kind } from '#domain/record.ts'
import { samplePhotoFields } from '#tests/support/sample-photo.ts'
import { problemsOfNew, problemsOfPatched, schemas } from '#domain/schemas.ts'

const id = '00000000-0000-7000-8000-000000000001'
const at = '2026-11-23T06:32:00.000Z'

/** The days of a session may be left to the product. */
const optional = [
  'sessionDays',
  'keepAskersDays',
  'keepRequestsDays',
  'keepDeclarationsDays',
  'keepVoicesDays',
  'keepFundsDays',
  'keepTopicsDays',
  'keepVehiclesDays',
]
const leastPolicy = Object.fromEntries(
  Object.entries(defaultPolicy).filter(([name]) => !optional.includes(name)),
)

/** The least that a record of each kind must have. */
const least: Readonly<Record<Kind, Readonly<Record<string, unknown>>>> = {
  place: { placeKind: 'grid', name: '第三网格' },
  topic: {
    title: '加装电梯',
    parts: [{ building: id }],
    rule: { key: 'rebuild', ground: '民法典第278条' },
    at,
  },
  'topic-step': { topic: id, step: 'close', at },
  voice: { topic: id, dwelling: id, says: 'yes', how: 'door', at },
  meeting: { meetingKind: 'council', on: '2026-11-23', receivedBy: ['社区书记'] },
  service: { name: '样例助餐点', serviceKind: 'meals', asOf: '2026-11-23' },
  arrival: { dwelling: id, speaker: 'self', name: '样例', count: 1, from: '2026-11-23' },
  departure: { dwelling: id, speaker: 'self', count: 1, from: '2026-11-23' },
  'declaration-answer': { declaration: id, outcome: 'confirmed', on: '2026-11-23' },
  vehicle: { dwelling: id, plate: '浙A00001', vehicleKind: 'car' },
  'landlord-link': { dwelling: id, hash: 'a'.repeat(64), made: '2026-11-23' },
  fund: { name: '楼道灯改造', where: '清风阳光苑 3幢1单元', openedOn: '2026-11-23' },
  'fund-entry': {
    fund: id,
    entryKind: 'received',
    cents: 5_000,
    on: '2026-11-23',
    giver: '三楼一户',
  },
  'fund-check': { entry: id, says: 'agree' },
  'fund-giver': { entry: id },
  account: { name: '样例网格员甲', role: 'worker' },
  scheme: { ...defaultScheme },
  building: { estate: '清风阳光苑', name: '3幢', storeys: 6, units: 2 },
  dwelling: { building: id, floor: 5, room: '501' },
  household: { dwelling: id },
  resident: { household: id, name: '样例' },
  photo: { ...samplePhotoFields(at), host: id },
  'errand-photo': { ...samplePhotoFields(at), errand: id },
  visit: { household: id, channel: 'door', outcome: 'met', unchanged: true, at },
  colour: {
    subject: id,
    subjectKind: 'resident',
    colour: 'green',
    scheme: id,
    schemeVersion: 1,
    reasons: [],
    from: '2026-11-23',
    cause: 'facts',
  },
  reveal: { subject: id, field: 'documentNumber', purpose: 'verify', at },
  clash: {
    kind: 'resident',
    record: id,
    field: 'name',
    kept: { value: 'a', at },
    lost: { value: 'b', at },
  },
  view: { name: '样例视图', sheet: 'residents', columns: ['name'] },
  export: {
    sheet: 'residents',
    columns: ['name'],
    count: 3,
    masked: true,
    purpose: 'report',
    at,
  },
  import: { title: '样例.xlsx', parts: 1, rows: 1, added: 1, changed: 0, bases: [] },
  'import-part': { import: id, part: 1, items: [] },
  policy: { ...leastPolicy },
  inquiry: { resident: id, wants: 'see', receivedOn: '2026-11-23', due: '2026-12-08' },
  complaint: { topic: 'app', words: '字太小', at },
  calendar: { ...defaultCalendar },
  catalogue: { name: '样例清单', catalogueVersion: 1, items: [] },
  request: {
    number: 'JJQ-261123-07-01',
    words: '灯不亮',
    level: 'ordinary',
    source: 'door',
    at,
  },
  'request-step': { request: id, step: 'note', at },
  asker: { request: id },
  errand: {
    request: id,
    stream: id,
    number: 'JJQ-261123-07-01',
    round: 1,
    level: 'ordinary',
    state: 'assigned',
    isLead: true,
    dispatchedAt: at,
  },
  'errand-step': { errand: id, step: 'note', at },
  approval: {
    acts: ['reveal'],
    roles: ['worker'],
    reason: '样例',
    from: '2026-11-23',
    until: '2027-11-22',
  },
  code: { code: '0'.repeat(22), address: 'https://ask.example.cn', name: '清风阳光苑 3幢1单元' },
  assessment: {
    version: '2026-1',
    on: '2026-11-20',
    signedBy: '样例甲',
    fileName: '样例.pdf',
    fileHash: 'a'.repeat(64),
    cases: ['sensitive'],
  },
}

it('kinds are those that have a schema', () => {
  expect(kinds).toEqual(Object.keys(schemas))
})

const problems = (kind: Kind, more: object): FieldProblem[] =>
  problemsOfNew(kind, { ...least[kind], ...more })
const of = (kind: Kind, field: string, value: unknown): string =>
  problems(kind, { [field]: value })
    .map(
      (problem) => `${problem.field} ${problem.problem}${problem.limit ? ` ${problem.limit}` : ''}`,
    )
    .join(', ')
const list = <T>(length: number, make: (index: number) => T) =>
  Array.from({ length }, (_, n) => make(n))

const hazard = (index: number) => ({
  id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  type: '02',
  found: '2026-01-01',
})
const dispute = (index: number) => ({ id: hazard(index).id, found: '2026-01-01' })
const held = { tag: 'dibao', source: 'told', from: '2026-01-01' }

describe.each(kinds)('a %s', (kind) => {
  const required = Object.keys(least[kind])

  it('needs just its least', () => {
    expect(problems(kind, {})).toEqual([])
    for (const field of required) {
      for (const nothing of [undefined, null]) {
        expect(of(kind, field, nothing), field).toBe(`${field} required`)
      }
    }
  })

  it('keeps fields that this version does not know', () => {
    expect(problems(kind, { ofANewerVersion: { deep: [1, null] } })).toEqual([])
  })

  it('says of a field of the wrong shape which one it is', () => {
    for (const field of required) {
      for (const odd of [{ a: 1 }, [[]], Number.NaN]) {
        const found = problems(kind, { [field]: odd })
        expect(
          found.map((problem) => problem.field),
          `${field} ${JSON.stringify(odd)}`,
        ).toEqual([field])
      }
    }
  })

  it('is an object', () => {
    for (const odd of [null, undefined, 1, 'x', []]) {
      expect(problemsOfNew(kind, odd).length, String(odd)).toBeGreaterThan(0)
    }
  })

  it('answers anything without an exception', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...required, 'tags', 'phones', 'note'), fc.anything()),
        (fields) => {
          for (const problem of problemsOfNew(kind, { ...least[kind], ...fields })) {
            expect(Object.keys({ ...least[kind], ...fields })).toContain(problem.field)
          }
        },
      ),
    )
  })
})

describe('limits', () => {
  const wide = (length: number) => '字'.repeat(length)

  it.each<[Kind, string, number]>([
    ['place', 'name', 40],
    ['place', 'code', 12],
    ['account', 'name', 40],
    ['scheme', 'name', 40],
    ['building', 'estate', 40],
    ['building', 'name', 20],
    ['building', 'buildingKind', 2],
    ['building', 'manager', 40],
    ['dwelling', 'unit', 4],
    ['dwelling', 'room', 10],
    ['dwelling', 'landlordName', 40],
    ['dwelling', 'note', 500],
    ['household', 'endedTo', 100],
    ['household', 'note', 500],
    ['resident', 'name', 40],
    ['resident', 'documentType', 3],
    ['resident', 'documentNumber', 30],
    ['resident', 'relation', 2],
    ['resident', 'hukouDivision', 12],
    ['resident', 'hukouAddress', 100],
    ['resident', 'arrivalReason', 2],
    ['resident', 'permitType', 2],
    ['resident', 'ethnicity', 2],
    ['resident', 'education', 2],
    ['resident', 'marriage', 2],
    ['resident', 'workplace', 60],
    ['resident', 'movedOutTo', 100],
    ['resident', 'contactName', 40],
    ['resident', 'guardianName', 40],
    ['resident', 'note', 500],
    ['visit', 'note', 500],
    ['reveal', 'field', 40],
    ['clash', 'kind', 20],
    ['clash', 'field', 40],
    ['view', 'name', 40],
    ['view', 'title', 80],
    ['export', 'filter', 500],
    ['export', 'recipientName', 60],
    ['import', 'source', 40],
    ['import', 'sourceEntry', 80],
  ])('%s %s: %i characters, not only blanks', (kind, field, most) => {
    expect(of(kind, field, wide(most))).toBe('')
    expect(of(kind, field, wide(most + 1))).toBe(`${field} too-long ${most}`)
    expect(of(kind, field, ' ')).toBe(`${field} required`)
    expect(of(kind, field, '')).toBe(`${field} required`)
    expect(of(kind, field, 7)).toBe(`${field} wrong-shape`)
  })

  it.each<[Kind, string, number, number]>([
    ['place', 'order', 0, 100_000],
    ['scheme', 'schemeVersion', 1, 1_000_000],
    ['building', 'storeys', 1, 150],
    ['building', 'storeysBelow', 0, 10],
    ['building', 'units', 0, 50],
    ['building', 'roomsPerFloor', 1, 100],
    ['building', 'order', 0, 1_000_000],
    ['dwelling', 'floor', -10, 150],
    ['colour', 'schemeVersion', 1, 1_000_000],
    ['export', 'count', 0, 10_000_000],
  ])('%s %s: whole from %i to %i', (kind, field, low, high) => {
    expect([low, high].map((value) => of(kind, field, value))).toEqual(['', ''])
    expect(of(kind, field, low - 1)).toMatch(new RegExp(`^${field} too-small`))
    expect(of(kind, field, high + 1)).toBe(`${field} too-large ${high}`)
    expect(of(kind, field, low + 0.5)).toBe(`${field} wrong-shape`)
    expect(of(kind, field, String(low))).toBe(`${field} wrong-shape`)
  })

  it.each<[string, number]>([
    ['latitude', 90],
    ['longitude', 180],
  ])('a building’s %s lies between -%i and %i', (field, most) => {
    expect([-most, 30.0456, most].map((value) => of('building', field, value))).toEqual([
      '',
      '',
      '',
    ])
    expect(of('building', field, -most - 0.1)).toBe(`${field} too-small ${-most}`)
    expect(of('building', field, most + 0.1)).toBe(`${field} too-large ${most}`)
    expect(of('building', field, Infinity)).toBe(`${field} wrong-shape`)
  })

  it('a building’s outline is a ring of three corners and more', () => {
    const corner = (index: number) => [119.95 + index / 10_000, 30.05]
    expect(of('building', 'outline', list(3, corner))).toBe('')
    expect(of('building', 'outline', list(200, corner))).toBe('')
    expect(of('building', 'outline', list(2, corner))).toBe('outline too-small 3')
    expect(of('building', 'outline', list(201, corner))).toBe('outline too-many 200')
    for (const odd of ['119.95,30.05', list(3, () => [30.05, 119.95]), list(3, () => [119.95])]) {
      expect(of('building', 'outline', odd)).toMatch(/^outline (required|wrong-shape|too-large)/)
    }
  })

  it.each<[Kind, string, number, (index: number) => unknown]>([
    ['dwelling', 'hazards', 50, hazard],
    ['household', 'disputes', 50, dispute],
    ['resident', 'phones', 5, (index) => `1001234550${index}`],
    ['resident', 'tags', 20, () => held],
    ['visit', 'changed', 60, (index) => `field${index}`],
    ['colour', 'reasons', 40, (index) => ({ rule: `r${index}`, level: 'red' })],
    ['scheme', 'levels', 5, (index) => defaultScheme.levels[index % 5]],
    ['scheme', 'rules', 200, () => defaultScheme.rules[0]],
    ['scheme', 'holidays', 2_000, () => '2026-01-01'],
  ])('%s %s: %i at most', (kind, field, most, make) => {
    expect(of(kind, field, [])).toBe('')
    expect(of(kind, field, list(most, make))).toBe('')
    expect(of(kind, field, list(most + 1, make))).toBe(`${field} too-many ${most}`)
    expect(of(kind, field, {})).toBe(`${field} wrong-shape`)
    expect(of(kind, field, [null])).toMatch(new RegExp(`^${field} (required|wrong-shape)`))
  })

  it.each<[Kind, string]>([
    ['household', 'lifeEventOn'],
    ['household', 'endedOn'],
    ['dwelling', 'letSince'],
    ['resident', 'birth'],
    ['resident', 'arrivedOn'],
    ['resident', 'registeredOn'],
    ['resident', 'permitExpires'],
    ['resident', 'verifiedOn'],
    ['resident', 'addressChangedOn'],
    ['resident', 'movedOutOn'],
    ['resident', 'diedOn'],
    ['resident', 'noticeOn'],
    ['colour', 'from'],
    ['colour', 'until'],
    ['scheme', 'from'],
  ])('%s %s is a day that exists', (kind, field) => {
    expect(of(kind, field, '2024-02-29')).toBe('')
    expect(of(kind, field, '2026-02-29')).toBe(`${field} not-a-day`)
    expect(of(kind, field, '')).toBe(`${field} not-a-day`)
    expect(of(kind, field, 20260101)).toBe(`${field} wrong-shape`)
  })

  it.each<[Kind, string, string]>([
    ['place', 'placeKind', 'grid'],
    ['account', 'role', 'auditor'],
    ['dwelling', 'use', 'group-rental'],
    ['household', 'lifeEvent', 'moved-in'],
    ['resident', 'sex', '9'],
    ['resident', 'residence', '4'],
    ['visit', 'channel', 'neighbour'],
    ['visit', 'outcome', 'refused'],
    ['colour', 'colour', 'grey'],
    ['colour', 'cause', 'override'],
    ['reveal', 'purpose', 'emergency'],
    ['view', 'sheet', 'dwellings'],
    ['export', 'purpose', 'law'],
    ['export', 'recipient', 'office'],
    ['export', 'ground', 'sharing'],
    ['export', 'format', 'csv-gb18030'],
  ])('%s %s is one of a list, as %s', (kind, field, value) => {
    expect(of(kind, field, value)).toBe('')
    expect(of(kind, field, 'toString')).toMatch(new RegExp(`^${field} unknown-choice`))
    expect(of(kind, field, '')).toMatch(new RegExp(`^${field} unknown-choice`))
  })

  it.each<[Kind, string]>([
    ['dwelling', 'building'],
    ['household', 'dwelling'],
    ['household', 'head'],
    ['resident', 'household'],
    ['visit', 'resident'],
    ['place', 'parent'],
    ['colour', 'subject'],
    ['export', 'view'],
  ])('%s %s is an id', (kind, field) => {
    expect(of(kind, field, id)).toBe('')
    expect(of(kind, field, 'x')).toMatch(new RegExp(`^${field} wrong-shape`))
  })

  it.each(['10012345521', '+86 100 1234 5521', '0571-63320000', '12345'])(
    'telephone %s will do',
    (phone) => {
      expect(of('resident', 'contactPhone', phone)).toBe('')
      expect(of('resident', 'phones', [phone])).toBe('')
      expect(of('dwelling', 'landlordPhone', phone)).toBe('')
    },
  )

  it.each(['1234', '无', '12345;67890', '-12345', '１００１２３４５５２１', '+', '12 34 56 '])(
    '%j is no telephone',
    (phone) => {
      expect(of('resident', 'contactPhone', phone)).toMatch(/^contactPhone not-a-telephone/)
      expect(of('resident', 'phones', [phone])).toMatch(/^phones not-a-telephone/)
    },
  )

  it('a telephone has at most twenty characters', () => {
    expect(of('resident', 'contactPhone', '1'.repeat(20))).toBe('')
    expect(of('resident', 'contactPhone', '1'.repeat(21))).toBe('contactPhone too-long 20')
  })

  it('a visit is at an instant', () => {
    expect(of('visit', 'at', '2026-11-23T06:32:00Z')).toBe('')
    expect(of('visit', 'at', '2026-11-23')).toMatch(/^at not-an-instant/)
  })

  it('a tag has a grade from 1 to 4 and is of the list', () => {
    const tagged = (more: object) => of('resident', 'tags', [{ ...held, ...more }])
    expect([1, 4, null].map((grade) => tagged({ grade }))).toEqual(['', '', ''])
    expect(tagged({ grade: 0 })).toMatch(/^tags too-small/)
    expect(tagged({ grade: 5 })).toMatch(/^tags too-large/)
    expect(tagged({ tag: 'drug-use' })).toMatch(/^tags unknown-choice/)
    expect(tagged({ source: 'rumour' })).toMatch(/^tags unknown-choice/)
    expect(tagged({ from: null })).toBe('tags required')
    expect(tagged({ newer: true })).toBe('')
  })

  it('a view has a column, and a filter of which every word is known', () => {
    const filtered = (filter: unknown) => of('view', 'filter', filter)
    expect(of('view', 'columns', [])).toMatch(/^columns required/)
    expect(
      filtered({ colours: ['red', 'grey'], ageFrom: 80, missing: ['phone'], due: 'week' }),
    ).toBe('')
    expect(filtered({ colours: ['pink'] })).toMatch(/^filter unknown-choice/)
    expect(filtered({ tags: ['drug-use'] })).toMatch(/^filter unknown-choice/)
    expect(filtered({ ageFrom: -1 })).toMatch(/^filter too-small/)
    expect(filtered({ newer: true })).toBe('')
    expect(of('view', 'sort', { column: 'name', descending: true })).toBe('')
    expect(of('view', 'sort', { descending: true })).toBe('sort required')
  })

  it('a condition has one shape, however deep', () => {
    const rule = defaultScheme.rules[0]
    const ruled = (when: unknown) => of('scheme', 'rules', [{ ...rule, when }])
    expect(ruled({ all: [{ any: [{ not: { fact: 'age', op: 'is', value: 1 } }] }] })).toBe('')
    expect(ruled({ all: [], any: [] })).toBe('rules wrong-shape')
    expect(ruled({ all: [{ not: { fact: 'age', op: 'more', value: 1 } }] })).toBe(
      'rules wrong-shape',
    )
    expect(ruled({ fact: 'use', op: 'any-of', value: 'rental' })).toBe('rules wrong-shape')
    expect(ruled({ all: list(31, () => ({ all: [] })) })).toBe('rules too-many 30')
  })
})

describe('a patched record', () => {
  it('is judged by the patched fields alone, so that an old fault elsewhere does not stop it', () => {
    const after = { ...least.resident, birth: 'in spring', name: '' }
    expect(problemsOfPatched('resident', after, ['note'])).toEqual([])
    expect(problemsOfPatched('resident', after, ['name'])).toEqual([
      { field: 'name', problem: 'required' },
    ])
    expect(problemsOfPatched('resident', after, ['name', 'birth'])).toHaveLength(2)
  })

  it('may have fields cleared that it does not need', () => {
    expect(problemsOfPatched('resident', { ...least.resident, birth: null }, ['birth'])).toEqual([])
    expect(problemsOfPatched('resident', { ...least.resident, name: null }, ['name'])).toEqual([
      { field: 'name', problem: 'required' },
    ])
  })
})

describe('kinds', () => {
  it('know which of their fields are sets', () => {
    expect(setKey('resident', 'phones')?.('10012345521')).toBe('10012345521')
    expect(setKey('resident', 'tags')?.(held)).toBe('dibao')
    expect(setKey('dwelling', 'hazards')?.(hazard(1))).toBe(hazard(1).id)
    expect(setKey('household', 'disputes')?.(dispute(2))).toBe(dispute(2).id)
    expect(setKey('resident', 'name')).toBeUndefined()
    expect(setKey('visit', 'changed')).toBeUndefined()
  })

  it('that are never patched are what governs, visits, colours, steps, declarations, parts of imports and what is only logged; what is only logged stays on the server', () => {
    expect(kinds.filter((kind) => traits[kind].appendOnly)).toEqual([
      'scheme',
      'visit',
      'colour',
      'reveal',
      'export',
      'import-part',
      'policy',
      'calendar',
      'catalogue',
      'request-step',
      'errand-step',
      'assessment',
      'photo',
      'errand-photo',
      'arrival',
      'departure',
      'declaration-answer',
      'fund-entry',
      'fund-check',
      'topic-step',
      'voice',
    ])
    expect(kinds.filter((kind) => traits[kind].notPulled)).toEqual([
      'reveal',
      'export',
      'import-part',
    ])
    expect(kinds.filter((kind) => traits[kind].byServer)).toEqual([
      'place',
      'account',
      'colour',
      'clash',
      'errand',
      'code',
    ])
  })
})
