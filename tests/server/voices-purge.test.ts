/** What a door said is kept for a policy's days and then goes with its words; the count of its topic stays. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { dayMs, openOffice, type Office } from './office.ts'
import { settle } from './sample.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

it('goes three years after it was said and received, and no other does', async () => {
  const { places, ids, clock, db } = office
  const today = clock.at
  clock.at -= 1_090 * dayMs
  const [staff, worker] = [await office.enter('staff'), await office.enter('worker')]
  const home = await settle(staff, worker, places.grid, ids, { verifiedOn: null })
  const [topic, old, recent] = [ids(), ids(), ids()]
  const now = () => new Date(clock.now()).toISOString()
  const rule = { key: 'fund-use', ground: '样例' }
  const parts = [{ building: home.building }]
  await staff.pushed([
    staff.create(places.community, 'topic', topic, { title: '样例', parts, rule, at: now() }),
  ])
  const said = (words: string) => ({
    ...{ topic, dwelling: home.dwelling, says: 'no', how: 'door', words, at: now() },
  })
  const first = await worker.pushed([worker.create(places.grid, 'voice', old, said('样例原话'))])
  clock.at = today
  const later = await office.enter('worker')
  const last = await later.pushed([later.create(places.grid, 'voice', recent, said('样例新话'))])
  expect([...first.receipts, ...last.receipts]).toMatchObject([{ ok: true }, { ok: true }])
  const left = async () =>
    (
      await db
        .selectFrom('record')
        .select('id')
        .where('kind', '=', 'voice')
        .where('removed', '=', false)
        .execute()
    ).map(({ id }) => id)
  const pass = async (days: number) => {
    for (let n = 0; n < days; n += 1) {
      clock.at += dayMs
      await purgeDue(db, { now: clock.now(), ids })
    }
  }
  await pass(20)
  expect((await left()).sort()).toEqual([old, recent].sort())
  await pass(14)
  expect(await left()).toEqual([recent])
  const told = await db.selectFrom('change').select('fields').execute()
  expect(JSON.stringify(told)).not.toContain('样例原话')
}, 120_000)
