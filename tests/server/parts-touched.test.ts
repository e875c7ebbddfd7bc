/**
 * What the acts of a day touch where streams and devices lie on several machines: counted on the plans of the tables in
 * parts, eight of each. Counts alone, no times: the same on every machine.
 */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import { deviceHeader } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import { applyPush } from '#server/ledger/apply.ts'
import {
  judge,
  judgeChanges,
  openJudging,
  reasonsWithout,
  touchedBy,
  type Judging,
} from '#tests/support/judge-statements.ts'
import { reachIn, say } from '#tests/support/reach.ts'
import { dayMs } from './office.ts'
import { openDesk, type Desk } from './request-desk.ts'
import { resident, settle, visit, type Home } from './sample.ts'

let desk: Desk
let home: Home
let judging: Judging

beforeAll(async () => {
  desk = await openDesk()
  home = await settle(desk.staff, desk.worker, desk.office.places.grid, desk.office.ids)
  judging = await openJudging(inject('partsUrl'))
})
afterAll(async () => {
  await judging.end()
  await desk.office.close()
})

const reachOf = (work: () => Promise<unknown>) => reachIn(judging, work)

describe('the plans of the tables in parts', () => {
  it('tell one part from several, and what lies apart', async () => {
    const { ids } = desk.office
    const one = await touchedBy(judging.plans, 'select id from record where stream = $1', [ids()])
    expect(one?.parts.size).toBe(1)
    const all = await touchedBy(judging.plans, 'select id from record where id = $1', [ids()])
    expect(all?.parts.size).toBe(8)
    const list = 'select id from record where stream = any($1::uuid[])'
    const streams = Array.from({ length: 12 }, ids)
    expect(await judge(judging, list, [[streams]])).toEqual({ kind: 'named' })
    expect(await judge(judging, `${list} for update`, [[streams]])).toMatchObject({ kind: 'fault' })
    const climbs = `with recursive up as (
      select id, parent from place where id = $1
      union select place.id, place.parent from place join up on place.id = up.parent
    ) select record.id from up join record on record.stream = up.id`
    expect(await judge(judging, climbs, [[ids()]])).toMatchObject({ kind: 'fault' })
    const apart =
      'select 1 from device join record on record.by = device.account where device.id = $1'
    expect(await judge(judging, apart, [[ids()]])).toMatchObject({ kind: 'fault' })
    const clock = 'delete from news where at < clock_timestamp()'
    expect(await judge(judging, clock, [[]])).toMatchObject({ kind: 'fault' })
  })
})

/** Each with what the engine says of it, where it says it in these words; `$1` is a list of ids. */
const refused: readonly (readonly [why: string, text: string])[] = [
  ['locks rows', 'select id from record where stream = any($1::uuid[]) for update'],
  [
    // recursive CTEs are only supported when they contain a filter on the distribution column
    'climbs a tree',
    `with recursive below as (
      select id from place where id = any($1::uuid[])
      union select place.id from place join below on place.parent = below.id
    ) select record.id from below join record on record.stream = below.id
    where record.stream = any($1::uuid[])`,
  ],
  [
    'looks row by row',
    `select stream.id, last.version from stream left join lateral (
      select version from record where record.stream = stream.id order by version desc limit 1
    ) as last on true where stream.id = any($1::uuid[])`,
  ],
  [
    // correlated subqueries are not supported when the FROM clause contains a set returning function
    'looks something up for each of a list',
    `select id, (select count(*) from record where record.stream = wanted.id)
    from unnest($1::uuid[]) as wanted (id)`,
  ],
  [
    // complex joins are only supported when all distributed tables are co-located and joined on their …
    'joins record and change by another column than they are spread by',
    `select record.id from record join change on change.record = record.id
    where record.stream = any($1::uuid[])`,
  ],
  [
    'joins record and change by another column than they are spread by',
    `select id, (select max(received_at) from change where change.record = record.id) from record
    where stream = any($1::uuid[])`,
  ],
  [
    // a column definition list is required for functions returning "record"
    'asks for rows without a column',
    `select exists (select from record where stream = any($1::uuid[])) as is_there`,
  ],
  [
    'joins a whole table to a list that may find nothing',
    `select wanted.id, record.version from unnest($1::uuid[]) as wanted (id)
    left join record on record.stream = wanted.id`,
  ],
  [
    // array_agg with order by is unsupported
    'puts a list in order that comes from several machines',
    `select kind, array_agg(id order by id) from record where stream = any($1::uuid[]) group by kind`,
  ],
  [
    'counts what differs on several machines',
    `select sum(distinct version) from record where stream = any($1::uuid[])`,
  ],
  [
    'groups in several ways at once',
    `select kind, at, count(*) from record where stream = any($1::uuid[]) group by grouping sets (kind, at)`,
  ],
  [
    // only immutable functions can be used as a table expression
    'takes rows apart by a function that is not always the same',
    `select record.id from record, generate_series(record.at::timestamptz, now(), interval '1 day')
    where stream = any($1::uuid[])`,
  ],
  [
    // functions used in UPDATE queries on distributed tables must not be VOLATILE
    'changes rows by a function that each machine would answer otherwise',
    'update stream set proof = md5(random()::text) where id = any($1::uuid[])',
  ],
  [
    // modifying the partition value of rows is not allowed
    'changes the column that a table is spread by',
    `update subject set stream = id where stream = any($1::uuid[])`,
  ],
  [
    // STABLE functions used in UPDATE queries cannot be called with column references
    'changes rows by a column in a function that is not always the same',
    `update stream set closed_at = proof::timestamptz where id = any($1::uuid[])`,
  ],
  [
    // non-IMMUTABLE functions are not allowed in CASE or COALESCE statements
    'chooses between functions that are not always the same',
    `update stream set closed_at = coalesce(closed_at, now()) where id = any($1::uuid[])`,
  ],
  [
    // non-IMMUTABLE functions are not allowed in the RETURNING clause
    'gives back what a function says that is not always the same',
    `delete from stream where id = any($1::uuid[]) returning to_jsonb(stream)`,
  ],
  [
    // functions used in the DO UPDATE SET clause of INSERTs on distributed tables must be marked IMMUTABLE
    'settles a conflict by a function that is not always the same',
    `insert into lease (name, holder, until, taken_at) values ('a', 'b', now(), now())
    on conflict (name) do update set until = now() where $1::uuid[] is not null`,
  ],
  [
    // subqueries are not supported within INSERT queries
    'asks a question within the row that it adds',
    `insert into tally (stream, kind, colour, residence, n)
    values (($1::uuid[])[1], 'resident', 'red', '', (select count(*)::int from record where stream = ($1::uuid[])[1]))`,
  ],
  [
    // Router planner doesn't support non-select common table expressions with multi shard queries
    'changes rows in a part of a statement',
    `with gone as (delete from subject where stream = any($1::uuid[]) returning id)
    delete from tally where stream = any($1::uuid[]) and exists (select id from gone)`,
  ],
  [
    // cannot perform select on a distributed table and modify a reference table
    'changes account, which is everywhere, by rows that are not',
    `update account set closed = true where id in (select account from device where id = any($1::uuid[]))`,
  ],
]

/** What looks like one of them and is answered. */
const answered: readonly string[] = [
  `select id from record where stream = ($1::uuid[])[1] for update`,
  `select record.id, change.op from record
    join change on change.stream = record.stream and change.record = record.id
    where record.stream = any($1::uuid[])`,
  `select id, (select max(received_at) from change where change.stream = record.stream
    and change.stream = any($1::uuid[]) and change.record = record.id)
    from record where stream = any($1::uuid[])`,
  `select stream, array_agg(id order by id) from record where stream = any($1::uuid[]) group by stream`,
  `select count(distinct kind) from record where stream = any($1::uuid[])`,
  `select record.id from unnest($1::uuid[]) as wanted (id) join record on record.stream = wanted.id
    where record.stream = any($1::uuid[])`,
  `with some as (select stream, id from record where stream = any($1::uuid[]) limit 5)
    select some.id, (select count(*) from unnest($1::uuid[]) as one) from some`,
  `update stream set closed_at = now() where id = any($1::uuid[])`,
  `insert into spent_id (stream, id) select stream, id from record
    where stream = any($1::uuid[]) on conflict do nothing`,
]

describe('what an engine of several machines does not answer', () => {
  const ids = Array.from({ length: 12 }, (_, n) => `0190f5c6-0000-7000-8000-0000000001${n + 10}`)

  it.each(refused)('%s', async (why, text) => {
    const verdict = await judge(judging, text, [[ids]])
    if (verdict?.kind !== 'fault') throw new Error(`it was let pass: ${text}`)
    expect(verdict.why).toContain(why)
  })

  it('even where a list has one id today', async () => {
    const text = 'select id from record where stream = any($1::uuid[]) for update'
    expect(await judge(judging, text, [[ids.slice(0, 1)]])).toMatchObject({ kind: 'fault' })
  })

  it.each(answered)('is not taken for what it does: %s', async (text) => {
    const verdict = await judge(judging, text, [[ids]])
    expect(verdict?.kind === 'fault' ? verdict.why : null).toBe(null)
  })

  it('a reason that nothing needs', () => {
    const one = 'select id from record where stream = $1'
    expect(reasonsWithout([one]).length).toBeGreaterThan(50)
    expect(reasonsWithout(['delete from stream_proof', one]).length).toBe(
      reasonsWithout([one]).length - 1,
    )
  })

  it('a change of what is everywhere after several parts, unless they are asked one after the other', async () => {
    const asked = { text: 'select id from record where stream = any($1::uuid[])', values: [ids] }
    const change = { text: 'update account set closed = true where id = $1', values: [ids[0]] }
    const first = { ...asked, values: [ids.slice(0, 1)] }
    expect(await judgeChanges(judging, [[asked, change]])).toHaveLength(1)
    expect(await judgeChanges(judging, [[first, change]])).toEqual([])
    const mode = `select set_config('citus.multi_shard_modify_mode', 'sequential', true)`
    const word = { text: mode, values: [] }
    expect(await judgeChanges(judging, [[word, asked, change]])).toEqual([])
  })
})

describe('a worker', () => {
  const pushOf = (count: number) => async () => {
    const { worker, office } = desk
    const { grid } = office.places
    const made = Array.from({ length: count }, () =>
      worker.create(grid, 'visit', idBornIn(grid, office.ids()), visit(home.household, desk.now())),
    )
    await desk.goodOf(worker, made)
  }

  it('pushes visits to the part of the grid and that of the device', async () => {
    await pushOf(1)()
    const two = { streams: 1, devices: 1, others: [], everywhere: 0 }
    const one = await reachOf(pushOf(1))
    say('push of a visit', one)
    expect(one).toMatchObject(two)
    expect(one.statements).toBeLessThanOrEqual(13)
    // The first of a day says when the next one is due.
    desk.office.clock.at += dayMs
    const first = await reachOf(pushOf(1))
    say('first one of a day', first)
    expect(first).toMatchObject(two)
    expect(first.statements).toBeLessThanOrEqual(15)
    const many = await reachOf(pushOf(40))
    say('push of forty', many)
    expect(many).toMatchObject(two)
    expect(many.statements).toBeLessThanOrEqual(13)
  })

  it('pushes a new resident to the same two, with a colour of their own', async () => {
    const { worker, office } = desk
    const { grid } = office.places
    const made = worker.create(
      grid,
      'resident',
      idBornIn(grid, office.ids()),
      resident(home.household, { birth: '1930-01-02', livesAlone: true }),
    )
    const reach = await reachOf(() => desk.goodOf(worker, [made]))
    say('push of a resident', reach)
    expect(reach).toMatchObject({ streams: 1, devices: 1, others: [], everywhere: 0 })
  })

  it('is told again what was not heard, by as few', async () => {
    const { worker, office } = desk
    const { grid } = office.places
    const made = [
      worker.create(grid, 'visit', idBornIn(grid, office.ids()), visit(home.household, desk.now())),
    ]
    const first = await worker.pushed(made)
    let again: typeof first | null = null
    const reach = await reachOf(async () => {
      again = await worker.pushed(made)
    })
    say('the same push again', reach)
    expect(again).toEqual(first)
    expect(reach).toMatchObject({ streams: 1, devices: 1, others: [], everywhere: 0 })
    expect(reach.statements).toBeLessThanOrEqual(6)
    expect(reach.writes).toBe(1)
  })

  it('asks each minute', async () => {
    const { worker, office } = desk
    const { cursors } = await worker.pull()
    const asked = { protocol: protocolVersion, device: worker.id, held: cursorsToHeld(cursors) }
    const ask = async () => {
      const answer = await office.post('/api/pull', asked, worker.pass, {
        [deviceHeader]: worker.id,
      })
      expect(await answer.text()).toContain('"same":true')
    }
    await ask()
    const reach = await reachOf(ask)
    say('held question', reach)
    expect(reach.statements).toBeLessThanOrEqual(4)
    // The heads of its scope, named one by one.
    expect(reach.streams).toBeLessThanOrEqual(3)
    expect(reach).toMatchObject({ devices: 1, others: [], everywhere: 0, writes: 0 })
  })
})

describe('a department', () => {
  it('pushes a step of its errand to its own part, the request’s and the device’s', async () => {
    const { handler, office } = desk
    const request = await desk.dispatched()
    const errand = await desk.errandOf(handler, request.id)
    if (!errand) throw new Error('the unit has no such errand')
    const signed = await desk.act(handler, errand, 'sign')
    const mutation = { ...signed, record: idBornIn(desk.unit, office.ids()) }
    // Past the route: what it wakes goes its own ways.
    const reach = await reachOf(async () => {
      const pushed = await applyPush(office.own, [{ mutation }], {
        account: { id: handler.account, role: 'handler' },
        ...{ device: handler.id, skewMs: 0, now: office.clock.now(), ids: office.ids },
      })
      expect(pushed.receipts).toMatchObject([{ ok: true }])
    })
    say('step of a department', reach)
    // The request's grid and the unit.
    expect(reach.streams).toBe(2)
    expect(reach).toMatchObject({ devices: 1, others: [], everywhere: 0 })
  })
})

describe('a sign-in', () => {
  it('on a device that is known asks the part of the device and that of the log', async () => {
    const { office } = desk
    const { id } = await office.signIn('colleague')
    const reach = await reachOf(() => office.signIn('colleague', id))
    say('sign-in and pass', reach)
    expect(reach).toMatchObject({ streams: 1, devices: 1, others: [], everywhere: 0 })
  })

  it('on a new one also asks where failures of the login and the address are counted', async () => {
    const { office } = desk
    await office.signIn('colleague')
    const reach = await reachOf(() => office.signIn('colleague'))
    say('sign-in on a new device', reach)
    expect(reach.most).toBeLessThanOrEqual(2)
    expect(reach).toMatchObject({ streams: 1, devices: 1, everywhere: 0 })
    expect(reach.others.length).toBeLessThanOrEqual(3)
  })
})
