/** The lane of photographs over lines of all kinds: nothing waits for it, a break costs a chunk, and only the whole has arrived. */
import { describe, expect, it } from 'vitest'
import type { PhotoState } from '#protocol/photos.ts'
import type { Bytes } from '#app/platform/sealing.ts'
import { createPhotoLane, keepOriginalsMs, type PhotoLaneParts } from '#app/sync/photo-lane.ts'
import type { PhotoWire } from '#app/sync/photo-wire.ts'
import type { ShelvedPhoto } from '#app/vault/photo-shelf.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { createDisk, createMemoryVault } from '#tests/support/memory-vault.ts'
import { sampleJpeg } from '#tests/support/sample-jpeg.ts'
import { sealedPhoto } from '#tests/support/sample-photo.ts'

const dayMs = 86_400_000
const at = '2026-11-23T06:32:00.000Z'
type Answer = Awaited<ReturnType<PhotoWire['put']>>
const offline: Answer = { ok: false, problem: 'offline' }

/** A stage: a shelf, a server that keeps chunks, and a line between them that a test bends. */
function createStage(
  count: number,
  picture = sampleJpeg({ width: 800, height: 600, noise: 12 }),
  kind: 'photo' | 'errand-photo' = 'photo',
) {
  const clock = createManualClock()
  const disk = createDisk()
  const vault = createMemoryVault('account', 'device', disk)
  const photos = Array.from({ length: count }, (_, index): ShelvedPhoto => {
    const id = `00000000-0000-7000-8000-00000000000${index}`
    const { fields, chunks } = sealedPhoto(id, at, {
      picture,
      shape: { width: 800, height: 600 },
    })
    const photo: ShelvedPhoto = {
      ...{ id, state: 'waiting', at: clock.now(), stream: 'stream', form: 'visit/1', fields },
      size: chunks.reduce((sum, { bytes }) => sum + bytes.length, 0),
      hashes: chunks.map(({ hash }) => hash),
    }
    disk.photos.set(id, {
      photo,
      chunks: chunks.map(({ bytes }) => new Uint8Array(bytes)),
    })
    return photo
  })
  const server = new Map<string, Set<number>>()
  const stateOf = ({ id, hashes }: ShelvedPhoto): PhotoState => {
    const have = [...(server.get(id) ?? [])].sort((a, b) => a - b)
    return { ok: true, have, arrived: have.length === hashes.length }
  }
  const records = new Map<string, { arrivedAt?: string }>(photos.map(({ id }) => [id, {}]))
  const faults: unknown[] = []
  const wire = {
    puts: 0,
    isBusy: false,
    isCostly: false,
    /** Requests that are under way now, and the most of them there ever were. */
    under: 0,
    most: 0,
    /** How the next request fares; the server has it or not. */
    line: (): { readonly heard: boolean; readonly answer: Answer | null } => ({
      heard: true,
      answer: null,
    }),
    state: (photo: ShelvedPhoto): Promise<Answer> =>
      Promise.resolve({ ok: true, value: stateOf(photo) }),
    async put(photo: ShelvedPhoto, index: number, bytes: Bytes): Promise<Answer> {
      expect(bytes.length).toBeGreaterThan(28)
      wire.puts += 1
      wire.under += 1
      wire.most = Math.max(wire.most, wire.under)
      await Promise.resolve()
      wire.under -= 1
      const { heard, answer } = wire.line()
      if (heard) server.set(photo.id, (server.get(photo.id) ?? new Set()).add(index))
      return answer ?? { ok: true, value: stateOf(photo) }
    },
  }
  const get = (asked: string, id: string) => {
    const fields = asked === kind ? records.get(id) : undefined
    return fields && { id, fields }
  }
  const lane = createPhotoLane({
    vault,
    clock,
    wire: { state: (photo) => wire.state(photo), put: (...given) => wire.put(...given) },
    register: { get, isPending: () => false } as unknown as PhotoLaneParts['register'],
    chance: () => 0.5,
    isBusy: () => wire.isBusy,
    isCostly: () => wire.isCostly,
    onFault: (error) => faults.push(error),
  })
  const settle = async () => {
    for (let turn = 0; turn < 400; turn += 1) await Promise.resolve()
  }
  return {
    ...{ clock, disk, vault, photos, server, records, wire, lane, faults, settle },
    states: async () => (await vault.photos.list()).map(({ state }) => state),
    /** Lets time go by until nothing is left to do. */
    async run() {
      lane.look()
      for (let round = 0; round < 2_000; round += 1) {
        await settle()
        const next = clock.next()
        if (next === null) return
        clock.advance(next)
      }
      throw new Error('it never came to an end')
    },
  }
}

describe('the lane', () => {
  it('sends each chunk once, and calls delivered what the server has whole', async () => {
    const stage = createStage(3)
    await stage.run()
    expect(await stage.states()).toEqual(['delivered', 'delivered', 'delivered'])
    expect(stage.wire.puts).toBe(stage.photos.reduce((sum, { hashes }) => sum + hashes.length, 0))
    expect(stage.faults).toEqual([])
  })

  it.each(['photo', 'errand-photo'] as const)(
    'sends a %s whose form was saved and killed before that was noted, and keeps it until the server has it',
    async (kind) => {
      const stage = createStage(1, undefined, kind)
      await stage.vault.photos.mark([stage.photos[0]!.id], 'draft', stage.clock.now())
      await stage.run()
      expect(await stage.states()).toEqual(['delivered'])
      // A server that was put back has the record and not the picture: it goes once more.
      stage.server.clear()
      stage.clock.advance(1)
      stage.lane.pulled(stage.clock.now())
      await stage.run()
      expect(await stage.states()).toEqual(['delivered'])
      expect(stage.server.size).toBe(1)
    },
  )

  it('goes one by one, with a pause between, where somebody pays for the line, and together where nobody does', async () => {
    const free = createStage(2)
    await free.run()
    expect(free.wire.most).toBeGreaterThan(1)
    const paid = createStage(2)
    paid.wire.isCostly = true
    const began = paid.clock.now()
    await paid.run()
    expect(await paid.states()).toEqual(['delivered', 'delivered'])
    expect(paid.wire.most).toBe(1)
    const chunks = paid.photos.reduce((sum, { hashes }) => sum + hashes.length, 0)
    expect(paid.clock.now() - began).toBeGreaterThanOrEqual(250 * (chunks - 2))
  })

  it('lets every mutation go first, also between two chunks', async () => {
    const stage = createStage(1)
    stage.wire.isBusy = true
    await stage.run()
    expect(stage.wire.puts).toBe(0)
    stage.wire.isBusy = false
    const line = stage.wire.line
    stage.wire.line = () => {
      // Somebody saves a visit while a chunk is on its way.
      stage.wire.isBusy = true
      return line()
    }
    await stage.run()
    expect(stage.wire.puts).toBe(1)
    stage.wire.line = line
    stage.wire.isBusy = false
    await stage.run()
    expect(await stage.states()).toEqual(['delivered'])
  })

  it('goes on where it was after answers and chunks that were lost, and after a kill', async () => {
    const stage = createStage(2)
    let tries = 0
    stage.wire.line = () => {
      tries += 1
      // Of three the first is lost on the way, the second one's answer is, and the third arrives.
      return tries % 3 === 0
        ? { heard: true, answer: null }
        : { heard: tries % 3 === 2, answer: offline }
    }
    await stage.run()
    expect(await stage.states()).toEqual(['delivered', 'delivered'])
    const chunks = stage.photos.reduce((sum, { hashes }) => sum + hashes.length, 0)
    expect(stage.wire.puts).toBeLessThanOrEqual(chunks * 2)
  })

  it('waits as long as the server says where it asks for it', async () => {
    const stage = createStage(1)
    let isFirst = true
    stage.wire.line = () => {
      if (!isFirst) return { heard: true, answer: null }
      isFirst = false
      return { heard: false, answer: { ok: false, problem: 'too-many-attempts', retryAfter: 40 } }
    }
    stage.lane.look()
    await stage.settle()
    expect(stage.clock.next()).toBe(40_000)
    await stage.run()
    expect(await stage.states()).toEqual(['delivered'])
  })

  it('forgets one whose record is gone, and keeps one whose record waits to be mended', async () => {
    const stage = createStage(2)
    const [gone] = stage.photos
    stage.records.delete(gone?.id ?? '')
    stage.wire.state = () => Promise.resolve({ ok: false, problem: 'not-found' })
    await stage.run()
    expect((await stage.vault.photos.list()).map(({ id, state }) => [id, state])).toEqual([
      [stage.photos[1]?.id, 'waiting'],
    ])
  })

  it('tells one that the server does not keep, and goes on with the next', async () => {
    const stage = createStage(2)
    const put = stage.wire.put
    stage.wire.put = (photo, index, bytes) =>
      photo.id === stage.photos[0]?.id
        ? Promise.resolve({
            ok: true,
            value: { ok: true, have: [], arrived: false, refused: 'metadata' as const },
          })
        : put(photo, index, bytes)
    await stage.run()
    expect(await stage.states()).toEqual(['refused', 'delivered'])
  })

  it('gives a server that was put back its pictures again, and lets go of old ones', async () => {
    const stage = createStage(2)
    await stage.run()
    const [lost, there] = stage.photos
    stage.server.delete(lost?.id ?? '')
    stage.records.set(there?.id ?? '', { arrivedAt: at })
    stage.clock.advance(1_000)
    stage.lane.pulled(stage.clock.now())
    await stage.settle()
    await stage.run()
    expect(await stage.states()).toEqual(['delivered', 'delivered'])
    expect(stage.server.get(lost?.id ?? '')?.size).toBe(lost?.hashes.length)
    stage.records.set(lost?.id ?? '', { arrivedAt: at })
    stage.clock.advance(keepOriginalsMs - dayMs)
    stage.lane.pulled(stage.clock.now())
    await stage.settle()
    expect(await stage.states()).toHaveLength(2)
    stage.clock.advance(2 * dayMs)
    stage.lane.pulled(stage.clock.now())
    await stage.settle()
    expect(await stage.states()).toEqual([])
  })

  it('takes up what was saved and killed before anybody told it, and drops what no form has', async () => {
    const stage = createStage(2)
    const [saved, orphan] = stage.photos
    await stage.vault.photos.mark(
      stage.photos.map(({ id }) => id),
      'draft',
      stage.clock.now(),
    )
    stage.records.delete(orphan?.id ?? '')
    await stage.run()
    expect(await stage.states()).toEqual(['delivered', 'draft'])
    stage.clock.advance(2 * dayMs)
    await stage.vault.setDraft('visit/1', {})
    stage.lane.pulled(stage.clock.now())
    await stage.settle()
    expect(await stage.states()).toEqual(['delivered', 'draft'])
    await stage.vault.removeDraft('visit/1')
    stage.lane.pulled(stage.clock.now())
    await stage.settle()
    expect((await stage.vault.photos.list()).map(({ id }) => id)).toEqual([saved?.id])
  })
})

describe('ten photographs over a line of 64 kB a second that breaks every three seconds', () => {
  it.each([0, 700, 1_300, 2_100, 2_900])(
    'from %i ms on: at most 1.1 times their bytes',
    async (phase) => {
      const stage = createStage(10, sampleJpeg({ width: 800, height: 600, noise: 44 }))
      const bytesPerMs = 64_000 / 1_000
      const breaksEvery = 3_000
      const headers = 400
      let sent = 0
      const began = stage.clock.now()
      const untilBreak = () => breaksEvery - ((stage.clock.now() - began + phase) % breaksEvery)
      const put = stage.wire.put
      stage.wire.put = async (photo, index, bytes) => {
        const whole = bytes.length + headers
        const takes = whole / bytesPerMs
        const left = untilBreak()
        const isBroken = takes > left
        await new Promise<void>((resolve) => {
          stage.clock.after(Math.min(takes, left), () => resolve())
        })
        sent += isBroken ? left * bytesPerMs : whole
        return isBroken ? offline : put(photo, index, bytes)
      }
      await stage.run()
      expect(await stage.states()).toEqual(Array.from({ length: 10 }, () => 'delivered'))
      const own = stage.photos.reduce((sum, { fields }) => sum + fields.bytes, 0)
      expect(own).toBeGreaterThan(1_500_000)
      expect(sent / own).toBeLessThanOrEqual(1.1)
    },
  )
})
