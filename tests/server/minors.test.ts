/**
 * The data of minors as the server guards it: looked at and taken out under a standing approval alone, all of it on record.
 * Holds `src/server/ledger/approvals.ts`, `src/server/ledger/consents.ts` and `src/server/ledger/own-rules.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { openOffice, type Device, type Office } from './office.ts'
import { settle, resident, type Home } from './sample.ts'

let office: Office
let staff: Device
let worker: Device
let admin: Device
let home: Home
const people = { child: '', youth: '', adult: '' }

beforeAll(async () => {
  office = await openOffice()
  staff = await office.enter('staff')
  worker = await office.enter('worker')
  admin = await office.enter('admin')
  const { grid } = office.places
  home = await settle(staff, worker, grid, office.ids)
  people.child = await make({ birth: '2015-01-01', guardianName: '样例母' })
  people.youth = await make({ birth: '2009-06-01' }) // 17
  people.adult = home.resident
})
afterAll(() => office.close())

async function make(more: object): Promise<string> {
  const id = office.ids()
  const fields = resident(home.household, more)
  const [receipt] = (
    await worker.pushed([worker.create(office.places.grid, 'resident', id, fields)])
  ).receipts
  expect(receipt).toMatchObject({ ok: true })
  return id
}

const today = '2026-11-23'
const at = '2026-11-23T06:30:00.000Z'

async function look(device: Device, subject: string, field = 'phones') {
  const fields = { subject, field, purpose: 'contact', at }
  const mutation = device.create(office.places.grid, 'reveal', office.ids(), fields)
  const [receipt] = (await device.pushed([mutation])).receipts
  return receipt?.ok ? 'shown' : receipt?.problem
}

async function approve(device: Device, stream: string, more: object = {}) {
  const id = office.ids()
  const fields = {
    ...{ acts: ['reveal'], roles: ['worker'], reason: '样例：上门关爱' },
    ...{ from: today, until: '2027-11-22', ...more },
  }
  const [receipt] = (await device.pushed([device.create(stream, 'approval', id, fields)])).receipts
  return { id, answer: receipt?.ok ? 'made' : (receipt?.fields ?? receipt?.problem) }
}

/** Entries of the grid's chain about somebody. */
async function entries(act: string, record: string | null, chain = office.places.grid) {
  const { rows } = await sql<{ facts: Record<string, unknown> }>`
    select facts from audit where chain = ${chain}::uuid and act = ${act}
      and record is not distinct from ${record}::uuid order by seq`.execute(office.db)
  return rows.map(({ facts }) => facts)
}

describe('without an approval', () => {
  it('a minor is looked at by nobody, of 17 as little as of 11, and the refusal is on record', async () => {
    expect(await look(worker, people.youth)).toBe('approval-needed')
    expect(await look(worker, people.child, 'edit')).toBe('approval-needed')
    expect(await look(staff, people.child)).toBe('approval-needed')
    expect(await entries('look-refused', people.youth)).toEqual([
      {
        ...{ role: 'worker', kind: 'reveal', field: 'phones', purpose: 'contact' },
        ...{ minor: 'under-18', moment: expect.any(String) as string },
      },
    ])
    expect(await entries('look-refused', people.child)).toHaveLength(2)
    expect(await entries('reveal', people.youth)).toEqual([])
  })

  it('whom to call for a child is shown, and grown people are as before', async () => {
    expect(await look(worker, people.child, 'guardianPhone')).toBe('shown')
    expect(await look(worker, people.adult)).toBe('shown')
    expect((await entries('reveal', people.adult))[0]).not.toHaveProperty('minor')
  })

  it('nothing that the device says of it counts', async () => {
    const fields = { subject: people.youth, field: 'name', purpose: 'verify', at }
    const claimed = { ...fields, approval: office.ids(), minor: null }
    const mutation = worker.create(office.places.grid, 'reveal', office.ids(), claimed)
    expect((await worker.pushed([mutation])).receipts[0]).toMatchObject({
      problem: 'approval-needed',
    })
  })
})

describe('an approval', () => {
  it('is made by an office, in its own place, from today on and for a year at most', async () => {
    const { community, grid, otherCommunity } = office.places
    expect((await approve(worker, grid)).answer).toBe('kind-not-yours')
    expect((await approve(staff, otherCommunity)).answer).toBe('stream-not-yours')
    expect((await approve(staff, community, { from: '2026-11-22' })).answer).toEqual([
      { field: 'from', problem: 'day-too-early', limit: today },
    ])
    expect((await approve(staff, community, { until: '2028-01-01' })).answer).toMatchObject([
      { field: 'until', problem: 'override-too-long' },
    ])
    expect((await approve(staff, community, { roles: [] })).answer).toMatchObject([
      { field: 'roles', problem: 'required' },
    ])
  })

  it('covers its roles below its place, its maker never; the entry names it', async () => {
    const { id } = await approve(staff, office.places.community, {
      roles: ['worker', 'staff'],
    })
    expect(await look(worker, people.youth)).toBe('shown')
    expect(await look(staff, people.youth)).toBe('approval-needed')
    expect(await entries('reveal', people.youth)).toEqual([
      {
        ...{ role: 'worker', field: 'phones', purpose: 'contact', minor: 'under-18', approval: id },
        moment: expect.any(String) as string,
      },
    ])
    const above = await approve(admin, office.places.subdistrict, { roles: ['staff'] })
    expect(await look(staff, people.youth)).toBe('shown')
    expect((await entries('reveal', people.youth)).at(-1)).toMatchObject({ approval: above.id })
  })

  it('is ended by an office, and nothing else of it is changed', async () => {
    const { id } = await approve(admin, office.places.subdistrict, {
      ...{ roles: ['worker'], until: '2027-11-23' },
    })
    const held = (await worker.pull()).records.get(id)
    if (!held) throw new Error('no approval came')
    const patch = async (device: Device, fields: Record<string, unknown>) =>
      (await device.pushed([device.patch(held, fields)])).receipts[0]
    expect(await patch(admin, { until: '2027-12-31' })).toMatchObject({ problem: 'append-only' })
    expect(await patch(admin, { endedOn: null })).toMatchObject({ problem: 'append-only' })
    expect(await patch(worker, { endedOn: today })).toMatchObject({ problem: 'stream-not-yours' })
    expect(await patch(admin, { endedOn: '2026-11-22' })).toMatchObject({ ok: true })
    expect(await look(worker, people.child)).toBe('shown') // by the community's
    expect((await entries('reveal', people.child)).at(-1)).not.toMatchObject({ approval: id })
  })
})

describe('what is taken out', () => {
  const take = async (device: Device, stream: string, more: object) => {
    const fields = {
      ...{ sheet: 'residents', columns: ['name'], count: 3, masked: true, purpose: 'report', at },
      ...more,
    }
    const mutation = device.create(stream, 'export', office.ids(), fields)
    const [receipt] = (await device.pushed([mutation])).receipts
    return receipt?.ok ? 'taken' : receipt?.problem
  }

  it('has minors in it under an approval to export alone', async () => {
    const { community, subdistrict } = office.places
    expect(await take(staff, community, {})).toBe('taken')
    expect(await take(staff, community, { minors: 2 })).toBe('approval-needed')
    const { id } = await approve(admin, subdistrict, { acts: ['export'], roles: ['staff'] })
    expect(await take(staff, community, { minors: 2 })).toBe('taken')
    expect((await entries('export', null, community)).at(-1)).toMatchObject({
      ...{ minors: 2, approval: id },
    })
    expect((await entries('look-refused', null, community)).at(-1)).toMatchObject({
      ...{ kind: 'export', minors: 2 },
    })
  })

  it('as a person’s file needs one as well, but what a guardian asked for is theirs', async () => {
    const { grid } = office.places
    const file = { sheet: 'file', columns: [], count: 1, subject: people.child }
    expect(await take(admin, grid, file)).toBe('approval-needed')
    const inquiry = office.ids()
    const asked = { resident: people.child, wants: 'copy', receivedOn: today, due: '2026-12-08' }
    await worker.pushed([worker.create(grid, 'inquiry', inquiry, asked)])
    expect(await take(admin, grid, { ...file, inquiry })).toBe('taken')
    // An inquiry of somebody else opens nothing.
    expect(await take(admin, grid, { ...file, subject: people.youth, inquiry })).toBe(
      'approval-needed',
    )
  })
})

it('a child is saved with a guardian, and what an app recorded that had no field for one arrives all the same', async () => {
  const put = async (more: object, heard: object) => {
    const fields = resident(home.household, { birth: '2015-01-01', ...more })
    const made = worker.create(office.places.grid, 'resident', office.ids(), fields)
    const [receipt] = (await worker.pushed([{ ...made, ...heard }])).receipts
    return receipt && !receipt.ok ? receipt.fields : 'applied'
  }
  const now = { heard: new Date(office.clock.now()).toISOString() }
  expect(await put({}, now)).toEqual([{ field: 'guardianName', problem: 'guardian-needed' }])
  expect(await put({ guardianName: '样例母', guardianRelation: '52' }, now)).toBe('applied')
  // An app of before version 3 never says what it heard.
  expect(await put({}, {})).toBe('applied')
})
