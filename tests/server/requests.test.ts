/**
 * Requests on the real server: judged steps, units' errands in streams of their own, late words, and what no unit sees.
 * Holds `src/server/routes/requests.ts`, `src/server/ledger/requests.ts`, `src/server/ledger/errands.ts` and
 * `src/server/ledger/load-behind.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { courseOf } from '#domain/requests/course.ts'
import { insertRecords } from '#server/db/records.ts'
import { createPlace } from '#server/db/streams.ts'
import type { Device, Office } from './office.ts'
import { answer, openDesk, type Desk } from './request-desk.ts'

let desk: Desk
let office: Office
let unit: string
let otherUnit: string
let worker: Device
let staff: Device
let handler: Device
let otherHandler: Device

beforeAll(async () => {
  desk = await openDesk()
  ;({ office, unit, otherUnit, worker, staff, handler, otherHandler } = desk)
})
afterAll(() => office.close())

const minute = 60_000
const now = () => desk.now()
const taken: Desk['taken'] = (...given) => desk.taken(...given)
const step: Desk['step'] = (...given) => desk.step(...given)
const stepsOf: Desk['stepsOf'] = (request) => desk.stepsOf(request)
const lastOf: Desk['lastOf'] = (request) => desk.lastOf(request)
const errandOf: Desk['errandOf'] = (...given) => desk.errandOf(...given)
const goodOf: Desk['goodOf'] = (...given) => desk.goodOf(...given)
const dispatched: Desk['dispatched'] = () => desk.dispatched()
const act: Desk['act'] = (...given) => desk.act(...given)

describe('a request from the door to its end', () => {
  it('goes through three accounts, each with what it needs', async () => {
    const request = await dispatched()
    const errand = (await errandOf(handler, request.id))!
    expect(errand.fields).toMatchObject({
      state: 'assigned',
      isLead: true,
      number: 'JJQ-261123-07-01',
    })
    expect(errand.fields?.['words']).toBe('3幢1单元二楼灯不亮，电话***********')
    await goodOf(handler, [await act(handler, errand, 'sign')])
    const signed = (await errandOf(handler, request.id))!
    expect(signed.fields).toMatchObject({ state: 'handling' })
    await goodOf(handler, [await act(handler, signed, 'answer', answer)])
    expect(courseOf(await stepsOf(request.id)).state).toBe('handled')
    await goodOf(staff, [step(staff, request.id, 'release', { after: await lastOf(request.id) })])
    expect((await errandOf(handler, request.id))?.fields).toMatchObject({ endedBy: 'release' })
    await goodOf(worker, [
      step(worker, request.id, 'call-back', {
        after: await lastOf(request.id),
        reached: true,
        solved: true,
      }),
    ])
    const steps = await stepsOf(request.id)
    expect(courseOf(steps)).toMatchObject({ state: 'closed', ending: 'solved' })
    expect(steps.map(({ step, actor, moved }) => [step, actor, moved])).toEqual([
      ['submit', 'worker', true],
      ['accept', 'staff', true],
      ['dispatch', 'staff', true],
      ['sign', 'handler', true],
      ['answer', 'handler', true],
      ['release', 'staff', true],
      ['call-back', 'worker', true],
    ])
  })

  it('shows a unit nothing of the register and nobody who asked', async () => {
    await dispatched()
    const { records, scope } = await handler.pull()
    const kinds = new Set([...records.values()].map(({ kind }) => kind))
    expect(kinds.has('errand')).toBe(true)
    for (const kind of [
      'request',
      'request-step',
      'asker',
      'resident',
      'household',
      'visit',
      'colour',
    ]) {
      expect(kinds.has(kind as never), kind).toBe(false)
    }
    expect(scope.streams.some(({ id }) => id === office.places.grid)).toBe(false)
    expect(JSON.stringify([...records.values()])).not.toMatch(/10012340078|样例居民/)
  })

  it('tells the unit whom to call only where the person agreed', async () => {
    const request = taken()
    const [asked, submit, asker] = request.mutations
    const agreed = { ...asker!, fields: { ...asker!.fields, isToldToUnit: true } }
    await goodOf(worker, [asked!, submit!, agreed])
    await goodOf(staff, [step(staff, request.id, 'accept', { after: request.submit })])
    await goodOf(staff, [
      step(staff, request.id, 'dispatch', { after: await lastOf(request.id), unit }),
    ])
    expect((await errandOf(handler, request.id))?.fields?.['contact']).toBe('样例居民，10012340078')
  })
})

describe('late words', () => {
  it('C1: a settling that came late takes no dispatch back, and both sides read it', async () => {
    const request = await dispatched()
    const late = step(worker, request.id, 'settle', { after: request.submit, words: '已修好' })
    await goodOf(worker, [late])
    const steps = await stepsOf(request.id)
    expect(steps.at(-1)).toMatchObject({
      step: 'settle',
      moved: false,
      why: 'state-changed',
      unseen: 2,
    })
    expect(courseOf(steps)).toMatchObject({ state: 'assigned', lead: unit })
    expect((await errandOf(handler, request.id))?.fields?.['lastWords']).toBe('已修好')
  })

  it('C4: an answer after a recall stays as a note, and its errand says that it ended', async () => {
    const request = await dispatched()
    const errand = (await errandOf(handler, request.id))!
    await goodOf(staff, [step(staff, request.id, 'recall', { after: await lastOf(request.id) })])
    await goodOf(staff, [
      step(staff, request.id, 'dispatch', { after: await lastOf(request.id), unit: otherUnit }),
    ])
    await goodOf(handler, [await act(handler, errand, 'answer', answer)])
    const steps = await stepsOf(request.id)
    expect(steps.at(-1)).toMatchObject({ words: '换了灯', moved: false })
    expect(courseOf(steps)).toMatchObject({ state: 'assigned', lead: otherUnit })
    expect((await errandOf(handler, request.id))?.fields).toMatchObject({ isLead: false })
    expect((await errandOf(handler, request.id))?.fields?.['endedAt']).not.toBeNull()
    expect((await errandOf(otherHandler, request.id))?.fields).toMatchObject({ isLead: true })
  })

  it('C12: a queued dispatch is a proposal where another one was done meanwhile', async () => {
    const request = taken()
    await goodOf(worker, request.mutations)
    await goodOf(staff, [step(staff, request.id, 'accept', { after: request.submit })])
    const seen = await lastOf(request.id)
    const second = await office.enter('staff')
    await goodOf(second, [step(second, request.id, 'dispatch', { after: seen, unit: otherUnit })])
    const { receipts } = await staff.pushed([
      step(staff, request.id, 'dispatch', { after: seen, unit }),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'changed-meanwhile' }])
    expect(await errandOf(handler, request.id)).toBeUndefined()
  })

  it('of two units at once, one moves the request and the other is a note', async () => {
    const request = await dispatched()
    const errand = (await errandOf(handler, request.id))!
    const second = await office.enter('lamps')
    const mine = await act(handler, errand, 'answer', answer)
    const theirs = second.create(unit, 'errand-step', office.ids(), {
      ...{
        errand: errand.id,
        step: 'answer',
        at: now(),
        after: errand.fields?.['lastStep'] ?? null,
      },
      ...answer,
    })
    await Promise.all([goodOf(handler, [mine]), goodOf(second, [theirs])])
    const moved = (await stepsOf(request.id))
      .filter(({ step }) => step === 'answer')
      .map(({ moved }) => moved)
    expect(moved.sort()).toEqual([false, true])
  })

  it('C9: a step follows its request to the grid where its door is now', async () => {
    const request = await dispatched()
    office.clock.at += minute
    // The office gave the request to the other grid, as a split does with all that is about a building.
    const held = (await staff.pull()).records.get(request.id)!
    await goodOf(staff, [{ ...staff.patch(held, { site: null }), to: office.places.otherGrid }])
    const errand = (await errandOf(handler, request.id))!
    await goodOf(handler, [await act(handler, errand, 'sign')])
    const steps = await stepsOf(request.id)
    expect(courseOf(steps).state).toBe('handling')
    const { records } = await staff.pull()
    expect(records.get(steps.at(-1)!.id)?.stream).toBe(office.places.otherGrid)
  })
})

describe('what is refused', () => {
  it('a step that brings the server’s own words', async () => {
    const request = taken()
    await goodOf(worker, request.mutations)
    for (const field of [{ moved: true }, { actor: 'admin' }, { to: 'closed' }, { unseen: 0 }]) {
      const { receipts } = await worker.pushed([
        step(worker, request.id, 'note', { words: '样例', ...field }),
      ])
      expect(receipts).toMatchObject([{ ok: false }])
    }
  })

  it('an act of the office from a worker, and a unit’s step on another unit’s errand', async () => {
    const request = await dispatched()
    const { receipts } = await worker.pushed([
      step(worker, request.id, 'recall', { after: await lastOf(request.id) }),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'kind-not-yours' }])
    const errand = (await errandOf(handler, request.id))!
    const foreign = otherHandler.create(unit, 'errand-step', office.ids(), {
      ...{ errand: errand.id, step: 'sign', at: now() },
    })
    const refused = await otherHandler.pushed([foreign])
    expect(refused.receipts).toMatchObject([{ ok: false, problem: 'stream-not-yours' }])
  })

  it('a step without what it needs, named by its field', async () => {
    const request = await dispatched()
    const errand = (await errandOf(handler, request.id))!
    const { receipts } = await handler.pushed([
      await act(handler, errand, 'answer', { words: '好了' }),
    ])
    expect(receipts).toMatchObject([
      { ok: false, problem: 'invalid-fields', fields: [{ field: 'ending', problem: 'required' }] },
    ])
  })

  it('taking a request or a step back, and changing its words once a unit has it', async () => {
    const request = await dispatched()
    const held = (await worker.pull()).records.get(request.id)!
    const remove = { ...worker.patch(held, {}), op: 'remove' as const }
    const reword = worker.patch(held, { words: '别的' })
    const { receipts } = await worker.pushed([remove, reword])
    expect(receipts).toMatchObject([
      { ok: false, problem: 'append-only' },
      { ok: false, problem: 'changed-meanwhile' },
    ])
  })

  it('a request without words and without a kind', async () => {
    const request = taken()
    const [asked, ...rest] = request.mutations
    const { words: _, ...wordless } = asked!.fields
    const { receipts } = await worker.pushed([{ ...asked!, fields: wordless }, ...rest])
    expect(receipts[0]).toMatchObject({ problem: 'invalid-fields', fields: [{ field: 'words' }] })
  })
})

describe('what is for the office alone', () => {
  const noise = '0190f5c6-0000-7000-8000-00000000c001'
  const conduct = '0190f5c6-0000-7000-8000-00000000c002'
  const item = (id: string, more: object) => ({
    ...{ id, group: '反映', groupEn: 'Reports', name: '反映', nameEn: 'A report' },
    ...{ level: 'ordinary', isStaffOnly: true, ...more },
  })
  let ownOffice: string

  beforeAll(async () => {
    const { db, ids, places } = office
    const admin = await office.enter('admin')
    ownOffice = ids()
    await createPlace(db, { id: ownOffice, parent: places.community, epoch: 1 })
    const place = (id: string, placeKind: string) => ({
      ...{ id, kind: 'place' as const, fields: { placeKind, name: '样例', order: 1 } },
    })
    await db.transaction().execute(async (trx) => {
      await insertRecords(trx, places.subdistrict, [place(places.subdistrict, 'subdistrict')])
      await insertRecords(trx, places.community, [place(places.community, 'community')])
      await insertRecords(trx, ownOffice, [place(ownOffice, 'unit')])
      await insertRecords(trx, unit, [place(unit, 'unit')])
    })
    const fields = {
      ...{ name: '样例清单', catalogueVersion: 1 },
      items: [item(noise, {}), item(conduct, { isAboutStaff: true })],
    }
    await goodOf(admin, [admin.create(places.subdistrict, 'catalogue', ids(), fields)])
  })

  const told = (device: Device, stream: string, fields: object) => {
    const id = office.ids()
    const make = (kind: 'request' | 'request-step', more: object) =>
      device.create(stream, kind, kind === 'request' ? id : office.ids(), { ...more })
    return [
      make('request', {
        ...{ number: 'JJQ-261123-07-09', words: '楼上的人总吵', level: 'ordinary' },
        ...{ source: 'desk', at: now(), ...fields },
      }),
      make('request-step', { request: id, step: 'submit', at: now(), level: 'ordinary' }),
    ]
  }

  it('stands in the office’s own stream, and no worker and no unit ever gets it', async () => {
    const [asked, submit] = told(staff, ownOffice, { item: noise })
    await goodOf(staff, [asked!, submit!])
    expect((await staff.pull()).records.has(asked!.record)).toBe(true)
    const own = await office.enter('handler')
    for (const device of [worker, handler, otherHandler, own]) {
      const { records } = await device.pull()
      expect(JSON.stringify([...records.values()])).not.toContain('楼上的人总吵')
    }
  })

  it('goes there from a grid where an office finds out what it is, and leaves the worker’s device', async () => {
    const request = taken('楼上的人总吵')
    await goodOf(worker, request.mutations)
    const { cursors } = await worker.pull()
    const held = (await staff.pull()).records.get(request.id)
    if (!held) throw new Error('no such request')
    const moved = staff.mutation({
      ...{ stream: office.places.grid, kind: 'request', record: request.id, op: 'patch' },
      ...{ to: ownOffice, seen: held.version },
      fields: { item: noise, itemName: '邻里噪音', site: null, siteKind: null },
    })
    await goodOf(staff, [moved])
    const { records } = await worker.pull(cursors)
    expect(records.get(request.id)).toMatchObject({ removed: true })
    expect((await staff.pull()).records.get(request.id)?.fields).toMatchObject({ item: noise })
    for (const device of [worker, handler, otherHandler]) {
      expect((await device.pull()).records.has(request.id)).toBe(false)
    }
    // Its steps and who asked went along: the office goes on with it there.
    const { receipts } = await staff.pushed([
      staff.create(ownOffice, 'request-step', office.ids(), {
        ...{ request: request.id, step: 'accept', at: now(), after: request.submit },
      }),
    ])
    expect(receipts).toMatchObject([{ ok: true }])
  })

  it('is refused in a grid, from whomever, also as the kind that an office gives it', async () => {
    const { grid } = office.places
    for (const device of [worker, staff]) {
      const { receipts } = await device.pushed(told(device, grid, { item: noise }))
      expect(receipts[0]).toMatchObject({ ok: false, problem: 'stream-not-yours' })
    }
    const request = taken('楼上的人总吵')
    await goodOf(worker, request.mutations)
    const { receipts } = await staff.pushed([
      step(staff, request.id, 'accept', { after: request.submit, item: noise }),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'stream-not-yours' }])
  })

  it('names nobody, goes to no unit, and what is about staff is kept by the subdistrict alone', async () => {
    const resident = office.ids()
    const linked = await staff.pushed(
      told(staff, ownOffice, { item: noise, site: resident, siteKind: 'resident' }),
    )
    expect(linked.receipts[0]).toMatchObject({ ok: false })
    const aboutStaff = await staff.pushed(told(staff, ownOffice, { item: conduct }))
    expect(aboutStaff.receipts[0]).toMatchObject({ ok: false, problem: 'stream-not-yours' })
    const admin = await office.enter('admin')
    const [asked, submit] = told(admin, unit, { item: conduct })
    await goodOf(admin, [asked!, submit!])
    for (const device of [staff, worker, handler]) {
      expect((await device.pull()).records.has(asked!.record)).toBe(false)
    }
    const sent = admin.create(unit, 'request-step', office.ids(), {
      ...{ request: asked!.record, step: 'dispatch', at: now(), unit, after: submit!.record },
    })
    expect((await admin.pushed([sent])).receipts).toMatchObject([{ ok: false }])
  })

  it('leaves the workers’ phones when the office moves one there that was taken at a door', async () => {
    const request = taken('楼上的人总吵，夜里也吵')
    await goodOf(worker, request.mutations)
    expect((await worker.pull()).records.get(request.id)?.removed).not.toBe(true)
    const held = (await staff.pull()).records.get(request.id)!
    await goodOf(staff, [{ ...staff.patch(held, { item: noise }), to: ownOffice }])
    const { records } = await worker.pull()
    expect(JSON.stringify([...records.values()])).not.toContain('夜里也吵')
    expect((await staff.pull()).records.get(request.id)?.stream).toBe(ownOffice)
  })
})
