/**
 * JPEG files made by code: baseline, one colour (grey), every block with a shade of its own and as much noise as is
 * asked for; and what cameras and others put beside a picture.
 */

export interface SampleJpeg {
  readonly width: number
  readonly height: number
  /** Coefficients of each block that differ from nothing, 0 to 63: more of them, more bytes. */
  readonly noise?: number
  readonly seed?: number
  /** Shade of a block, 0 to 255, by its middle in shares of the picture; else each has one of its own. */
  readonly shade?: (x: number, y: number) => number
}

export function sampleJpeg({ width, height, noise = 0, seed = 1, shade }: SampleJpeg): Uint8Array {
  const random = createRandom(seed)
  const [columns, rows] = [Math.ceil(width / 8), Math.ceil(height / 8)]
  const bits = createBits()
  let before = 0
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const own = shade ? shade((column + 0.5) / columns, (row + 0.5) / rows) : random() * 255
      // A step of the quantizer is 8, as is a block's side.
      const dc = Math.round(own - 128)
      putValue(bits, dcCodes, dc - before, 0)
      before = dc
      for (let index = 0; index < noise; index += 1) {
        putValue(bits, acCodes, Math.round(random() * 5) + 1, 0)
      }
      if (noise < 63) bits.put(...(acCodes.get(0) ?? [0, 0]))
    }
  }
  return joined(
    [0xff, 0xd8],
    segment(
      0xe0,
      [...'JFIF\0'].map((letter) => letter.charCodeAt(0)).concat([1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    segment(0xc0, [8, ...two(height), ...two(width), 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...counts(dcSymbols), ...dcSymbols]),
    segment(0xc4, [0x10, ...counts(acSymbols), ...acSymbols]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    bits.end(),
    [0xff, 0xd9],
  )
}

/** Twelve sizes of a value, and the end of a block with sizes up to eight: codes of four bits each. */
const dcSymbols = Array.from({ length: 12 }, (_, size) => size)
const acSymbols = Array.from({ length: 9 }, (_, size) => size)
const counts = (symbols: readonly number[]) =>
  Array.from({ length: 16 }, (_, at) => (at === 3 ? symbols.length : 0))
const codesOf = (symbols: readonly number[]) =>
  new Map(symbols.map((symbol, index) => [symbol, [index, 4] as [number, number]]))
const dcCodes = codesOf(dcSymbols)
const acCodes = codesOf(acSymbols)

type Bits = ReturnType<typeof createBits>

function putValue(bits: Bits, codes: typeof dcCodes, value: number, run: number): void {
  const size = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1
  bits.put(...(codes.get(run * 16 + size) ?? [0, 0]))
  if (size > 0) bits.put(value > 0 ? value : value + (1 << size) - 1, size)
}

function createBits() {
  const bytes: number[] = []
  let held = 0
  let count = 0
  return {
    put(value: number, size: number) {
      for (let at = size - 1; at >= 0; at -= 1) {
        held = (held << 1) | ((value >> at) & 1)
        count += 1
        if (count < 8) continue
        bytes.push(held)
        if (held === 0xff) bytes.push(0)
        held = 0
        count = 0
      }
    },
    end(): number[] {
      while (count !== 0) this.put(1, 1)
      return bytes
    },
  }
}

export interface Exif {
  readonly orientation?: number
  /** A position, as a telephone writes it: it must never leave the device. */
  readonly latitude?: readonly [number, number, number]
  readonly order?: 'II' | 'MM'
}

/** The same picture with what a camera says about it. */
export function withExif(
  jpeg: Uint8Array,
  { orientation, latitude, order = 'II' }: Exif,
): Uint8Array {
  const isLittle = order === 'II'
  const n = (value: number, bytes: number) => {
    const low = Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 0xff)
    return isLittle ? low : low.reverse()
  }
  const entries: number[][] = []
  if (orientation !== undefined) {
    entries.push([...n(0x0112, 2), ...n(3, 2), ...n(1, 4), ...n(orientation, 2), 0, 0])
  }
  const directoryEnd = 8 + 2 + (entries.length + (latitude ? 1 : 0)) * 12 + 4
  if (latitude) entries.push([...n(0x8825, 2), ...n(4, 2), ...n(1, 4), ...n(directoryEnd, 4)])
  const gps = latitude
    ? [
        ...n(2, 2),
        ...[...n(1, 2), ...n(2, 2), ...n(2, 4), 'N'.charCodeAt(0), 0, 0, 0],
        ...[...n(2, 2), ...n(5, 2), ...n(3, 4), ...n(directoryEnd + 30, 4)],
        ...n(0, 4),
        ...latitude.flatMap((part) => [...n(part, 4), ...n(1, 4)]),
      ]
    : []
  const tiff = [
    ...[...order].map((letter) => letter.charCodeAt(0)),
    ...n(42, 2),
    ...n(8, 4),
    ...n(entries.length, 2),
    ...entries.flat(),
    ...n(0, 4),
    ...gps,
  ]
  const mark = [...'Exif\0\0'].map((letter) => letter.charCodeAt(0))
  return withPart(jpeg, segment(0xe1, [...mark, ...tiff]))
}

export function withComment(jpeg: Uint8Array, text: string): Uint8Array {
  return withPart(jpeg, segment(0xfe, [...new TextEncoder().encode(text)]))
}

/** Behind the first marker. */
function withPart(jpeg: Uint8Array, part: readonly number[]): Uint8Array {
  return joined([...jpeg.subarray(0, 2)], part, [...jpeg.subarray(2)])
}

export function withTail(jpeg: Uint8Array, text: string): Uint8Array {
  return joined([...jpeg], [...new TextEncoder().encode(text)])
}

/** The head of a PNG that says that it has so many points, with a few bytes of nothing in it. */
export function pngHead(width: number, height: number): Uint8Array {
  const four = (value: number) => [24, 16, 8, 0].map((by) => (value >>> by) & 0xff)
  const name = (text: string) => [...text].map((letter) => letter.charCodeAt(0))
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...[...four(13), ...name('IHDR'), ...four(width), ...four(height), 8, 0, 0, 0, 0, ...four(0)],
    ...[...four(8), ...name('IDAT'), 0x78, 0x9c, 0x03, 0, 0, 0, 0, 1, ...four(0)],
    ...[...four(0), ...name('IEND'), 0xae, 0x42, 0x60, 0x82],
  ])
}

/** The first bytes of a picture as new telephones of one maker keep it. */
export function heicHead(): Uint8Array {
  const name = (text: string) => [...text].map((letter) => letter.charCodeAt(0))
  return Uint8Array.from([
    ...[0, 0, 0, 24, ...name('ftypheic'), 0, 0, 0, 0, ...name('mif1heic')],
    ...Array.from({ length: 600 }, (_, at) => (at * 37) & 0xff),
  ])
}

function segment(marker: number, body: readonly number[]): number[] {
  return [0xff, marker, ...two(body.length + 2), ...body]
}

const two = (value: number) => [(value >> 8) & 0xff, value & 0xff]

function joined(...parts: readonly (readonly number[])[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

/** The same numbers each time, in [0, 1). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
