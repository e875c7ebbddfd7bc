/** The ground on the device: fetched once, kept, and there without a connection. */
import { describe, expect, it } from 'vitest'
import { createMapActs } from '#app/platform/map-acts.ts'
import { groundFilePath, groundPath } from '#protocol/ground.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'

const file = { kind: 'file', tag: 'first', datum: 'wgs84', credit: null }
const part = { tag: 'first', offset: 2, length: 3 }

function device(answer: (path: string, init: RequestInit) => Response | Promise<Response>) {
  const stores = new Map<string, Map<string, Response>>()
  const asked: string[] = []
  const caches = {
    open: (name: string) => {
      const store = stores.get(name) ?? new Map<string, Response>()
      stores.set(name, store)
      return Promise.resolve({
        match: (key: string) => Promise.resolve(store.get(key)?.clone()),
        put: (key: string, response: Response) => Promise.resolve(void store.set(key, response)),
      } as unknown as Cache)
    },
    keys: () => Promise.resolve([...stores.keys()]),
    delete: (name: string) => Promise.resolve(stores.delete(name)),
  }
  const geolocation = {
    getCurrentPosition: (done: PositionCallback, fail: PositionErrorCallback | null | undefined) =>
      place.refused ? fail?.(refusal) : done(fix),
  }
  const place = { refused: false }
  const clock = createManualClock()
  let serve = answer
  const acts = createMapActs({
    clock,
    caches,
    geolocation,
    fetch: async (path, init) => {
      asked.push(path)
      return serve(path, init)
    },
  })
  return { acts, asked, stores, place, clock, serve: (next: typeof answer) => (serve = next) }
}

const fix = {
  coords: { latitude: 30.0487, longitude: 119.9556, accuracy: 8 },
} as GeolocationPosition
const refusal = { code: 1, PERMISSION_DENIED: 1 } as GeolocationPositionError
const offline = () => Promise.reject(new TypeError('offline'))
const office = (path: string, init: RequestInit) => {
  if (path === groundPath) return Response.json(file)
  const range = (init.headers as { range: string }).range
  expect(range).toBe('bytes=2-4')
  return new Response(Uint8Array.from([7, 8, 9]), { status: 206, headers: { etag: '"first"' } })
}

describe('what the map is drawn on', () => {
  it('is known without a connection once it was known', async () => {
    const { acts, serve } = device(office)
    expect(await acts.ground()).toEqual(file)
    serve(offline)
    expect(await acts.ground()).toEqual(file)
  })

  it('is nothing that anybody knows before that, or where the answer is none of ours', async () => {
    expect(await device(offline).acts.ground()).toBeNull()
    expect(await device(() => new Response('<html>')).acts.ground()).toBeNull()
    expect(await device(() => new Response('', { status: 502 })).acts.ground()).toBeNull()
  })

  it('does not wait for ever', async () => {
    const { acts, clock } = device(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('ended')))
        }),
    )
    const asked = acts.ground()
    await new Promise((resolve) => setTimeout(resolve, 0))
    clock.advance(5_000)
    expect(await asked).toBeNull()
  })

  it('is the new one at the next opening, and what was kept of the old one goes', async () => {
    const { acts, serve, stores } = device(office)
    await acts.ground()
    await acts.groundBytes(part)
    expect([...stores.keys()]).toContain('wuse-ground-first')
    serve(() => Response.json({ ...file, tag: 'second' }))
    expect(await acts.ground()).toEqual(file)
    await expect.poll(() => [...stores.keys()]).not.toContain('wuse-ground-first')
    expect(await acts.ground()).toMatchObject({ tag: 'second' })
  })
})

describe('a part of the file', () => {
  it('is fetched once', async () => {
    const { acts, serve, asked } = device(office)
    expect([...new Uint8Array(await acts.groundBytes(part))]).toEqual([7, 8, 9])
    serve(offline)
    expect([...new Uint8Array(await acts.groundBytes(part))]).toEqual([7, 8, 9])
    expect(asked).toEqual([groundFilePath])
  })

  it.each([
    ['there is no connection', offline],
    [
      'the file is another one',
      () => new Response('abc', { status: 206, headers: { etag: '"x"' } }),
    ],
    ['a proxy sends the whole', () => new Response('abc', { headers: { etag: '"first"' } })],
    ['it is gone', () => new Response('', { status: 404 })],
  ])('cannot be had where %s, and nothing of it is kept', async (_, answer) => {
    const { acts, serve } = device(answer)
    await expect(acts.groundBytes(part)).rejects.toThrow()
    serve(office)
    expect([...new Uint8Array(await acts.groundBytes(part))]).toEqual([7, 8, 9])
  })

  it('is the same file where a proxy weakened its tag', async () => {
    const { acts } = device(
      () => new Response('abc', { status: 206, headers: { etag: 'W/"first"' } }),
    )
    expect((await acts.groundBytes(part)).byteLength).toBe(3)
  })
})

describe('where the device stands', () => {
  it('is told with how exact it is, or why not', async () => {
    const { acts, place } = device(offline)
    expect(await acts.here()).toEqual({
      ok: true,
      position: { latitude: 30.0487, longitude: 119.9556 },
      metres: 8,
    })
    place.refused = true
    expect(await acts.here()).toEqual({ ok: false, problem: 'refused' })
  })
})
