/**
 * What was counted of requests stays where they are purged: by month, kind and place, and of nobody.
 * Holds `src/server/db/request-past.ts`.
 */
import { sql } from 'kysely'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { requestOverviewSchema } from '#protocol/requests.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { noticeDays } from '#server/ledger/purge-list.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { dayMs } from './office.ts'
import { answer, openDesk, type Desk } from './request-desk.ts'

const requestDays = 90
const item = '0190f5c6-0000-7000-8000-00000000c0de'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
  const { office, admin, goodOf } = desk
  await goodOf(admin, [
    admin.create(office.places.subdistrict, 'policy', office.ids(), {
      ...{ ...samplePolicy, policyVersion: 2, keepRequestsDays: requestDays },
    }),
  ])
})
afterEach(() => desk.office.close())

async function closedOne(n: number, solved: boolean, more: object = {}) {
  const request = desk.taken(`样例 ${n}`, { number: `JJQ-261123-07-${10 + n}`, ...more })
  await desk.goodOf(desk.worker, request.mutations)
  await desk.does(desk.staff, request.id, 'accept')
  await desk.does(desk.staff, request.id, 'answer-self', answer)
  await desk.does(desk.worker, request.id, 'call-back', { reached: true, solved })
  return request.id
}
const told = async (place: string) =>
  v.parse(
    requestOverviewSchema,
    await (
      await desk.office.fetch(`/api/requests/overview/${place}`, { headers: desk.admin.headers })
    ).json(),
  )
/** Passes of a server that ran every few days, and on each day of the notice. */
async function passUntil(last: number) {
  const near = last - noticeDays - 1
  const days = [...Array(last + 1).keys()].filter((day) => day >= near || day % 7 === 1)
  for (const day of days) {
    const now = desk.office.clock.now() + day * dayMs
    expect((await purgeDue(desk.office.own, { now, ids: desk.office.ids })).faults).toEqual([])
  }
}
/** Counted from the steps themselves, past every row that is kept beside them. */
async function bySteps() {
  const { rows } = await sql<{ month: string; came: number; closed: number; solved: number }>`
    select to_char((fields->>'at')::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
      count(*) filter (where fields->>'step' = 'submit')::integer as came,
      count(*) filter (where fields->>'to' = 'closed')::integer as closed,
      count(*) filter (where fields->>'step' = 'call-back' and fields->>'solved' = 'true')::integer
        as solved
    from record where kind = 'request-step' and not removed group by 1 order by 1 desc`.execute(
    desk.office.db,
  )
  return rows
}

it('as numbers of a place, a kind and a month', async () => {
  for (let n = 0; n < 6; n += 1) {
    await closedOne(n, n > 0, n % 2 ? { item, itemName: '楼道灯' } : {})
  }
  const open = await desk.dispatched({ number: 'JJQ-261123-07-99' })
  const { grid, subdistrict, otherCommunity } = desk.office.places
  const counted = await bySteps()
  expect(counted).toEqual([{ month: '2026-11', came: 7, closed: 5, solved: 5 }])
  const before = { top: await told(subdistrict), grid: await told(grid) }
  expect(before.top.months).toEqual([
    { month: '2026-11', came: 7, closed: 5, inTime: 100, solved: 83, content: null },
  ])
  expect(
    before.top.kinds.map(({ item, name, came, closed }) => [item, name, came, closed]),
  ).toEqual([
    [null, null, 4, 2],
    [item, '楼道灯', 3, 3],
  ])
  // The one that was not solved stays open, and is closed by nobody here.
  await passUntil(requestDays + 1)
  // Five requests are gone with every step of theirs …
  const left = await sql<{ request: string }>`
    select request from request_state order by number`.execute(desk.office.db)
  expect(left.rows.length).toBe(2)
  expect(left.rows.at(-1)?.request).toBe(open.id)
  expect(await bySteps()).toEqual([{ month: '2026-11', came: 2, closed: 0, solved: 0 }])
  // … and each number is what it was, of the whole and of the grid, and nothing of it stands elsewhere.
  const after = { top: await told(subdistrict), grid: await told(grid) }
  for (const part of ['months', 'kinds'] as const) {
    expect(after.top[part]).toEqual(before.top[part])
    expect(after.grid[part]).toEqual(before.grid[part])
  }
  expect((await told(otherCommunity)).months).toEqual([])
  const { rows } = await sql<{ text: string }>`
    select past::text as text from request_past as past`.execute(desk.office.db)
  expect(rows.length).toBeGreaterThan(0)
  const text = rows.map((row) => row.text).join()
  expect(text).not.toMatch(/样例 \d|JJQ|样例居民|10012340078/)
  expect(text).not.toContain(desk.worker.account)
})
