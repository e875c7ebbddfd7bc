/** A grid's tallies in one row: always their sum, whoever pushes at once; and nobody waits for another grid's. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { up } from '#server/db/migrations/0016-standing.ts'
import { moveStandings, readStanding, standingOf, type Tally } from '#server/db/standing.ts'
import { lockStreams } from '#server/db/streams.ts'
import { openOffice, type Device, type Office } from '../office.ts'
import { building, dwelling, resident, settle, visit, type Home } from '../sample.ts'

let office: Office
let streams: readonly string[]

beforeAll(async () => {
  office = await openOffice()
  const { grid, otherGrid, farGrid } = office.places
  streams = [grid, otherGrid, farGrid]
})
afterAll(() => office.close())

const talliesOf = (stream: string): Promise<Tally[]> =>
  office.db
    .selectFrom('tally')
    .select(['kind', 'colour', 'residence', 'n'])
    .where('stream', '=', stream)
    .execute()

/** As the subjects themselves are, counted one by one. */
async function countedOf(stream: string): Promise<Tally[]> {
  const rows = await office.db
    .selectFrom('subject')
    .select(['kind', 'colour', 'residence'])
    .where('stream', '=', stream)
    .execute()
  return rows.map((row) => ({ ...row, n: 1 }))
}

async function expectSums() {
  const told = await readStanding(office.db, streams)
  for (const stream of streams) {
    expect(told.get(stream)).toEqual(standingOf(await talliesOf(stream)))
    expect(told.get(stream)).toEqual(standingOf(await countedOf(stream)))
  }
}

it('is the sum of the tallies and of the subjects, while six devices push to three grids at once', async () => {
  const devices = await Promise.all(Array.from({ length: 6 }, () => office.enter('admin')))
  const [first] = devices as [Device]
  const homes = new Map<string, Home>()
  const rooms = new Map<string, string>()
  for (const stream of streams) {
    homes.set(stream, await settle(first, first, stream, office.ids))
    const block = office.ids()
    const room = office.ids()
    await first.pushed([
      first.create(stream, 'building', block, building({ name: '9幢' })),
      first.create(stream, 'dwelling', room, dwelling(block)),
    ])
    rooms.set(stream, room)
  }
  const work = async (device: Device, index: number) => {
    for (let round = 0; round < 4; round += 1) {
      const [one = '', two = ''] = [streams[(index + round) % 3], streams[(index + round + 1) % 3]]
      const home = homes.get(one)
      const household = home?.household ?? ''
      const [newcomer, mover] = [office.ids(), office.ids()]
      const { receipts } = await device.pushed([
        device.create(
          one,
          'resident',
          newcomer,
          resident(household, {
            birth: `${String(1930 + ((index * 4 + round) % 90))}-05-06`,
            ...(round % 2 === 0 ? { hukouDivision: '340100' } : {}),
          }),
        ),
        device.create(two, 'household', mover, { dwelling: rooms.get(two) }),
        device.create(two, 'resident', office.ids(), resident(mover)),
        device.mutation({
          ...{ stream: one, kind: 'dwelling', record: home?.dwelling ?? '', op: 'patch' },
          ...{ fields: { use: round % 2 === 0 ? 'rental' : 'own' }, seen: Number.MAX_SAFE_INTEGER },
        }),
        device.create(
          one,
          'visit',
          office.ids(),
          visit(household, new Date(office.clock.now()).toISOString()),
        ),
        ...(round % 3 === 0
          ? [device.mutation({ stream: one, kind: 'resident', record: newcomer, op: 'remove' })]
          : []),
        // A household goes to the other grid with whoever lives there.
        device.mutation({
          ...{ stream: two, kind: 'household', record: mover, op: 'patch', to: one },
          ...{ fields: { dwelling: rooms.get(one) }, seen: Number.MAX_SAFE_INTEGER },
        }),
      ])
      expect(receipts.filter(({ ok }) => !ok)).toEqual([])
    }
  }
  await Promise.all(devices.map(work))
  await expectSums()
  const people = [...(await readStanding(office.db, streams)).values()].map((n) =>
    n.slice(0, 6).reduce((sum, one) => sum + one, 0),
  )
  // One settled in each grid; of 24 rounds one newcomer each, less those who were taken back, and one that moved.
  expect(people.reduce((sum, n) => sum + n, 0)).toBe(3 + 24 - 12 + 24)
})

it('lets nobody wait who works in another grid', async () => {
  const device = await office.enter('admin')
  const [held = '', free = ''] = streams
  await office.db.transaction().execute(async (trx) => {
    await lockStreams(trx, [held])
    await moveStandings(trx, [
      [held, [{ kind: 'household', colour: 'green', residence: '', n: 1 }]],
    ])
    const before = (await readStanding(office.db, [free])).get(free)
    await settle(device, device, free, office.ids)
    const after = (await readStanding(office.db, [free])).get(free)
    expect(after).not.toEqual(before)
    await moveStandings(trx, [
      [held, [{ kind: 'household', colour: 'green', residence: '', n: -1 }]],
    ])
  })
  await expectSums()
})

it('comes from the tallies of an earlier version', async () => {
  const before = await readStanding(office.db, streams)
  expect(before.size).toBe(3)
  await sql`drop table standing`.execute(office.db)
  await sql`drop index due_tally_day`.execute(office.db)
  await up(office.db)
  expect(await readStanding(office.db, streams)).toEqual(before)
})
