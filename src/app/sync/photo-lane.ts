/**
 * The lane of photographs, behind the mutations: nothing that somebody typed ever waits for a picture. One photograph
 * after the other, chunk by chunk; what the server has it says with each answer, so a line that breaks costs the chunk
 * that was on its way and no more. Only the receipt for the whole makes one delivered.
 */
import { chunkBytes } from '#domain/photo.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Register } from '#app/register/register.ts'
import type { ShelvedPhoto } from '#app/vault/photo-shelf.ts'
import type { Vault } from '#app/vault/vault.ts'
import type { PhotoWire } from './photo-wire.ts'
import { afterProgress, doubledWait, spread } from './waits.ts'

export interface PhotoLaneParts {
  readonly vault: Pick<Vault, 'photos' | 'drafts'>
  readonly wire: PhotoWire
  readonly register: Pick<Register, 'get' | 'isPending'>
  readonly clock: Clock
  /** In [0, 1). */
  readonly chance: () => number
  /** Mutations wait, and go first. */
  readonly isBusy: () => boolean
  readonly isCostly: () => boolean
  readonly onFault: (error: unknown) => void
}

export interface PhotoLane {
  /** Something may have changed: a photograph was saved, the line is back, a push went through. */
  look(): void
  /** A pull that began at that moment brought everything. */
  pulled(began: number): void
  stop(): void
}

/** Delivered originals stay for so long, for a server that is put back to yesterday; thumbnails stay in the records. */
export const keepOriginalsMs = 7 * 86_400_000
/** A picture whose form is gone: a kill between the two left it. */
const orphanMs = 86_400_000
const longestWait = 60_000
/** Between two chunks of a line that somebody pays for. */
const costlyPause = 250
const mostAtOnce = 3
/** A chunk that went in this time, and the next may have company. */
const quickMs = 250

type Outcome = 'done' | 'busy' | 'skip' | { readonly waitMs: number }

/** Long: the steps of one lane, in the order in which they are taken, over what it knows of the server. */
export function createPhotoLane(parts: PhotoLaneParts): PhotoLane {
  const { vault, wire, register, clock } = parts
  const { photos } = vault
  let stopped = false
  let running = false
  let again = false
  let failures = 0
  let atOnce = 1
  let cancelWait: (() => void) | null = null
  /** Which chunks the server has, as it said last. */
  const held = new Map<string, ReadonlySet<number>>()

  /** Of a visit, a request or a dwelling, or what a unit took of its errand. */
  const recordOf = (id: string) => register.get('photo', id) ?? register.get('errand-photo', id)

  const wait = (milliseconds: number) => {
    cancelWait?.()
    cancelWait = clock.after(milliseconds, () => {
      cancelWait = null
      look()
    })
  }

  const look = () => {
    if (stopped) return
    if (running) {
      again = true
      return
    }
    running = true
    void run().catch((error: unknown) => {
      if (stopped) return
      parts.onFault(error)
      wait(longestWait)
    })
  }

  const run = async () => {
    try {
      do {
        again = false
        await round()
      } while (again && !stopped)
    } finally {
      running = false
    }
  }

  const round = async () => {
    const skipped = new Set<string>()
    for (;;) {
      if (stopped || parts.isBusy()) return
      const next = (await waiting()).find(({ id }) => !skipped.has(id))
      if (!next) return
      const outcome = await send(next)
      if (stopped || outcome === 'busy') return
      if (outcome === 'skip') skipped.add(next.id)
      else if (outcome !== 'done') return wait(outcome.waitMs)
    }
  }

  /** Those whose record is with the server, or on its way there no more. */
  const waiting = async (): Promise<readonly ShelvedPhoto[]> => {
    const shelved = await photos.list()
    const found = shelved.filter(
      ({ id, state }) =>
        (state === 'waiting' || (state === 'draft' && recordOf(id))) && !register.isPending(id),
    )
    const fresh = found.flatMap(({ id, state }) => (state === 'draft' ? [id] : []))
    // Saved, and killed before the picture was told so.
    if (fresh.length > 0) await photos.mark(fresh, 'waiting', clock.now())
    return found
  }

  const send = async (photo: ShelvedPhoto): Promise<Outcome> => {
    if (!held.has(photo.id)) {
      const asked = await wire.state(photo)
      if (!asked.ok) return failed(asked, photo, 0)
      const done = await settle(photo, asked.value)
      if (done) return 'done'
    }
    const have = held.get(photo.id) ?? new Set()
    const missing = photo.hashes.map((_, index) => index).filter((index) => !have.has(index))
    return sendChunks(photo, missing)
  }

  /** Several at once where the line is quick, and one after the other where it is not. */
  const sendChunks = async (photo: ShelvedPhoto, missing: number[]): Promise<Outcome> => {
    let sent = 0
    let outcome: Outcome | null = null
    const lane = async () => {
      for (;;) {
        const index = outcome === null ? missing.shift() : undefined
        if (index === undefined) return
        const bytes = await photos.chunk(photo.id, index)
        if (!bytes) {
          outcome ??= await lost(photo)
          return
        }
        const began = clock.now()
        const answer = await wire.put(photo, index, bytes)
        if (stopped) return
        if (!answer.ok) {
          held.delete(photo.id)
          outcome ??= await failed(answer, photo, sent)
          return
        }
        sent += 1
        failures = 0
        // A small last chunk says nothing about the line.
        if (bytes.length < chunkBytes) continueAs(atOnce)
        else continueAs(clock.now() - began < quickMs ? atOnce + 1 : 1)
        if (await settle(photo, answer.value)) outcome ??= 'done'
        else if (parts.isBusy()) outcome ??= 'busy'
        else if (parts.isCostly() && missing.length > 0) await pause()
      }
    }
    await Promise.all(Array.from({ length: parts.isCostly() ? 1 : atOnce }, lane))
    // All went, and the server has not said that it is whole: it is asked once more.
    if (outcome !== null) return outcome
    held.delete(photo.id)
    failures += 1
    return { waitMs: waitAfter(failures) }
  }

  const continueAs = (count: number) => {
    atOnce = parts.isCostly() ? 1 : Math.min(mostAtOnce, count)
  }

  const pause = () => new Promise<void>((resolve) => void clock.after(costlyPause, () => resolve()))

  /** True where nothing is left to do for it. */
  const settle = async (
    photo: ShelvedPhoto,
    { have, arrived, refused }: { have: readonly number[]; arrived: boolean; refused?: unknown },
  ): Promise<boolean> => {
    held.set(photo.id, new Set([...(held.get(photo.id) ?? []), ...have]))
    if (!arrived && refused === undefined) return false
    held.delete(photo.id)
    await photos.mark([photo.id], arrived ? 'delivered' : 'refused', clock.now())
    return true
  }

  const failed = async (
    { problem, retryAfter }: { readonly problem: string; readonly retryAfter?: number | undefined },
    photo: ShelvedPhoto,
    sent: number,
  ): Promise<Outcome> => {
    atOnce = 1
    if (problem === 'not-found') return gone(photo)
    // Chunks that are none of it: the record is of another picture. Nothing that is sent again would change that.
    if (problem === 'malformed') return lost(photo)
    failures += 1
    if (retryAfter !== undefined) return { waitMs: retryAfter * 1_000 }
    if (sent > 0) return { waitMs: afterProgress }
    return { waitMs: waitAfter(failures) }
  }

  const waitAfter = (times: number) => spread(doubledWait(times, longestWait), parts.chance())

  /** The server has no such record: it was refused and waits to be mended, or it was taken away. */
  const gone = async ({ id }: ShelvedPhoto): Promise<Outcome> => {
    if (!recordOf(id)) {
      await photos.remove([id])
    }
    return 'skip'
  }

  const lost = async ({ id }: ShelvedPhoto): Promise<Outcome> => {
    await photos.mark([id], 'refused', clock.now())
    return 'skip'
  }

  /** What need not lie here any longer. */
  const tidy = async () => {
    const now = clock.now()
    const forms = await vault.drafts()
    const old = (await photos.list()).filter(({ id, state, at, form }) => {
      if (state === 'delivered') return at < now - keepOriginalsMs
      return state === 'draft' && at < now - orphanMs && !forms.has(form) && !recordOf(id)
    })
    if (old.length > 0) await photos.remove(old.map(({ id }) => id))
  }

  const pulled = async (began: number) => {
    const shelved = await photos.list()
    // A server that was put back has the record by now, and not the picture.
    const again = shelved.filter(({ id, state, at }) => {
      const record = state === 'delivered' && at < began ? recordOf(id) : undefined
      return record !== undefined && !record.fields.arrivedAt && !record.fields.refusedAs
    })
    if (again.length > 0) {
      await photos.mark(
        again.map(({ id }) => id),
        'waiting',
        clock.now(),
      )
    }
    await tidy()
    look()
  }

  return {
    look,
    pulled(began) {
      if (stopped) return
      pulled(began).catch((error: unknown) => {
        if (!stopped) parts.onFault(error)
      })
    },
    stop() {
      stopped = true
      cancelWait?.()
    },
  }
}
