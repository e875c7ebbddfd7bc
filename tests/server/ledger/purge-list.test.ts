/**
 * Nothing is destroyed by one word: neither a wrong year nor a wrong clock, of a device or of the server, purges what
 * was just delivered; what will go stands on a list that the office sees, and much at once waits for two people.
 * Holds `src/server/routes/purge.ts` and `src/server/db/purge-read.ts`.
 */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { PurgeList, PurgeVisits } from '#protocol/purge.ts'
import { noticeDays } from '#server/ledger/purge-list.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { byPass, dayMs, openOffice, problemOf, type Device, type Office } from '../office.ts'
import { resident, settle, visit, type Home } from '../sample.ts'

let office: Office
let staff: Device
let worker: Device
let home: Home

beforeEach(async () => {
  office = await openOffice()
  staff = await office.enter('staff')
  worker = await office.enter('worker')
  home = await settle(staff, worker, office.places.grid, office.ids)
})
afterEach(() => office.close())

const { keepGoneDays, keepVisitsDays } = defaultPolicy
/** One pass at a day, counted from the office's own. */
const passAt = (day: number) =>
  purgeDue(office.own, { now: office.clock.now() + day * dayMs, ids: office.ids })
/** Passes as a server makes them that runs on each of these days. */
const passDaily = async (from: number, to: number) => {
  for (let day = from; day <= to; day += 1) await passAt(day)
}
/** Passes of a server that ran every few days until then. */
const passUntil = async (from: number, to: number) => {
  for (let day = from; day < to; day += 5) await passAt(day)
  return passAt(to)
}
const pulled = async (id: string) => (await worker.pull()).records.get(id)
const add = async (more: object = {}) => {
  const id = office.ids()
  await worker.pushed([
    worker.create(office.places.grid, 'resident', id, resident(home.household, more)),
  ])
  return id
}
const patch = async (id: string, fields: Record<string, unknown>) => {
  const held = await pulled(id)
  if (!held) throw new Error('nobody')
  expect((await worker.pushed([worker.patch(held, fields)])).receipts).toMatchObject([{ ok: true }])
}
const list = async (device = staff): Promise<PurgeList> => {
  const response = await office.fetch('/api/purge', { headers: byPass(device.pass) })
  expect(response.status).toBe(200)
  return (await response.json()) as PurgeList
}
const ask = (act: string, body: object, device = staff) =>
  office.post(`/api/purge/${act}`, body, device.pass)
/** Of what an answer of the office left in the log. */
const actsOf = async (act: 'purge-kept' | 'purge-held' | 'purge-agreed' | 'purge-listed') =>
  office.db.selectFrom('audit').selectAll().where('act', '=', act).orderBy('seq').execute()

describe('a retention runs from the later of the day and its receipt', () => {
  it('so a visit made under a clock of 2015 is kept as long as any other', async () => {
    const [early, late] = [office.ids(), office.ids()]
    await worker.pushed([
      worker.create(
        office.places.grid,
        'visit',
        early,
        visit(home.household, '2015-01-01T00:10:00.000Z'),
      ),
      worker.create(
        office.places.grid,
        'visit',
        late,
        visit(home.household, '2026-11-23T06:00:00.000Z'),
      ),
    ])
    await passDaily(0, noticeDays + 5)
    expect(await pulled(early)).toBeDefined()
    expect((await list()).visits).toEqual([])
  })

  it('so a wrong year in moved out or died destroys nobody, and taking it back undoes it whole', async () => {
    const [moved, died, both] = [await add(), await add(), await add()]
    await patch(moved, { movedOutOn: '2016-11-29', arrivedOn: null, registeredOn: null })
    await patch(died, { diedOn: '2020-05-05' })
    await patch(both, { movedOutOn: '2001-01-01', diedOn: '2001-01-02' })
    await passDaily(0, noticeDays + 5)
    for (const id of [moved, died, both]) expect(await pulled(id)).toBeDefined()
    expect((await list()).people).toEqual([])

    await passUntil(noticeDays + 6, keepGoneDays - 20)
    const before = await list()
    expect(before.people.map(({ record }) => record).sort()).toEqual([moved, died, both].sort())
    expect(before.people.find(({ record }) => record === died)).toMatchObject({
      ...{ stream: office.places.grid, name: '样例甲', why: 'died', day: '2020-05-05' },
      ...{ received: '2026-11-23', due: '2027-05-22' },
    })
    await patch(moved, { movedOutOn: null })
    await passDaily(keepGoneDays - 19, keepGoneDays + noticeDays)
    expect(await pulled(moved)).toMatchObject({ fields: { movedOutOn: null } })
    expect(await pulled(died)).toBeUndefined()
    expect((await list()).people).toEqual([])
  })
})

it('nothing goes that did not stand on the list for thirty days on which passes ran', async () => {
  const id = await add({ movedOutOn: '2026-11-01' })
  // Asleep for the whole time, so that the first pass sees it when it is over already.
  await passAt(0)
  await sql`update purge_guard set last_at = last_at + interval '200 days'`.execute(office.db)
  await passDaily(200, 200 + noticeDays - 1)
  expect((await list()).people).toMatchObject([{ record: id, daysLeft: 1 }])
  // The same day again, a day that is over, and a clock put back: none of them is a new day.
  for (const day of [200 + noticeDays - 1, 200 + noticeDays - 2]) {
    for (let times = 0; times < 5; times += 1) await passAt(day)
  }
  expect(await pulled(id)).toBeDefined()
  await passDaily(200 + noticeDays - 1, 200 + noticeDays + 1)
  expect(await pulled(id)).toBeUndefined()
  expect(await actsOf('purge-listed')).toMatchObject([{ facts: { rule: 'gone', count: 1 } }])
})

describe('the office', () => {
  it('keeps somebody on the list, and lets them go again after another notice', async () => {
    const [id, other] = [
      await add({ movedOutOn: '2026-11-01' }),
      await add({ movedOutOn: '2026-11-01' }),
    ]
    await passUntil(0, keepGoneDays - noticeDays)
    const [first] = (await list()).people
    expect(first).toMatchObject({ stream: office.places.grid, daysLeft: noticeDays })
    const request = { stream: office.places.grid, record: id }
    office.clock.at += (keepGoneDays - noticeDays) * dayMs
    await office.db
      .updateTable('session')
      .set({
        created_at: new Date(office.clock.at),
        expires_at: new Date(office.clock.at + 400 * dayMs),
      })
      .execute()
    await office.db
      .updateTable('session_pass')
      .set({ expires_at: new Date(office.clock.at + 400 * dayMs) })
      .execute()
    for (const times of [1, 2])
      expect([times, (await ask('keep', request)).status]).toEqual([times, 200])
    expect(await actsOf('purge-kept')).toMatchObject([
      { account: staff.account, device: staff.id, record: id, facts: { answer: 'keep' } },
    ])
    expect(await list()).toMatchObject({
      people: [{ record: other }],
      kept: [{ record: id, name: '样例甲', keptBy: 'staff', keptOn: '2027-04-22' }],
    })
    await passDaily(1, noticeDays + 2)
    expect(await pulled(other)).toBeUndefined()
    expect(await pulled(id)).toBeDefined()

    await ask('let-go', request)
    await passAt(noticeDays + 3)
    expect(await list()).toMatchObject({
      kept: [],
      people: [{ record: id, daysLeft: noticeDays - 1 }],
    })
    await passDaily(noticeDays + 4, 2 * noticeDays + 2)
    expect(await pulled(id)).toBeUndefined()
  })

  it('sees its own part of the list alone, and answers for nobody else', async () => {
    const id = await add({ movedOutOn: '2026-11-01' })
    await passUntil(0, keepGoneDays - 10)
    const stranger = await office.enter('stranger')
    const keep = { stream: office.places.grid, record: id }
    expect((await ask('keep', keep, stranger)).status).toBe(403)
    for (const [act, body] of [
      ['keep', { stream: office.places.farGrid, record: id }],
      ['keep', { stream: office.places.grid, record: home.resident }],
      ['agree', { place: office.places.grid, at: '2026-11-23T06:00:00.000Z', said: '1' }],
    ] as const) {
      const refused = await ask(act, body)
      expect([act, await problemOf(refused)]).toEqual([
        act,
        act === 'agree' ? 'changed-meanwhile' : 'not-found',
      ])
    }
    expect((await ask('keep', { stream: 'x' })).status).toBe(400)
    const there = await office.fetch(`/api/purge/${office.places.farGrid}`, {
      headers: byPass(staff.pass),
    })
    expect(there.status).toBe(404)
  })

  it('sees old visits by grid, and each with its household', async () => {
    const ids = [1, 2].map(() => office.ids())
    await worker.pushed(
      ids.map((id, index) =>
        worker.create(
          office.places.grid,
          'visit',
          id,
          visit(home.household, `2026-11-2${index}T06:00:00.000Z`),
        ),
      ),
    )
    await passUntil(0, keepVisitsDays - 10)
    expect((await list()).visits).toEqual([
      { stream: office.places.grid, count: 1, due: '2029-11-22' },
    ])
    const response = await office.fetch(`/api/purge/${office.places.grid}`, {
      headers: byPass(staff.pass),
    })
    expect((await response.json()) as PurgeVisits).toMatchObject({
      inAll: 1,
      visits: [{ record: ids[0], household: home.household, day: '2026-11-20' }],
    })
  })
})

describe('a pass under a clock that is not believed', () => {
  it('lists and purges nothing, is on record, and goes on when the clock is right again', async () => {
    const old = await add({ movedOutOn: '2026-05-01' })
    await passAt(0)
    const wrong = await passAt(1_461)
    expect(wrong.moved).toEqual([])
    expect(wrong.underWrongClock).toContain(office.places.grid)
    await passAt(1_462)
    expect(await actsOf('purge-held')).toMatchObject([
      { chain: office.places.subdistrict, account: null, facts: { why: 'clock' } },
    ])
    const admin = await office.enter('admin')
    expect((await list(admin)).holds).toMatchObject([{ why: 'clock', firstBy: null }])
    expect(await pulled(old)).toBeDefined()

    const right = await passAt(1)
    expect(right.underWrongClock.size).toBe(0)
    expect((await list(admin)).holds).toEqual([])
    expect((await list(admin)).people).toEqual([])
    expect(await pulled(old)).toBeDefined()
  })

  it('goes on where two people say which day it is', async () => {
    await passAt(0)
    office.clock.at += 20 * dayMs
    await passAt(0)
    const [hold] = (await list()).holds
    if (!hold) throw new Error('no hold')
    const [admin, other] = [await office.enter('admin'), staff]
    const { place, at } = hold
    const agree = (said: string, device: Device) => ask('agree', { place, at, said }, device)
    expect(await problemOf(await agree('2026-11-23', admin))).toBe('invalid-fields')
    expect(await problemOf(await agree('2026-12-13', other))).toBe('not-allowed')
    expect((await agree('2026-12-13', admin)).status).toBe(200)
    expect(await problemOf(await agree('2026-12-13', admin))).toBe('second-person-needed')
    expect((await passAt(0)).underWrongClock.size).toBeGreaterThan(0)
    expect((await agree('2026-12-13', other)).status).toBe(200)
    expect((await passAt(0)).underWrongClock.size).toBe(0)
    expect(await actsOf('purge-agreed')).toMatchObject([
      { account: admin.account, facts: { said: 'first', why: 'clock' } },
      { account: other.account, facts: { said: 'second' } },
    ])
  })
})

describe('more than usual', () => {
  /** A roster with a wrong year, as an import writes it. */
  const manyGone = async () => {
    const ids = Array.from({ length: 30 }, () => office.ids())
    await worker.pushed(
      ids.map((id) =>
        worker.create(
          office.places.grid,
          'resident',
          id,
          resident(home.household, { movedOutOn: '2026-11-01' }),
        ),
      ),
    )
    await passUntil(0, keepGoneDays - noticeDays)
    await passDaily(keepGoneDays - noticeDays + 1, keepGoneDays)
    return ids
  }

  it('waits for an administrator and a second person, who say how many', async () => {
    const ids = await manyGone()
    const held = await passAt(keepGoneDays + 1)
    expect(held.moved).toEqual([])
    const admin = await office.enter('admin')
    const [hold] = (await list(admin)).holds
    expect(hold).toMatchObject({
      ...{ why: 'share', due: { people: 30, visits: 0 }, usual: { people: 20, visits: 200 } },
    })
    const request = { place: hold?.place, at: hold?.at, said: '30' }
    expect((await ask('agree', request, admin)).status).toBe(200)
    expect((await list()).holds).toMatchObject([{ firstBy: { name: 'admin' } }])
    // Whoever sees it can stop it, and it begins anew.
    expect((await ask('withdraw', request)).status).toBe(200)
    expect((await list()).holds).toMatchObject([{ firstBy: null }])
    await passAt(keepGoneDays + 1)
    expect(await pulled(ids[0] ?? '')).toBeDefined()
    expect((await ask('agree', request, admin)).status).toBe(200)
    expect((await ask('agree', request)).status).toBe(200)
    expect((await passAt(keepGoneDays + 2)).purged).toEqual([
      { rule: 'gone', kind: 'resident', n: 30 },
    ])
    expect(await pulled(ids[0] ?? '')).toBeUndefined()
    expect((await list()).holds).toEqual([])
    expect(await problemOf(await ask('agree', request, admin))).toBe('changed-meanwhile')
  })

  it('asks anew where much more came on top of what was agreed', async () => {
    await manyGone()
    await passAt(keepGoneDays + 1)
    const admin = await office.enter('admin')
    const [hold] = (await list(admin)).holds
    const request = { place: hold?.place, at: hold?.at, said: '30' }
    for (const device of [admin, staff])
      expect((await ask('agree', request, device)).status).toBe(200)
    await sql`insert into purge_notice
      select stream, gen_random_uuid(), kind, rule, day, received, due, listed_on, listed_run, null, null
      from purge_notice`.execute(office.db)
    await sql`update purge_guard set last_at = last_at`.execute(office.db)
    const more = await mayPurgeAgain()
    expect(more).toEqual([])
    const [again] = (await list(admin)).holds
    expect(again?.why === 'share' && again.due.people).toBeGreaterThan(50)
    expect(again?.firstBy).toBeNull()
  })

  /** A pass that finds the list as it is: strays are dropped with the first look, so they are made living people. */
  const mayPurgeAgain = async () => {
    await sql`insert into record (stream, id, kind, parent, version, fields, created, marks, removed, moves)
      select notice.stream, notice.record, 'resident', ${home.household}::uuid,
        stream.head + row_number() over (), jsonb_build_object('name', '样例', 'household', ${home.household}::text,
        'movedOutOn', notice.day), '{"version":1,"device":null,"at":"2026-11-23T00:00:00.000Z"}', '{}', false, 0
      from purge_notice as notice join stream on stream.id = notice.stream
      where not exists (select from record where record.stream = notice.stream and record.id = notice.record)`.execute(
      office.db,
    )
    return (await passAt(keepGoneDays + 2)).moved
  }
})

it('a fault in one grid does not keep the others from being purged', async () => {
  const far = await office.enter('stranger')
  const farStaff = await office.enter('admin')
  const farHome = await settle(farStaff, far, office.places.farGrid, office.ids)
  const id = office.ids()
  await far.pushed([
    far.create(
      office.places.farGrid,
      'resident',
      id,
      resident(farHome.household, { movedOutOn: '2026-11-01' }),
    ),
  ])
  const near = await add({ movedOutOn: '2026-11-01' })
  await passUntil(0, keepGoneDays)
  // As a disk or a bug breaks one place: writing to one grid's log fails.
  await sql
    .raw(
      `create function break_grid() returns trigger language plpgsql as $$
    begin
      if new.stream = '${office.places.grid}' and new.op = 'remove' then raise exception 'broken'; end if;
      return new;
    end $$`,
    )
    .execute(office.db)
  await sql`create trigger break_grid before insert on change
    for each row execute function break_grid()`.execute(office.db)
  const rounds = []
  for (let day = 1; day <= noticeDays + 1; day += 1) rounds.push(await passAt(keepGoneDays + day))
  expect(rounds.flatMap(({ faults }) => faults)).not.toEqual([])
  expect((await far.pull()).records.get(id)).toBeUndefined()
  expect(await pulled(near)).toBeDefined()
})
