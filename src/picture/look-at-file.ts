/**
 * What lies in a file that somebody chose, by its first bytes and never by its name: whether it is worth decoding, how
 * large it says that it is, and how it was held.
 */
import { orientationOfJpeg, readJpegParts, shapeOfJpeg, type Shape } from '#domain/jpeg.ts'

export const pictureProblems = [
  'not-a-picture',
  /** A format of some telephones that this browser does not read. */
  'heic',
  'too-many-pixels',
  'too-large',
  /** The file ends before its picture does. */
  'cut',
  'unreadable',
  /** Decoded to one colour all over: a browser out of memory, or a finger on the lens. */
  'blank',
] as const
export type PictureProblem = (typeof pictureProblems)[number]

/** `parts`: what goes to the decoder; for a JPEG all but what says how it was held, so that nobody turns it twice. */
export interface LookedAt {
  readonly ok: true
  readonly parts: readonly BlobPart[]
  /** As it is coded, before it is turned; null where the decoder alone knows. */
  readonly shape: Shape | null
  /** 1 to 8, as `turn` does it. */
  readonly orientation: number
  readonly isHeic: boolean
  readonly isJpeg: boolean
}

export type Look = LookedAt | { readonly ok: false; readonly problem: PictureProblem }

/** A camera of 50 megapixels and one of 64 are in use; above that a telephone runs out of memory. */
const mostPixels = 68_000_000
export const mostFileBytes = 60_000_000

export function lookAtFile(bytes: Uint8Array<ArrayBuffer>): Look {
  const no = (problem: PictureProblem): Look => ({ ok: false, problem })
  const fits = ({ width, height }: Shape) =>
    width > 0 && height > 0 && width * height <= mostPixels && Math.max(width, height) < 32_768
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const { parts, state, end } = readJpegParts(bytes)
    const shape = shapeOfJpeg(bytes, parts)
    if (!shape) return no('unreadable')
    if (!fits(shape)) return no('too-many-pixels')
    if (state === 'cut') return no('cut')
    const kept = parts.filter(({ marker }) => marker !== exifMarker)
    const last = kept[kept.length - 1]
    return {
      ok: true,
      // Whatever stands behind the picture stays behind.
      parts: kept.map(({ start, end: to }) =>
        bytes.subarray(start, state === 'broken' && to === last?.end ? end : to),
      ),
      shape,
      orientation: orientationOfJpeg(bytes, parts),
      isHeic: false,
      isJpeg: true,
    }
  }
  const isHeic = text(bytes, 4, 4) === 'ftyp'
  const shape = isHeic ? null : shapeOfOthers(bytes)
  if (!isHeic && !shape) return no('not-a-picture')
  if (shape && !fits(shape)) return no('too-many-pixels')
  return { ok: true, parts: [bytes], shape, orientation: 1, isHeic, isJpeg: false }
}

const exifMarker = 0xe1

/** PNG, WebP and GIF: what a gallery may hold. Null for anything else. */
function shapeOfOthers(bytes: Uint8Array): Shape | null {
  const at = (index: number) => bytes[index] ?? 0
  const little = (index: number, count: number) =>
    Array.from({ length: count }, (_, by) => at(index + by) * 256 ** by).reduce((a, b) => a + b, 0)
  const big = (index: number) => [0, 1, 2, 3].reduce((sum, by) => sum * 256 + at(index + by), 0)
  if (text(bytes, 1, 3) === 'PNG' && text(bytes, 12, 4) === 'IHDR') {
    return { width: big(16), height: big(20) }
  }
  if (text(bytes, 0, 4) === 'GIF8') return { width: little(6, 2), height: little(8, 2) }
  if (text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 4) !== 'WEBP') return null
  switch (text(bytes, 12, 4)) {
    case 'VP8X':
      return { width: little(24, 3) + 1, height: little(27, 3) + 1 }
    case 'VP8 ':
      return { width: little(26, 2) & 0x3fff, height: little(28, 2) & 0x3fff }
    case 'VP8L': {
      const bits = little(21, 4)
      return { width: (bits & 0x3fff) + 1, height: (Math.floor(bits / 16_384) & 0x3fff) + 1 }
    }
    default:
      return null
  }
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}
