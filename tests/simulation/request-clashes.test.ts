/** The clash cases C1 to C15 of requests, lived by simulated devices with the real code of the app. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { errandId } from '#domain/requests/errand.ts'
import { expectLawsOfRequests } from './request-laws.ts'
import { everybody, openRequestVillage, type RequestVillage, type Who } from './request-village.ts'

const hour = 3_600_000
const day = 24 * hour
const answer = { ending: 'solved', wordsForAsker: '灯已换好' }

let v: RequestVillage
beforeEach(async () => {
  v = await openRequestVillage()
})
afterEach(async () => {
  await v.meet(...everybody)
  const { office, village } = v
  const rows = [...office.streams, v.lamps, v.pipes].flatMap((one) => office.model.records(one))
  const records = rows.filter(({ removed }) => !removed)
  expectLawsOfRequests({ records, stepsOf: v.stepsOf }, village.seats)
  for (const { tablet } of village.seats) expect(tablet.faults).toEqual([])
  v.close()
})

const last = (request: string) => v.stepsOf(request).at(-1)
const refusedAt = (who: Who) =>
  v
    .seatOf(who)
    .tab.app.sync.getState()
    .unsent.filter(({ state }) => state === 'refused')

test('C1: a settling on the spot that comes late takes no dispatch back, and all read it', async () => {
  const request = await v.take()
  await v.meet('worker', 'office')
  v.offline('worker')
  await v.does('worker', request, 'settle', { words: '换了灯泡' })
  v.wait(hour / 2)
  await v.does('office', request, 'accept')
  await v.does('office', request, 'dispatch', { unit: v.lamps })
  await v.meet('office', 'lamps')
  v.wait(hour)
  await v.meet('worker', 'office', 'lamps')
  expect(last(request)).toMatchObject({ words: '换了灯泡', moved: false, why: 'state-changed' })
  for (const who of ['worker', 'office'] as const) {
    expect(v.shownTo(who, request)).toMatchObject({ state: 'assigned', lead: v.lamps })
  }
  expect(v.errandAt('lamps', request)?.fields).toMatchObject({ lastWords: '换了灯泡' })
  expect(refusedAt('worker')).toEqual([])
  // Taking it back is one tap.
  await v.does('office', request, 'recall')
  await v.meet('office', 'lamps')
  expect(v.errandAt('lamps', request)?.fields).toMatchObject({ endedBy: 'recall' })
})

test('C2: two workers take the same leak offline; merged, each asker keeps the own promise', async () => {
  v.offline('worker', 'colleague')
  const first = await v.take('worker', '一楼漏水')
  v.wait(30 * hour)
  const second = await v.take('colleague', '三楼往下滴水')
  await v.meet('worker', 'colleague', 'office')
  await v.does('office', second, 'accept')
  await v.does('office', second, 'dispatch', { unit: v.pipes })
  await v.meet('office', 'pipes')
  const before = v.errandAt('pipes', second)?.fields.due ?? ''
  await v.does('office', first, 'merge', { into: second })
  await v.meet(...everybody)
  expect(v.shownTo('worker', first)).toMatchObject({ state: 'merged', mergedInto: second })
  expect((v.errandAt('pipes', second)?.fields.due ?? '') < before).toBe(true)
  const { register } = v.seatOf('office').tab.app
  const asked = [...register.all('asker')].map(({ fields }) => fields.request).sort()
  expect(asked).toEqual([first, second].sort())
})

test('C3: what comes late after a withdrawal stays in the history and moves nothing', async () => {
  const request = await v.dispatched()
  v.offline('worker')
  await v.does('worker', request, 'note', { words: '拍了照' })
  v.wait(hour)
  expect(v.asks(request, 'withdraw')).toBe(true)
  v.wait(2 * hour)
  await v.meet(...everybody)
  expect(last(request)).toMatchObject({ words: '拍了照', actor: 'worker' })
  expect(v.shownTo('worker', request)).toMatchObject({ state: 'withdrawn' })
  expect(v.errandAt('lamps', request)?.fields).toMatchObject({ endedBy: 'withdraw' })
})

test('C4: an answer after a recall is a note that the other unit reads', async () => {
  const request = await v.dispatched()
  v.offline('lamps')
  await v.does('lamps', request, 'answer', { ...answer, words: '电缆断了' })
  await v.does('office', request, 'recall')
  await v.does('office', request, 'dispatch', { unit: v.pipes })
  await v.meet('office', 'pipes')
  v.wait(hour)
  await v.meet('lamps', 'office', 'pipes')
  expect(last(request)).toMatchObject({ words: '电缆断了', moved: false })
  expect(v.shownTo('office', request)).toMatchObject({ state: 'assigned', lead: v.pipes })
  expect(v.errandAt('lamps', request)?.fields.endedAt).toBeTruthy()
  expect(v.errandAt('pipes', request)?.fields.endedAt ?? null).toBeNull()
})

test('C5: of two handlers of one unit the first answer moves and the second is a note', async () => {
  const request = await v.dispatched()
  v.offline('lamps', 'lamps2')
  await v.does('lamps', request, 'answer', { ...answer, words: '换了灯泡' })
  await v.does('lamps2', request, 'answer', { ...answer, words: '换了整盏灯' })
  await v.meet('lamps2')
  await v.meet('lamps', 'office')
  const answers = v.stepsOf(request).filter(({ step }) => step === 'answer')
  expect(answers).toMatchObject([
    { words: '换了整盏灯', moved: true },
    { words: '换了灯泡', moved: false, why: 'state-changed' },
  ])
  expect(v.shownTo('office', request)).toMatchObject({ state: 'handled' })
  expect(refusedAt('lamps')).toEqual([])
})

test('C6: an ask of before the due counts where it comes within a working day of it', async () => {
  const asked = async (late: number) => {
    const request = await v.dispatched()
    await v.does('lamps', request, 'sign')
    await v.meet('lamps')
    const due = Date.parse(v.errandAt('lamps', request)?.fields.due ?? '')
    v.offline('lamps')
    v.wait(due - hour - v.office.now())
    await v.does('lamps', request, 'ask-suspension', { reason: '等配件', until: '2026-12-24' })
    v.wait(hour + late)
    await v.meet(...everybody)
    return last(request)
  }
  expect(await asked(15 * hour)).toMatchObject({ step: 'ask-suspension', moved: true })
  expect(await asked(100 * hour)).toMatchObject({ moved: false, why: 'asked-late' })
}, 60_000)

test('C7: the word of who asked stands above one that a worker heard before it', async () => {
  const request = await v.released()
  v.offline('worker')
  await v.does('worker', request, 'not-solved', { by: 'door' })
  v.wait(hour)
  expect(v.asks(request, 'rate', { solved: true })).toBe(true)
  v.wait(hour)
  await v.meet(...everybody)
  expect(v.shownTo('worker', request)).toMatchObject({ state: 'closed', round: 1 })
  expect(last(request)).toMatchObject({ step: 'not-solved', moved: false, why: 'word-overruled' })
})

test('C8: and a solved of before does not close what who asked opened again', async () => {
  const request = await v.released()
  v.offline('worker')
  await v.does('worker', request, 'call-back', { by: 'door', reached: true, solved: true })
  v.wait(hour)
  expect(v.asks(request, 'not-solved')).toBe(true)
  v.wait(2 * hour)
  await v.meet(...everybody)
  expect(v.shownTo('office', request)).toMatchObject({ state: 'accepted', round: 2 })
  expect(last(request)).toMatchObject({ solved: true, moved: false })
})

test('C9: a step follows its request to the grid where its home is now', async () => {
  const request = await v.take()
  await v.meet('worker', 'office')
  v.offline('worker')
  await v.does('worker', request, 'note', { words: '楼道也黑' })
  const [grid = '', other = ''] = v.office.streams
  await v.saved('office', () => [
    {
      ...{ op: 'patch', kind: 'household', record: v.office.household(grid) },
      fields: { dwelling: v.office.dwelling(other) },
    },
  ])
  await v.meet('office')
  v.wait(hour)
  await v.meet('worker', 'colleague', 'office')
  expect(v.office.model.record(other, request)?.removed).toBe(false)
  expect(last(request)).toMatchObject({ words: '楼道也黑' })
  expect(v.seatOf('colleague').tab.app.register.get('request', request)?.stream).toBe(other)
})

test('C10: what was done with a request that was merged meanwhile is told where it went', async () => {
  const [merged, kept] = [await v.take(), await v.take('colleague')]
  await v.meet(...everybody)
  v.offline('worker')
  await v.does('worker', merged, 'note', { words: '厨房吊顶也湿了' })
  await v.does('office', merged, 'merge', { into: kept })
  await v.meet('office')
  await v.meet('worker', 'office')
  expect(last(kept)).toMatchObject({ words: '厨房吊顶也湿了', fromRequest: merged })
  expect(last(merged)).toMatchObject({ words: '厨房吊顶也湿了', moved: false })
  expect(v.shownTo('office', kept)).toMatchObject({ state: 'submitted' })
})

test('C11: suspended over a holiday, answered on it offline, resumed by the calendar before the answer came', async () => {
  const request = await v.dispatched()
  await v.does('lamps', request, 'sign')
  await v.meet('lamps', 'office')
  // Saturday the 28th is a day off: work begins again on Monday at 08:30.
  await v.does('office', request, 'suspend', {
    ...{ reason: '放假', until: '2026-11-28', wordsForAsker: '周一继续' },
  })
  await v.meet('office', 'lamps')
  expect(v.errandAt('lamps', request)?.fields.state).toBe('suspended')
  v.offline('lamps')
  v.wait(Date.parse('2026-11-28T10:00:00+08:00') - v.office.now())
  await v.does('lamps', request, 'answer', answer)
  v.wait(Date.parse('2026-11-30T08:29:00+08:00') - v.office.now())
  v.office.model.requests.runCalendar()
  expect(v.courseNow(request).state).toBe('suspended')
  v.wait(2 * 60_000)
  v.office.model.requests.runCalendar()
  expect(v.stepsOf(request).find(({ step }) => step === 'resume')).toMatchObject({ moved: true })
  await v.meet(...everybody)
  expect(last(request)).toMatchObject({ step: 'answer', moved: true, from: 'handling' })
  expect(v.shownTo('office', request)).toMatchObject({ state: 'handled', suspendedUntil: null })
})

test('C11: and the answer that came first leaves the calendar nothing to resume', async () => {
  const request = await v.dispatched()
  await v.does('lamps', request, 'sign')
  await v.meet('lamps', 'office')
  await v.does('office', request, 'suspend', {
    ...{ reason: '放假', until: '2026-11-28', wordsForAsker: '周一继续' },
  })
  await v.meet('office', 'lamps')
  await v.does('lamps', request, 'answer', answer)
  await v.meet('lamps')
  v.wait(Date.parse('2026-11-30T09:00:00+08:00') - v.office.now())
  v.office.model.requests.runCalendar()
  expect(v.stepsOf(request).some(({ step }) => step === 'resume')).toBe(false)
  expect(v.courseNow(request).state).toBe('handled')
})

test('C12: a queued dispatch is not done where another tablet dispatched meanwhile', async () => {
  const request = await v.take()
  await v.meet('worker', 'office')
  await v.does('office', request, 'accept')
  await v.meet('office', 'tablet')
  v.offline('office')
  await v.does('office', request, 'dispatch', { unit: v.lamps })
  await v.does('tablet', request, 'dispatch', { unit: v.pipes })
  await v.meet('tablet', 'pipes')
  await v.meet('office', 'lamps')
  expect(v.courseNow(request)).toMatchObject({ state: 'assigned', lead: v.pipes })
  expect(refusedAt('office')).toMatchObject([{ problem: 'changed-meanwhile' }])
  expect(v.errandAt('lamps', request)).toBeUndefined()
})

test('C13: a phone that was away for a month forgets the errand, and its late word comes without the contact', async () => {
  const request = await v.released()
  expect(v.errandAt('lamps2', request)?.fields.contact).toContain('10012340078')
  v.offline('lamps2')
  await v.does('lamps2', request, 'note', { words: '上门时没人' })
  v.wait(31 * day)
  const [asker] = v.office.model.records(v.grid, 'asker')
  v.office.model.purge(v.grid, asker?.id ?? '')
  v.office.model.requests.forgetErrand(v.lamps, errandId(request, v.lamps, 1))
  await v.meet(...everybody)
  expect(v.errandAt('lamps2', request)).toBeUndefined()
  expect(last(request)).toMatchObject({ words: '上门时没人', moved: false, why: 'errand-ended' })
  expect(JSON.stringify(v.stepsOf(request))).not.toContain('10012340078')
  expect([...v.seatOf('office').tab.app.register.all('asker')]).toEqual([])
}, 60_000)

test('C14: what a phone two days ahead says is dated by the office', async () => {
  const request = await v.dispatched()
  v.seatOf('lamps').clock.jump(2 * day)
  await v.does('lamps', request, 'answer', answer)
  await v.meet('lamps')
  const step = last(request)
  expect(step).toMatchObject({ step: 'answer', moved: true })
  expect(Math.abs(Date.parse(step?.at ?? '') - v.office.now())).toBeLessThan(hour)
})

test('C15: a word after the calendar closed is a note, and the office can open a round', async () => {
  const request = await v.released()
  v.offline('lamps')
  await v.does('lamps', request, 'answer', { ...answer, words: '又去看了一次' })
  v.wait(15 * day)
  v.office.model.requests.runCalendar()
  expect(v.courseNow(request)).toMatchObject({ state: 'closed', ending: 'solved' })
  v.wait(hour)
  await v.meet(...everybody)
  expect(last(request)).toMatchObject({ words: '又去看了一次', moved: false })
  await v.does('office', request, 'not-solved', { by: 'telephone' })
  await v.meet('office')
  expect(v.shownTo('office', request)).toMatchObject({ state: 'accepted', round: 2 })
}, 60_000)
