/** How many questions to the database a push costs, however large it is. Counted, never timed. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import { protocolVersion } from '#protocol/version.ts'
import { createPlace } from '#server/db/streams.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
import { openOffice, type Device, type Office } from '../office.ts'
import { resident, settle, visit, type Home } from '../sample.ts'

let office: Office
let worker: Device
let home: Home

beforeAll(async () => {
  office = await openOffice()
  const staff = await office.enter('staff')
  worker = await office.enter('worker')
  home = await settle(staff, worker, office.places.grid, office.ids)
})
afterAll(() => office.close())

const bornHere = () => idBornIn(office.places.grid, office.ids())
const moment = () => new Date(office.clock.now()).toISOString()
const met = () =>
  worker.create(office.places.grid, 'visit', bornHere(), visit(home.household, moment()))

/** What the device holds, which is all that there is. */
async function heldNow(): Promise<string> {
  return cursorsToHeld((await worker.pull()).cursors)
}

const ask = (held: string, report: object): Promise<Response> =>
  office.post(
    '/api/pull',
    { protocol: protocolVersion, device: worker.id, cursors: {}, held, report },
    worker.pass,
  )

/** Without the two words that begin and end a transaction. */
async function costOf(mutations: readonly unknown[]): Promise<readonly string[]> {
  const statements = await statementsOf(async () => {
    const { receipts } = await worker.pushed(mutations)
    for (const receipt of receipts) expect(receipt).toMatchObject({ ok: true })
  })
  return statements.map(({ text }) => text).filter((text) => !/^(begin|commit)/.test(text))
}

it('a visit that says when the next one is due costs fifteen, and one that does not, thirteen', async () => {
  const first = await costOf([met()])
  expect(first.length, first.join('\n')).toBeLessThanOrEqual(15)
  const second = await costOf([met()])
  expect(second.length, second.join('\n')).toBeLessThanOrEqual(13)
})

it('as many visits as a day has cost what one costs', async () => {
  const many = await costOf(Array.from({ length: 40 }, met))
  expect(many.length, many.join('\n')).toBeLessThanOrEqual(13)
})

it('a push that changes colours costs a few more', async () => {
  office.clock.at += 60_000
  const person = await costOf([
    worker.create(
      office.places.grid,
      'resident',
      bornHere(),
      resident(home.household, { birth: '1930-01-02', livesAlone: true }),
    ),
  ])
  expect(person.length, person.join('\n')).toBeLessThanOrEqual(18)
})

it('the question of every minute costs four, and writes nothing until ten minutes are over', async () => {
  const report = { app: '0.2.0', waiting: 0, refused: 0, oldest: null, storage: null }
  const held = await heldNow()
  await ask(held, report)
  const statements = await statementsOf(async () => {
    expect(await (await ask(held, report)).text()).toContain('"same":true')
  })
  const texts = statements.map(({ text }) => text)
  expect(texts.length, texts.join('\n')).toBeLessThanOrEqual(4)
  expect(texts.filter((text) => /^\s*(insert|update|delete)/.test(text))).toEqual([])
  const seen = async () =>
    office.db
      .selectFrom('device')
      .select(['seen_at', 'report'])
      .where('id', '=', worker.id)
      .executeTakeFirstOrThrow()
  const before = await seen()
  office.clock.at += 9 * 60_000
  await ask(held, report)
  expect(await seen()).toEqual(before)
  office.clock.at += 60_000
  await ask(held, report)
  expect((await seen()).seen_at.getTime()).toBe(office.clock.at)
  await ask(held, { ...report, waiting: 1 })
  expect((await seen()).report).toEqual({ ...report, waiting: 1 })
})

it('a round of the purge asks no more of an office with more grids, where nothing is near its end', async () => {
  const round = async () => {
    const clock = { now: office.clock.now(), ids: office.ids }
    const statements = await statementsOf(() => purgeDue(office.own, clock))
    return statements.map(({ text }) => text)
  }
  // The first one of a day counts the day.
  await round()
  const before = await round()
  for (let n = 0; n < 5; n += 1) {
    const { community } = office.places
    await createPlace(office.db, { id: office.ids(), parent: community, epoch: 1 })
  }
  expect(await round()).toEqual(before)
})
