/** Pushes against a real PostgreSQL: what is taken, what is refused, and that a refusal changes nothing else. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { maxPush } from '#protocol/mutation.ts'
import { pushResponseSchema } from '#protocol/push.ts'
import * as v from 'valibot'
import { dayMs, openOffice, problemOf, type Device, type Office } from './office.ts'
import { building, dwelling, household, resident, settle, visit, type Home } from './sample.ts'

let office: Office
let worker: Device
let colleague: Device
let staff: Device
let grid: string
let home: Home

beforeAll(async () => {
  office = await openOffice()
  grid = office.places.grid
})
afterAll(() => office.close())
beforeEach(async () => {
  ;[worker, colleague, staff] = await Promise.all([
    office.enter('worker'),
    office.enter('colleague'),
    office.enter('staff'),
  ])
  home = await settle(staff, worker, grid, office.ids)
})

const recordOf = (id: string) =>
  office.db
    .selectFrom('record')
    .selectAll()
    .where('stream', '=', grid)
    .where('id', '=', id)
    .executeTakeFirst()

const headOf = async (stream: string) =>
  (
    await office.db
      .selectFrom('stream')
      .select('head')
      .where('id', '=', stream)
      .executeTakeFirstOrThrow()
  ).head

const seenOf = async (id: string) => (await recordOf(id))?.version ?? 0

const patchResident = async (device: Device, fields: Record<string, unknown>, seen?: number) =>
  device.mutation({
    stream: grid,
    kind: 'resident',
    record: home.resident,
    op: 'patch',
    fields,
    seen: seen ?? (await seenOf(home.resident)),
  })

describe('a push', () => {
  it('applies mutations in order and answers in the shape of the protocol', async () => {
    const response = await worker.push([
      await patchResident(worker, { workplace: '样例厂' }),
      worker.create(grid, 'visit', office.ids(), visit(home.household, '2026-11-23T06:00:00.000Z')),
    ])
    const answer = v.parse(pushResponseSchema, await response.json())
    expect(answer.receipts.map((receipt) => receipt.ok)).toEqual([true, true])
    expect(answer.expected).toBe(6)
    const record = await recordOf(home.resident)
    expect(record?.fields).toMatchObject({ workplace: '样例厂', name: '样例甲' })
    expect(record?.version).toBe(answer.receipts[0]?.ok ? answer.receipts[0].version : -1)
    const change = await office.db
      .selectFrom('change')
      .selectAll()
      .where('record', '=', home.resident)
      .where('op', '=', 'patch')
      .executeTakeFirstOrThrow()
    expect(change).toMatchObject({
      device: worker.id,
      account: worker.account,
      fields: { workplace: [null, '样例厂'] },
    })
  })

  it('gives versions without a hole, one a written record', async () => {
    const before = await headOf(grid)
    const { receipts } = await worker.pushed([
      await patchResident(worker, { note: 'a' }),
      await patchResident(worker, { note: 'b' }),
    ])
    expect(receipts.map((receipt) => receipt.ok && receipt.version)).toEqual([
      before + 1,
      before + 2,
    ])
    expect(await headOf(grid)).toBe(before + 2)
  })

  it('keeps fields that this version does not know', async () => {
    const { receipts } = await worker.pushed([
      await patchResident(worker, { fieldOfNextYear: { deep: [1, '二', null] } }),
    ])
    expect(receipts[0]?.ok).toBe(true)
    expect((await recordOf(home.resident))?.fields).toMatchObject({
      fieldOfNextYear: { deep: [1, '二', null] },
    })
  })

  it('merges sets by element', async () => {
    const seen = await seenOf(home.resident)
    await worker.pushed([await patchResident(worker, { phones: { add: ['10000000001'] } }, seen)])
    await colleague.pushed([
      await patchResident(colleague, { phones: { add: ['10000000002'] } }, seen),
    ])
    expect((await recordOf(home.resident))?.fields.phones).toEqual(['10000000001', '10000000002'])
  })
})

describe('what was pushed before', () => {
  it('gets its first answer again, applied once', async () => {
    const mutations = [
      await patchResident(worker, { note: '一次' }),
      worker.create(grid, 'visit', office.ids(), { household: home.household }),
    ]
    const first = await worker.pushed(mutations)
    const head = await headOf(grid)
    const again = await worker.pushed(mutations)
    expect(again).toMatchObject({ receipts: first.receipts, expected: first.expected })
    expect(first.receipts.map((receipt) => receipt.ok)).toEqual([true, false])
    expect(await headOf(grid)).toBe(head)
  })

  it('goes on with what is new in the same push', async () => {
    const old = await patchResident(worker, { note: 'alt' })
    await worker.pushed([old])
    const { receipts, expected } = await worker.pushed([
      old,
      await patchResident(worker, { note: 'neu' }),
    ])
    expect(receipts.map((receipt) => receipt.ok)).toEqual([true, true])
    expect(expected).toBe(6)
    expect((await recordOf(home.resident))?.fields.note).toBe('neu')
  })

  it('is refused where a seq is used for another intent', async () => {
    const first = await patchResident(worker, { note: 'erste' })
    await worker.pushed([first])
    const other = { ...first, id: office.ids(), fields: { note: 'andere' } }
    const { receipts, expected } = await worker.pushed([other])
    expect(receipts).toMatchObject([{ id: other.id, ok: false, problem: 'sequence-reused' }])
    expect(expected).toBe(5)
    expect((await recordOf(home.resident))?.fields.note).toBe('erste')
  })

  it('is answered and not applied again under another seq', async () => {
    const first = await patchResident(worker, { note: 'einmal' })
    const { receipts } = await worker.pushed([first])
    await colleague.pushed([await patchResident(colleague, { note: 'danach' })])
    const again = await worker.pushed([{ ...first, seq: first.seq + 1 }])
    expect(again.receipts).toEqual([{ ...receipts[0], seq: first.seq + 1 }])
    expect((await recordOf(home.resident))?.fields.note).toBe('danach')
  })

  it('is answered twice where one push names a seq twice', async () => {
    const first = await patchResident(worker, { note: 'eins' })
    const { receipts, expected } = await worker.pushed([
      first,
      { ...first, id: office.ids(), fields: { note: 'zwei' } },
    ])
    expect(receipts).toMatchObject([{ ok: true }, { ok: false, problem: 'sequence-reused' }])
    expect(expected).toBe(5)
  })
})

describe('order', () => {
  it('is made by seq, however the push lists them', async () => {
    const one = await patchResident(worker, { note: '1' })
    const two = await patchResident(worker, { note: '2' })
    const { receipts } = await worker.pushed([two, one])
    expect(receipts.map((receipt) => receipt.seq)).toEqual([4, 5])
    expect((await recordOf(home.resident))?.fields.note).toBe('2')
  })

  it('stops at a gap and says what is expected', async () => {
    const head = await headOf(grid)
    worker.rewind(5)
    const late = await patchResident(worker, { note: 'zu früh' })
    const { receipts, expected } = await worker.pushed([late])
    expect({ receipts, expected }).toEqual({ receipts: [], expected: 4 })
    expect(await headOf(grid)).toBe(head)
    worker.rewind(3)
    const missing = [
      await patchResident(worker, { note: 'a' }),
      await patchResident(worker, { note: 'b' }),
    ]
    const filled = await worker.pushed([...missing, late])
    expect(filled.receipts.every((receipt) => receipt.ok)).toBe(true)
    expect((await recordOf(home.resident))?.fields.note).toBe('zu früh')
  })

  it('goes on after a number that holds nothing', async () => {
    const empty = { id: office.ids(), device: worker.id, seq: 4 }
    worker.rewind(4)
    const { receipts, expected } = await worker.pushed([
      empty,
      await patchResident(worker, { note: 'danach' }),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'malformed' }, { ok: true }])
    expect(expected).toBe(6)
  })
})

describe('a refusal', () => {
  const cases: Record<
    string,
    { readonly problem: string; readonly make: () => object | Promise<object> }
  > = {
    'no mutation at all but its name': {
      problem: 'malformed',
      make: () => ({ id: office.ids(), seq: 4 }),
    },
    'a moment that no calendar has': {
      problem: 'malformed',
      make: async () => ({ ...(await patchResident(worker, { note: 'x' })), at: '2026-13-45' }),
    },
    'an unknown kind': {
      problem: 'unknown-kind',
      make: () => ({ ...worker.create(grid, 'visit', office.ids(), {}), kind: 'spaceship' }),
    },
    'more than a person types': {
      problem: 'too-large',
      make: () => patchResident(worker, { extra: 'x'.repeat(70_000) }),
    },
    'a character that the database cannot hold': {
      problem: 'malformed',
      make: () => patchResident(worker, { note: 'a\0b' }),
    },
    'half of a surrogate pair': {
      problem: 'malformed',
      make: () => patchResident(worker, { note: 'a\ud83d' }),
    },
    'a nest without a bottom': {
      problem: 'malformed',
      make: () =>
        patchResident(worker, {
          extra: JSON.parse('['.repeat(1_000) + ']'.repeat(1_000)) as unknown,
        }),
    },
    "another device's name": {
      problem: 'not-allowed',
      make: async () => ({ ...(await patchResident(worker, { note: 'x' })), device: colleague.id }),
    },
    "a stream of somebody else's": {
      problem: 'stream-not-yours',
      make: async () => ({
        ...(await patchResident(worker, { note: 'x' })),
        stream: office.places.farGrid,
      }),
    },
    'a stream that does not exist': {
      problem: 'stream-not-yours',
      make: async () => ({ ...(await patchResident(worker, { note: 'x' })), stream: office.ids() }),
    },
    'the stream above, which is for reading': {
      problem: 'stream-not-yours',
      make: async () => ({
        ...(await patchResident(worker, { note: 'x' })),
        stream: office.places.community,
      }),
    },
    'a kind that only the server writes': {
      problem: 'kind-not-yours',
      make: () => worker.create(grid, 'colour', office.ids(), {}),
    },
    'a kind of another role': {
      problem: 'kind-not-yours',
      make: () => worker.create(grid, 'building', office.ids(), building()),
    },
    'a patch of a visit': {
      problem: 'append-only',
      make: () =>
        worker.mutation({
          stream: grid,
          kind: 'visit',
          record: office.ids(),
          op: 'patch',
          fields: { note: 'x' },
        }),
    },
    'fields that are not valid': {
      problem: 'invalid-fields',
      make: () => patchResident(worker, { birth: '2026-02-30' }),
    },
    'fields that contradict each other': {
      problem: 'invalid-fields',
      make: () => patchResident(worker, { diedOn: '1970-01-01' }),
    },
    'a record that is there already': {
      problem: 'record-exists',
      make: () => worker.create(grid, 'resident', home.resident, resident(home.household)),
    },
    'the same record in capitals': {
      problem: 'malformed',
      make: () =>
        worker.create(grid, 'resident', home.resident.toUpperCase(), resident(home.household)),
    },
    'a record that is not there': {
      problem: 'record-gone',
      make: async () => ({
        ...(await patchResident(worker, { note: 'x' })),
        record: office.ids(),
      }),
    },
    'a record of another kind': {
      problem: 'record-gone',
      make: async () => ({
        ...(await patchResident(worker, { note: 'x' })),
        record: home.dwelling,
      }),
    },
    'a household that is not there': {
      problem: 'reference-missing',
      make: () => worker.create(grid, 'resident', office.ids(), resident(office.ids())),
    },
    'a reference to another kind': {
      problem: 'reference-missing',
      make: () => worker.create(grid, 'resident', office.ids(), resident(home.dwelling)),
    },
    'a move into nowhere': {
      problem: 'reference-missing',
      make: () => patchResident(worker, { household: office.ids() }),
    },
    'a visit without an instant': {
      problem: 'invalid-fields',
      make: () =>
        worker.create(grid, 'visit', office.ids(), visit(home.household, '2026-99-99T00:00:00Z')),
    },
  }

  it.each(Object.entries(cases))(
    'of %s changes nothing and stops nobody',
    async (_, { problem, make }) => {
      const before = await recordOf(home.resident)
      const bad = { ...(await make()), seq: 4 } as { id: string; seq: number }
      worker.rewind(4)
      const { receipts, expected } = await worker.pushed([bad])
      expect(receipts).toMatchObject([{ id: bad.id, seq: 4, ok: false, problem }])
      expect(expected).toBe(5)
      expect(await recordOf(home.resident)).toEqual(before)
      const changes = await office.db
        .selectFrom('change')
        .select('id')
        .where('id', '=', bad.id)
        .execute()
      expect(changes).toEqual([])
      const between = await worker.pushed([
        await patchResident(worker, { note: 'vorher' }),
        { ...bad, id: office.ids(), seq: 6 },
        { ...(await patchResident(worker, { note: 'nachher' })), seq: 7 },
      ])
      expect(between.receipts.map((receipt) => receipt.ok)).toEqual([true, false, true])
      expect((await recordOf(home.resident))?.fields.note).toBe('nachher')
    },
  )

  it('names the fields', async () => {
    const { receipts } = await worker.pushed([
      await patchResident(worker, { birth: '2026-02-30', name: 'x'.repeat(50) }),
    ])
    expect(receipts[0]).toMatchObject({
      fields: [
        { field: 'name', problem: 'too-long', limit: 40 },
        { field: 'birth', problem: 'not-a-day' },
      ],
    })
  })

  it('tells a stranger nothing about what is there', async () => {
    const stranger = await office.enter('stranger')
    const patch = (record: string) =>
      stranger.mutation({ stream: grid, kind: 'resident', record, op: 'patch', fields: {} })
    const { receipts } = await stranger.pushed([patch(home.resident), patch(office.ids())])
    const problems = receipts.map((receipt) => !receipt.ok && receipt.problem)
    expect(problems).toEqual(['stream-not-yours', 'stream-not-yours'])
  })

  it('leaves what has not even a name behind a gap', async () => {
    const { receipts, expected } = await worker.pushed([
      await patchResident(worker, { note: 'vor der Lücke' }),
      'nonsense',
      { ...(await patchResident(worker, { note: 'danach' })), seq: 6 },
    ])
    expect(receipts.map((receipt) => receipt.ok)).toEqual([true])
    expect(expected).toBe(5)
  })
})

describe('a whole request', () => {
  it('is refused where it makes no sense', async () => {
    const status = async (body: unknown, more = {}) => {
      const response = await office.post('/api/push', body, worker.cookie, more)
      return [response.status, await problemOf(response)]
    }
    const good = { protocol: 1, device: worker.id, sentAt: '2026-11-23T06:32:00.000Z' }
    expect(await status('{')).toEqual([400, 'malformed'])
    expect(await status([])).toEqual([400, 'malformed'])
    expect(await status({ ...good, mutations: 'x' })).toEqual([400, 'malformed'])
    expect(await status({ ...good, mutations: new Array(maxPush + 1).fill(0) })).toEqual([
      400,
      'malformed',
    ])
    expect(await status({ ...good, sentAt: 'now', mutations: [] })).toEqual([400, 'malformed'])
    expect(await status({ ...good, protocol: 0, mutations: [] })).toEqual([426, 'app-too-old'])
    expect(await status({ ...good, protocol: 99, mutations: [] })).toEqual([409, 'server-too-old'])
    expect(await status({ ...good, device: colleague.id, mutations: [] })).toEqual([
      403,
      'not-allowed',
    ])
    expect(await status({ ...good, mutations: ['x'.repeat(9_000_000)] })).toEqual([
      413,
      'too-large',
    ])
    const anonymous = await office.post('/api/push', { ...good, mutations: [] })
    expect([anonymous.status, await problemOf(anonymous)]).toEqual([401, 'not-signed-in'])
  })

  it('takes as many as the protocol allows', async () => {
    const visits = Array.from({ length: maxPush }, () =>
      worker.create(grid, 'visit', office.ids(), visit(home.household, '2026-11-23T06:00:00.000Z')),
    )
    const { receipts } = await worker.pushed(visits)
    expect(receipts.filter((receipt) => receipt.ok)).toHaveLength(maxPush)
  })
})

describe('a batch', () => {
  const family = (more: Record<string, unknown> = {}) => {
    const batch = office.ids()
    const [flat, house] = [office.ids(), office.ids()]
    const people = [office.ids(), office.ids(), office.ids(), office.ids()]
    const mutations = [
      worker.create(grid, 'dwelling', flat, dwelling(home.building, { room: '302' })),
      worker.create(grid, 'household', house, household(flat)),
      ...people.map((id) => worker.create(grid, 'resident', id, resident(house, more))),
    ].map((mutation) => ({ ...mutation, batch, batchSize: 6 }))
    return { mutations, ids: [flat, house, ...people] }
  }
  const found = async (ids: readonly string[]) =>
    (await Promise.all(ids.map(recordOf))).filter((record) => record && !record.removed).length

  it('is applied as a whole', async () => {
    const { mutations, ids } = family()
    const { receipts } = await worker.pushed(mutations)
    expect(receipts.every((receipt) => receipt.ok)).toBe(true)
    expect(await found(ids)).toBe(6)
  })

  it('is refused as a whole, and what stands around it is not', async () => {
    const before = await patchResident(worker, { note: 'vorher' })
    const { mutations, ids } = family({ birth: 'gestern' })
    const after = await patchResident(worker, { note: 'nachher' })
    const { receipts } = await worker.pushed([before, ...mutations, after])
    expect(receipts.map((receipt) => (receipt.ok ? 'ok' : receipt.problem))).toEqual([
      'ok',
      'batch-refused',
      'batch-refused',
      'invalid-fields',
      'batch-refused',
      'batch-refused',
      'batch-refused',
      'ok',
    ])
    expect(await found(ids)).toBe(0)
    expect((await recordOf(home.resident))?.fields.note).toBe('nachher')
  })

  it('with a member that cannot be read is refused as a whole', async () => {
    const { mutations, ids } = family()
    const broken = mutations.map((mutation, index) =>
      index === 3 ? { id: mutation.id, device: worker.id, seq: mutation.seq } : mutation,
    )
    const { receipts } = await worker.pushed(broken)
    expect(receipts.some((receipt) => receipt.ok)).toBe(false)
    expect(await found(ids)).toBe(0)
  })

  it('that comes in two pushes is refused in both', async () => {
    const { mutations, ids } = family()
    const first = await worker.pushed(mutations.slice(0, 4))
    const second = await worker.pushed(mutations.slice(4))
    const receipts = [...first.receipts, ...second.receipts]
    expect(receipts.map((receipt) => !receipt.ok && receipt.problem)).toEqual(
      new Array(6).fill('batch-refused'),
    )
    expect(await found(ids)).toBe(0)
  })

  it('may name what only a later member of it makes', async () => {
    const { mutations, ids } = family()
    const turned = [...mutations]
      .reverse()
      .map((mutation, index) => ({ ...mutation, seq: mutations[index]?.seq ?? 0 }))
    const { receipts } = await worker.pushed(turned)
    expect(receipts.every((receipt) => receipt.ok)).toBe(true)
    expect(await found(ids)).toBe(6)
  })
})

describe('taking back', () => {
  const removal = (device: Device, kind: 'visit' | 'resident' | 'household', record: string) =>
    device.mutation({ stream: grid, kind, record, op: 'remove', fields: {} })

  it('leaves a tombstone, and the log keeps what it was', async () => {
    const id = office.ids()
    await worker.pushed([
      worker.create(grid, 'visit', id, visit(home.household, '2026-11-23T06:00:00.000Z')),
    ])
    const { receipts } = await worker.pushed([removal(worker, 'visit', id)])
    expect(receipts[0]?.ok).toBe(true)
    expect(await recordOf(id)).toMatchObject({ removed: true, fields: {} })
    const change = await office.db
      .selectFrom('change')
      .select('fields')
      .where('record', '=', id)
      .where('op', '=', 'remove')
      .executeTakeFirst()
    expect(change?.fields.outcome).toEqual(['met', null])
  })

  it("is for one's own work of the last day alone", async () => {
    const refused = await colleague.pushed([removal(colleague, 'resident', home.resident)])
    expect(refused.receipts[0]).toMatchObject({ problem: 'not-allowed' })
    office.clock.at += dayMs + 1
    const late = await worker.pushed([removal(worker, 'resident', home.resident)])
    expect(late.receipts[0]).toMatchObject({ problem: 'not-allowed' })
    expect((await recordOf(home.resident))?.removed).toBe(false)
  })

  it('works for an old day that was undone at once and sent much later', async () => {
    const id = office.ids()
    const make = worker.create(grid, 'resident', id, resident(home.household))
    const undo = removal(worker, 'resident', id)
    office.clock.at += 3 * dayMs
    const { receipts } = await worker.pushed([make, undo])
    expect(receipts.map((receipt) => receipt.ok)).toEqual([true, true])
  })

  it('never leaves a person without a home', async () => {
    const { receipts } = await worker.pushed([removal(worker, 'household', home.household)])
    expect(receipts[0]).toMatchObject({ problem: 'not-allowed' })
    const batch = office.ids()
    const both = [
      removal(worker, 'household', home.household),
      removal(worker, 'resident', home.resident),
    ].map((mutation) => ({ ...mutation, batch }))
    const together = await worker.pushed(both)
    expect(together.receipts.map((receipt) => receipt.ok)).toEqual([true, true])
  })

  it('does not reach the log of who looked at what', async () => {
    const id = office.ids()
    const reveal = { subject: home.resident, field: 'documentNumber', purpose: 'contact' }
    const { receipts } = await worker.pushed([
      worker.create(grid, 'reveal', id, { ...reveal, at: '2026-11-23T06:00:00.000Z' }),
      worker.mutation({ stream: grid, kind: 'reveal', record: id, op: 'remove' }),
    ])
    expect(receipts).toMatchObject([{ ok: true }, { ok: false, problem: 'append-only' }])
    expect((await recordOf(id))?.fields).toMatchObject(reveal)
  })
})

describe('a clash', () => {
  it('keeps both values; the later moment by corrected time wins', async () => {
    const seen = await seenOf(home.resident)
    const now = office.clock.now()
    const early = new Date(now - 60_000).toISOString()
    const late = new Date(now - 30_000).toISOString()
    await worker.pushed([{ ...(await patchResident(worker, { note: 'spät' }, seen)), at: late }])
    // This phone runs an hour ahead: by its own clock it would win.
    const ahead = (at: string) => new Date(Date.parse(at) + 3_600_000).toISOString()
    const answer = await colleague.pushed(
      [{ ...(await patchResident(colleague, { note: 'früh' }, seen)), at: ahead(early) }],
      { sentAt: ahead(new Date(now).toISOString()) },
    )
    expect(answer.receipts[0]?.ok).toBe(true)
    expect((await recordOf(home.resident))?.fields.note).toBe('spät')
    const clash = await office.db
      .selectFrom('record')
      .selectAll()
      .where('kind', '=', 'clash')
      .where('stream', '=', grid)
      .orderBy('version', 'desc')
      .executeTakeFirstOrThrow()
    expect(clash.fields).toMatchObject({
      record: home.resident,
      field: 'note',
      kept: { value: 'spät', by: worker.account, at: late },
      lost: { value: 'früh', by: colleague.account, at: early },
    })
  })

  it('is none where both say the same, or the screen had seen it', async () => {
    const seen = await seenOf(home.resident)
    const clashes = () =>
      office.db.selectFrom('record').select('id').where('kind', '=', 'clash').execute()
    const before = await clashes()
    await worker.pushed([await patchResident(worker, { workplace: '甲' }, seen)])
    await colleague.pushed([await patchResident(colleague, { workplace: '甲' }, seen)])
    await colleague.pushed([await patchResident(colleague, { workplace: '乙' })])
    expect(await clashes()).toEqual(before)
    expect((await recordOf(home.resident))?.fields.workplace).toBe('乙')
  })
})

describe('time', () => {
  it('of a clock that runs ahead is corrected, and what the device said is kept', async () => {
    const id = office.ids()
    const future = new Date(office.clock.now() + 5 * dayMs).toISOString()
    const make = worker.create(grid, 'visit', id, visit(home.household, future))
    await worker.pushed([{ ...make, at: future }])
    const now = new Date(office.clock.now()).toISOString()
    expect(await recordOf(id)).toMatchObject({ at: now, fields: { at: now } })
    const change = await office.db
      .selectFrom('change')
      .selectAll()
      .where('id', '=', make.id)
      .executeTakeFirst()
    expect(change).toMatchObject({
      at: future,
      corrected_at: now,
      fields: { at: [future, now] },
    })
  })
})

describe('two devices at once', () => {
  it('share a stream without holes, and both pull everything', async () => {
    const before = await headOf(grid)
    const visits = (device: Device) =>
      Array.from({ length: 12 }, () =>
        device.create(
          grid,
          'visit',
          office.ids(),
          visit(home.household, '2026-11-22T06:00:00.000Z', { outcome: 'not-met' }),
        ),
      )
    const chunks = (list: readonly unknown[]) => [list.slice(0, 4), list.slice(4, 8), list.slice(8)]
    const sendAll = async (device: Device) => {
      for (const chunk of chunks(visits(device))) await device.pushed(chunk)
    }
    await Promise.all([sendAll(worker), sendAll(colleague)])
    const rows = await office.db
      .selectFrom('record')
      .select('version')
      .where('stream', '=', grid)
      .where('version', '>', before)
      .orderBy('version')
      .execute()
    const head = await headOf(grid)
    expect(rows.map((row) => row.version)).toEqual(
      Array.from({ length: head - before }, (_, index) => before + 1 + index),
    )
    expect(rows.length).toBe(24)
    const pulled = await colleague.pull()
    const all = await office.db
      .selectFrom('record')
      .select(['id', 'version', 'fields'])
      .where('stream', '=', grid)
      .where('removed', '=', false)
      .where('kind', '<>', 'reveal')
      .execute()
    const mine = [...pulled.records.values()].filter((record) => record.stream === grid)
    expect(mine.length).toBe(all.length)
    for (const row of all) {
      expect(pulled.records.get(row.id)).toMatchObject({ version: row.version, fields: row.fields })
    }
  })

  it('of one account push side by side, and so does one device twice', async () => {
    const mutations = [await patchResident(worker, { note: 'doppelt' })]
    const answers = await Promise.all([worker.pushed(mutations), worker.pushed(mutations)])
    expect(answers[0].receipts).toEqual(answers[1].receipts)
    const changes = await office.db
      .selectFrom('change')
      .select('id')
      .where('device', '=', worker.id)
      .where('seq', '=', 4)
      .execute()
    expect(changes).toHaveLength(1)
  })
})
