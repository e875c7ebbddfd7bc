/**
 * Clash cases of requests on the real server: what was said late is kept, and moves only what it still may.
 * Holds `src/server/ledger/survivor.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkingTime, defaultCalendar } from '#domain/calendar.ts'
import { addDays, dayAt } from '#domain/day.ts'
import { courseOf } from '#domain/requests/course.ts'
import { resumesAt } from '#domain/requests/due.ts'
import type { StepName } from '#domain/requests/step.ts'
import { createAccount } from '#server/db/accounts.ts'
import { hotlineId } from '#server/db/audit.ts'
import { sayAsAsker } from '#server/ledger/own-steps.ts'
import { answer, openDesk, type Desk } from './request-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.office.close())

const hour = 3_600_000
const wait = (ms: number) => {
  desk.office.clock.at += ms
}
const courseNow = async (request: string) => courseOf(await desk.stepsOf(request))

/** Who asked, from outside, having seen what `after` names. */
async function asks(request: string, step: StepName, after: string | null, more: object = {}) {
  const { office } = desk
  const moved = await sayAsAsker(
    office.own,
    { stream: office.places.grid, request },
    { ...{ request, step, after, at: desk.now(), by: 'link' }, ...more },
    hotlineId,
    { now: office.clock.now(), ids: office.ids },
  )
  expect(moved).toContain(office.places.grid)
}

describe('C2, C10: two requests of one matter', () => {
  it('become one, which keeps the earlier promise and hears what is still said about the other', async () => {
    const { worker, staff, goodOf, does, taken, step, stepsOf } = desk
    const first = taken('一楼漏水')
    await goodOf(worker, first.mutations)
    const colleague = await desk.office.enter('colleague')
    wait(30 * hour)
    const second = desk.taken('三楼往下滴水', {}, colleague)
    await goodOf(colleague, second.mutations)
    // The later one stays, since a unit has it already; the other asker was promised an earlier day.
    await does(staff, second.id, 'accept')
    await does(staff, second.id, 'dispatch', { unit: desk.unit })
    const before = await desk.errandOf(desk.handler, second.id)
    await does(staff, first.id, 'merge', { into: second.id, words: '和三楼是同一处' })
    expect(await courseNow(first.id)).toMatchObject({ state: 'merged', mergedInto: second.id })
    const errand = await desk.errandOf(desk.handler, second.id)
    expect(String(errand?.fields?.['due']) < String(before?.fields?.['due'])).toBe(true)
    expect(errand?.fields?.['lastWords']).toBe('和三楼是同一处')
    // C10: what was written offline about the first one before that.
    const late = step(worker, first.id, 'note', { after: first.submit, words: '厨房吊顶也湿了' })
    await goodOf(worker, [late])
    const told = (await stepsOf(second.id)).at(-1)
    expect(told).toMatchObject({
      ...{ step: 'note', words: '厨房吊顶也湿了', fromRequest: first.id, actor: 'worker' },
    })
    expect((await stepsOf(first.id)).at(-1)).toMatchObject({
      words: '厨房吊顶也湿了',
      moved: false,
    })
    expect(await courseNow(second.id)).toMatchObject({ state: 'assigned', lead: desk.unit })
    await does(staff, first.id, 'part', { words: '不是同一处' })
    expect(await courseNow(first.id)).toMatchObject({ state: 'submitted', mergedInto: null })
    expect((await desk.errandOf(desk.handler, second.id))?.fields?.['due']).toBe(
      before?.fields?.['due'],
    )
  })

  it('loses no answer of a unit that worked on the one that was merged', async () => {
    const { staff, does, handler, errandOf, goodOf, act, stepsOf } = desk
    const merged = await desk.dispatched()
    const errand = (await errandOf(handler, merged.id))!
    const other = desk.taken('同一盏灯')
    await goodOf(desk.worker, other.mutations)
    await does(staff, merged.id, 'merge', { into: other.id })
    await goodOf(handler, [await act(handler, errand, 'answer', answer)])
    expect((await stepsOf(other.id)).at(-1)).toMatchObject({ words: '换了灯', unit: desk.unit })
    expect(await courseNow(other.id)).toMatchObject({ state: 'submitted' })
  })

  it('never goes into itself, into one that is over, or round in a circle', async () => {
    const { worker, staff, goodOf, does, taken, step, lastOf } = desk
    const [a, b] = [taken('甲'), taken('乙')]
    await goodOf(worker, [...a.mutations, ...b.mutations])
    const refused = async (request: string, into: string) => {
      const after = await lastOf(request)
      const { receipts } = await staff.pushed([step(staff, request, 'merge', { after, into })])
      expect(receipts).toMatchObject([{ ok: false, problem: 'changed-meanwhile' }])
    }
    await refused(a.id, a.id)
    await does(staff, a.id, 'merge', { into: b.id })
    await refused(b.id, a.id)
    await refused(b.id, desk.office.ids())
  })
})

describe('words that come late', () => {
  it('C3: after a withdrawal stay in the history and move nothing', async () => {
    const { worker, goodOf, step } = desk
    const request = await desk.dispatched()
    const colleague = await desk.office.enter('colleague')
    await goodOf(colleague, [
      step(colleague, request.id, 'withdraw', { after: null, words: '居民说不用了', by: 'door' }),
    ])
    await goodOf(worker, [
      step(worker, request.id, 'settle', { after: request.submit, words: '修好了' }),
    ])
    expect(await courseNow(request.id)).toMatchObject({ state: 'withdrawn' })
    expect((await desk.stepsOf(request.id)).at(-1)).toMatchObject({ words: '修好了', moved: false })
    expect((await desk.errandOf(desk.handler, request.id))?.fields).toMatchObject({
      ...{ endedBy: 'withdraw', state: 'withdrawn' },
    })
  })

  it('C6: an ask of before the due counts where it arrives within a working day, and not later', async () => {
    const asked = async (late: number) => {
      const request = await desk.dispatched()
      await desk.unitDoes(request.id, 'sign')
      const errand = (await desk.errandOf(desk.handler, request.id))!
      const due = Date.parse(String(errand.fields?.['due']))
      desk.office.clock.at = due - hour
      const ask = await desk.act(desk.handler, errand, 'ask-suspension', {
        ...{ reason: '等配件', until: '2026-12-24' },
      })
      desk.office.clock.at = due + late
      await desk.goodOf(desk.handler, [ask])
      return (await desk.stepsOf(request.id)).at(-1)
    }
    expect(await asked(15 * hour)).toMatchObject({ step: 'ask-suspension', moved: true })
    expect(await asked(100 * hour)).toMatchObject({ moved: false, why: 'asked-late' })
  })

  it('C7, C8: of two words about one round the one said face to face counts, whichever came first', async () => {
    const { worker, staff, goodOf, step, does } = desk
    const released = async () => {
      const request = await desk.dispatched()
      await desk.unitDoes(request.id, 'answer', answer)
      await does(staff, request.id, 'release')
      return { ...request, seen: await desk.lastOf(request.id) }
    }
    const byTelephone = (request: { id: string; seen: string | null }) =>
      step(staff, request.id, 'call-back', {
        ...{ after: request.seen, by: 'telephone', reached: true, solved: true },
      })
    const atDoor = (request: { id: string; seen: string | null }) =>
      step(worker, request.id, 'not-solved', {
        ...{ after: request.seen, by: 'door', words: '还在漏' },
      })
    const first = await released()
    await goodOf(staff, [byTelephone(first)])
    await goodOf(worker, [atDoor(first)])
    expect(await courseNow(first.id)).toMatchObject({ state: 'accepted', round: 2 })
    const second = await released()
    await goodOf(worker, [atDoor(second)])
    await goodOf(staff, [byTelephone(second)])
    expect(await courseNow(second.id)).toMatchObject({ state: 'accepted', round: 2 })
    expect((await desk.stepsOf(second.id)).at(-1)).toMatchObject({ solved: true, moved: false })
  })

  it('C5: of two handlers of one unit the first answer moves and the second is a note', async () => {
    const { handler, goodOf, act, errandOf, office, unit } = desk
    const request = await desk.dispatched()
    office.accounts['lamps2'] = { id: office.ids(), role: 'handler' }
    await createAccount(
      office.db,
      {
        id: office.accounts['lamps2'].id,
        login: 'lamps2',
        name: '乙',
        role: 'handler',
        password: '',
      },
      [unit],
    )
    const second = await office.enter('lamps2')
    const errand = (await errandOf(handler, request.id))!
    const said = (words: string, device: typeof handler) =>
      device.create(unit, 'errand-step', office.ids(), {
        ...{ errand: errand.id, step: 'answer', at: desk.now(), ...answer, words },
        after: errand.fields?.['lastStep'] ?? null,
      })
    await goodOf(second, [said('换了整盏灯', second)])
    await goodOf(handler, [await act(handler, errand, 'answer', { ...answer, words: '换了灯泡' })])
    const answers = (await desk.stepsOf(request.id)).filter(({ step }) => step === 'answer')
    expect(answers).toMatchObject([
      { words: '换了整盏灯', moved: true },
      { words: '换了灯泡', moved: false, why: 'state-changed' },
    ])
    expect(await courseNow(request.id)).toMatchObject({ state: 'handled' })
  })

  it('C3: after who asked withdrew by link stay in the history and move nothing', async () => {
    const request = await desk.dispatched()
    await asks(request.id, 'withdraw', await desk.lastOf(request.id))
    await desk.goodOf(desk.worker, [
      desk.step(desk.worker, request.id, 'note', { after: request.submit, words: '拍了照' }),
    ])
    expect(await courseNow(request.id)).toMatchObject({ state: 'withdrawn' })
    expect((await desk.stepsOf(request.id)).at(-1)).toMatchObject({ words: '拍了照' })
    expect((await desk.errandOf(desk.handler, request.id))?.fields).toMatchObject({
      ...{ endedBy: 'withdraw', state: 'withdrawn' },
    })
  })

  it('C7, C8: of who asked by link count before those heard at a door, which they had not seen', async () => {
    const released = async () => {
      const request = await desk.dispatched()
      await desk.unitDoes(request.id, 'answer', answer)
      await desk.does(desk.staff, request.id, 'release')
      return { ...request, seen: await desk.lastOf(request.id) }
    }
    const solved = await released()
    await asks(solved.id, 'rate', solved.seen, { solved: true })
    await desk.goodOf(desk.worker, [
      desk.step(desk.worker, solved.id, 'not-solved', { after: solved.seen, by: 'door' }),
    ])
    expect(await courseNow(solved.id)).toMatchObject({ state: 'closed', round: 1 })
    expect((await desk.stepsOf(solved.id)).at(-1)).toMatchObject({
      ...{ moved: false, why: 'word-overruled' },
    })
    const again = await released()
    await asks(again.id, 'not-solved', again.seen)
    await desk.goodOf(desk.worker, [
      desk.step(desk.worker, again.id, 'call-back', {
        ...{ after: again.seen, by: 'door', reached: true, solved: true },
      }),
    ])
    expect(await courseNow(again.id)).toMatchObject({ state: 'accepted', round: 2 })
    expect((await desk.stepsOf(again.id)).at(-1)).toMatchObject({ solved: true, moved: false })
  })

  it('C11: an answer given on the holiday counts after the calendar resumed as well', async () => {
    const { handler, office } = desk
    const request = await desk.dispatched()
    await desk.unitDoes(request.id, 'sign')
    const until = addDays(dayAt(office.clock.at), 5)
    await desk.does(desk.staff, request.id, 'suspend', {
      ...{ reason: '放假', until, wordsForAsker: '节后办' },
    })
    const errand = (await desk.errandOf(handler, request.id))!
    wait(72 * hour)
    const late = await desk.act(handler, errand, 'answer', answer)
    office.clock.at = resumesAt(until, createWorkingTime(defaultCalendar)) - 60_000
    await office.server.runCalendar()
    expect(await courseNow(request.id)).toMatchObject({ state: 'suspended' })
    wait(2 * 60_000)
    await office.server.runCalendar()
    expect(await courseNow(request.id)).toMatchObject({ state: 'handling' })
    await desk.goodOf(handler, [late])
    expect((await desk.stepsOf(request.id)).at(-1)).toMatchObject({
      ...{ step: 'answer', moved: true, from: 'handling', to: 'handled' },
    })
  })

  it('C11: what is suspended can be answered, and the calendar then has nothing to resume', async () => {
    const request = await desk.dispatched()
    await desk.unitDoes(request.id, 'sign')
    await desk.does(desk.staff, request.id, 'suspend', {
      ...{ reason: '放假', until: '2026-12-26', wordsForAsker: '节后办' },
    })
    await desk.unitDoes(request.id, 'answer', answer)
    expect(await courseNow(request.id)).toMatchObject({ state: 'handled', suspendedUntil: null })
    await desk.office.server.runCalendar()
    const steps = await desk.stepsOf(request.id)
    expect(steps.some(({ step }) => step === 'resume')).toBe(false)
  })

  it('C14: of a device whose clock is two days ahead are judged by the corrected moment', async () => {
    const request = await desk.dispatched()
    await desk.unitDoes(request.id, 'answer', answer)
    await desk.does(desk.staff, request.id, 'release')
    const ahead = 48 * hour
    const now = desk.office.clock.at
    const wrong = new Date(now + ahead).toISOString()
    const note = {
      ...desk.step(desk.worker, request.id, 'note', { after: null, words: '看过了', at: wrong }),
      at: wrong,
    }
    await desk.worker.pushed([note], { sentAt: wrong })
    const last = (await desk.stepsOf(request.id)).at(-1)
    expect(Math.abs(Date.parse(String(last?.at)) - now)).toBeLessThan(hour)
  })

  it('a suspension survives a level that is lowered, and one that is raised ends it and keeps its days', async () => {
    const request = await desk.dispatched()
    await desk.unitDoes(request.id, 'sign')
    await desk.does(desk.staff, request.id, 'suspend', {
      ...{ reason: '等配件', until: '2026-12-26', wordsForAsker: '等配件' },
    })
    const due = async () => (await desk.errandOf(desk.handler, request.id))?.fields?.['due']
    wait(30 * hour)
    await desk.does(desk.staff, request.id, 'set-level', { level: 'major' })
    expect(await courseNow(request.id)).toMatchObject({ state: 'handling', level: 'major' })
    const before = await due()
    await desk.does(desk.staff, request.id, 'set-level', { level: 'ordinary' })
    expect(await due()).toBe(before)
  })
})
