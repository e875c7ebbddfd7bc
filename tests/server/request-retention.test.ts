/**
 * What people asked for is kept as long as the policy says and no longer: first who asked goes, then all of it, with
 * what units had of it; a unit's devices forget what ended thirty days ago, and its late word still arrives.
 * Holds `src/server/db/request-ends.ts`.
 */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PurgeList, PurgeRequests } from '#protocol/purge.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { errandDays, forgetErrands } from '#server/ledger/forget-errands.ts'
import { noticeDays } from '#server/ledger/purge-list.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { byPass, dayMs } from './office.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { answer, openDesk, type Desk } from './request-desk.ts'
import { resident, settle } from './sample.ts'

/** Of a policy that keeps everything as short as it may. */
const [askerDays, requestDays, goneDays] = [30, 90, 30]

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
  const { office, admin, goodOf } = desk
  await goodOf(admin, [
    admin.create(office.places.subdistrict, 'policy', office.ids(), {
      ...{ ...samplePolicy, policyVersion: 2, keepAskersDays: askerDays },
      ...{ keepRequestsDays: requestDays, keepGoneDays: goneDays },
    }),
  ])
})
afterEach(() => desk.office.close())

const after = (days: number) => ({
  now: desk.office.clock.now() + days * dayMs,
  ids: desk.office.ids,
})
/** Passes of a server that ran every few days until so many days from now, and on each day of the notice. */
async function passUntil(from: number, to: number) {
  const near = Math.max(from, to - noticeDays - 1)
  for (let day = from; day < near; day += 7) await purgeDue(desk.office.own, after(day))
  for (let day = near; day < to; day += 1) await purgeDue(desk.office.own, after(day))
  const round = await purgeDue(desk.office.own, after(to))
  expect(round.faults).toEqual([])
  return round.moved
}
/** Everything that the database holds, as text. */
async function everything() {
  const { rows } = await sql<{ text: string }>`
    select fields::text as text from record union all select fields::text from change
    union all select facts::text from audit union all select receipt::text from answer
    union all select number from request_state`.execute(desk.office.db)
  return rows.map(({ text }) => text).join('\n')
}
async function closedOne(words = '样例诉求的话', more: object = {}) {
  const request = desk.taken(words, more)
  await desk.goodOf(desk.worker, request.mutations)
  await desk.does(desk.staff, request.id, 'accept')
  await desk.does(desk.staff, request.id, 'dispatch', { unit: desk.unit })
  await desk.unitDoes(request.id, 'sign')
  await desk.unitDoes(request.id, 'answer', { ...answer, words: '样例单位的话' })
  await desk.does(desk.staff, request.id, 'release')
  await desk.does(desk.worker, request.id, 'call-back', { reached: true, solved: true })
  return request
}

describe('a request that ended', () => {
  it('loses who asked first, then goes with all that was said of it, everywhere', async () => {
    const request = await closedOne()
    expect(await everything()).toMatch(/样例居民.*abababab/)
    expect(await passUntil(1, askerDays)).toEqual([])
    expect(await everything()).toMatch(/样例居民/)
    expect(await passUntil(askerDays, askerDays + 1)).toEqual([desk.office.places.grid])
    // The hash of the follow-up code goes with who asked, as the notice says.
    expect(await everything()).not.toMatch(/样例居民|abababab/)
    expect((await desk.stepsOf(request.id)).length).toBeGreaterThan(4)

    expect((await passUntil(askerDays + 2, requestDays + 1)).toSorted()).toEqual(
      [desk.office.places.grid, desk.unit].toSorted(),
    )
    expect(await everything()).not.toMatch(/样例诉求|样例单位的话|JJQ/)
    expect(await desk.errandOf(desk.handler, request.id)).toBeUndefined()
    expect((await verifyAudit(desk.office.own)).fault).toBeNull()
  })

  it('and one that is open is never listed', async () => {
    const request = await desk.dispatched()
    await passUntil(1, requestDays + 8)
    expect((await desk.stepsOf(request.id)).length).toBe(3)
    expect(await everything()).toMatch(/样例居民/)
  })

  it('stands on the list by its number, and is kept by a word of the office', async () => {
    const request = await closedOne()
    await purgeDue(desk.office.own, after(2))
    const { pass } = desk.staff
    const list = (await (
      await desk.office.fetch('/api/purge', { headers: byPass(pass) })
    ).json()) as PurgeList
    const { grid } = desk.office.places
    expect(list.requests).toMatchObject([{ stream: grid, rule: 'asker', count: 1 }])
    const told = (await (
      await desk.office.fetch(`/api/purge/${grid}/requests`, { headers: byPass(pass) })
    ).json()) as PurgeRequests
    expect(told.requests).toMatchObject([{ request: request.id, number: 'JJQ-261123-07-01' }])
    const [one] = told.requests
    const kept = await desk.office.post(
      '/api/purge/keep',
      { stream: grid, record: one?.record },
      pass,
    )
    expect(kept.status).toBe(200)
    const now = (await (
      await desk.office.fetch('/api/purge', { headers: byPass(pass) })
    ).json()) as PurgeList
    expect(now.kept).toMatchObject([{ kind: 'asker', name: 'JJQ-261123-07-01' }])
    expect(now.requests).toEqual([])
  })

  it('stays as long as the one that it was merged into is open', async () => {
    const survivor = await desk.dispatched()
    const other = desk.taken('样例另一件', { number: 'JJQ-261123-07-02' })
    await desk.goodOf(desk.worker, other.mutations)
    await desk.does(desk.staff, other.id, 'accept')
    await desk.does(desk.staff, other.id, 'merge', { into: survivor.id })
    await passUntil(1, requestDays + 1)
    expect(await everything()).toMatch(/样例另一件/)
  })
})

describe('somebody who is purged', () => {
  it('is named as who asked nowhere any more, in whatever grid they asked', async () => {
    const { places, ids } = desk.office
    const home = await settle(desk.staff, desk.worker, places.grid, ids)
    const gone = ids()
    await desk.goodOf(desk.worker, [
      desk.worker.create(
        places.grid,
        'resident',
        gone,
        resident(home.household, { name: '样例走人', movedOutOn: '2026-11-20' }),
      ),
    ])
    const request = desk.taken('样例借问')
    const asker = request.mutations.find(({ kind }) => kind === 'asker')
    await desk.goodOf(desk.worker, [
      ...request.mutations.filter((one) => one !== asker),
      {
        ...(asker as NonNullable<typeof asker>),
        fields: { request: request.id, resident: gone, name: '样例走人' },
      },
    ])
    await passUntil(1, goneDays + 2)
    expect(await everything()).not.toMatch(/样例走人/)
    expect(await everything()).toMatch(/样例借问/)
  })
})

describe('a unit', () => {
  const forget = (days: number) => forgetErrands(desk.office.own, after(days), () => false)

  it('forgets an errand thirty days after it ended, with its own steps', async () => {
    const request = await closedOne()
    const { cursors } = await desk.handler.pull()
    expect(await forget(errandDays - 1)).toEqual([])
    expect(await forget(errandDays + 1)).toEqual([desk.unit])
    expect(await forget(errandDays + 2)).toEqual([])
    const { records } = await desk.handler.pull(cursors)
    const told = [...records.values()]
    expect(told.map(({ kind }) => kind).toSorted()).toEqual([
      'errand',
      'errand-step',
      'errand-step',
    ])
    expect(told.every(({ removed, fields }) => removed && !fields)).toBe(true)
    // The office keeps what the unit said.
    expect((await desk.stepsOf(request.id)).map(({ words }) => words)).toContain('样例单位的话')
  })

  it('whose phone was away for that long is heard all the same, as a note', async () => {
    const request = await desk.dispatched()
    const errand = await desk.errandOf(desk.handler, request.id)
    if (!errand) throw new Error('no errand')
    await desk.does(desk.staff, request.id, 'recall')
    await forget(errandDays + 1)
    await desk.goodOf(desk.handler, [await desk.act(desk.handler, errand, 'answer', answer)])
    expect((await desk.stepsOf(request.id)).at(-1)).toMatchObject({
      ...{ step: 'answer', moved: false, words: answer.words },
    })
    // Its own copy goes as well, once it is as old.
    expect(await forget(2 * errandDays)).toEqual([desk.unit])
  })

  it('C13: whose phone was away when who asked was purged forgets both, and its late word comes without them', async () => {
    const request = desk.taken()
    const asker = request.mutations.find(({ kind }) => kind === 'asker')
    const isTold = { isToldToUnit: true }
    await desk.goodOf(
      desk.worker,
      request.mutations.map((one) =>
        one === asker ? { ...one, fields: { ...one.fields, ...isTold } } : one,
      ),
    )
    await desk.does(desk.staff, request.id, 'accept')
    await desk.does(desk.staff, request.id, 'dispatch', { unit: desk.unit })
    const errand = (await desk.errandOf(desk.handler, request.id))!
    expect(errand.fields?.['contact']).toContain('10012340078')
    await desk.unitDoes(request.id, 'answer', answer)
    await desk.does(desk.staff, request.id, 'release')
    await desk.does(desk.worker, request.id, 'call-back', { reached: true, solved: true })
    await passUntil(0, askerDays + noticeDays + 1)
    await forget(errandDays + 1)
    const late = await desk.act(desk.handler, errand, 'note', { words: '上门时没人' })
    const { records } = await desk.staff.pull()
    expect(records.get(asker?.record ?? '')?.removed ?? true).toBe(true)
    expect((await desk.handler.pull()).records.get(errand.id)?.removed ?? true).toBe(true)
    await desk.goodOf(desk.handler, [late])
    const last = (await desk.stepsOf(request.id)).at(-1)
    expect(last).toMatchObject({ words: '上门时没人', moved: false, why: 'errand-ended' })
    const kept = [...(await desk.handler.pull()).records.values()]
    expect(JSON.stringify(kept)).not.toContain('100123')
  })

  it('hears at once that somebody takes the consent back, or mends the number', async () => {
    const request = desk.taken()
    const asker = request.mutations.find(({ kind }) => kind === 'asker')
    if (!asker) throw new Error('nobody asked')
    await desk.goodOf(desk.worker, [
      ...request.mutations.filter((one) => one !== asker),
      { ...asker, fields: { ...asker.fields, isToldToUnit: true } },
    ])
    await desk.does(desk.staff, request.id, 'accept')
    await desk.does(desk.staff, request.id, 'dispatch', { unit: desk.unit })
    const contact = async () => (await desk.errandOf(desk.handler, request.id))?.fields?.['contact']
    const mend = async (fields: Record<string, unknown>) => {
      const held = (await desk.staff.pull()).records.get(asker.record)
      if (!held) throw new Error('the asker is gone')
      await desk.goodOf(desk.staff, [desk.staff.patch(held, fields)])
    }
    expect(await contact()).toBe('样例居民，10012340078')
    await mend({ telephone: '10012340099' })
    expect(await contact()).toBe('样例居民，10012340099')
    await mend({ isToldToUnit: false })
    expect(await contact()).toBeNull()
  })
})
