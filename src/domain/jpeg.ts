/**
 * JPEG files (ITU-T T.81) as a list of their segments: what a photograph may consist of, and what it may not carry.
 * Nothing is decoded here. Server and app ask the same functions.
 */

export interface JpegPart {
  /** Second byte of the marker; 0 of the coded picture that follows a start of scan. */
  readonly marker: number
  /** Where it begins, at the byte FF of a marker. */
  readonly start: number
  /** The first byte behind it. */
  readonly end: number
}

/** `whole`: up to its end-of-image marker; `cut`: the bytes end before; `broken`: no marker stands where one has to. */
export interface JpegParts {
  readonly state: 'whole' | 'cut' | 'broken'
  readonly parts: readonly JpegPart[]
  /** The first byte that is not part of the picture any more. */
  readonly end: number
}

export const jpegProblems = [
  /** Another kind of file, whatever its name says. */
  'not-jpeg',
  /** It ends before the picture does. */
  'cut',
  /** Position, camera, comment or another picture inside: anything but what is needed to draw it. */
  'metadata',
  /** Bytes behind the picture. */
  'tail',
  /** A way of coding that is not drawn everywhere. */
  'unsupported',
  'too-many-pixels',
  /** So many bytes cannot be a picture of that shape. */
  'wrong-shape',
] as const
export type JpegProblem = (typeof jpegProblems)[number]

export interface Shape {
  readonly width: number
  readonly height: number
}

export type JpegVerdict =
  ({ readonly ok: true } & Shape) | { readonly ok: false; readonly problem: JpegProblem }

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const COM = 0xfe
const tables: ReadonlySet<number> = new Set([0xdb, 0xc4, 0xdd])
/** Baseline and progressive. */
const drawn: ReadonlySet<number> = new Set([0xc0, 0xc2])

const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Tables and headers of any encoder that is in use stay far below. */
const mostHeaderBytes = 8_192
/** Coded bytes of one block of 8 × 8 in three colours at most, stuffed bytes counted in. */
const mostBytesOfBlock = 1_536

export function readJpegParts(bytes: Uint8Array): JpegParts {
  const parts: JpegPart[] = []
  const done = (state: JpegParts['state'], end: number): JpegParts => ({ state, parts, end })
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return done('broken', 0)
  parts.push({ marker: SOI, start: 0, end: 2 })
  for (let at = 2; ;) {
    if (at + 1 >= bytes.length) return done('cut', bytes.length)
    if (bytes[at] !== 0xff) return done('broken', at)
    const marker = bytes[at + 1] ?? 0
    // Any number of FF may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === EOI) {
      parts.push({ marker, start: at, end: at + 2 })
      return done('whole', at + 2)
    }
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) return done('broken', at)
    if (at + 3 >= bytes.length) return done('cut', bytes.length)
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    if (length < 2) return done('broken', at)
    const end = at + 2 + length
    if (end > bytes.length) return done('cut', bytes.length)
    parts.push({ marker, start: at, end })
    at = end
    if (marker !== SOS) continue
    const next = endOfScan(bytes, at)
    parts.push({ marker: 0, start: at, end: next })
    at = next
  }
}

/** The next marker that is none of the coded data's own: stuffed bytes and restarts belong to it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) return bytes.length
    if (next !== 0x00 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

/** What its frame header says; null where there is none. */
export function shapeOfJpeg(bytes: Uint8Array, parts: readonly JpegPart[]): Shape | null {
  const frame = parts.find(({ marker }) => isFrame(marker))
  if (!frame || frame.end - frame.start < 11) return null
  const at = frame.start
  return { height: pair(bytes, at + 5), width: pair(bytes, at + 7) }
}

/** Whether bytes are a photograph as this register keeps them: drawn everywhere, and nothing in it but the picture. */
export function judgeJpeg(bytes: Uint8Array, mostSide: number): JpegVerdict {
  const no = (problem: JpegProblem): JpegVerdict => ({ ok: false, problem })
  const { state, parts, end } = readJpegParts(bytes)
  if (state === 'broken') return no(parts.length > 1 ? 'cut' : 'not-jpeg')
  if (parts.some((part) => isMetadata(bytes, part))) return no('metadata')
  if (state === 'cut') return no('cut')
  if (end < bytes.length) return no('tail')
  const frames = parts.filter(({ marker }) => isFrame(marker))
  const [frame] = frames
  const isKnown = ({ marker }: JpegPart) =>
    [0, SOI, EOI, SOS, APP0].includes(marker) || tables.has(marker) || drawn.has(marker)
  if (!frame || frames.length > 1 || !parts.every(isKnown)) return no('unsupported')
  const shape = shapeOfJpeg(bytes, parts)
  const components = bytes[frame.start + 9]
  if (!shape || bytes[frame.start + 4] !== 8 || (components !== 1 && components !== 3)) {
    return no('unsupported')
  }
  const { width, height } = shape
  if (width > mostSide || height > mostSide) return no('too-many-pixels')
  let coded = 0
  let headers = 0
  for (const part of parts) {
    if (part.marker === 0) coded += part.end - part.start
    else headers += part.end - part.start
  }
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  // A block has one bit at least.
  const isFitting = blocks > 0 && coded * 8 >= blocks && coded <= blocks * mostBytesOfBlock + 1_024
  return isFitting && headers <= mostHeaderBytes ? { ok: true, width, height } : no('wrong-shape')
}

/** The marks of an application beside the picture, and comments; of JFIF's own mark the plain one is none. */
function isMetadata(bytes: Uint8Array, { marker, start, end }: JpegPart): boolean {
  if (marker === APP0) {
    const isPlain = end - start === 18 && text(bytes, start + 4, 5) === 'JFIF\0'
    return !isPlain || bytes[start + 16] !== 0 || bytes[start + 17] !== 0
  }
  return (marker >= APP1 && marker <= 0xef) || marker === COM
}

/** The same picture with nothing else in it, or behind it; as it was where it is no whole JPEG. */
export function withoutMetadata(bytes: Uint8Array): Uint8Array {
  const { state, parts } = readJpegParts(bytes)
  if (state !== 'whole') return bytes
  const kept = parts.filter((part) => !isMetadata(bytes, part))
  const result = new Uint8Array(kept.reduce((sum, { start, end }) => sum + end - start, 0))
  let at = 0
  for (const { start, end } of kept) {
    result.set(bytes.subarray(start, end), at)
    at += end - start
  }
  return result
}

/**
 * How a camera held it, 1 to 8 (Exif 2.3, tag 0112); 1 where it does not say. A number that is none of these is no
 * word about it.
 */
export function orientationOfJpeg(bytes: Uint8Array, parts: readonly JpegPart[]): number {
  for (const { marker, start, end } of parts) {
    if (marker !== APP1 || text(bytes, start + 4, 6) !== 'Exif\0\0') continue
    const found = orientationOfExif(bytes.subarray(start + 10, end))
    if (found !== null) return found
  }
  return 1
}

/** `bytes` is a TIFF header with its first directory. */
function orientationOfExif(bytes: Uint8Array): number | null {
  const order = text(bytes, 0, 2)
  if (order !== 'II' && order !== 'MM') return null
  const isLittle = order === 'II'
  const two = (at: number) => {
    const [a, b] = [bytes[at] ?? 0, bytes[at + 1] ?? 0]
    return isLittle ? a | (b << 8) : (a << 8) | b
  }
  const four = (at: number) =>
    isLittle ? two(at) + two(at + 2) * 65_536 : two(at) * 65_536 + two(at + 2)
  if (two(2) !== 42) return null
  const directory = four(4)
  if (directory + 2 > bytes.length) return null
  const count = Math.min(two(directory), 200)
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + index * 12
    if (entry + 12 > bytes.length) return null
    if (two(entry) !== 0x0112) continue
    const value = two(entry + 8)
    return value >= 1 && value <= 8 ? value : null
  }
  return null
}

function pair(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}
