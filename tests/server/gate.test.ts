/**
 * A gate: what its device gets, byte by byte, what it may say, and how an office comes to have one.
 * Holds `src/server/db/gate-pages.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { isDay } from '#domain/day.ts'
import { gateFields } from '#domain/gate.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import { protocolVersion } from '#protocol/version.ts'
import { openDesk } from './acts/desk.ts'
import { problemOf, type Device, type Office } from './office.ts'
import { dwelling, settle, visit, type Home } from './sample.ts'

let office: Office
let worker: Device
let staff: Device
let admin: Device
let home: Home

beforeAll(async () => {
  office = (await openDesk()).office
  worker = await office.enter('worker')
  staff = await office.enter('staff')
  admin = await office.enter('admin')
  home = await settle(staff, worker, office.places.grid, office.ids, {
    ...{ name: '样例老王', note: '样例备注', phones: ['100-0000-0105'] },
    ...{ birth: '1940-01-01', tags: [{ tag: 'dibao', source: 'told', from: '2026-01-01' }] },
  })
})
afterAll(() => office.close())

const seen = Number.MAX_SAFE_INTEGER
const seq = { next: 1 }
const policy = async (gates: boolean) => {
  seq.next += 1
  const fields = { ...samplePolicy, policyVersion: seq.next, knows: 1, gates }
  const { receipts } = await admin.pushed([
    admin.create(office.places.subdistrict, 'policy', office.ids(), fields),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
}
const vehicle = (more: object = {}) => ({
  ...{ dwelling: home.dwelling, plate: '浙A00001', vehicleKind: 'car', ...more },
})
const pushed = async (device: Device, fields: object) => {
  const id = office.ids()
  const made = device.create(office.places.grid, 'vehicle', id, { ...fields })
  const { receipts } = await device.pushed([made])
  return { id, receipt: receipts[0] }
}

/** The whole answer to a first pull, as it goes over the line. */
async function bytesOf(device: Device, cursors: object = {}): Promise<string> {
  const body = { protocol: protocolVersion, device: device.id, cursors }
  const response = await office.post('/api/pull', body, device.pass)
  expect(response.status).toBe(200)
  return response.text()
}

interface Line {
  readonly type: string
  readonly records?: readonly { readonly kind: string; readonly fields?: object }[]
  readonly changes?: readonly unknown[]
}
const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

describe('plates', () => {
  it('are recorded where the office said that its village has gates, and can be ended anywhere', async () => {
    expect((await pushed(worker, vehicle())).receipt).toMatchObject({
      ...{ ok: false, problem: 'invalid-fields' },
      fields: [{ field: 'plate', problem: 'field-off' }],
    })
    await policy(true)
    const { id, receipt } = await pushed(worker, vehicle())
    expect(receipt).toMatchObject({ ok: true })
    for (const plate of ['浙a00001', '王五的车1', '123', '', '浙A·00001'])
      expect((await pushed(worker, vehicle({ plate }))).receipt, plate).toMatchObject({
        ...{ ok: false, problem: 'invalid-fields', fields: [{ field: 'plate' }] },
      })
    await policy(false)
    const patch = (fields: object) =>
      worker.pushed([
        worker.mutation({
          ...{ stream: office.places.grid, kind: 'vehicle', record: id, op: 'patch' },
          ...{ fields: { ...fields }, seen },
        }),
      ])
    expect((await patch({ until: '2027-01-01' })).receipts).toMatchObject([{ ok: false }])
    expect((await patch({ endedOn: '2026-11-23' })).receipts).toMatchObject([{ ok: true }])
    await policy(true)
  })
})

describe('a gate', () => {
  it('gets plates with the number of their door, and nothing else of the register', async () => {
    await policy(true)
    const { id } = await pushed(worker, vehicle({ plate: '浙A00002', until: '2027-11-22' }))
    // What a later version writes beside it stays in the register too.
    expect(
      (await pushed(worker, vehicle({ plate: '浙A00003', owner: '样例老王' }))).receipt,
    ).toBeDefined()
    const visited = visit(home.household, new Date(office.clock.now()).toISOString())
    await worker.pushed([
      worker.create(office.places.grid, 'visit', office.ids(), { ...visited, note: '样例走访' }),
      worker.mutation({
        ...{ stream: office.places.grid, kind: 'vehicle', record: id, op: 'patch' },
        ...{ fields: { vehicleKind: 'lorry' }, seen },
      }),
    ])
    const gate = await office.enter('gate')
    const text = await bytesOf(gate)
    const lines = linesOf(text)
    expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(['scope', 'page', 'end']))
    const records = lines.flatMap((line) => line.records ?? [])
    expect(records.length).toBeGreaterThan(0)
    const allowed: Readonly<Record<string, readonly string[]>> = {
      building: ['estate', 'name', 'storeys', 'units'],
      dwelling: ['building', 'unit', 'floor', 'room'],
      vehicle: ['dwelling', 'plate', 'vehicleKind', 'until'],
    }
    for (const record of records) {
      const { kind, fields = {} } = record
      expect(Object.keys(record).sort()).toEqual(['fields', 'id', 'kind', 'version'])
      expect(Object.keys(fields).filter((name) => !allowed[kind]?.includes(name))).toEqual([])
    }
    const got = (record: string) =>
      records.find((one) => (one as { id?: string }).id === record)?.fields
    expect(got(id)).toEqual({
      ...{ dwelling: home.dwelling, plate: '浙A00002', vehicleKind: 'lorry' },
      ...{ until: '2027-11-22' },
    })
    expect(got(home.dwelling)).toEqual({
      building: home.building,
      unit: '1',
      floor: 3,
      room: '301',
    })
    expect(got(home.building)).toEqual({ estate: '样例苑', name: '3幢', storeys: 6, units: 2 })
    expect(lines.flatMap((line) => line.changes ?? [])).toEqual([])
    // Every byte: whatever stands anywhere in the register of a person, a colour, a visit or a colleague.
    const { rows } = await everyValue()
    // `door` is also a way of visiting, and the moment is that of the answer.
    const now = new Date(office.clock.now()).toISOString()
    const own = new Set<string>([
      ...[gate.account, gate.id, home.dwelling, home.building, 'door', 'gate', now],
      ...Object.values({ ...office.places }),
    ])
    const told = rows.filter(({ value }) => !own.has(value) && text.includes(value))
    expect(told).toEqual([])
    for (const word of ['样例老王', '样例备注', '样例走访', '100-0000-0105', 'dibao', 'colour']) {
      expect(text, word).not.toContain(word)
    }
    expect(text).not.toContain(home.resident)
    expect(text).not.toContain(home.household)
    expect(text).not.toContain(worker.account)
  })

  it('goes on from its cursor, and hears that a plate is no more', async () => {
    const gate = await office.enter('gate')
    const { id } = await pushed(worker, vehicle({ plate: '浙A00004' }))
    const first = await gate.pull()
    expect(first.records.get(id)?.fields).toMatchObject({ plate: '浙A00004' })
    await worker.pushed([
      worker.mutation({
        stream: office.places.grid,
        kind: 'vehicle',
        record: id,
        op: 'remove',
        seen,
      }),
    ])
    const second = await gate.pull(first.cursors)
    expect(second.records.get(id)).toMatchObject({ removed: true })
  })

  it('says that somebody came, and hears nothing more of it', async () => {
    const gate = await office.enter('gate')
    const arrival = office.ids()
    const { receipts } = await gate.pushed([
      gate.create(office.places.grid, 'arrival', arrival, {
        ...{ dwelling: home.dwelling, speaker: 'self', name: '样例新来', count: 2 },
        from: '2026-11-23',
      }),
    ])
    expect(receipts).toMatchObject([{ ok: true }])
    expect(await bytesOf(gate)).not.toContain('样例新来')
    expect((await worker.pull()).records.get(arrival)?.fields).toMatchObject({ count: 2 })
  })

  it('hears of what has ended that it is no more, and a new one nothing at all', async () => {
    const gate = await office.enter('gate')
    const { id } = await pushed(worker, vehicle({ plate: '浙A00006' }))
    const first = await gate.pull()
    await worker.pushed([
      worker.mutation({
        ...{ stream: office.places.grid, kind: 'vehicle', record: id, op: 'patch' },
        ...{ fields: { endedOn: '2026-11-23' }, seen },
      }),
    ])
    expect((await gate.pull(first.cursors)).records.get(id)).toMatchObject({ removed: true })
    expect(await bytesOf(await office.enter('gate'))).not.toContain('浙A00006')
  })

  it('hears that a door has another number, and of a new one', async () => {
    const gate = await office.enter('gate')
    const first = await gate.pull()
    const door = office.ids()
    const patch = (device: Device, kind: 'building' | 'dwelling', record: string, fields: object) =>
      device.mutation({
        ...{ stream: office.places.grid, kind, record, op: 'patch' },
        ...{ fields: { ...fields }, seen },
      })
    const { receipts } = await worker.pushed([
      patch(worker, 'dwelling', home.dwelling, { room: '302', landlordName: '样例房东' }),
      worker.create(office.places.grid, 'dwelling', door, dwelling(home.building, { room: '401' })),
    ])
    const named = await staff.pushed([patch(staff, 'building', home.building, { name: '5幢' })])
    expect([...receipts, ...named.receipts].filter(({ ok }) => !ok)).toEqual([])
    const second = await gate.pull(first.cursors)
    expect(second.records.get(home.dwelling)?.fields).toMatchObject({ room: '302' })
    expect(second.records.get(home.building)?.fields).toMatchObject({ name: '5幢' })
    expect(second.records.get(door)?.fields).toMatchObject({ room: '401' })
    expect(await bytesOf(gate)).not.toContain('样例房东')
  })

  it('has no streams once the office said that there are no gates, which empties its device, and says nothing any more', async () => {
    const gate = await office.enter('gate')
    const before = await gate.pull()
    expect(before.records.size).toBeGreaterThan(0)
    await policy(false)
    // Asked in few words whether all is as it was, it hears that it is not.
    const held = await office.post(
      '/api/pull',
      {
        ...{ protocol: protocolVersion, device: gate.id },
        held: cursorsToHeld(before.cursors),
      },
      gate.pass,
    )
    expect(linesOf(await held.text())[0]).toMatchObject({ type: 'held', same: false })
    const lines = linesOf(await bytesOf(gate, before.cursors))
    expect(lines.map(({ type }) => type)).toEqual(['scope', 'end'])
    expect(lines[0]).toMatchObject({ streams: [] })
    const fields = { dwelling: home.dwelling, speaker: 'self', name: '样例', count: 1 }
    const { receipts } = await gate.pushed([
      gate.create(office.places.grid, 'arrival', office.ids(), { ...fields, from: '2026-11-23' }),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'invalid-fields' }])
    await policy(true)
    // As of an empty device.
    expect([...(await gate.pull()).records.keys()].sort()).toEqual(
      [...before.records.keys()].sort(),
    )
  })

  it('loses the plates of a place that its account is taken from', async () => {
    const { community, otherCommunity } = office.places
    const account = office.accounts['gate']?.id
    const given = { account, name: '样例门岗', role: 'gate' }
    const change = (places: readonly string[]) =>
      office.post('/api/people/change', { act: office.ids(), ...given, places }, admin.pass)
    expect((await change([otherCommunity])).status).toBe(200)
    try {
      const lines = linesOf(await bytesOf(await office.enter('gate')))
      const ids = (lines[0] as unknown as { streams: { id: string }[] }).streams.map(({ id }) => id)
      expect(ids).not.toContain(office.places.grid)
      expect(ids).toContain(otherCommunity)
    } finally {
      expect((await change([community])).status).toBe(200)
    }
  })

  it('writes nothing else, and asks no history', async () => {
    const gate = await office.enter('gate')
    const { grid, community } = office.places
    for (const [kind, fields] of [
      ['resident', { household: home.household, name: '样例' }],
      ['vehicle', vehicle({ plate: '浙A00009' })],
      ['visit', visit(home.household, new Date(office.clock.now()).toISOString())],
      [
        'complaint',
        { topic: 'app', words: '样例', at: new Date(office.clock.now()).toISOString() },
      ],
    ] as const) {
      const { receipts } = await gate.pushed([gate.create(grid, kind, office.ids(), { ...fields })])
      expect(receipts, kind).toMatchObject([{ ok: false, problem: 'kind-not-yours' }])
    }
    for (const path of [
      `/api/history/${grid}/${home.resident}`,
      `/api/overview`,
      `/api/overview/${community}`,
      '/api/places',
      '/api/devices',
    ]) {
      const response = await office.fetch(path, { headers: gate.headers })
      expect(await problemOf(response), path).toBe('not-allowed')
    }
  })
})

it('gets an account only where the village has gates, and no account becomes a gate’s or ceases to be one', async () => {
  const { community, grid } = office.places
  const ask = async (path: string, body: object) => {
    const response = await office.post(
      `/api/people/${path}`,
      { act: office.ids(), ...body },
      admin.pass,
    )
    return response.ok ? null : problemOf(response)
  }
  const given = { name: '样例门岗', role: 'gate', places: [community] }
  const account = office.ids()
  await policy(false)
  expect(await ask('make', { account, login: 'gate-a', ...given })).toBe('not-allowed')
  await policy(true)
  expect(await ask('make', { account, login: 'gate-a', ...given })).toBeNull()
  const other = { account: office.ids(), login: 'gate-b', ...given, places: [grid] }
  expect(await ask('make', other)).toBe('not-allowed')
  const asStaff = { name: '样例', role: 'staff', places: [community] }
  expect(await ask('change', { account, ...asStaff })).toBe('not-allowed')
  const was = office.accounts['staff']?.id
  expect(await ask('change', { account: was, ...given })).toBe('not-allowed')
})

/** Each text of some length that stands in a record of the streams of the gate, and how it came there. */
async function everyValue() {
  const found = await office.db
    .selectFrom('record')
    .select(['id', 'kind', 'fields', 'by'])
    .where('kind', '!=', 'vehicle')
    .execute()
  const values = new Map<string, string>()
  const gather = (kind: string, value: unknown): void => {
    // A day may be the day of a vehicle as well.
    if (typeof value === 'string' && value.length > 3 && !isDay(value)) values.set(value, kind)
    else if (Array.isArray(value)) value.forEach((one) => gather(kind, one))
    else if (value && typeof value === 'object') {
      Object.values(value).forEach((one) => gather(kind, one))
    }
  }
  for (const { id, kind, fields, by } of found) {
    // The number of a door is what a gate is told, and nothing else of it.
    const told = kind === 'building' || kind === 'dwelling' ? gateFields[kind] : null
    const kept = Object.entries(fields).filter(([name]) => !told?.includes(name))
    gather(kind, [told ? null : id, Object.fromEntries(kept), by])
  }
  return { rows: [...values].map(([value, kind]) => ({ value, kind })) }
}
