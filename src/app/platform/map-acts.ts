/**
 * What the map needs of the browser: the ground's description and bytes, kept on the device as they were fetched, and
 * where the device stands. Nothing of the register comes here.
 */
import * as v from 'valibot'
import { groundFilePath, groundPath, groundSchema, type Ground } from '#protocol/ground.ts'
import type { Position } from '#domain/position.ts'
import { systemClock, type Clock } from './clock.ts'
import { createPatience } from './patience.ts'

export type Here =
  | { readonly ok: true; readonly position: Position; readonly metres: number }
  | { readonly ok: false; readonly problem: 'refused' | 'not-found' }

export interface MapActs {
  /** What lies under the marks; as this device knew it last where there is no connection. Null where nobody knows. */
  ground(): Promise<Ground | null>
  /** Part of the ground's file, from the device where it has been read before. Rejects where it cannot be had. */
  groundBytes(part: GroundPart): Promise<ArrayBuffer>
  /** Where the device stands now. The browser asks the person; nothing of it is kept. */
  here(): Promise<Here>
}

export interface GroundPart {
  readonly tag: string
  readonly offset: number
  readonly length: number
  readonly signal?: AbortSignal | undefined
}

interface Parts {
  readonly clock: Clock
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>
  readonly caches: Pick<CacheStorage, 'open' | 'keys' | 'delete'>
  readonly geolocation: Pick<Geolocation, 'getCurrentPosition'>
}

const cachePrefix = 'wuse-ground-'
const descriptionCache = `${cachePrefix}description`

/** A map that waits longer for its ground is drawn without. */
const descriptionPatienceMs = 5_000
const partPatienceMs = 20_000

export function createMapActs({ fetch, caches, geolocation, clock }: Parts): MapActs {
  /** Ends what hangs, and what nobody wants any more. */
  const patiently = async <T>(
    milliseconds: number,
    signal: AbortSignal | undefined,
    act: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const patience = createPatience(clock, milliseconds, signal)
    try {
      return await act(patience.signal)
    } finally {
      patience.end()
    }
  }
  /** A browser that refuses its cache (a private window, a full disk) has the ground from the network alone. */
  const kept = async (name: string, key: string): Promise<Response | undefined> =>
    caches
      .open(name)
      .then((cache) => cache.match(key))
      .catch(() => undefined)
  const keep = async (name: string, key: string, answer: Response): Promise<void> =>
    caches
      .open(name)
      .then((cache) => cache.put(key, answer))
      .catch(() => undefined)

  const dropOthers = async (name: string): Promise<void> => {
    const names = await caches.keys().catch(() => [])
    const old = names.filter(
      (one) => one.startsWith(cachePrefix) && one !== name && one !== descriptionCache,
    )
    await Promise.all(old.map((one) => caches.delete(one).catch(() => false)))
  }

  const ask = async (): Promise<Ground | null> => {
    const answer = await patiently(descriptionPatienceMs, undefined, (signal) =>
      fetch(groundPath, { signal }),
    ).catch(() => null)
    const text = answer?.ok ? await answer.text().catch(() => '') : ''
    const ground = parseGround(text)
    if (!ground) return null
    await keep(descriptionCache, groundPath, new Response(text))
    await dropOthers(ground.kind === 'file' ? cachePrefix + ground.tag : '')
    return ground
  }

  return {
    async ground() {
      const known = parseGround((await (await kept(descriptionCache, groundPath))?.text()) ?? '')
      const fresh = ask()
      // What is known is drawn at once; what is new is there the next time.
      return known ?? (await fresh)
    },
    async groundBytes({ tag, offset, length, signal }) {
      const name = cachePrefix + tag
      const key = `${groundFilePath}/${tag}/${offset}-${length}`
      const before = await kept(name, key)
      if (before) return before.arrayBuffer()
      const bytes = await patiently(partPatienceMs, signal, async (either) => {
        const answer = await fetch(groundFilePath, {
          headers: { range: `bytes=${offset}-${offset + length - 1}` },
          cache: 'no-store',
          signal: either,
        })
        if (answer.status !== 206) throw new Error(`the ground answered ${answer.status}`)
        // A proxy on the way may have weakened it.
        const etag = answer.headers.get('etag')?.replace(/^W\//, '')
        if (etag !== `"${tag}"`) throw new Error('the ground is another one')
        return answer.arrayBuffer()
      })
      await keep(name, key, new Response(bytes.slice(0)))
      return bytes
    },
    here: () =>
      new Promise((resolve) => {
        geolocation.getCurrentPosition(
          ({ coords }) => {
            const { latitude, longitude, accuracy } = coords
            resolve({ ok: true, position: { latitude, longitude }, metres: accuracy })
          },
          (fault) =>
            resolve({
              ok: false,
              problem: fault.code === fault.PERMISSION_DENIED ? 'refused' : 'not-found',
            }),
          { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 },
        )
      }),
  }
}

function parseGround(text: string): Ground | null {
  try {
    const parsed = v.safeParse(groundSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

let acts: MapActs | null = null

/** Over this browser. */
export function browserMapActs(): MapActs {
  acts ??= createMapActs({
    clock: systemClock,
    fetch: (path, init) => fetch(path, init),
    caches,
    geolocation: navigator.geolocation,
  })
  return acts
}
