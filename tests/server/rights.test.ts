/** The rights of the people in the register as the server holds to them: who asks, what is restricted, what was withdrawn. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inquiryWants, requesters } from '#domain/inquiry.ts'
import { openOffice, type Device, type Office } from './office.ts'
import { resident, settle, type Home } from './sample.ts'

let office: Office
let staff: Device
let worker: Device
let home: Home
const people = { grown: '', child: '', dead: '' }
const today = '2026-11-23'

beforeAll(async () => {
  office = await openOffice()
  staff = await office.enter('staff')
  worker = await office.enter('worker')
  home = await settle(staff, worker, office.places.grid, office.ids, { workplace: '样例厂' })
  people.grown = home.resident
  people.child = await make({ birth: '2015-01-01', guardianName: '样例母' })
  people.dead = await make({ diedOn: '2026-11-01' })
})
afterAll(() => office.close())

async function make(more: object): Promise<string> {
  const id = office.ids()
  const fields = resident(home.household, more)
  await worker.pushed([worker.create(office.places.grid, 'resident', id, fields)])
  return id
}

const ask = async (more: object, id = office.ids()) => {
  const fields = { wants: 'see', receivedOn: today, due: '2026-12-08', ...more }
  const made = worker.create(office.places.grid, 'inquiry', id, fields)
  const [receipt] = (await worker.pushed([made])).receipts
  return receipt?.ok ? 'taken' : (receipt?.fields ?? receipt?.problem)
}

const patch = async (device: Device, record: string, fields: Record<string, unknown>) => {
  const held = (await device.pull()).records.get(record)
  if (!held) throw new Error('nothing there')
  const [receipt] = (await device.pushed([device.patch(held, fields)])).receipts
  return receipt?.ok ? 'applied' : (receipt?.fields ?? receipt?.problem)
}

it('each want from each requester that may reaches an answer', async () => {
  const who = {
    self: people.grown,
    guardian: people.child,
    kin: people.dead,
    agent: people.grown,
  }
  for (const requester of requesters) {
    for (const wants of inquiryWants) {
      const id = office.ids()
      const by = requester === 'self' ? {} : { askedBy: '样例乙', authority: '样例证明' }
      const asked = { resident: who[requester], wants, requester, ...by }
      expect(await ask(asked, id), `${requester} ${wants}`).toBe('taken')
      const answer = { outcome: 'done', answer: '样例', answeredOn: today }
      expect(await patch(staff, id, answer), `${requester} ${wants}`).toBe('applied')
    }
  }
})

it('nobody asks for another without a paper, nor kin about the living', async () => {
  expect(await ask({ resident: people.child, requester: 'guardian' })).toEqual([
    { field: 'askedBy', problem: 'required' },
    { field: 'authority', problem: 'required' },
  ])
  const kin = { requester: 'kin', askedBy: '样例乙', authority: '样例证明' }
  expect(await ask({ resident: people.grown, ...kin })).toMatchObject([{ field: 'requester' }])
  expect(await ask({ resident: people.child, requester: 'self' })).toMatchObject([
    { field: 'requester' },
  ])
})

it('a restriction is the office’s word; what rests on consent takes nothing new under it', async () => {
  const id = people.grown
  expect(await patch(worker, id, { restrictedOn: today })).toBe('kind-not-yours')
  expect(await patch(staff, id, { restrictedOn: today })).toBe('applied')
  expect(await patch(worker, id, { workplace: '样例店' })).toEqual([
    { field: 'workplace', problem: 'field-restricted' },
  ])
  expect(await patch(worker, id, { phones: { add: ['10012345521'] } })).toBe('applied')
  expect(await patch(worker, id, { restrictedOn: null })).toBe('kind-not-yours')
  expect(await patch(staff, id, { restrictedOn: null })).toBe('applied')
  expect(await patch(worker, id, { workplace: '样例店' })).toBe('applied')
})

it('a withdrawn consent empties the field and lets nothing in until the next one; the change keeps what was', async () => {
  const id = people.grown
  const consent = { field: 'workplace', version: 2, on: '2026-01-01', how: 'spoken' }
  const withdrawn = { ...consent, withdrawnOn: today }
  expect(await patch(staff, id, { consents: { add: [consent] } })).toBe('applied')
  const emptied = { workplace: null, consents: { add: [withdrawn] } }
  expect(await patch(staff, id, emptied)).toBe('applied')
  const pulled = await worker.pull()
  expect(pulled.records.get(id)?.fields).toMatchObject({ workplace: null, consents: [withdrawn] })
  expect(await patch(worker, id, { workplace: '样例店' })).toEqual([
    { field: 'workplace', problem: 'field-restricted' },
  ])
  const again = { workplace: '样例店', consents: { add: [{ ...consent, on: today }] } }
  expect(await patch(worker, id, again)).toBe('applied')
  const { rows } = await office.db
    .selectFrom('change')
    .select('fields')
    .where('record', '=', id)
    .execute()
    .then((found) => ({ rows: found.map(({ fields }) => JSON.stringify(fields)) }))
  expect(rows.some((text) => text.includes('"workplace":["样例店",null]'))).toBe(true)
})

it('what rests on consent comes with one, where the app that recorded it knows consents', async () => {
  const { grid } = office.places
  const heard = { heard: new Date(office.clock.now()).toISOString() }
  const agreed = (field: string) => ({ field, version: 2, on: today, how: 'spoken' })
  const said = async (mutations: readonly object[]) =>
    (await worker.pushed(mutations)).receipts.map((one) =>
      one.ok ? 'applied' : (one.fields ?? one.problem),
    )
  const missing = [{ field: 'note', problem: 'consent-needed' }]
  const make = (more: object, id = office.ids()) =>
    worker.create(grid, 'resident', id, resident(home.household, more))
  expect(await said([{ ...make({ note: '样例' }), ...heard }])).toEqual([missing])
  expect(await said([{ ...make({ note: '样例', consents: [agreed('note')] }), ...heard }])).toEqual(
    ['applied'],
  )
  // An older app, or a newer one that sends what it saved before: kept, and named on the person's page.
  const older = office.ids()
  expect(await said([make({ note: '样例' }, older)])).toEqual(['applied'])
  const held = async (id: string) => {
    const found = (await worker.pull()).records.get(id)
    if (!found) throw new Error('nobody')
    return found
  }
  const change = async (id: string, fields: object) => ({
    ...worker.patch(await held(id), { ...fields }),
    ...heard,
  })
  expect(await said([await change(older, { birth: '1981-01-01' })])).toEqual(['applied'])
  expect(await said([await change(older, { note: '另外' })])).toEqual([missing])
  expect(
    await said([await change(older, { note: '另外', consents: { add: [agreed('note')] } })]),
  ).toEqual(['applied'])

  // What one of two records had before a merge goes over, whatever is known of it.
  const other = office.ids()
  expect(await said([make({ workplace: '样例店' }, other)])).toEqual(['applied'])
  const batch = { batch: office.ids(), batchSize: 2 }
  expect(
    await said([
      { ...(await change(older, { workplace: '样例店' })), ...batch },
      { ...(await change(other, { mergedInto: older })), ...batch },
    ]),
  ).toEqual(['applied', 'applied'])
  expect((await held(older)).fields).toMatchObject({ workplace: '样例店' })
})
