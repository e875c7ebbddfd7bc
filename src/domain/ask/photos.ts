/** Photographs of whoever asks by the page of a code: few, small, after the words, and never required. */
import * as v from 'valibot'
import { mostPhotoBytes, mostThumbnailBytes } from '../photo.ts'

/** From one form. */
export const mostAskPhotos = 3

/** Of one request, with what is added later; of one code within a day; of one community that stand in no stream yet. */
export const askPhotoLimits = { ofRequest: 6, ofCodeToday: 60, ofPlace: 1_000 } as const

/** Said before the picture comes: the server makes room for nothing else. */
export interface AnnouncedPhoto {
  /** Of the picture, hexadecimal. */
  readonly sha256: string
  readonly bytes: number
  /** A JPEG, base64. */
  readonly thumbnail: string
}

export const pictureHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

const schema = v.object({
  sha256: pictureHash,
  bytes: v.pipe(
    v.string(),
    v.regex(/^\d{1,7}$/),
    v.transform(Number),
    v.minValue(1),
    v.maxValue(mostPhotoBytes),
  ),
  thumbnail: v.pipe(
    v.string(),
    v.base64(),
    v.minLength(4),
    v.maxLength(Math.ceil(mostThumbnailBytes / 3) * 4),
  ),
})

/** Null of what is none. */
export function readAnnounced(form: Readonly<Record<string, unknown>>): AnnouncedPhoto | null {
  const read = v.safeParse(schema, form)
  return read.success ? read.output : null
}
