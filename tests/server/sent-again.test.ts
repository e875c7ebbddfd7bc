/** Pushes that are sent again together (`src/server/ledger/together.ts`, `src/server/ledger/answers.ts`): each hears what it heard first. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { applyPush } from '#server/ledger/apply.ts'
import { createPushQueue } from '#server/ledger/push-queue.ts'
import type { OnePush } from '#server/ledger/together.ts'
import { statementsOf } from '#tests/support/watch-statements.ts'
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

const streamAt = (n: number) => streams[n % streams.length] ?? ''
const callAt = (device: Device, n: number, more = {}) => {
  const stream = streamAt(n)
  const fields = visit(
    homes.get(stream)?.household ?? '',
    new Date(office.clock.now()).toISOString(),
    more,
  )
  return device.create(stream, 'visit', idBornIn(stream, office.ids()), fields)
}
const pushOf = (device: Device, mutations: readonly Mutation[]): OnePush => ({
  incoming: mutations.map((mutation) => ({ mutation })),
  context: {
    account: { id: device.account, role: 'admin' },
    ...{ device: device.id, skewMs: 0, now: office.clock.now(), ids: office.ids },
  },
})

it('answers a crowd that heard nothing together, what was refused and what is new as well', async () => {
  const devices = await Promise.all(Array.from({ length: 12 }, () => office.enter('admin')))
  const alone = vi.fn(({ incoming, context }: OnePush) => applyPush(office.own, incoming, context))
  const queue = createPushQueue({ db: office.own, alone })
  const work = devices.map((device, n) => [
    callAt(device, n),
    callAt(device, n, n === 3 ? { outcome: 'nothing that there is' } : {}),
  ])
  const pushAll = (mutations: readonly (readonly Mutation[])[]) =>
    Promise.all(devices.map((device, n) => queue.push(pushOf(device, mutations[n] ?? []))))
  const first = await pushAll(work)
  expect(first.map(({ receipts }) => receipts.map(({ ok }) => ok))).toEqual(
    devices.map((_, n) => [true, n !== 3]),
  )
  const statements = await statementsOf(async () => {
    const again = await pushAll(work)
    expect(again.map(({ receipts, expected }) => [receipts, expected])).toEqual(
      first.map(({ receipts, expected }) => [receipts, expected]),
    )
    expect(again.flatMap(({ moved }) => moved)).toEqual([])
  })
  expect(statements.filter(({ text }) => /^\s*insert/i.test(text))).toEqual([])
  // With more that nobody has seen yet, and another mutation under a number that was answered.
  const more = devices.map((device, n) => [...(work[n] ?? []), callAt(device, n)])
  const known = first.map(({ receipts }) => receipts)
  const further = await pushAll(more)
  expect(further.map(({ receipts }) => receipts.slice(0, 2))).toEqual(known)
  expect(further.map(({ receipts }) => receipts.slice(2))).toMatchObject(
    devices.map(() => [{ ok: true }]),
  )
  const other = devices.map((device, n) => [{ ...callAt(device, n), seq: 1 }])
  expect((await pushAll(other)).map(({ receipts }) => receipts)).toMatchObject(
    devices.map(() => [{ ok: false, problem: 'sequence-reused' }]),
  )
  // Nobody asks by the id of somebody else's.
  const theirs = devices.map((device, n) => [
    { ...(work[(n + 3) % 12]?.[0] as Mutation), device: device.id, seq: 1 },
  ])
  expect((await pushAll(theirs)).map(({ receipts }) => receipts)).toMatchObject(
    devices.map(() => [{ ok: false, problem: 'sequence-reused' }]),
  )
  expect(alone).not.toHaveBeenCalled()
  const applied = more.flat().filter((_, at) => at !== 3 * 3 + 1)
  const lines = await office.db
    .selectFrom('change')
    .select('id')
    .where(
      'device',
      'in',
      devices.map(({ id }) => id),
    )
    .execute()
  expect(lines.map(({ id }) => id).sort()).toEqual(applied.map(({ id }) => id).sort())
})
