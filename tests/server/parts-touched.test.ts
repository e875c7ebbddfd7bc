/**
 * What the acts of a day touch where streams and devices lie on several machines: counted on the plans of the tables in
 * parts, eight of each. Counts alone, no times: the same on every machine.
 */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import { deviceHeader } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import { applyPush } from '#server/ledger/apply.ts'
import { judge, preparePlanner, reasonFor, touchedBy } from '#tests/support/judge-statements.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { dayMs } from './office.ts'
import { openDesk, type Desk } from './request-desk.ts'
import { resident, settle, visit, type Home } from './sample.ts'

let desk: Desk
let home: Home
let plans: pg.Client

beforeAll(async () => {
  desk = await openDesk()
  home = await settle(desk.staff, desk.worker, desk.office.places.grid, desk.office.ids)
  plans = new pg.Client({ connectionString: inject('partsUrl') })
  await plans.connect()
  await preparePlanner(plans)
})
afterAll(async () => {
  await plans.end()
  await desk.office.close()
})

interface Reach {
  readonly statements: number
  /** Parts of what goes by stream, and of what goes by device. */
  readonly streams: number
  readonly devices: number
  /** Of whatever else has a key or lies whole on one machine; tables that are everywhere count for none. */
  readonly others: readonly string[]
  /** Of one statement at most, of whatever table. */
  readonly most: number
  /** Statements that ask every part, for a reason that stands in `several-parts.ts`: they count in nothing above. */
  readonly everywhere: number
  /** Statements that change anything. */
  readonly writes: number
}

const isWord = /^\s*(?:begin|commit|rollback|start transaction|set)\b/i

async function reachOf(work: () => Promise<unknown>): Promise<Reach> {
  const sent = (await statementsOf(work)).filter(({ text }) => !isWord.test(text))
  const all = new Set<string>()
  let [most, everywhere] = [0, 0]
  for (const { text, values } of sent) {
    if (reasonFor(text)) {
      everywhere += 1
      continue
    }
    const touched = await touchedBy(plans, text, values)
    if (touched === null) throw new Error(`cannot be planned: ${text}`)
    touched.parts.forEach((part) => all.add(part))
    most = Math.max(most, touched.parts.size)
  }
  const of = (group: string) => [...all].filter((part) => part.startsWith(`${group} `)).length
  const others = [...all].filter((part) => !/^(?:stream|device) /.test(part)).sort()
  const writes = sent.filter(({ text }) => /^\s*(?:insert|update|delete)\b/i.test(text)).length
  return {
    ...{ statements: sent.length, streams: of('stream'), devices: of('device') },
    ...{ others, most, everywhere, writes },
  }
}

function say(act: string, reach: Reach): void {
  const { statements, streams, devices, others, most, everywhere } = reach
  process.stdout.write(
    `${act}: ${statements} statements; parts of streams ${streams}, of devices ${devices}, ` +
      `others ${others.join(', ') || 'none'}; of one statement ${most}; asking every part ${everywhere}\n`,
  )
}

describe('the plans of the tables in parts', () => {
  it('tell one part from several, and what lies apart', async () => {
    const { ids } = desk.office
    const one = await touchedBy(plans, 'select id from record where stream = $1', [ids()])
    expect(one?.parts.size).toBe(1)
    const all = await touchedBy(plans, 'select id from record where id = $1', [ids()])
    expect(all?.parts.size).toBe(8)
    const list = 'select id from record where stream = any($1::uuid[])'
    const streams = Array.from({ length: 12 }, ids)
    expect(await judge(plans, list, [[streams]])).toEqual({ kind: 'named' })
    expect(await judge(plans, `${list} for update`, [[streams]])).toMatchObject({ kind: 'fault' })
    const climbs = `with recursive up as (
      select id, parent from place where id = $1
      union select place.id, place.parent from place join up on place.id = up.parent
    ) select record.id from up join record on record.stream = up.id`
    expect(await judge(plans, climbs, [[ids()]])).toMatchObject({ kind: 'fault' })
    const apart =
      'select 1 from device join record on record.by = device.account where device.id = $1'
    expect(await judge(plans, apart, [[ids()]])).toMatchObject({ kind: 'fault' })
    const clock = 'delete from news where at < clock_timestamp()'
    expect(await judge(plans, clock, [[]])).toMatchObject({ kind: 'fault' })
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
