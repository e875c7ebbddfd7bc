/**
 * The hotline's interface on the real server: in once, out its own alone, and nothing in a stream before somebody said so.
 * Holds `src/server/routes/hotline.ts`, `src/server/routes/open311.ts`, `src/server/ledger/admit-request.ts`,
 * `src/server/db/hotline-lists.ts` and `src/server/db/request-rules.ts`.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HotlineAnswer, KeyAnswer } from '#protocol/hotline.ts'
import { courseOf } from '#domain/requests/course.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { hotlineId } from '#server/db/audit.ts'
import { forgetHandedIn, turnedAwayDays } from '#server/db/hotline.ts'
import { byPass, dayMs, openOffice, type Device } from './office.ts'
import { answer, openDesk, type Desk } from './request-desk.ts'

let desk: Desk
let key = ''
beforeAll(async () => {
  desk = await openDesk({ hotline: true })
  key = await makeKey()
})
afterAll(() => desk.office.close())

const asked = (device: Device, path: string, body?: object) =>
  body === undefined
    ? desk.office.fetch(path, { headers: byPass(device.pass) })
    : desk.office.post(path, body, device.pass)
const listed = async (device: Device) =>
  (await (await asked(device, '/api/hotline')).json()) as HotlineAnswer
const waitingOf = async (device: Device, number: string) =>
  (await listed(device)).waiting.find((one) => one.number === number)

async function makeKey(more: object = {}): Promise<string> {
  const { office, admin } = desk
  const body = {
    ...{ act: office.ids(), system: office.ids(), name: '样例市 12345', mayWrite: true },
    ...{ places: [office.places.community], ...more },
  }
  const made = await asked(admin, '/api/hotline/make', body)
  expect(made.status).toBe(200)
  const { key: told } = (await made.json()) as KeyAnswer
  return told ?? ''
}
const call = (path: string, init: RequestInit = {}, bearer = key) =>
  desk.office.fetch(`/open311/v2${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/json',
      ...init.headers,
    },
  })
const hand = (body: unknown, bearer = key) =>
  call('/requests.json', { method: 'POST', body: JSON.stringify(body) }, bearer)
let numbers = 0
const lamp = (more: object = {}) => ({
  ...{ service_code: 'other', outside_number: `H-${(numbers += 1)}`, phone: '10012340078' },
  ...{
    description: '3幢门口路灯不亮，电话10012340078',
    address_string: '清风阳光苑3幢',
    last_name: '样例',
  },
  ...more,
})
async function handed(more: object = {}): Promise<string> {
  const response = await hand(lamp(more))
  expect(response.status).toBe(201)
  const [first] = (await response.json()) as { service_request_id: string }[]
  return first?.service_request_id ?? ''
}
interface Report {
  readonly service_request_id: string
  readonly status: string
  readonly status_notes: string
  readonly agency_responsible: string | null
  readonly expected_datetime: string | null
  readonly answers: readonly { readonly words: string }[]
}
async function reportOf(number: string, bearer = key): Promise<Report | undefined> {
  const response = await call(`/requests/${number}.json`, {}, bearer)
  return response.status === 200 ? ((await response.json()) as Report[])[0] : undefined
}
async function admitted(number: string, more: object = {}): Promise<string> {
  const { office, staff } = desk
  const waiting = await waitingOf(staff, number)
  const done = await asked(staff, '/api/hotline/admit', {
    ...{ act: office.ids(), waiting: waiting?.id, stream: office.places.grid, item: null },
    ...{ level: 'ordinary', ...more },
  })
  expect(await done.json()).toMatchObject({ ok: true })
  const { records } = await staff.pull()
  const found = [...records.values()].find(({ fields }) => fields?.['number'] === number)
  return found?.id ?? ''
}

describe('what a hotline hands in', () => {
  it('waits, reaches no stream, and becomes a request where the office says so', async () => {
    const { worker, staff, office } = desk
    const before = (await worker.pull()).records.size
    const number = await handed({
      ...{ answer_by: '2026-11-25', call_allowed: 'yes', outside_number: '样例-2026-77' },
    })
    expect(number).toMatch(/^RX-261123-[0-9A-Z]{2}-\d{2,4}$/)
    expect((await worker.pull()).records.size).toBe(before)
    expect(await reportOf(number)).toMatchObject({
      ...{ status: 'open', status_notes: '已收到，等街道放行', expected_datetime: null },
    })
    expect(await waitingOf(staff, number)).toMatchObject({
      ...{ system: '样例市 12345', where: '清风阳光苑3幢', hasTelephone: true },
    })
    const request = await admitted(number)
    expect(courseOf(await desk.stepsOf(request))).toMatchObject({ state: 'submitted' })
    const [submit, admit] = await desk.stepsOf(request)
    expect(submit).toMatchObject({ actor: 'asker', doneBy: hotlineId, to: 'waiting' })
    // Whoever calls with the hotline's own number is found by it.
    expect(submit).toMatchObject({ outsideNumber: '样例-2026-77' })
    expect(admit).toMatchObject({ step: 'admit', actor: 'staff', from: 'waiting' })
    const { records } = await worker.pull()
    const asker = [...records.values()].find(
      ({ kind, fields }) => kind === 'asker' && fields?.['request'] === request,
    )
    expect(asker?.fields).toMatchObject({ name: '样例', telephone: '10012340078' })
    // The day that the hotline promised counts: it is earlier than five working days.
    expect((await reportOf(number))?.expected_datetime).toBe('2026-11-25T09:30:00.000Z')
    // Nothing of the person stays in the waiting room.
    const kept = await office.db
      .selectFrom('hotline_request')
      .select('said')
      .where('number', '=', number)
      .executeTakeFirst()
    expect(kept?.said).toBeNull()
    expect((await verifyAudit(office.own)).fault).toBeNull()
  })

  it('is listed with a masked name, and told as a number alone to whoever asks for that', async () => {
    const { staff } = desk
    const number = await handed({ last_name: '样例热线', call_allowed: 'yes' })
    expect((await waitingOf(staff, number))?.name).toBe('样*线')
    expect(await (await asked(staff, '/api/hotline')).text()).not.toContain('样例热线')
    const { count } = await listed(staff)
    const answered = await asked(staff, '/api/hotline?count')
    expect(answered.headers.get('cache-control')).toBe('no-store')
    expect(await answered.json()).toEqual({ ok: true, count })
    expect(count).toBeGreaterThan(0)
  })

  it('is one request under one number, and other words under it are kept as an addition', async () => {
    const same = lamp()
    const [first, second] = [await hand(same), await hand(same)]
    expect([first.status, second.status]).toEqual([201, 200])
    const told = (await first.json()) as { service_request_id: string }[]
    const number = told[0]?.service_request_id ?? ''
    expect(await second.json()).toMatchObject([{ service_request_id: number }])
    expect((await hand({ ...same, description: '4幢也不亮' })).status).toBe(200)
    expect((await waitingOf(desk.staff, number))?.additions).toEqual(['4幢也不亮，清风阳光苑3幢'])
    const request = await admitted(number)
    await hand({ ...same, description: '4幢也不亮' })
    await hand({ ...same, description: '电线杆也歪了，电话10012340099' })
    await hand({ ...same, description: '电线杆也歪了，电话10012340099' })
    const words = (await desk.stepsOf(request)).map((step) => step.words).filter(Boolean)
    expect(words).toEqual([
      '4幢也不亮，清风阳光苑3幢',
      '电线杆也歪了，电话10012340099，清风阳光苑3幢',
    ])
  })

  it('twenty posts of one number at once are one', async () => {
    const same = lamp()
    const answers = await Promise.all(Array.from({ length: 20 }, () => hand(same)))
    expect(answers.filter(({ status }) => status === 201).length).toBe(1)
    const ids = await Promise.all(answers.map(async (one) => JSON.stringify(await one.json())))
    expect(new Set(ids.map((text) => /RX-[^"]+/.exec(text)?.[0])).size).toBe(1)
  })

  it('reaches a unit masked, and the unit’s answer reaches the hotline once it is released', async () => {
    const number = await handed()
    const request = await admitted(number)
    await desk.does(desk.staff, request, 'accept')
    await desk.does(desk.staff, request, 'dispatch', { unit: desk.unit })
    const errand = await desk.errandOf(desk.handler, request)
    expect(JSON.stringify(errand?.fields)).not.toContain('100123')
    await desk.unitDoes(request, 'answer', answer)
    expect((await reportOf(number))?.answers).toEqual([])
    await desk.does(desk.staff, request, 'release')
    expect(await reportOf(number)).toMatchObject({
      ...{ status: 'open', status_notes: `已答复，正在回访：${answer.wordsForAsker}` },
      answers: [{ words: answer.wordsForAsker }],
    })
    await desk.does(desk.worker, request, 'call-back', { reached: true, solved: true })
    expect(await reportOf(number)).toMatchObject({ status: 'closed' })
  })

  it('hears the answer of the request into which its own was merged', async () => {
    const number = await handed()
    const request = await admitted(number)
    const other = await desk.dispatched()
    await desk.does(desk.staff, request, 'merge', { into: other.id })
    expect(await reportOf(number)).toMatchObject({ status: 'open' })
    await desk.unitDoes(other.id, 'answer', answer)
    await desk.does(desk.staff, other.id, 'release')
    expect(await reportOf(number)).toMatchObject({ answers: [{ words: answer.wordsForAsker }] })
    await desk.does(desk.worker, other.id, 'call-back', { reached: true, solved: true })
    expect(await reportOf(number)).toMatchObject({ status: 'closed' })
  })

  it('is turned away with words, once, and looked at again where the hotline says more', async () => {
    const { office, staff } = desk
    const same = lamp()
    await hand(same)
    const waiting = (await listed(staff)).waiting.find(
      (one) => one.outsideNumber === same.outside_number,
    )
    const act = {
      ...{ act: office.ids(), waiting: waiting?.id, reason: 'not-for-office', told: '请联系邻区' },
    }
    expect(await (await asked(staff, '/api/hotline/turn-away', act)).json()).toMatchObject({
      ok: true,
    })
    expect(await (await asked(staff, '/api/hotline/turn-away', act)).json()).toMatchObject({
      ok: true,
    })
    const again = await asked(staff, '/api/hotline/turn-away', { ...act, act: office.ids() })
    expect(await again.json()).toMatchObject({ problem: 'changed-meanwhile' })
    const number = waiting?.number ?? ''
    expect(await reportOf(number)).toMatchObject({
      ...{ status: 'closed', status_notes: '不予办理：请联系邻区' },
    })
    await hand({ ...same, description: '就在你们辖区' })
    expect(await waitingOf(staff, number)).toMatchObject({ words: '就在你们辖区' })
  })

  it('takes a form as well, with attributes as GeoReport has them', async () => {
    const form = new URLSearchParams({
      ...{ service_code: 'other', description: '样例', 'attribute[outside_number]': 'F-1' },
      ...{ lat: '30.05', long: '119.95' },
    })
    const posted = await call('/requests.json', {
      ...{ method: 'POST', body: form.toString() },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(posted.status).toBe(201)
  })
})

describe('what is kept', () => {
  it('goes with its request, and what was turned away half a year later', async () => {
    const { office, staff } = desk
    const [purged, away] = [await handed(), await handed()]
    const request = await admitted(purged)
    const waiting = await waitingOf(staff, away)
    await asked(staff, '/api/hotline/turn-away', {
      ...{ act: office.ids(), waiting: waiting?.id, reason: 'test', told: '测试' },
    })
    const held = async () => {
      const rows = await office.db.selectFrom('hotline_request').select('number').execute()
      return rows.map(({ number }) => number)
    }
    await forgetHandedIn(office.own, office.clock.at)
    expect(await held()).toEqual(expect.arrayContaining([purged, away]))
    await sql`delete from request_state where request = ${request}::uuid`.execute(office.db)
    await forgetHandedIn(office.own, office.clock.at + (turnedAwayDays + 1) * dayMs)
    expect(await held()).not.toContain(purged)
    expect(await held()).not.toContain(away)
  })
})

describe('what it asks', () => {
  it('is answered with its own requests alone, by id, by state and by when something changed', async () => {
    const number = await handed()
    const since = new Date(desk.office.clock.at).toISOString()
    desk.office.clock.at += 60_000
    const other = await makeKey({ name: '另一系统' })
    expect(await reportOf(number, other)).toBeUndefined()
    expect(await (await call('/requests.json', {}, other)).json()).toEqual([])
    const all = (await (await call('/requests.json')).json()) as Report[]
    expect(all[0]?.service_request_id).toBe(number)
    const changed = async (after: string) => {
      const asked = await call(`/requests.json?updated_after=${encodeURIComponent(after)}`)
      return ((await asked.json()) as Report[]).map((one) => one.service_request_id)
    }
    expect(await changed(since)).toEqual([])
    await admitted(number)
    expect(await changed(since)).toEqual([number])
    const closed = (await (await call('/requests.json?status=closed')).json()) as Report[]
    expect(closed.map(({ status }) => status)).not.toContain('open')
    const page = (await (await call('/requests.json?page_size=2&page=2')).json()) as Report[]
    expect(page.map((one) => one.service_request_id)).toEqual(
      all.slice(2, 4).map((one) => one.service_request_id),
    )
  })

  it('names no person of the register, no worker and no internal note', async () => {
    const number = await handed()
    const request = await admitted(number)
    await desk.does(desk.staff, request, 'note', { words: '内部的话' })
    const text = await (await call('/requests.json')).text()
    for (const word of ['内部的话', '10012340078', '样例居民', desk.staff.account]) {
      expect(text).not.toContain(word)
    }
  })

  it('says which services there are, without those that are for the office alone', async () => {
    const services = (await (await call('/services.json')).json()) as { service_code: string }[]
    expect(services.map((one) => one.service_code)).toContain('other')
    expect((await call('/services/other.json')).status).toBe(200)
    expect((await call('/services/none.json')).status).toBe(404)
  })
})

describe('what is refused', () => {
  const refused = async (response: Response | Promise<Response>) => {
    const { status } = await response
    const errors = (await (await response).json()) as { code: number; description: string }[]
    expect(Array.isArray(errors)).toBe(true)
    expect(errors.every(({ code, description }) => code === status && description.length > 5)).toBe(
      true,
    )
    return [status, errors.map(({ description }) => description).join(' ')] as const
  }

  it('is said in a list of errors with a code and clear words', async () => {
    expect(await refused(call('/services.json', {}, 'wuse_wrongwrongwrongwrong'))).toEqual([
      ...([403, expect.stringContaining('密钥')] as const),
    ])
    expect((await refused(call('/services.json?api_key=abc')))[0]).toBe(400)
    expect((await refused(call('/requests.json', { method: 'POST', body: '{"a":' })))[0]).toBe(400)
    expect((await refused(hand([1, 2])))[0]).toBe(400)
    const [status, words] = await refused(hand({ phone: 'abc', lat: 'north' }))
    expect(status).toBe(400)
    for (const field of ['outside_number', 'service_code', 'description', 'phone', 'lat']) {
      expect(words).toContain(field)
    }
    expect(await refused(hand(lamp({ description: '字'.repeat(1_001) })))).toEqual([
      ...([400, expect.stringContaining('description')] as const),
    ])
    expect((await refused(hand(lamp({ description: '字'.repeat(350_000) }))))[0]).toBe(413)
    expect((await refused(hand(lamp({ description: 'a\0b' }))))[0]).toBe(400)
    expect((await refused(hand(lamp({ service_code: 'no-such' }))))[0]).toBe(404)
    expect((await refused(hand(lamp({ jurisdiction_id: desk.office.ids() }))))[0]).toBe(400)
    expect((await refused(call('/requests/RX-261123-00-77.json')))[0]).toBe(404)
    expect((await refused(call('/requests/%00.json')))[0]).toBe(404)
    expect((await refused(call('/requests.json?updated_after=yesterday')))[0]).toBe(400)
    expect((await refused(call('/requests.json?page=0')))[0]).toBe(400)
    expect((await refused(call('/requests.json?service_code=%00')))[0]).toBe(400)
    expect((await refused(call('/services.json?jurisdiction_id=%00')))[0]).toBe(400)
    expect((await refused(call('/nothing')))[0]).toBe(404)
  })

  it('a key that may only read, one that was stopped, and the one before a new one', async () => {
    const { office, admin } = desk
    const reads = await makeKey({ mayWrite: false, name: '只读' })
    expect((await refused(hand(lamp(), reads)))[0]).toBe(403)
    const own = (await listed(admin)).systems.find(({ name }) => name === '只读')
    const renewed = await asked(admin, '/api/hotline/renew', { act: office.ids(), system: own?.id })
    const { key: next } = (await renewed.json()) as KeyAnswer
    expect((await call('/requests.json', {}, reads)).status).toBe(403)
    expect((await call('/requests.json', {}, next ?? '')).status).toBe(200)
    const [after] = (await listed(admin)).systems.filter(({ name }) => name === '只读')
    expect(after).toMatchObject({ usedToday: 2, refusedToday: 0 })
    await asked(admin, '/api/hotline/stop', { act: office.ids(), system: own?.id })
    expect((await call('/requests.json', {}, next ?? '')).status).toBe(403)
  })

  it('keys for whoever keeps none, and admissions for whoever decides nothing', async () => {
    const { office, staff, worker, handler } = desk
    const body = {
      ...{ act: office.ids(), system: office.ids(), name: '样例', mayWrite: true },
      places: [office.places.community],
    }
    expect((await asked(staff, '/api/hotline/make', body)).status).toBe(403)
    for (const device of [worker, handler]) {
      expect((await asked(device, '/api/hotline')).status).toBe(403)
    }
    expect((await listed(staff)).systems).toEqual([])
    const foreign = await asked(desk.admin, '/api/hotline/make', {
      ...body,
      ...{ act: office.ids(), places: [office.ids()] },
    })
    expect(await foreign.json()).toMatchObject({ problem: 'stream-not-yours' })
  })

  it('a key is kept as its hash alone, and told once', async () => {
    const { rows } = await sql<{ text: string }>`
      select row_to_json(one)::text as text from hotline_system as one
      union all select details::text from act union all select facts::text from audit`.execute(
      desk.office.db,
    )
    expect(rows.map(({ text }) => text).join()).not.toContain(key.slice(8))
    expect(JSON.stringify(desk.office.log)).not.toContain(key.slice(8))
  })

  it('ten thousand calls at once: so many are answered, the rest are told when', async () => {
    const flood = await makeKey({ name: '洪水' })
    const counts = new Map<number, number>()
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 500 }, () => call('/requests.json', {}, flood)),
      )
      for (const { status, headers } of answers) {
        counts.set(status, (counts.get(status) ?? 0) + 1)
        if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      }
    }
    expect([...counts.keys()].sort()).toEqual([200, 429])
    expect(counts.get(200)).toBe(300)
    // Others are answered as before, and the flooded one again after a while.
    expect((await call('/requests.json')).status).toBe(200)
    desk.office.clock.at += 10_000
    expect((await call('/requests.json', {}, flood)).status).toBe(200)
  }, 120_000)
})

it('is off unless the setting says otherwise', async () => {
  const office = await openOffice()
  try {
    expect((await office.fetch('/open311/v2/services.json')).status).toBe(404)
    expect((await office.fetch('/open311/v2/openapi.json')).status).toBe(404)
  } finally {
    await office.close()
  }
})
