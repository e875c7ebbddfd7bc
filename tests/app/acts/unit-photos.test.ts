/** What a form saves of its photographs: of a visit or request, or of a unit's errand in the unit's own stream. */
import { expect, it } from 'vitest'
import { createPhotos, mostUnsentBytes } from '#app/acts/photos.ts'
import { openPicture } from '#app/platform/photo-sealing.ts'
import { isBornIn } from '#domain/born-ids.ts'
import type { Picture } from '#domain/photo.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { createDisk, createMemoryVault } from '#tests/support/memory-vault.ts'
import { sampleJpeg } from '#tests/support/sample-jpeg.ts'
import { uuid } from '../register/grid-of-samples.ts'

const unit = uuid(63)
const bytes = new Uint8Array(sampleJpeg({ width: 320, height: 240, noise: 20 }))
const picture = { bytes, thumbnail: bytes.slice(0, 300), width: 320, height: 240 }

function createDesk() {
  const vault = createMemoryVault('account', 'device', createDisk())
  const woken = { count: 0 }
  const desk = { vault, sync: { syncNow: () => (woken.count += 1) } } as never
  const clock = createManualClock()
  const acts = createPhotos({
    ...{ clock, ids: createCountedIds(), now: () => clock.now(), heard: () => null },
    desk: () => desk,
    network: { request: () => Promise.resolve({ ok: false, problem: 'offline' }) } as never,
  })
  return { acts, vault, woken }
}

it('is of the errand, in the unit’s stream, and waits there once the step is saved', async () => {
  const { acts, vault, woken } = createDesk()
  expect(await acts.keep('step/1/answer', unit, picture)).toEqual({ ok: true })
  const of = { host: uuid(70), stream: unit, isOfErrand: true }
  const intents = await acts.intents('step/1/answer', of)
  expect(intents).toMatchObject([
    { op: 'create', kind: 'errand-photo', stream: unit, fields: { errand: uuid(70) } },
  ])
  expect(intents[0]?.fields).not.toHaveProperty('host')
  await acts.saved(intents)
  expect((await vault.photos.list()).map(({ state }) => state)).toEqual(['waiting'])
  expect(woken.count).toBe(1)
})

it('is born anew where the form stands in another stream than it was taken for', async () => {
  const { acts, vault } = createDesk()
  await acts.keep('request', unit, picture)
  const [before] = await vault.photos.list()
  const grid = uuid(1)
  const [intent] = await acts.intents('request', { host: uuid(10), stream: grid })
  expect(intent).toMatchObject({ kind: 'photo', stream: grid, fields: { host: uuid(10) } })
  expect(intent?.record).not.toBe(before?.id)
  expect(isBornIn(intent?.record ?? '', grid)).toBe(true)
  // The other one is gone, and the picture is the same under another key.
  const [after, ...others] = await vault.photos.list()
  expect(others).toEqual([])
  const { key, chunks } = (intent?.fields ?? {}) as unknown as Picture
  expect(key).not.toBe(before?.fields.key)
  const sealed = await Promise.all(
    Array.from({ length: chunks }, (_, index) => vault.photos.chunk(after?.id ?? '', index)),
  )
  const whole = sealed.filter((chunk) => chunk !== null)
  expect(await openPicture(intent?.record ?? '', key, whole)).toEqual(bytes)
})

it('is refused before anything is decoded where unsent ones fill their room, and says so at four fifths', async () => {
  const { acts, vault } = createDesk()
  const lying = async (number: number, state: 'waiting' | 'delivered', size: number) => {
    await acts.keep('visit/1', unit, picture)
    const [fresh] = (await vault.photos.list()).filter((one) => one.state === 'draft')
    if (!fresh) throw new Error('not kept')
    await vault.photos.remove([fresh.id])
    await vault.photos.add({ ...fresh, id: uuid(number), size, state }, [])
  }
  // What the office has takes room of nobody.
  await lying(500, 'delivered', mostUnsentBytes)
  expect(await acts.room()).toMatchObject({ used: 0, state: 'free' })
  await lying(501, 'waiting', mostUnsentBytes * 0.8)
  expect((await acts.room()).state).toBe('near')
  await lying(502, 'waiting', mostUnsentBytes * 0.2)
  expect((await acts.room()).state).toBe('full')
  // No picture at all: it is not looked at.
  expect(await acts.take('visit/1', unit, new Blob(['x']))).toEqual({ ok: false, problem: 'full' })
  await vault.photos.mark([uuid(501)], 'delivered', 1)
  expect((await acts.room()).state).toBe('free')
})
