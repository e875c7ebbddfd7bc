/** What a hotline says a second time: nothing is lost, nothing is said twice, and nothing breaks the server. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mostAdditionsADay } from '#server/db/hotline.ts'
import { readOwn } from '#server/db/hotline-own.ts'
import { openHotline, type HotlineDesk } from './hotline-desk.ts'
import { dayMs } from './office.ts'

let hotline: HotlineDesk
beforeAll(async () => {
  hotline = await openHotline()
})
afterAll(() => hotline.desk.office.close())

describe('a moment of the year 10000', () => {
  const late = '9999-12-31T23:59:59-08:00'
  it('is refused with words, in a question and in a post', async () => {
    const { call, hand, lamp } = hotline
    for (const name of ['start_date', 'end_date', 'updated_after', 'updated_before']) {
      const asked = await call(`/requests.json?${name}=${late}`)
      expect([asked.status, await asked.text()]).toEqual([400, expect.stringContaining(name)])
    }
    const posted = await hand(lamp({ requested_datetime: late }))
    expect(posted.status).toBe(400)
    expect(await posted.text()).toContain('requested_datetime')
    const last = '9999-12-31T23:59:59Z'
    expect((await call(`/requests.json?end_date=${last}`)).status).toBe(200)
    expect((await hand(lamp({ requested_datetime: last }))).status).toBe(201)
  })
})

type Calls = (isWaiting: (many: number) => Promise<void>) => Promise<Promise<Response>[]>

/** Calls made while somebody else holds the grid; each goes on once so many wait for a lock. */
async function whileGridIsHeld(calls: Calls): Promise<void> {
  const { db, places } = hotline.desk.office
  const waiting = async () => {
    const { rows } = await sql<{ many: number }>`
      select count(*)::integer as many from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    return rows[0]?.many
  }
  const made = await db.transaction().execute(async (trx) => {
    await sql`select from stream where id = ${places.grid}::uuid for update`.execute(trx)
    return calls((many) => expect.poll(waiting, { timeout: 10_000 }).toBe(many))
  })
  for (const { status } of await Promise.all(made)) expect(status).toBe(200)
}

describe('an addition', () => {
  it('that comes while somebody admits the request is said in it', async () => {
    const { lamp, hand, handed, waitingOf, decide, requestOf, notesOf } = hotline
    const first = lamp()
    const number = await handed(first)
    const id = (await waitingOf(number))?.id
    await whileGridIsHeld(async (isWaiting) => {
      const admitted = decide('admit', id)
      await isWaiting(1)
      const added = hand({ ...first, description: '4幢也不亮' })
      await isWaiting(2)
      return [admitted, added]
    })
    expect(await notesOf(await requestOf(number))).toEqual(['4幢也不亮'])
  })

  it('that is posted again while the first post is under way is said once', async () => {
    const { lamp, hand, handed, admitted, notesOf } = hotline
    const first = lamp()
    const request = await admitted(await handed(first))
    const more = { ...first, description: '4幢也不亮' }
    await whileGridIsHeld(async (isWaiting) => {
      const once = hand(more)
      await isWaiting(1)
      const again = hand(more)
      await isWaiting(2)
      return [once, again]
    })
    expect(await notesOf(request)).toEqual(['4幢也不亮'])
  })

  it('that cannot be said now is kept, and said with the next post', async () => {
    const { desk, lamp, hand, handed, admitted, notesOf } = hotline
    const { db } = desk.office
    const first = lamp({ last_name: '', phone: '' })
    const request = await admitted(await handed(first))
    const more = { ...first, description: '4幢也不亮' }
    // As where the request goes on with its door between the look and the lock.
    const stand = (stream: string) =>
      sql`update request_state set stream = ${stream}::uuid where request = ${request}::uuid`.execute(
        db,
      )
    await stand(desk.office.places.community)
    expect((await hand(more)).status).toBe(503)
    await stand(desk.office.places.grid)
    expect((await hand(more)).status).toBe(200)
    expect(await notesOf(request)).toEqual(['4幢也不亮'])
  })
})

describe('a correction', () => {
  it('counts as posted last while it waits: who asked, and whether the unit may call', async () => {
    const { desk, lamp, handed, admitted, notesOf, waitingOf } = hotline
    const first = lamp({ call_allowed: 'yes', answer_by: '2026-11-27' })
    const number = await handed(first)
    await handed({ ...first, phone: '10012340099', last_name: '样例甲', answer_by: '2026-11-25' })
    await handed({ ...first, call_allowed: 'no', phone: '10012340099', answer_by: '' })
    // What an addition leaves out stays as it was.
    const { service_code, outside_number } = first
    await handed({ service_code, outside_number, description: '4幢也不亮' })
    expect(await waitingOf(number)).toMatchObject({ until: '2026-11-25', additions: ['4幢也不亮'] })
    const request = await admitted(number)
    expect(await notesOf(request)).toEqual(['4幢也不亮'])
    const { records } = await desk.staff.pull()
    const asker = [...records.values()].find(
      ({ kind, fields }) => kind === 'asker' && fields?.['request'] === request,
    )
    expect(asker?.fields).toMatchObject({ telephone: '10012340099', isToldToUnit: false })
    await desk.does(desk.staff, request, 'accept')
    await desk.does(desk.staff, request, 'dispatch', { unit: desk.unit })
    const errand = await desk.errandOf(desk.handler, request)
    expect(JSON.stringify(errand?.fields)).not.toContain('10012340099')
  })

  it('is refused with words once it is admitted, and words alone are still added', async () => {
    const { lamp, hand, handed, admitted, notesOf } = hotline
    const first = lamp({ call_allowed: 'yes', answer_by: '2026-11-25' })
    const request = await admitted(await handed(first))
    for (const more of [
      ...[{ call_allowed: 'no' }, { phone: '10012340099' }, { last_name: '样例乙' }],
      { answer_by: '2026-11-24', description: '4幢也不亮' },
    ]) {
      const refused = await hand({ ...first, ...more })
      expect(refused.status).toBe(409)
      expect(await refused.text()).toContain('请致电街道')
    }
    expect((await hand(first)).status).toBe(200)
    expect(await notesOf(request)).toEqual([])
    expect((await hand({ ...first, description: '4幢也不亮' })).status).toBe(200)
    expect(await notesOf(request)).toEqual(['4幢也不亮'])
  })
})

describe('what was turned away', () => {
  it('and is posted again is open to whoever asks what changed, and says its words once', async () => {
    const { desk, call, lamp, handed, waitingOf, decide, admitted, notesOf } = hotline
    const { clock } = desk.office
    const first = lamp()
    const number = await handed(first)
    clock.at += 60_000
    expect((await decide('turn-away', (await waitingOf(number))?.id)).status).toBe(200)
    const since = new Date(clock.at).toISOString()
    const changed = async () => {
      const told = await call(`/requests.json?updated_after=${since}`)
      return ((await told.json()) as Record<string, unknown>[]).find(
        (one) => one['service_request_id'] === number,
      )
    }
    expect(await changed()).toBeUndefined()
    clock.at += 60_000
    // The same once more changes nothing, whatever the moment.
    await handed(first)
    expect(await changed()).toBeUndefined()
    await handed({ ...first, description: '就在你们辖区' })
    const updated = new Date(clock.at).toISOString()
    expect(await changed()).toMatchObject({ status: 'open', updated_datetime: updated })
    expect(await waitingOf(number)).toMatchObject({ words: '就在你们辖区', additions: [] })
    expect(await notesOf(await admitted(number))).toEqual([])
  })
})

describe('additions of one day', () => {
  it('are so many to one request, then refused with words; a consent is taken back all the same', async () => {
    const { desk, lamp, hand, handed, waitingOf, admitted } = hotline
    const first = lamp({ call_allowed: 'yes' })
    const number = await handed(first)
    desk.office.clock.at += 60_000
    for (let at = 1; at <= mostAdditionsADay; at += 1) {
      await handed({ ...first, description: `第${at}次来电` })
    }
    const more = { ...first, description: '又一次来电', call_allowed: 'no' }
    for (const posted of [await hand(more), await hand(more)]) {
      expect([posted.status, await posted.text()]).toEqual([429, expect.stringContaining('补充')])
    }
    expect((await hand({ ...first, description: '第1次来电', call_allowed: 'no' })).status).toBe(
      200,
    )
    expect((await waitingOf(number))?.additions.length).toBe(mostAdditionsADay)
    desk.office.clock.at += dayMs
    expect((await hand(more)).status).toBe(200)
    const request = await admitted(number)
    const { records } = await desk.staff.pull()
    const asker = [...records.values()].find(
      ({ kind, fields }) => kind === 'asker' && fields?.['request'] === request,
    )
    expect(asker?.fields).toMatchObject({ isToldToUnit: false })
  })
})

describe('a long history', () => {
  it('is asked for what changed within two seconds, and tells the steps of the page alone', async () => {
    const { desk, system, lamp, handed, admitted } = hotline
    const number = await handed(lamp())
    const request = await admitted(number)
    await desk.does(desk.staff, request, 'accept')
    const made = 4_000
    // Copies of this request and its steps, as an office has them after some years.
    await sql`
      with made as (
        select at, gen_random_uuid() as id, gen_random_uuid() as request
        from generate_series(1, ${made}) as at
      ), handed as (
        insert into hotline_request
        select copy.* from hotline_request as source, made, jsonb_populate_record(source, jsonb_build_object(
          'id', made.id, 'request', made.request, 'outside_number', 'B-' || at,
          'number', 'RX-250101-ZZ-' || lpad(at::text, 4, '0'))) as copy
        where source.number = ${number}
      ), standing as (
        insert into request_state
        select copy.* from request_state as stood, made, jsonb_populate_record(stood,
          jsonb_build_object('request', made.request)) as copy
        where stood.request = ${request}::uuid
      )
      insert into record
      select copy.* from made, record as step, jsonb_populate_record(step, jsonb_build_object(
        'id', gen_random_uuid(), 'parent', made.request,
        'version', 1000000 + made.at * 100 + step.version % 100)) as copy
      where step.parent = ${request}::uuid and step.kind = 'request-step'`.execute(desk.office.db)
    await sql`analyze record, request_state, hotline_request`.execute(desk.office.db)
    const found = await desk.office.db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = '2s'`.execute(trx)
      return readOwn(trx, system, { after: '2020-01-01T00:00:00.000Z', limit: 100, offset: 0 })
    })
    expect(found.length).toBe(100)
    expect(found.every(({ steps }) => steps.length >= 2)).toBe(true)
  }, 60_000)
})
