/** The whole table of who may write what: every role, kind and act. */
import { describe, expect, it } from 'vitest'
import { roles, type Role } from '#domain/account.ts'
import { gateFields } from '#domain/gate.ts'
import { gateKinds, mayPull } from '#domain/permission.ts'
import { mayKeepAccounts, mayKeepPlaces } from '#domain/permission-of-places.ts'
import { kinds, type Kind } from '#domain/record.ts'
import { ops } from '#protocol/mutation.ts'
import { placeKinds } from '#domain/place.ts'
import { isReached, problemOfAccess, type Scope } from '#server/access.ts'

const scope: Scope = new Map([
  ['mine', { own: true }],
  ['root', { own: true, root: true }],
  ['above', { own: false }],
])

const people = ['dwelling', 'household', 'resident'] as const
const topics = ['topic', 'topic-step', 'voice', 'meeting'] as const
const requests = ['request', 'request-step', 'asker', 'photo'] as const
const inFund = ['fund-entry', 'fund-check', 'fund-giver'] as const
const declared = [
  ...(['arrival', 'departure', 'declaration-answer', 'landlord-link'] as const),
  'vehicle',
] as const
const written: Record<Role, readonly Kind[]> = {
  worker: [
    ...people,
    'visit',
    'reveal',
    'inquiry',
    'complaint',
    ...requests,
    ...declared,
    ...inFund,
    'voice',
  ],
  staff: [
    'building',
    ...people,
    'visit',
    'reveal',
    'view',
    'export',
    'import',
    'import-part',
    'inquiry',
    'complaint',
    ...requests,
    ...declared,
    'approval',
    'service',
    'fund',
    ...inFund,
    ...topics,
  ],
  admin: [
    'scheme',
    'building',
    ...people,
    'visit',
    'reveal',
    'view',
    'export',
    'import',
    'import-part',
    'policy',
    'inquiry',
    'complaint',
    'calendar',
    'catalogue',
    ...requests,
    ...declared,
    'approval',
    'service',
    'fund',
    ...inFund,
    ...topics,
    'assessment',
  ],
  handler: ['complaint', 'errand-step', 'errand-photo'],
  auditor: ['complaint'],
  gate: ['arrival'],
}

/** The acts that nobody has, whatever the role. */
const never: Partial<Record<Kind, readonly string[]>> = {
  scheme: ['patch', 'remove'],
  policy: ['patch', 'remove'],
  visit: ['patch'],
  reveal: ['patch', 'remove'],
  export: ['patch', 'remove'],
  import: ['remove'],
  'import-part': ['patch', 'remove'],
  calendar: ['patch', 'remove'],
  catalogue: ['patch', 'remove'],
  request: ['remove'],
  'request-step': ['patch', 'remove'],
  asker: ['remove'],
  'errand-step': ['patch', 'remove'],
  'errand-photo': ['patch', 'remove'],
  approval: ['patch', 'remove'],
  photo: ['patch'],
  assessment: ['patch', 'remove'],
  arrival: ['patch'],
  departure: ['patch'],
  'declaration-answer': ['patch'],
  'landlord-link': ['remove'],
  fund: ['remove'],
  'fund-entry': ['patch', 'remove'],
  'fund-check': ['patch', 'remove'],
  'topic-step': ['patch', 'remove'],
  voice: ['patch', 'remove'],
  // But for a name that is taken back.
  'fund-giver': ['patch'],
}

describe.each(roles.map((role) => [role]))('a %s', (role) => {
  it.each(kinds.flatMap((kind) => ops.map((op) => [op, kind] as const)))(
    'may or may not %s a %s',
    (op, kind) => {
      const isAnswer = op === 'patch' && (kind === 'inquiry' || kind === 'complaint')
      const mayAnswer = role === 'staff' || role === 'admin'
      const expected =
        !written[role].includes(kind) || (isAnswer && !mayAnswer)
          ? 'kind-not-yours'
          : never[kind]?.includes(op)
            ? 'append-only'
            : null
      // The one thing that is changed of an import, and of a landlord's link.
      const changed: Partial<Record<Kind, object>> = {
        ...{ import: { undoAsked: null }, 'landlord-link': { stopped: '2026-11-23' } },
      }
      const fields = op === 'patch' ? { ...changed[kind] } : {}
      const asked = (stream: string) => problemOfAccess(role, scope, { stream, kind, op, fields })
      expect(asked('root')).toBe(expected)
      // A scheme governs a whole subdistrict: it is saved where that was given, not in a part of it.
      const isOfWhole =
        ['scheme', 'policy', 'calendar', 'catalogue', 'assessment'].includes(kind) &&
        expected === null
      expect(asked('mine')).toBe(isOfWhole ? 'stream-not-yours' : expected)
      for (const stream of ['above', 'elsewhere']) {
        expect(asked(stream)).toBe('stream-not-yours')
      }
    },
  )

  it('says where a building stands where it works with people; a worker nothing else of it', () => {
    const asked = (
      fields: Record<string, unknown>,
      op: (typeof ops)[number] = 'patch',
      stream = 'mine',
    ) => problemOfAccess(role, scope, { stream, kind: 'building', op, fields })
    const allowed = ['worker', 'staff', 'admin'].includes(role)
    const office = ['staff', 'admin'].includes(role)
    for (const fields of [{ latitude: 30, longitude: 120 }, { latitude: null }, { outline: [] }]) {
      expect(asked(fields)).toBe(allowed ? null : 'kind-not-yours')
      expect(asked(fields, 'patch', 'above')).toBe('stream-not-yours')
      for (const op of ['create', 'remove'] as const) {
        expect(asked(fields, op)).toBe(office ? null : 'kind-not-yours')
      }
    }
    expect(asked({ latitude: 30, name: '4幢' })).toBe(office ? null : 'kind-not-yours')
  })

  it('settles a clash where it works with people, and changes nothing else of it', () => {
    const asked = (fields: Record<string, unknown>, op: (typeof ops)[number] = 'patch') =>
      problemOfAccess(role, scope, { stream: 'mine', kind: 'clash', op, fields })
    const allowed = ['worker', 'staff', 'admin'].includes(role)
    expect(asked({ settled: true })).toBe(allowed ? null : 'kind-not-yours')
    expect(asked({ settled: null })).toBe(allowed ? null : 'kind-not-yours')
    for (const fields of [{}, { settled: true, kept: {} }, { field: 'name' }]) {
      expect(asked(fields)).toBe('kind-not-yours')
    }
    expect(asked({ settled: true }, 'create')).toBe('kind-not-yours')
    expect(asked({}, 'remove')).toBe('kind-not-yours')
  })

  it('says what an import brings, and never what came of it', () => {
    const asked = (fields: Record<string, unknown>, op: (typeof ops)[number] = 'create') =>
      problemOfAccess(role, scope, { stream: 'mine', kind: 'import', op, fields })
    const allowed = role === 'staff' || role === 'admin'
    expect(asked({ title: '样例', parts: 1 })).toBe(allowed ? null : 'kind-not-yours')
    expect(asked({ undoAsked: '2026-11-23T06:32:00.000Z' }, 'patch')).toBe(
      allowed ? null : 'kind-not-yours',
    )
    for (const name of ['outcome', 'builtOn', 'reason']) {
      expect(asked({ [name]: null })).toBe('kind-not-yours')
      expect(asked({ [name]: null }, 'patch')).toBe('kind-not-yours')
      expect(asked({ [name]: null, undoAsked: null }, 'patch')).toBe('kind-not-yours')
    }
    expect(asked({ title: '样例' }, 'patch')).toBe('kind-not-yours')
  })

  it('pulls persons only where the work is with them', () => {
    const pulled = kinds.filter((kind) => mayPull(role, kind))
    const seesPeople = ['worker', 'staff', 'admin'].includes(role)
    if (role === 'gate') {
      expect(pulled).toEqual(['building', 'dwelling', 'vehicle'])
      expect(Object.keys(gateFields)).toEqual(gateKinds)
      return
    }
    expect(pulled).toEqual(
      kinds.filter((kind) =>
        seesPeople
          ? !['reveal', 'export', 'import-part'].includes(kind)
          : [
              ...[
                'place',
                'account',
                'scheme',
                'policy',
                'complaint',
                'calendar',
                'catalogue',
                'service',
              ],
              // What a unit was asked to do is the unit's; an auditor looks at none of it.
              ...(role === 'handler'
                ? ['errand', 'errand-step', 'errand-photo']
                : ['approval', 'assessment']),
            ].includes(kind),
      ),
    )
  })

  it('keeps places and people as its office does', () => {
    const kept = {
      worker: [],
      staff: ['grid', 'micro-grid'],
      admin: placeKinds,
      handler: [],
      auditor: [],
      gate: [],
    }[role]
    expect(placeKinds.filter((kind) => mayKeepPlaces(role, kind))).toEqual(kept)
    expect(mayKeepPlaces(role)).toBe(kept.length > 0)
    const people = {
      ...{ worker: [], staff: ['worker', 'gate'], admin: roles },
      ...{ handler: [], auditor: [], gate: [] },
    }[role]
    expect(roles.filter((other) => mayKeepAccounts(role, other))).toEqual(people)
    expect(mayKeepAccounts(role)).toBe(people.length > 0)
  })
})

describe('what was somebody’s place', () => {
  const late = { role: 'worker', until: 1_000 } as const
  const places: Scope = new Map([
    ['gone', { own: false, late }],
    ['still', { own: true, late }],
  ])
  const note = { kind: 'resident', op: 'patch', fields: {} } as const
  const asked = (role: Role, stream: string, at: number) =>
    problemOfAccess(role, places, { stream, ...note }, at)

  it('takes what was recorded while it was, in the role of then', () => {
    expect(asked('worker', 'gone', 1_000)).toBeNull()
    expect(asked('worker', 'gone', 1_001)).toBe('stream-not-yours')
    expect(asked('auditor', 'gone', 999)).toBeNull()
    expect(asked('auditor', 'still', 999)).toBeNull()
    expect(asked('auditor', 'still', 1_001)).toBe('kind-not-yours')
    expect(asked('worker', 'elsewhere', 0)).toBe('stream-not-yours')
  })

  it('is reached by what was recorded then, and asked without a moment by anything', () => {
    expect(isReached(places, 'gone', 1_000)).toBe(true)
    expect(isReached(places, 'gone', 1_001)).toBe(false)
    expect(isReached(places, 'gone')).toBe(true)
    expect(isReached(places, 'still', Infinity)).toBe(true)
    expect(isReached(scope, 'above')).toBe(false)
    expect(isReached(scope, 'nowhere')).toBe(false)
  })
})
