/** Work for a place that is nobody's any more: what may be believed of when it was recorded, and for how long. */
import { createCipheriv, hkdfSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unsentFileContext, unsentFileFormat, unsentFileInfo } from '#protocol/unsent-file.ts'
import { jumpMs, orderOf } from '#server/ledger/order.ts'
import { lateDays } from '#server/ledger/scope.ts'
import { openDesk, type Desk } from './acts/desk.ts'
import { dayMs, type Device, type Office } from './office.ts'
import { settle, visit, type Home } from './sample.ts'

let desk: Desk
let office: Office
let admin: Device
let staff: Device
let worker: Device
let home: Home

beforeAll(async () => {
  desk = await openDesk()
  office = desk.office
})
afterAll(() => office.close())

const iso = (at: number) => new Date(at).toISOString()
const call = (device: Device, at: number) => ({
  ...device.create(office.places.grid, 'visit', office.ids(), visit(home.household, iso(at))),
  at: iso(at),
})
const told = async (device: Device, ...mutations: readonly unknown[]) =>
  (await device.pushed(mutations)).receipts.map((receipt) => (receipt.ok ? null : receipt.problem))

let count = 0
beforeEach(async () => {
  office.clock.at += dayMs
  admin = await office.enter('admin')
  staff = await office.enter('staff')
  const login = `late${(count += 1)}`
  const account = office.ids()
  const made = { account, login, name: '样例走访员', role: 'worker', places: [office.places.grid] }
  expect(await desk.act(admin, 'people/make', made)).toBe(null)
  office.accounts[login] = { id: account, role: 'worker' }
  worker = await office.enter(login)
  home = await settle(staff, worker, office.places.grid, office.ids)
})

const close = () => desk.act(admin, 'people/close', { account: worker.account })
const move = () =>
  desk.act(admin, 'people/change', {
    ...{ account: worker.account, name: '样例走访员', role: 'worker' },
    places: [office.places.otherGrid],
  })

describe.each([
  ['a closed account', close],
  ['an account that lost the grid', move],
])('%s', (_name, lose) => {
  it('sends what it recorded before, and nothing older than what its device sent already', async () => {
    const sentAt = office.clock.at
    office.clock.at += 2 * dayMs
    await worker.pull()
    expect(await lose()).toBe(null)
    const lostAt = office.clock.at
    office.clock.at += dayMs
    // Who still works is told by the next pull; a closed account is told nothing.
    if (lose === move) await worker.pull()
    // 1 January, and a minute of the day on which it last sent something.
    expect(await told(worker, call(worker, Date.UTC(2026, 0, 1)))).toEqual(['time-implausible'])
    const honest = call(worker, lostAt - 3_600_000)
    expect(await told(worker, honest)).toEqual([null])
    // Now that it has told of a later moment, it cannot tell of earlier ones as if they were before the loss.
    const after = call(worker, lostAt + 7_200_000)
    const forged = call(worker, lostAt - 7_200_000)
    expect(await told(worker, after, forged)).toEqual(['stream-not-yours', 'stream-not-yours'])
    expect(sentAt).toBeLessThan(lostAt)
  })

  it(`is heard for ${lateDays} days, and then by a file that the office brings in`, async () => {
    const [early, late, later] = [0, 1, 2].map((n) => call(worker, office.clock.at + n))
    office.clock.at += 3_600_000
    await worker.pull()
    expect(await lose()).toBe(null)
    await office.db
      .updateTable('session')
      .set({ expires_at: new Date(office.clock.at + 150 * dayMs) })
      .where('device', '=', worker.id)
      .execute()
    await office.db
      .updateTable('session_pass')
      .set({ expires_at: new Date(office.clock.at + 150 * dayMs) })
      .execute()
    office.clock.at += (lateDays - 1) * dayMs
    const push = async (mutation: unknown) =>
      office.post(
        '/api/push',
        {
          protocol: 3,
          device: worker.id,
          sentAt: iso(office.clock.at),
          mutations: [mutation],
        },
        worker.pass,
      )
    expect(await (await push(early)).json()).toMatchObject({ receipts: [{ ok: true }] })
    office.clock.at += 2 * dayMs
    expect(await (await push(late)).json()).toMatchObject({
      receipts: [{ ok: false, problem: 'stream-not-yours' }],
    })
    const bringer = await office.enter('admin')
    const key = Buffer.alloc(32, 5).toString('base64')
    await office.db.updateTable('device').set({ key }).where('id', '=', worker.id).execute()
    const answer = await office.post(
      '/api/unsent-file',
      sealed(worker.id, key, [later]),
      bringer.pass,
    )
    expect(await answer.json()).toMatchObject({ count: 1, applied: 1 })
  })
})

function sealed(device: string, key: string, mutations: readonly unknown[]) {
  const nonce = Buffer.alloc(12, 1)
  const secret = Buffer.from(
    hkdfSync('sha256', Buffer.from(key, 'base64'), Buffer.alloc(32), unsentFileInfo, 32),
  )
  const cipher = createCipheriv('aes-256-gcm', secret, nonce)
  cipher.setAAD(Buffer.from(unsentFileContext(device)))
  const text = Buffer.concat([cipher.update(JSON.stringify({ mutations })), cipher.final()])
  const box = Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64')
  return { format: unsentFileFormat, device, box }
}

it('the order of a device’s work bounds its moments, but for a clock that is set right', () => {
  const at = (minute: number) => new Date(minute * 60_000).toISOString()
  const { notBefore, latest } = orderOf(
    [
      { seq: 4, at: at(100) },
      { seq: 5, at: at(130) },
      { seq: 6, at: at(20) },
      { seq: 7, at: at(900) },
    ],
    { skewMs: 0, now: 200 * 60_000, before: 50 * 60_000 },
  )
  expect([...notBefore]).toEqual([
    [4, 50 * 60_000 - jumpMs],
    [5, 100 * 60_000 - jumpMs],
    [6, 130 * 60_000 - jumpMs],
    [7, 130 * 60_000 - jumpMs],
  ])
  // Nobody acts in the future.
  expect(latest).toBe(200 * 60_000)
  expect(orderOf([], { skewMs: 0, now: 0, before: null })).toEqual({
    notBefore: new Map(),
    latest: null,
  })
})

describe('what is about a person', () => {
  it('names one whom its own place has: no reveal, file or inquiry is about somebody of others', async () => {
    const { grid, farGrid } = office.places
    const stranger = await office.enter('stranger')
    const far = await settle(admin, stranger, farGrid, office.ids)
    const at = iso(office.clock.at)
    const look = (subject: string, kind = 'reveal' as const) =>
      staff.create(grid, kind, office.ids(), { subject, field: 'phones', purpose: 'contact', at })
    const asks = (resident: string) =>
      staff.create(grid, 'inquiry', office.ids(), {
        ...{ resident, wants: 'see', receivedOn: '2026-11-23', due: '2026-12-08' },
      })
    const file = (subject: string) =>
      staff.create(grid, 'export', office.ids(), {
        ...{ sheet: 'file', columns: [], subject, count: 1, masked: false, purpose: 'request', at },
      })
    for (const foreign of [far.resident, office.ids(), home.household]) {
      const three = [look(foreign), asks(foreign), file(foreign)]
      expect(await told(staff, ...three)).toEqual(Array(3).fill('reference-missing'))
    }
    expect(await told(staff, look(home.dwelling), asks(home.dwelling))).toEqual([
      null,
      'reference-missing',
    ])
    const { resident } = home
    expect(await told(staff, look(resident), asks(resident), file(resident))).toEqual([
      null,
      null,
      null,
    ])
  })

  it('is answered by an office alone, also where it is born answered', async () => {
    const { grid } = office.places
    const fields = {
      resident: home.resident,
      wants: 'see',
      receivedOn: '2026-11-23',
      due: '2026-12-08',
    }
    const answered = { ...fields, outcome: 'refused', answer: '不' }
    const ask = (by: Device, more: object) => by.create(grid, 'inquiry', office.ids(), { ...more })
    expect(await told(worker, ask(worker, answered), ask(worker, fields))).toEqual([
      'kind-not-yours',
      null,
    ])
    expect(await told(staff, ask(staff, answered))).toEqual([null])
    const complaint = { topic: 'app', words: 'x', at: iso(office.clock.at) }
    for (const login of ['auditor', 'handler', 'worker'] as const) {
      const device = await office.enter(login)
      const { subdistrict } = office.places
      const stream = login === 'worker' ? grid : subdistrict
      const born = device.create(stream, 'complaint', office.ids(), { ...complaint, answer: '好' })
      const plain = device.create(stream, 'complaint', office.ids(), complaint)
      expect(await told(device, born, plain)).toEqual(['kind-not-yours', null])
    }
  })

  it('a worker of two grids moves no building between them, and no clash, by whatever field', async () => {
    const { grid, otherGrid } = office.places
    const given = { account: worker.account, name: '样例走访员', role: 'worker' }
    expect(await desk.act(admin, 'people/change', { ...given, places: [grid, otherGrid] })).toBe(
      null,
    )
    for (const fields of [{ latitude: 30.05 }, { outline: null }, {}]) {
      const move = worker.mutation({
        ...{ stream: grid, to: otherGrid, kind: 'building', record: home.building, op: 'patch' },
        ...{ fields, seen: 99 },
      })
      expect(await told(worker, move)).toEqual(['kind-not-yours'])
    }
  })

  it('keeps fields of a newer version, and none under a name that must not be', async () => {
    const patch = (fields: Record<string, unknown>) =>
      worker.mutation({
        ...{ stream: office.places.grid, kind: 'resident', record: home.resident, op: 'patch' },
        ...{ fields, seen: 99 },
      })
    expect(await told(worker, patch({ newer: { a: 1 } }))).toEqual([null])
    for (const name of ['criminalRecord', 'religion', 'faceTemplate']) {
      const { receipts } = await worker.pushed([patch({ [name]: 'x' })])
      expect(receipts).toMatchObject([
        { ok: false, problem: 'invalid-fields', fields: [{ field: name, problem: 'field-off' }] },
      ])
    }
    const { records } = await worker.pull()
    expect(records.get(home.resident)?.fields).toMatchObject({ newer: { a: 1 } })
  })
})
