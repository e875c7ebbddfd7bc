/** An office in which topics are put to the doors of two grids: what its people say, and what the server counts of it. */
import { expect } from 'vitest'
import type { Kind } from '#domain/record.ts'
import type { TopicTally } from '#protocol/topics.ts'
import { deviceHeader } from '#protocol/session.ts'
import { openOffice, type Device } from './office.ts'
import { settle } from './sample.ts'

export const minute = 60_000

export const rule = {
  key: 'fund-use',
  ground: '样例',
  takePart: { parts: 2, of: 3 },
  agree: { parts: 1, of: 2, beyond: true },
}

export type TopicDesk = Awaited<ReturnType<typeof openTopicDesk>>

/** `begin` is called before each test: new devices, and a home in each of the two grids. */
export async function openTopicDesk() {
  const office = await openOffice()
  const now = () => new Date(office.clock.now()).toISOString()

  async function begin() {
    // Devices of the tests before are waited for by nobody.
    await office.db
      .updateTable('device')
      .set({ revoked_at: new Date(0) })
      .execute()
    const staff = await office.enter('staff')
    const worker = await office.enter('worker')
    const admin = await office.enter('admin')
    const { grid, otherGrid } = office.places
    const homes = [
      await settle(staff, worker, grid, office.ids),
      await settle(staff, admin, otherGrid, office.ids),
    ] as const
    return { staff, worker, admin, homes }
  }

  async function say(
    device: Device,
    stream: string,
    kind: Kind,
    fields: object,
    id = office.ids(),
  ) {
    const { receipts } = await device.pushed([
      device.create(stream, kind, id, { at: now(), ...fields }),
    ])
    return { id, receipt: receipts[0]! }
  }

  /** A topic over both homes whose doors are asked. */
  async function opened({
    staff,
    homes,
  }: Pick<Awaited<ReturnType<typeof begin>>, 'staff' | 'homes'>) {
    const { community } = office.places
    const parts = homes.map(({ building }) => ({ building }))
    const topic = await say(staff, community, 'topic', { title: '楼道灯', parts, rule })
    expect(topic.receipt).toMatchObject({ ok: true })
    const step = (name: string, more: object = {}) =>
      say(staff, community, 'topic-step', { topic: topic.id, step: name, ...more })
    expect((await step('ask', { openUntil: '2026-12-01' })).receipt).toMatchObject({ ok: true })
    const voice = (device: Device, index: 0 | 1, says: string, more: object = {}) => {
      const stream = index === 0 ? office.places.grid : office.places.otherGrid
      return say(device, stream, 'voice', {
        ...{ topic: topic.id, dwelling: homes[index].dwelling, says, how: 'door' },
        ...more,
      })
    }
    const tally = async (device = staff) => {
      const path = `/api/topics/${community}/${topic.id}`
      const response = await office.fetch(path, {
        headers: { ...device.headers, [deviceHeader]: device.id },
      })
      if (response.status !== 200) return (await response.json()) as never
      return (await response.json()) as TopicTally
    }
    return { topic: topic.id, step, voice, tally }
  }

  return { office, now, begin, say, opened }
}
