/** Photographs on a device: kept sealed until the form is saved, opened again from the disk or the office, and never a wrong one. */
import { describe, expect, it } from 'vitest'
import { isBornIn } from '#domain/born-ids.ts'
import { mostPhotosAtOnce } from '#domain/photo.ts'
import { bytesToBase64 } from '#app/platform/sealing.ts'
import type { MadePicture } from '#picture/make-picture.ts'
import { createPhotos, mostUnsentBytes, photosWith } from '#app/acts/photos.ts'
import type { Desk } from '#app/acts/work.ts'
import { createFactory, device, openTestVault } from '../vault/open-test-vault.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { sampleJpeg } from '#tests/support/sample-jpeg.ts'
import { gridA, gridB, uuid } from '../register/grid-of-samples.ts'

const picture = (noise = 12): MadePicture => ({
  ...{
    bytes: new Uint8Array(sampleJpeg({ width: 320, height: 240, noise })),
    width: 320,
    height: 240,
  },
  thumbnail: new Uint8Array([1, 2, 3]),
})
const form = 'visit/样例'

type Answer = { ok: true; value: unknown } | { ok: false; problem: string }

/** The real vault over a disk in memory; the office answers as the test says. */
async function stage(answer: (path: string) => Answer = () => ({ ok: false, problem: 'offline' })) {
  const vault = await openTestVault(createFactory())
  const clock = createManualClock()
  const synced: string[] = []
  const sync = { syncNow: () => synced.push('now'), saved: () => synced.push('saved') }
  let open: Desk | null = { vault, sync } as unknown as Desk
  const parts = {
    ...{
      desk: () => open,
      clock,
      now: () => Date.parse('2026-11-23T06:32:00Z'),
      heard: () => null,
    },
    ids: createCountedIds(),
    network: { request: (path: string) => Promise.resolve(answer(path)) } as never,
  }
  const lock = () => {
    open = null
  }
  return { acts: createPhotos(parts), parts, vault, synced, lock }
}
const chunksOf = async ({ vault }: Awaited<ReturnType<typeof stage>>, id: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => vault.photos.chunk(id, index)))

it('one device has one shelf, whoever asks for it', async () => {
  const { parts } = await stage()
  expect(photosWith(parts)).toBe(photosWith(parts))
})

describe('what is taken for a form', () => {
  it('lies sealed on the disk, opens as it was, and counts what changed', async () => {
    const staged = await stage()
    const one = picture()
    expect(await staged.acts.keep(form, gridA, one)).toEqual({ ok: true })
    const [photo] = await staged.acts.ofForm(form)
    expect(isBornIn(photo!.id, gridA)).toBe(true)
    const [chunk] = await chunksOf(staged, photo!.id, 1)
    expect(Buffer.from(chunk!).includes(Buffer.from(one.bytes.subarray(100, 140)))).toBe(false)
    expect(await staged.acts.open(photo!)).toEqual({ ok: true, bytes: one.bytes })
    expect(staged.acts.changes.getState().count).toBe(1)
    expect(await staged.acts.ofForm('visit/other')).toEqual([])
  })

  it('gives its place to a painted one, and what was dropped is gone', async () => {
    const { acts } = await stage()
    await acts.keep(form, gridA, picture())
    const [before] = await acts.ofForm(form)
    await acts.replace(before!, picture(30))
    const [after, ...others] = await acts.ofForm(form)
    expect(others).toEqual([])
    expect(after?.id).not.toBe(before?.id)
    expect(after?.fields.takenAt).toBe(before?.fields.takenAt)
    await acts.drop([after!.id])
    expect(await acts.ofForm(form)).toEqual([])
  })

  it('has an end: so many at once, and so many bytes that wait for the office', async () => {
    const { acts, vault } = await stage()
    const blob = new Blob([picture().bytes])
    for (let index = 0; index < mostPhotosAtOnce; index += 1)
      await acts.keep(form, gridA, picture())
    expect(await acts.take(form, gridA, blob)).toEqual({ ok: false, problem: 'too-many' })
    const [photo] = await acts.ofForm(form)
    const grown = (id: number, size: number, state: 'waiting' | 'delivered') =>
      vault.photos.add({ ...photo!, id: uuid(id), form: 'x', size, state }, [])
    await grown(800, mostUnsentBytes, 'delivered')
    expect((await acts.room()).state).toBe('free')
    await grown(801, mostUnsentBytes * 0.8, 'waiting')
    expect((await acts.room()).state).toBe('near')
    await grown(802, mostUnsentBytes * 0.2, 'waiting')
    expect((await acts.room()).state).toBe('full')
    expect(await acts.take('visit/other', gridA, blob)).toEqual({ ok: false, problem: 'full' })
  })

  it('says so where nobody is at work any more', async () => {
    const { acts, lock } = await stage()
    lock()
    expect(await acts.keep(form, gridA, picture())).toEqual({ ok: false, problem: 'locked' })
  })
})

describe('saved with its form', () => {
  it('each is a record of what it shows, and goes on its way when the form is on disk', async () => {
    const { acts, synced } = await stage()
    await acts.keep(form, gridA, picture())
    const intents = await acts.intents(form, { host: uuid(20), stream: gridA, hazard: uuid(21) })
    expect(intents).toMatchObject([
      { kind: 'photo', stream: gridA, fields: { host: uuid(20), hazard: uuid(21) } },
    ])
    await acts.saved(intents)
    expect([...(await acts.states()).values()]).toEqual(['waiting'])
    expect(await acts.ofForm(form)).toEqual([])
    expect(synced).toEqual(['now'])
  })

  it('in another grid than the form began in gets an id of that grid, and is there once', async () => {
    const { acts } = await stage()
    const one = picture()
    await acts.keep(form, gridA, one)
    const [intent] = await acts.intents(form, { host: uuid(20), stream: gridB })
    expect(isBornIn(intent!.record, gridB)).toBe(true)
    const [photo, ...others] = await acts.ofForm(form)
    expect(others).toEqual([])
    expect(photo?.id).toBe(intent?.record)
    expect(await acts.open(photo!)).toEqual({ ok: true, bytes: one.bytes })
  })
})

describe('a photograph of somebody else', () => {
  const one = picture()
  async function theirs() {
    const other = await stage()
    await other.acts.keep(form, gridA, one)
    const [photo] = await other.acts.ofForm(form)
    const chunks = (await chunksOf(other, photo!.id, photo!.fields.chunks)) as Uint8Array[]
    return { photo: { id: photo!.id, stream: gridA, fields: photo!.fields }, chunks }
  }
  const chunkAnswer = (bytes: Uint8Array): Answer => ({
    ...{ ok: true, value: { ok: true, chunk: bytesToBase64(new Uint8Array(bytes)) } },
  })

  it('is fetched once and stays open until the lock', async () => {
    const { photo, chunks } = await theirs()
    const asked: string[] = []
    const { acts } = await stage((path) => {
      asked.push(path)
      return chunkAnswer(chunks[Number(path.split('/').at(-1))]!)
    })
    expect(await acts.open(photo)).toEqual({ ok: true, bytes: one.bytes })
    expect(await acts.open(photo)).toEqual({ ok: true, bytes: one.bytes })
    expect(asked).toHaveLength(chunks.length)
  })

  it('is told apart: no connection, not whole at the office, and one that is not what the record says', async () => {
    const { photo, chunks } = await theirs()
    const open = async (answer: Answer) => (await stage(() => answer)).acts.open(photo)
    expect(await open({ ok: false, problem: 'offline' })).toEqual({ ok: false, problem: 'offline' })
    expect(await open({ ok: false, problem: 'not-found' })).toMatchObject({ problem: 'not-here' })
    const damaged = new Uint8Array(chunks[0]!)
    damaged[40]! ^= 1
    expect(await open(chunkAnswer(damaged))).toMatchObject({ problem: 'damaged' })
  })
})

it('one whose picture never came is taken away by a mutation that is on disk first', async () => {
  const { acts, vault, synced } = await stage()
  await acts.takeAway({ id: uuid(90), stream: gridA, version: 7 })
  expect((await vault.outbox()).map(({ mutation }) => mutation)).toMatchObject([
    { kind: 'photo', op: 'remove', record: uuid(90), seen: 7, device },
  ])
  expect(synced).toEqual(['saved'])
})
