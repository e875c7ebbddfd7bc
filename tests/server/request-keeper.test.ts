/** What the calendar does with requests by itself: once, in working time, by the office's own catalogue and calendar. */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultCalendar } from '#domain/calendar.ts'
import { courseOf } from '#domain/requests/course.ts'
import { createRequestRules } from '#domain/requests/rules.ts'
import { standingOf } from '#domain/requests/standing.ts'
import { requestsToLookAt } from '#server/db/request-states.ts'
import { keepRequests } from '#server/keepers/requests.ts'
import { answer, openDesk, type Desk } from './request-desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.office.close())

const china = (text: string) => Date.parse(`2026-${text.replace(' ', 'T')}:00+08:00`)
/** The clock of the server goes on to a moment in China, and the calendar makes its round there. */
async function at(text: string) {
  desk.office.clock.at = china(text)
  await desk.office.server.runCalendar()
}
const stepsBy = async (request: string, actor: string) =>
  (await desk.stepsOf(request)).filter((one) => one.actor === actor)

describe('supervision', () => {
  it('reminds the working day before, then speaks at the due and after it, each once', async () => {
    const request = await desk.dispatched()
    // Taken on Monday 11-23 14:32: due the fifth working day after it, Monday 11-30 17:30.
    const said = async () =>
      (await stepsBy(request.id, 'calendar')).map(({ supervision }) => supervision)
    await at('11-27 08:59')
    expect(await said()).toEqual([])
    await at('11-27 09:00')
    await at('11-27 09:10')
    expect(await said()).toEqual([0])
    await at('11-30 17:30')
    expect(await said()).toEqual([0, 1])
    await at('12-02 17:30')
    await at('12-07 17:30')
    await at('12-20 10:00')
    expect(await said()).toEqual([0, 1, 2, 3])
    expect(courseOf(await desk.stepsOf(request.id))).toMatchObject({
      state: 'assigned',
      lead: desk.unit,
    })
  })

  it('reminds of the others where one of another catalogue cannot be counted anew', async () => {
    const { db } = desk.office
    const [broken, good] = [await desk.dispatched(), await desk.dispatched()]
    await db.updateTable('request_state').set({ rules: 'of before' }).execute()
    await sql`
      create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'this one is broken'; end $$`.execute(db)
    await sql`
      create trigger refuse before insert or update on request_state for each row
        when (new.request = ${sql.lit(broken.id)}::uuid) execute function refuse()`.execute(db)
    await at('11-27 09:00')
    expect((await stepsBy(broken.id, 'calendar')).length).toBe(0)
    expect((await stepsBy(good.id, 'calendar')).length).toBe(1)
    // And the round says so.
    const round = keepRequests(db, { now: china('11-27 09:10'), ids: desk.office.ids }, () => {})
    await expect(round).rejects.toThrow(/^this one is broken$|^2 failed$/)
  })

  it('says only the highest after a server that was down, and not at night', async () => {
    const request = await desk.dispatched()
    await at('12-03 22:00')
    expect(await stepsBy(request.id, 'calendar')).toEqual([])
    await at('12-04 08:30')
    expect((await stepsBy(request.id, 'calendar')).map(({ supervision }) => supervision)).toEqual([
      2,
    ])
  })

  it('is not looked for again before work begins, whatever makes rounds at night', async () => {
    const request = await desk.dispatched()
    await at('12-03 22:00')
    const waiting = await requestsToLookAt(desk.office.db, china('12-04 08:29'), null, 10)
    expect(waiting).toEqual([])
    const due = await requestsToLookAt(desk.office.db, china('12-04 08:30'), null, 10)
    expect(due.map((one) => one.request)).toEqual([request.id])
  })

  it('is silent while the request is suspended, and resumes it when work begins after the last day', async () => {
    const request = await desk.dispatched()
    await desk.unitDoes(request.id, 'sign')
    await desk.does(desk.staff, request.id, 'suspend', {
      ...{ reason: 'parts', until: '2026-11-28', wordsForAsker: '等配件，到周六' },
    })
    await at('11-27 10:00')
    expect(await stepsBy(request.id, 'calendar')).toEqual([])
    await at('11-30 08:30')
    const [resumed] = await stepsBy(request.id, 'calendar')
    expect(resumed).toMatchObject({
      step: 'resume',
      moved: true,
      from: 'suspended',
      to: 'handling',
    })
    const errand = await desk.errandOf(desk.handler, request.id)
    expect(errand?.fields).toMatchObject({ state: 'handling', suspendedUntil: null })
    // Five days more: Tuesday to Friday, and the Monday on which it was resumed.
    expect(errand?.fields?.['due']).toBe(new Date(china('12-07 17:30')).toISOString())
  })

  it('leaves one that was answered in time without a mark, although the answer came after the due', async () => {
    const request = await desk.dispatched()
    const errand = (await desk.errandOf(desk.handler, request.id))!
    desk.office.clock.at = china('11-30 17:00')
    const early = await desk.act(desk.handler, errand, 'answer', answer)
    await at('11-30 17:38')
    expect((await stepsBy(request.id, 'calendar')).map(({ supervision }) => supervision)).toEqual([
      1,
    ])
    desk.office.clock.at = china('12-01 09:00')
    await desk.goodOf(desk.handler, [{ ...early }])
    const standing = standingOf(
      { item: null, site: null, latitude: null, source: 'door' },
      await desk.stepsOf(request.id),
      createRequestRules(null, null),
    )
    expect(standing).toMatchObject({ state: 'handled', supervision: null })
  })
})

describe('the end', () => {
  it('comes by itself fifteen days after an answer that nobody said anything about', async () => {
    const request = await desk.dispatched()
    await desk.unitDoes(request.id, 'answer', { ...answer, ending: 'explained' })
    await desk.does(desk.staff, request.id, 'release')
    await at('12-08 14:31')
    expect(await stepsBy(request.id, 'calendar')).toEqual([])
    await at('12-08 14:32')
    expect(courseOf(await desk.stepsOf(request.id))).toMatchObject({
      ...{ state: 'closed', ending: 'explained' },
    })
  })

  it('C15: an answer that comes after it is a note, and the office can open a round', async () => {
    const request = await desk.dispatched()
    const errand = (await desk.errandOf(desk.handler, request.id))!
    await desk.unitDoes(request.id, 'answer', answer)
    await desk.does(desk.staff, request.id, 'release')
    const again = { ...answer, words: '又去看了一次' }
    const late = await desk.act(desk.handler, errand, 'answer', again)
    await at('12-08 14:33')
    await desk.goodOf(desk.handler, [late])
    expect((await desk.stepsOf(request.id)).at(-1)).toMatchObject({
      ...{ words: '又去看了一次', moved: false },
    })
    expect(courseOf(await desk.stepsOf(request.id)).state).toBe('closed')
    await desk.does(desk.staff, request.id, 'not-solved', { by: 'telephone' })
    expect(courseOf(await desk.stepsOf(request.id))).toMatchObject({ state: 'accepted', round: 2 })
  })
})

describe('the catalogue and the calendar of the office', () => {
  const itemId = '0190f5c6-0000-7000-8000-00000000c0de'
  const catalogue = (more: object) => ({
    ...{ name: '样例清单', catalogueVersion: 1 },
    units: [{ id: desk.unit, name: '样例维修组' }],
    items: [
      {
        ...{ id: itemId, group: '楼道', groupEn: 'Stairwell', name: '灯', nameEn: 'Light' },
        ...{
          level: 'ordinary',
          unit: desk.unit,
          limits: { answer: { unit: 'working-days', count: 2 } },
        },
        ...more,
      },
    ],
  })
  const save = async (kind: 'catalogue' | 'calendar', fields: object) => {
    const { office, admin, goodOf } = desk
    const { subdistrict } = office.places
    await goodOf(admin, [admin.create(subdistrict, kind, office.ids(), { ...fields })])
  }

  it('decide the due, and an item that goes at once is dispatched without the office', async () => {
    await save('catalogue', catalogue({ isDispatchedAtOnce: true }))
    const request = desk.taken('灯不亮', { item: itemId, latitude: 30.05, longitude: 119.95 })
    await desk.goodOf(desk.worker, request.mutations)
    await desk.office.server.runCalendar()
    const steps = await desk.stepsOf(request.id)
    expect(steps.map(({ step, actor }) => [step, actor])).toEqual([
      ['submit', 'worker'],
      ['accept', 'calendar'],
      ['dispatch', 'calendar'],
    ])
    const errand = await desk.errandOf(desk.handler, request.id)
    expect(errand?.fields).toMatchObject({
      ...{ itemName: '灯', due: new Date(china('11-25 17:30')).toISOString() },
    })
  })

  it('leave one that was settled on the spot in the same push where it is', async () => {
    await save('catalogue', catalogue({ isDispatchedAtOnce: true }))
    const request = desk.taken('灯不亮', { item: itemId, latitude: 30.05, longitude: 119.95 })
    const settle = desk.step(desk.worker, request.id, 'settle', {
      ...{ after: request.submit, words: '拧紧了' },
    })
    await desk.goodOf(desk.worker, [...request.mutations, settle])
    await desk.office.server.runCalendar()
    expect(courseOf(await desk.stepsOf(request.id))).toMatchObject({
      state: 'closed',
      ending: 'self',
    })
  })

  it('R11: a new calendar counts every open due anew, for the office and for the unit', async () => {
    const request = await desk.dispatched()
    expect((await desk.errandOf(desk.handler, request.id))?.fields?.['due']).toBe(
      new Date(china('11-30 17:30')).toISOString(),
    )
    // The office has a day off of its own on Thursday.
    await save('calendar', {
      ...defaultCalendar,
      ...{ calendarVersion: 2, off: [...defaultCalendar.off, '2026-11-26'] },
    })
    await desk.office.server.runCalendar()
    expect((await desk.errandOf(desk.handler, request.id))?.fields?.['due']).toBe(
      new Date(china('12-01 17:30')).toISOString(),
    )
    const { rows } = await sql<{ promise: Date }>`
      select promise from request_state where request = ${request.id}`.execute(desk.office.db)
    expect(rows[0]?.promise.toISOString()).toBe(new Date(china('12-01 17:30')).toISOString())
  })

  it('refuse a version that was saved meanwhile by somebody else', async () => {
    await save('catalogue', catalogue({}))
    const { office, admin } = desk
    const second = admin.create(office.places.subdistrict, 'catalogue', office.ids(), catalogue({}))
    const { receipts } = await admin.pushed([second])
    expect(receipts).toMatchObject([{ ok: false, problem: 'scheme-moved-on' }])
  })
})

describe('the row of a request', () => {
  it('says at every step what its steps lead to, and follows the request to another grid', async () => {
    const { office, staff } = desk
    const check = async (request: string) => {
      const steps = await desk.stepsOf(request)
      const { rows } = await sql<Record<string, unknown>>`
        select * from request_state where request = ${request}`.execute(office.db)
      expect(rows).toHaveLength(1)
      const [row] = rows
      const standing = standingOf(
        { item: null, site: null, latitude: null, source: 'door' },
        steps,
        createRequestRules(null, null),
      )
      expect(row).toMatchObject({
        ...{ state: standing.state, round: standing.round, unit: standing.unit },
        ...{ in_time: standing.inTime, solved: standing.solved, last_step: standing.lastStep },
      })
      expect((row?.['promise'] as Date | null)?.getTime() ?? null).toBe(standing.promise)
      expect((row?.['next_at'] as Date | null)?.getTime() ?? null).toBe(standing.nextAt)
      return row?.['stream']
    }
    const request = await desk.dispatched()
    await check(request.id)
    await desk.unitDoes(request.id, 'answer', answer)
    await check(request.id)
    await desk.does(staff, request.id, 'release')
    await check(request.id)
    await desk.does(desk.worker, request.id, 'not-solved', { words: '还是不亮' })
    expect(await check(request.id)).toBe(office.places.grid)
    const held = (await staff.pull()).records.get(request.id)!
    await desk.goodOf(staff, [
      { ...staff.patch(held, { site: null }), to: office.places.otherGrid },
    ])
    expect(await check(request.id)).toBe(office.places.otherGrid)
  })
})
