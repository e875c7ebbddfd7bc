/**
 * Photographs on this device: taken, covered, kept sealed, opened again. Fetched with the first form or page that has
 * any; what was opened stays in memory until the lock.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { idBornIn } from '#domain/born-ids.ts'
import { mostPhotosAtOnce, type Picture } from '#domain/photo.ts'
import type { RegisterRecord } from '#domain/record.ts'
import { chunkAnswerSchema, chunkPath } from '#protocol/photos.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Ids } from '#app/platform/ids.ts'
import type { Network } from '#app/platform/network.ts'
import {
  base64ToBytes,
  hashOfBytes,
  openPicture,
  sealPicture,
} from '#app/platform/photo-sealing.ts'
import { bytesToBase64, type Bytes } from '#app/platform/sealing.ts'
import type { ShelvedPhoto, ShelfState } from '#app/vault/photo-shelf.ts'
import { VaultFault } from '#app/vault/vault.ts'
import type { MadePicture, PictureProblem } from '#picture/make-picture.ts'
import type { Intent, SaveProblem } from './intent.ts'
import type { NewMutation } from './intent-to-mutation.ts'
import { heardOf, type Desk } from './work.ts'

/** Bytes of photographs that the server does not have, at most; words are never refused for them. */
export const mostUnsentBytes = 60_000_000
const nearlyFull = 0.8

export interface Room {
  readonly used: number
  readonly most: number
  readonly state: 'free' | 'near' | 'full'
}

export type TakeProblem = PictureProblem | SaveProblem | 'full' | 'too-many'
export type Taken = { readonly ok: true } | { readonly ok: false; readonly problem: TakeProblem }

/** A photograph as a page has it: of a record, or of a form that is not saved yet. */
export interface OpenablePhoto {
  readonly id: string
  readonly stream: string
  readonly fields: Picture
}

export type Opened =
  | { readonly ok: true; readonly bytes: Bytes }
  /** `not-here`: neither on this device nor whole at the server. */
  | { readonly ok: false; readonly problem: 'offline' | 'not-here' | 'damaged' }

export interface PhotoActs {
  /** Counts up whenever what lies here changes. */
  readonly changes: StoreApi<{ readonly count: number }>
  room(): Promise<Room>
  /** What was taken for a form and is not saved yet, in order. */
  ofForm(form: string): Promise<readonly ShelvedPhoto[]>
  /** Makes a picture of a file and keeps it sealed; resolves when it is on disk. */
  take(form: string, stream: string, file: Blob): Promise<Taken>
  /** Keeps a picture that is made already. */
  keep(form: string, stream: string, picture: MadePicture): Promise<Taken>
  /** A picture that somebody painted on takes the place of the one before. */
  replace(photo: ShelvedPhoto, picture: MadePicture): Promise<Taken>
  drop(photos: readonly string[]): Promise<void>
  /** Of what was taken for a form, for the record that it is of. */
  intents(form: string, of: PhotoOf): Promise<readonly Intent[]>
  /** The form was saved with these. */
  saved(intents: readonly Intent[]): Promise<void>
  /** State of each photograph that lies here, by id. */
  states(): Promise<ReadonlyMap<string, ShelfState>>
  open(photo: OpenablePhoto): Promise<Opened>
  /** The same as the address of an image, for paper, which does not wait for a picture to be drawn; null without it. */
  address(photo: OpenablePhoto): Promise<string | null>
  /** Takes one away whose picture never came; resolves when that is on disk. */
  takeAway(photo: Pick<RegisterRecord, 'id' | 'stream' | 'version'>): Promise<void>
}

export interface PhotoOf {
  /** A visit, a request, a dwelling or an errand. */
  readonly host: string
  readonly stream: string
  readonly hazard?: string
  /** What a unit takes is of its errand, in its own stream. */
  readonly isOfErrand?: boolean
}

/** Of the mutations or records of a form those that are photographs. */
export const isPhoto = ({ kind }: { readonly kind: string }): boolean =>
  kind === 'photo' || kind === 'errand-photo'

interface Parts {
  readonly desk: () => Desk | null
  readonly network: Pick<Network, 'request'>
  readonly clock: Clock
  readonly ids: Ids
  /** The office's time. */
  readonly now: () => number
  /** The server's last word, by its clock; null before the first. */
  readonly heard: () => number | null
}

const made = new WeakMap<Parts, PhotoActs>()

/** The same acts for the same parts, whoever asks. */
export function photosWith(parts: Parts): PhotoActs {
  const acts = made.get(parts) ?? createPhotos(parts)
  made.set(parts, acts)
  return acts
}

/** Long: each act is a few lines, and all share what is open on this desk. */
export function createPhotos({ desk, network, clock, ids, now, heard }: Parts): PhotoActs {
  const changes = createStore(() => ({ count: 0 }))
  /** What was opened, by vault: a lock drops the vault, and the pictures with it. */
  const openedOf = new WeakMap<object, Map<string, Bytes>>()
  const opened = (): Map<string, Bytes> => {
    const vault = desk()?.vault
    if (!vault) return new Map()
    const held = openedOf.get(vault) ?? new Map<string, Bytes>()
    openedOf.set(vault, held)
    return held
  }
  const changed = () => changes.setState(({ count }) => ({ count: count + 1 }))
  const shelf = () => {
    const open = desk()
    if (!open) throw new VaultFault('closed')
    return open.vault.photos
  }

  const room = async (): Promise<Room> => {
    const unsent = (await shelf().list()).filter(
      ({ state }) => state === 'draft' || state === 'waiting',
    )
    const used = unsent.reduce((sum, { size }) => sum + size, 0)
    const share = used / mostUnsentBytes
    const state = share >= 1 ? 'full' : share >= nearlyFull ? 'near' : 'free'
    return { used, most: mostUnsentBytes, state }
  }

  const ofForm = async (form: string) =>
    (await shelf().list()).filter((photo) => photo.state === 'draft' && photo.form === form)

  const shelve = async (
    form: string,
    stream: string,
    {
      bytes,
      thumbnail,
      width,
      height,
    }: Pick<MadePicture, 'bytes' | 'width' | 'height'> & {
      readonly thumbnail: string
    },
    takenAt: string,
  ): Promise<ShelvedPhoto> => {
    const id = idBornIn(stream, ids())
    const { key, chunks, hashes, sealed, sha256 } = await sealPicture(id, bytes)
    const photo: ShelvedPhoto = {
      ...{ id, state: 'draft', at: clock.now(), stream, form, hashes },
      size: chunks.reduce((sum, { length }) => sum + length, 0),
      fields: {
        ...{ sha256, sealed, bytes: bytes.length, width, height, chunks: chunks.length },
        ...{ takenAt, thumbnail, key },
      },
    }
    await shelf().add(photo, chunks)
    return photo
  }

  /** What keeps the disk from taking it is said; anything else is a bug. */
  const attempt = async (work: () => Promise<unknown>): Promise<Taken> => {
    try {
      await work()
      changed()
      return { ok: true }
    } catch (error) {
      if (!(error instanceof VaultFault)) throw error
      const { reason } = error
      const problem = reason === 'closed' ? 'locked' : reason === 'disk-full' ? reason : 'storage'
      return { ok: false, problem }
    }
  }

  const ownBytes = async ({ id, fields }: OpenablePhoto): Promise<Bytes | null> => {
    const chunks: Bytes[] = []
    for (let index = 0; index < fields.chunks; index += 1) {
      const chunk = await shelf().chunk(id, index)
      if (!chunk) return null
      chunks.push(chunk)
    }
    return openPicture(id, fields.key, chunks)
  }

  const fetched = async ({ id, stream, fields }: OpenablePhoto): Promise<Opened> => {
    const device = desk()?.vault.device
    if (device === undefined) return { ok: false, problem: 'not-here' }
    const chunks: Bytes[] = []
    for (let index = 0; index < fields.chunks; index += 1) {
      const answer = await network.request(chunkPath(stream, id, index), {
        ...{ method: 'GET', device, schema: chunkAnswerSchema },
      })
      if (!answer.ok) {
        const isThere = answer.problem !== 'not-found' && answer.problem !== 'not-allowed'
        return { ok: false, problem: isThere ? 'offline' : 'not-here' }
      }
      chunks.push(base64ToBytes(answer.value.chunk))
    }
    const bytes = await openPicture(id, fields.key, chunks)
    const isSame = bytes !== null && (await hashOfBytes(bytes)) === fields.sha256
    return isSame ? { ok: true, bytes } : { ok: false, problem: 'damaged' }
  }

  const open = async (photo: OpenablePhoto): Promise<Opened> => {
    const known = opened().get(photo.id)
    if (known) return { ok: true, bytes: known }
    const own = await ownBytes(photo)
    const found: Opened = own ? { ok: true, bytes: own } : await fetched(photo)
    if (found.ok) opened().set(photo.id, found.bytes)
    return found
  }

  return {
    changes,
    room,
    ofForm,
    open,
    async address(photo) {
      const found = await open(photo)
      return found.ok ? `data:image/jpeg;base64,${bytesToBase64(found.bytes)}` : null
    },
    async take(form, stream, file) {
      // Before anything is decoded: what finds no room is not taken.
      if ((await room()).state === 'full') return { ok: false, problem: 'full' }
      if ((await ofForm(form)).length >= mostPhotosAtOnce) return { ok: false, problem: 'too-many' }
      const takenAt = new Date(now()).toISOString()
      const { makePicture } = await import('#picture/make-picture.ts')
      const made = await makePicture(file)
      if (!made.ok) return made
      const thumbnail = bytesToBase64(made.picture.thumbnail)
      return attempt(() => shelve(form, stream, { ...made.picture, thumbnail }, takenAt))
    },
    keep: (form, stream, picture) =>
      attempt(() => {
        const thumbnail = bytesToBase64(picture.thumbnail)
        return shelve(form, stream, { ...picture, thumbnail }, new Date(now()).toISOString())
      }),
    replace: ({ id, form, stream, fields }, picture) =>
      attempt(async () => {
        const thumbnail = bytesToBase64(picture.thumbnail)
        // The new one first: a crash between leaves one too many to look at.
        await shelve(form, stream, { ...picture, thumbnail }, fields.takenAt)
        await shelf().remove([id])
        opened().delete(id)
      }),
    async drop(photos) {
      await shelf().remove(photos)
      for (const id of photos) opened().delete(id)
      changed()
    },
    async intents(form, { host, stream, hazard, isOfErrand = false }) {
      const intents: Intent[] = []
      for (const photo of await ofForm(form)) {
        let { id, fields } = photo
        // Taken before it was known where the record stands: its id has to be born there.
        if (photo.stream !== stream) {
          const bytes = await ownBytes(photo)
          if (!bytes) continue
          const { width, height, thumbnail, takenAt } = fields
          ;({ id, fields } = await shelve(
            form,
            stream,
            { bytes, width, height, thumbnail },
            takenAt,
          ))
          await shelf().remove([photo.id])
        }
        const at = { op: 'create', record: id, stream } as const
        intents.push(
          isOfErrand
            ? { ...at, kind: 'errand-photo', fields: { ...fields, errand: host } }
            : {
                ...{ ...at, kind: 'photo' },
                fields: { ...fields, host, ...(hazard === undefined ? {} : { hazard }) },
              },
        )
      }
      return intents
    },
    async saved(intents) {
      const photos = intents.filter(isPhoto).map(({ record }) => record)
      if (photos.length === 0) return
      await shelf().mark(photos, 'waiting', clock.now())
      desk()?.sync.syncNow()
      changed()
    },
    async states() {
      return new Map((await shelf().list()).map(({ id, state }) => [id, state]))
    },
    async takeAway({ id, stream, version }) {
      const open = desk()
      if (!open) return
      const at = new Date(clock.now()).toISOString()
      const mutation: NewMutation = {
        ...{ id: ids(), device: open.vault.device, at, ...heardOf(heard()), batch: null, stream },
        ...{ kind: 'photo' as const, record: id, op: 'remove' as const, fields: {}, seen: version },
      }
      open.sync.saved(await open.vault.save([mutation]))
      await open.vault.photos.remove([id])
      changed()
    },
  }
}
