/**
 * Photograph 照片 of a visit, a request or a hazard: never required. The record says what it is and holds its key; the
 * picture itself travels beside the records, sealed in chunks (docs/decisions/0074). What a unit has of one is a record
 * of its own, with a key of its own.
 */
import * as v from 'valibot'
import { choice, id, instant, maybe, whole } from './field.ts'
import { jpegProblems } from './jpeg.ts'

/**
 * Bytes of the picture in one chunk. A line that breaks loses the chunk that is on its way: at 64 kB a second and a
 * break every three seconds half of this is 4 % of what went. Values above 64 kB become files of their own on a
 * device's disk, which it may lose.
 */
export const chunkBytes = 16 * 1024
/** What sealing adds to a chunk: a nonce of 12 bytes before it and a tag of 16 behind it. */
export const sealBytes = 28
/** What a picture should be at most, and what it may be. */
export const aimedPhotoBytes = 300_000
export const mostPhotoBytes = 600_000
/** The long side of a picture as the app makes it; what a header may say at most. */
export const photoSide = 1_600
export const mostPhotoSide = 4_096
export const mostThumbnailBytes = 4_096
/** Of one visit, request or hazard, from one form. */
export const mostPhotosAtOnce = 9
/** That a unit takes of one errand, over all its steps. */
export const mostPhotosOfErrand = 30

export const chunksOf = (bytes: number): number => Math.ceil(bytes / chunkBytes)

/** Bytes of a sealed chunk; 0 where the picture has no such chunk. */
export function sealedChunkBytes(bytes: number, index: number): number {
  const left = Math.min(chunkBytes, bytes - index * chunkBytes)
  return index >= 0 && left > 0 ? left + sealBytes : 0
}

/** What is authenticated with a chunk: it opens in no other place, and in no other photograph. */
export const chunkContext = (photo: string, index: number): string =>
  `wuse photo ${photo.toLowerCase()} ${index}`

/** What a photograph is of. A hazard stands on its dwelling; of a voice it shows the signature, or the sheet of paper. */
export const photoHosts = ['visit', 'request', 'dwelling', 'fund-entry', 'voice'] as const
export type PhotoHost = (typeof photoHosts)[number]

const hash = v.pipe(v.string('wrong-shape'), v.regex(/^[0-9a-f]{64}$/, 'wrong-shape'))

const base64 = (most: number) =>
  v.pipe(
    v.string('wrong-shape'),
    v.maxLength(Math.ceil(most / 3) * 4, 'too-long'),
    v.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'wrong-shape'),
    v.minLength(1, 'required'),
  )

const picture = {
  /** SHA-256 of the picture, and of its sealed chunks one behind the other; hexadecimal. */
  sha256: hash,
  sealed: hash,
  bytes: whole(1, mostPhotoBytes),
  width: whole(1, mostPhotoSide),
  height: whole(1, mostPhotoSide),
  chunks: whole(1, chunksOf(mostPhotoBytes)),
  takenAt: instant,
  /** A JPEG, base64. */
  thumbnail: base64(mostThumbnailBytes),
  /** 32 random bytes, base64; AES-256-GCM. The purge empties it. */
  key: v.pipe(v.string('wrong-shape'), v.regex(/^[A-Za-z0-9+/]{43}=$/, 'wrong-shape')),
}

/** What stands in the record of every photograph, whatever it is of. */
export const pictureSchema = v.object(picture)
export type Picture = v.InferOutput<typeof pictureSchema>

/** Why a picture that came whole was not kept. */
export const photoRefusals = [...jpegProblems, 'damaged'] as const
export type PhotoRefusal = (typeof photoRefusals)[number]

export const photoSchema = v.pipe(
  v.looseObject({
    host: id,
    /** Of a dwelling's hazards the one that it shows. */
    hazard: maybe(id),
    ...picture,
    // What the server found; refused from a device.
    arrivedAt: maybe(instant),
    refusedAs: maybe(choice(photoRefusals)),
  }),
  v.forward(
    v.partialCheck(
      [['bytes'], ['chunks']],
      ({ bytes, chunks }) => chunks === chunksOf(bytes),
      'wrong-shape',
    ),
    ['chunks'],
  ),
)
export type Photo = v.InferOutput<typeof photoSchema>

/** Fields that are the server's word alone. */
export const photoFindings = ['arrivedAt', 'refusedAs'] as const

/**
 * What a unit has of a photograph of its errand, which the server writes: the same picture under another key. Or one
 * that the unit took itself: the server then makes a photograph of the request of it, under another key again.
 */
export const errandPhotoSchema = v.looseObject({
  errand: id,
  /** The photograph of the request. A unit's own has none before it came whole. */
  photo: maybe(id),
  ...picture,
  // Of a unit's own: what the server found; refused from a device.
  arrivedAt: maybe(instant),
  refusedAs: maybe(choice(photoRefusals)),
})
export type ErrandPhoto = v.InferOutput<typeof errandPhotoSchema>

/** Whether the unit took it itself. */
export const isOfUnit = ({ photo, arrivedAt }: Pick<ErrandPhoto, 'photo' | 'arrivedAt'>): boolean =>
  !photo || Boolean(arrivedAt)
