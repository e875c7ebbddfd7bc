/**
 * Declarations are kept for a policy's days after their answer, and go with the person whom they are about.
 * Holds `src/server/db/declaration-ends.ts`.
 */
import { afterAll, beforeEach, expect, it } from 'vitest'
import { dayAt } from '#domain/day.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { dayMs, openOffice, type Device, type Office } from './office.ts'
import { settle, type Home } from './sample.ts'

let office: Office | undefined
let worker: Device
let home: Home
beforeEach(async () => {
  await office?.close()
  office = await openOffice()
  worker = await office.enter('worker')
  home = await settle(await office.enter('staff'), worker, office.places.grid, office.ids)
})
afterAll(() => office?.close())

const here = () => {
  if (!office) throw new Error('no office')
  return office
}
const today = () => dayAt(here().clock.now())

async function said(name = '样例租'): Promise<string> {
  const { places, ids } = here()
  const claim = ids()
  await worker.pushed([
    worker.create(places.grid, 'arrival', claim, {
      ...{ dwelling: home.dwelling, speaker: 'landlord', name, count: 1 },
      ...{ from: today(), telephone: '100-0000-0000' },
    }),
  ])
  return claim
}
async function answered(claim: string, residents: readonly string[] = []): Promise<void> {
  const { places, ids } = here()
  const { receipts } = await worker.pushed([
    worker.create(places.grid, 'declaration-answer', ids(), {
      ...{ declaration: claim, outcome: 'confirmed', residents, on: today() },
    }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
}

/** Passes of so many days, one a day. */
async function pass(days: number): Promise<void> {
  const { clock, db, ids } = here()
  for (let n = 0; n < days; n += 1) {
    clock.at += dayMs
    await purgeDue(db, { now: clock.now(), ids })
  }
}

async function left(): Promise<readonly string[]> {
  const rows = await here()
    .db.selectFrom('record')
    .select(['id', 'kind'])
    .where('kind', 'in', ['arrival', 'declaration-answer'])
    .where('removed', '=', false)
    .execute()
  return rows.map(({ kind }) => kind).sort()
}

async function told(): Promise<string> {
  const rows = await here().db.selectFrom('change').select('fields').execute()
  return JSON.stringify(rows)
}

it('go 180 days after the answer, or after they came where nobody answered, with their values in the log', async () => {
  const first = await said()
  await pass(5)
  worker = await here().enter('worker')
  await answered(first)
  await said()
  await pass(178)
  expect(await left()).toEqual(['arrival', 'arrival', 'declaration-answer'])
  await pass(4)
  expect(await left()).toEqual([])
  expect(await told()).not.toContain('100-0000-0000')
}, 120_000)

it('go with the person whom their answer names', async () => {
  const { places } = here()
  const claim = await said()
  await answered(claim, [home.resident])
  // Of the same name at the same door, and never looked at.
  await said('样例甲')
  const { receipts } = await worker.pushed([
    worker.mutation({
      ...{ stream: places.grid, kind: 'resident', record: home.resident, op: 'patch' },
      ...{ fields: { movedOutOn: today() }, seen: Number.MAX_SAFE_INTEGER },
    }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
  await here()
    .db.updateTable('record')
    .set({ at: new Date(here().clock.now() + 300 * dayMs).toISOString() })
    .where('kind', '=', 'arrival')
    .execute()
  await pass(182)
  expect(await left()).toEqual([])
}, 120_000)
