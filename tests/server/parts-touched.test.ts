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
import { judge, preparePlanner, reasonFor, touchedBy } from '#tests/support/judge-statements.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { openDesk, type Desk } from './request-desk.ts'
import { settle, visit, type Home } from './sample.ts'

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
  /** Of one statement at most, of whatever table. */
  readonly most: number
  /** Statements that ask every part, for a reason that stands in `several-parts.ts`: they count in nothing above. */
  readonly everywhere: number
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
  return { statements: sent.length, streams: of('stream'), devices: of('device'), most, everywhere }
}

function say(act: string, { statements, streams, devices, most, everywhere }: Reach): void {
  process.stdout.write(
    `${act}: ${statements} statements; parts of streams ${streams}, of devices ${devices}, ` +
      `of one statement ${most}; asking every part ${everywhere}\n`,
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
  it('pushes visits to the part of the grid, its rules above, and of the device', async () => {
    const { worker, office } = desk
    const { grid } = office.places
    const push = async () => {
      const fields = visit(home.household, desk.now())
      await desk.goodOf(worker, [
        worker.create(grid, 'visit', idBornIn(grid, office.ids()), fields),
      ])
    }
    await push()
    const reach = await reachOf(push)
    say('push of a visit', reach)
    // The grid itself, and the rules of the two places above it; one question goes to all: help in whatever grid.
    expect(reach.streams).toBeLessThanOrEqual(3)
    expect(reach).toMatchObject({ devices: 1, everywhere: 1 })
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
    expect(reach.statements).toBeLessThanOrEqual(5)
    // The heads of its scope, named one by one.
    expect(reach.streams).toBeLessThanOrEqual(3)
    expect(reach).toMatchObject({ devices: 1, everywhere: 0 })
  })
})

describe('a department', () => {
  it('pushes a step of its errand with one device', async () => {
    const request = await desk.dispatched()
    const errand = await desk.errandOf(desk.handler, request.id)
    if (!errand) throw new Error('the unit has no such errand')
    const signed = await desk.act(desk.handler, errand, 'sign')
    const reach = await reachOf(() => desk.goodOf(desk.handler, [signed]))
    say('step of a department', reach)
    expect(reach).toMatchObject({ devices: 1 })
  })
})

describe('a sign-in', () => {
  it('asks two parts in a statement at most', async () => {
    const { office } = desk
    await office.signIn('colleague')
    const reach = await reachOf(() => office.signIn('colleague'))
    say('sign-in and pass', reach)
    expect(reach.most).toBeLessThanOrEqual(2)
    // The chain of the office, the policy of the subdistrict, the name of the grid.
    expect(reach.streams).toBeLessThanOrEqual(3)
    expect(reach).toMatchObject({ devices: 1, everywhere: 0 })
  })
})
