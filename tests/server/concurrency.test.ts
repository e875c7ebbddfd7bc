/**
 * Many connections to few streams on a real PostgreSQL: whoever pulls meanwhile, without pause and from their cursor,
 * never misses a version that commits late, and every push is applied once.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Mutation } from '#protocol/mutation.ts'
import type { Cursor } from '#protocol/pull.ts'
import { openOffice, type Device, type Office } from './office.ts'
import { settle, visit, type Home } from './sample.ts'

let office: Office
let streams: readonly string[]
const homes = new Map<string, Home>()

beforeAll(async () => {
  office = await openOffice()
  const { grid, otherGrid, farGrid } = office.places
  streams = [grid, otherGrid, farGrid]
  const admin = await office.enter('admin')
  for (const stream of streams) homes.set(stream, await settle(admin, admin, stream, office.ids))
})
afterAll(() => office.close())

const callAt = (device: Device, stream: string, more: Partial<Mutation> = {}) => ({
  ...device.create(
    stream,
    'visit',
    office.ids(),
    visit(homes.get(stream)?.household ?? '', new Date(office.clock.now()).toISOString()),
  ),
  ...more,
})

/** Versions that a device was sent, by stream, each pull from the cursor of the one before. */
async function follow(device: Device, isOver: () => boolean) {
  let cursors: Record<string, Cursor> = {}
  const seen = new Map<string, Map<string, number>>()
  let pulls = 0
  for (let last = false; ; last = isOver()) {
    const pull = await device.pull(cursors)
    cursors = { ...cursors, ...pull.cursors }
    for (const page of pull.pages) {
      const mine = seen.get(page.stream) ?? new Map<string, number>()
      for (const { id, version } of page.records) mine.set(id, version)
      seen.set(page.stream, mine)
    }
    pulls += 1
    if (last) return { seen, pulls }
  }
}

it('every pull’s union equals the table, while a dozen devices push without pause', async () => {
  const writers = await Promise.all(Array.from({ length: 12 }, () => office.enter('admin')))
  const readers = await Promise.all(Array.from({ length: 4 }, () => office.enter('admin')))
  let writing = true
  const write = async (device: Device, index: number) => {
    const sent: Mutation[] = []
    for (let round = 0; round < 12; round += 1) {
      const batch = office.ids()
      // Two streams in one push, in turn in either order: locks are taken in order of id all the same.
      const [one = '', two = ''] = [streams[(index + round) % 3], streams[(index + round + 1) % 3]]
      const work = [
        callAt(device, one),
        callAt(device, two),
        callAt(device, one, { batch, batchSize: 2 }),
        callAt(device, one, { batch, batchSize: 2 }),
      ]
      sent.push(...work)
      // Every third one goes twice at once, as after an answer that was slow to come.
      const answers = await Promise.all(
        round % 3 === 0 ? [device.pushed(work), device.pushed(work)] : [device.pushed(work)],
      )
      for (const { receipts } of answers) {
        expect(receipts.map(({ ok }) => ok)).toEqual([true, true, true, true])
      }
      if (answers.length === 2) expect(answers[0]?.receipts).toEqual(answers[1]?.receipts)
    }
    return sent
  }
  const reading = Promise.all(readers.map((device) => follow(device, () => !writing)))
  const sent = (await Promise.all(writers.map(write))).flat()
  writing = false
  const followed = await reading

  for (const stream of streams) {
    const rows = await office.db
      .selectFrom('record')
      .select(['id', 'version'])
      .where('stream', '=', stream)
      .where('kind', '<>', 'reveal')
      .execute()
    const table = new Map(rows.map(({ id, version }) => [id, version]))
    for (const { seen } of followed) expect(seen.get(stream)).toEqual(table)
    const changes = await office.db
      .selectFrom('change')
      .select(['id', 'version'])
      .where('stream', '=', stream)
      .execute()
    expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length)
    const { head } = await office.db
      .selectFrom('stream')
      .select('head')
      .where('id', '=', stream)
      .executeTakeFirstOrThrow()
    // Dense: each version is one record's, or was overtaken by a later one of the same record.
    expect(new Set(rows.map(({ version }) => version)).size).toBe(rows.length)
    expect(Math.max(...rows.map(({ version }) => version))).toBe(head)
  }
  const applied = await office.db.selectFrom('change').select('id').execute()
  const known = new Set(applied.map(({ id }) => id))
  expect(sent.filter(({ id }) => !known.has(id))).toEqual([])
  for (const { pulls } of followed) expect(pulls).toBeGreaterThan(3)
}, 120_000)

describe('one heavy account', () => {
  const heavyWork = (device: Device, count: number) =>
    Array.from({ length: count }, () => callAt(device, office.places.farGrid))

  it('that pushes and pulls without pause does not stop the others', async () => {
    const heavy = await office.enter('admin')
    const light = await office.enter('worker')
    let going = true
    let heavyPushes = 0
    const load = async () => {
      while (going) {
        await Promise.all([heavy.pushed(heavyWork(heavy, 500)), heavy.pull()])
        heavyPushes += 1
      }
    }
    const loading = load()
    // Not by the clock: a light device gets through again and again while the heavy one is at work.
    let through = 0
    while (heavyPushes < 3 || through < 12) {
      const before = heavyPushes
      const answer = await light.pushed([callAt(light, office.places.grid)])
      expect(answer.receipts).toMatchObject([{ ok: true }])
      through += 1
      // Whatever a push of its own waits for, it is never behind several of the heavy one's.
      expect(heavyPushes - before).toBeLessThanOrEqual(2)
    }
    going = false
    await loading
  })

  it('that sends more at once than the database has connections leaves the others theirs', async () => {
    // All in one grid: each waits for the lock that the one before it holds.
    const heavy = await Promise.all(Array.from({ length: 60 }, () => office.enter('admin')))
    const light = await office.enter('worker')
    let done = 0
    const pushing = heavy.map(async (device) => {
      const answer = await device.pushed(heavyWork(device, 50))
      done += 1
      return answer
    })
    // Behind it in the queue, whatever that is.
    await new Promise((resolve) => setTimeout(resolve, 20))
    const waited: number[] = []
    while (done < 40) {
      const before = done
      const answer = await light.pushed([callAt(light, office.places.grid)])
      expect(answer.receipts).toMatchObject([{ ok: true }])
      await light.pull()
      waited.push(done - before)
    }
    // Ten of the heavy ones go together. A push waits for those at work and those it goes with; a third ten may end while
    // the device pulls.
    expect(waited.length).toBeGreaterThan(1)
    expect(Math.max(...waited)).toBeLessThanOrEqual(3 * 10)
    for (const { receipts } of await Promise.all(pushing)) {
      expect(receipts.filter(({ ok }) => !ok)).toEqual([])
    }
  })
})
