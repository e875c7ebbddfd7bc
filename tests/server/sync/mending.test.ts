/** Work that the office refused, put right by its owner and sent again: it arrives whole, whatever it was. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Intent } from '#app/acts/intent.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import { arrivalConfirmed } from '#app/acts/declaration-intents.ts'
import { goToKnown, knownConfirmed, refusedAnswer } from '#app/acts/same-as-known.ts'
import { sendAgain } from '#app/acts/send-again.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { openOffice, type Device, type Office } from '../office.ts'
import { resident, settle, visit, type Home } from '../sample.ts'
import { begin, createServedTablet, isUpToDate, nameOf, type ServedTablet } from './tablets.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'

let office: Office
let staff: Device
let home: Home
let tablet: ServedTablet
let tab: Tab
const tooLong = '样'.repeat(60)
const day = '2026-11-23'

beforeAll(async () => {
  office = await openOffice()
  staff = await office.enter('staff')
})
afterAll(() => office.close())
beforeEach(async () => {
  home = await settle(staff, await office.enter('colleague'), office.places.grid, office.ids)
})

async function started(login: string) {
  tablet = createServedTablet(office)
  tab = await begin(tablet, login)
  return {
    end() {
      tab.close()
      tablet.end()
    },
  }
}
const save = async (...intents: Intent[]) => {
  const outcome = await tab.app.work.save(intents)
  if (!outcome.ok) throw new Error(outcome.problem)
}
const patch = (fields: Record<string, unknown>, record = home.resident): Intent => ({
  op: 'patch',
  kind: 'resident',
  record,
  fields,
})
const takenIn = (record: string, more: object): Intent => ({
  op: 'create',
  kind: 'resident',
  record,
  stream: office.places.grid,
  fields: resident(home.household, more),
})
/** The person agreed to it, as the form notes. */
const agreed = (...fields: readonly string[]) => ({
  consents: fields.map((field) => ({
    ...{ field, version: 2, on: '2026-11-23', how: 'spoken' as const },
  })),
})
const both = agreed('note', 'workplace')
const unsent = () => tab.app.sync.getState().unsent
const areRefused = (count: number) =>
  unsent().length === count && unsent().every(({ state }) => state === 'refused')
const first = (): UnsentItem => {
  const [item] = unsent()
  if (!item) throw new Error('nothing was refused')
  return item
}
const inRegister = async (id: string) =>
  office.db
    .selectFrom('record')
    .select(['stream', 'fields'])
    .where('id', '=', id)
    .where('removed', '=', false)
    .executeTakeFirst()

test('somebody new whose name was wrong: right in the form, then sent again with all that belongs to it', async () => {
  const { end } = await started('worker')
  const id = tab.app.work.newId()
  await save(takenIn(id, { name: tooLong, note: '样例', ...agreed('note') }))
  await until(() => areRefused(1))
  // The form saves what was changed, and that somebody was at the door.
  const seen = tab.app.work.newId()
  const fields = visit(home.household, new Date(tablet.clock.now()).toISOString()) as never
  await save(patch({ name: '样例新', phones: ['10012345678'] }, id), {
    op: 'create',
    kind: 'visit',
    record: seen,
    stream: office.places.grid,
    fields,
  })
  await until(() => areRefused(3))
  await sendAgain(tab.app, first())
  await until(() => isUpToDate(tab))
  expect((await inRegister(id))?.fields).toMatchObject({
    name: '样例新',
    note: '样例',
    phones: ['10012345678'],
  })
  expect(await inRegister(seen)).toBeDefined()
  end()
})

test('of a change that was refused for one field the others arrive, once that one is right', async () => {
  const { end } = await started('worker')
  await save(patch({ name: tooLong, note: '样例记下', phones: ['10012345678'], ...agreed('note') }))
  await until(() => areRefused(1))
  await save(patch({ name: '样例丙' }))
  await until(() => unsent().length === 1)
  await sendAgain(tab.app, first())
  await until(() => isUpToDate(tab))
  expect((await inRegister(home.resident))?.fields).toMatchObject({
    name: '样例丙',
    note: '样例记下',
    phones: ['10012345678'],
  })
  expect(nameOf(tab, home.resident)).toBe('样例丙')
  end()
})

test('a move that was refused goes where it was to go', async () => {
  const there = await settle(staff, staff, office.places.otherGrid, office.ids)
  const { end } = await started('staff')
  await save(patch({ household: there.household, name: tooLong }))
  await until(() => areRefused(1))
  await save(patch({ name: '样例丁' }))
  await until(() => unsent().length === 1)
  await sendAgain(tab.app, first())
  await until(() => isUpToDate(tab))
  expect(await inRegister(home.resident)).toMatchObject({
    stream: office.places.otherGrid,
    fields: { household: there.household, name: '样例丁' },
  })
  end()
})

test('what the office does not ask any more is left out, since no form shows it', async () => {
  const { end } = await started('worker')
  tablet.network.disconnect()
  const [id, child] = [tab.app.work.newId(), tab.app.work.newId()]
  // A family is one batch: refused whole, for what stands in either.
  await save(
    takenIn(id, { workplace: '样例厂', note: '样例', ...both }),
    takenIn(child, { name: '样例童' }),
  )
  await save(patch({ workplace: '样例店', note: '样例改', ...both }))
  await save(patch({ workplace: '样例坊', ...both }))
  const admin = await office.enter('admin')
  const policy = { ...samplePolicy, policyVersion: 2, off: ['workplace'] }
  await admin.pushed([admin.create(office.places.subdistrict, 'policy', office.ids(), policy)])
  tablet.network.connect()
  await until(() => areRefused(4))
  expect(first().fields).toEqual([{ field: 'workplace', problem: 'field-off' }])
  await sendAgain(tab.app, first())
  await until(() => areRefused(2))
  await sendAgain(tab.app, first())
  await until(() => areRefused(1))
  // Of this one nothing is left to send.
  await sendAgain(tab.app, first())
  await until(() => isUpToDate(tab))
  expect((await inRegister(id))?.fields).toMatchObject({ note: '样例' })
  expect((await inRegister(id))?.fields).not.toHaveProperty('workplace')
  expect((await inRegister(child))?.fields).toMatchObject({ name: '样例童' })
  expect((await inRegister(home.resident))?.fields).toMatchObject({ note: '样例改' })
  expect((await inRegister(home.resident))?.fields).not.toHaveProperty('workplace')
  end()
})

test('a claim confirmed offline of somebody who lives there by now is theirs in one tap, and nobody is made twice', async () => {
  const { grid } = office.places
  const claim = office.ids()
  const said = { dwelling: home.dwelling, speaker: 'self', name: '样例同', count: 1, from: day }
  await staff.pushed([staff.create(grid, 'arrival', claim, said)])
  const { end } = await started('worker')
  const { register } = tab.app
  tablet.network.disconnect()
  const [held, door] = [register.get('arrival', claim), register.get('dwelling', home.dwelling)]
  if (!held || !door) throw new Error('not pulled')
  const { household, intents } = arrivalConfirmed(
    tab.app,
    held,
    { dwelling: door, besides: [] },
    { off: [] },
    day,
  )
  await save(...intents)
  const met = tab.app.work.newId()
  const fields = visit(household, new Date(tablet.clock.now()).toISOString()) as never
  await save({ op: 'create', kind: 'visit', record: met, stream: grid, fields })
  // Meanwhile a colleague took the person in, into the family that lives there.
  const person = office.ids()
  await staff.pushed([
    staff.create(grid, 'resident', person, resident(home.household, { name: '样例同' })),
  ])
  tablet.network.connect()
  await until(() => unsent().length > 0 && unsent().every(({ state }) => state === 'refused'))
  await until(() => register.get('resident', person) !== undefined)
  const known = register.get('resident', person)
  if (!known) throw new Error('not pulled')
  expect(first().problem).toBe('person-there-already')
  // Without a connection too, and a second tap answers nothing twice.
  tablet.network.disconnect()
  const join = async () => {
    const item = refusedAnswer(unsent(), claim)
    if (item) await save(...knownConfirmed(tab.app, held, known, item, unsent()))
    await goToKnown(tab.app, held, known)
  }
  await join()
  await join()
  tablet.network.connect()
  await until(() => isUpToDate(tab))
  const rows = await office.db
    .selectFrom('record')
    .select(['kind', 'id', 'fields'])
    .where('stream', '=', grid)
    .where('removed', '=', false)
    .where('kind', 'in', ['resident', 'declaration-answer', 'visit'])
    .execute()
  const of = (kind: string) => rows.filter((row) => row.kind === kind)
  expect(of('resident').filter(({ fields }) => fields['name'] === '样例同')).toHaveLength(1)
  expect(of('declaration-answer')).toMatchObject([
    { fields: { declaration: claim, outcome: 'confirmed', residents: [person] } },
  ])
  expect(of('visit').find(({ id }) => id === met)?.fields).toMatchObject({
    household: home.household,
  })
  end()
})
