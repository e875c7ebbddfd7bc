/** What a form saves of its photographs: of a visit or request, or of a unit's errand in the unit's own stream. */
import { expect, it } from 'vitest'
import { createPhotos } from '#app/acts/photos.ts'
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
