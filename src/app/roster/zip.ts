/**
 * The files inside of a workbook, which is a ZIP archive (APPNOTE 6.3.10, ZIP64 too); read one by one, unpacked by fflate
 * as they are read, so that a small file cannot fill the memory.
 */
import { Inflate } from 'fflate'
import { FileFault } from './file-fault.ts'

export interface Archive {
  /** As they are written, with `/` between folders. */
  readonly names: readonly string[]
  has(name: string): boolean
  /**
   * The entry's bytes, piece by piece; null where there is none of that name, whatever its case: names of parts count
   * without it (ECMA-376-2, 6.2.2.3). Throws a FileFault where it is damaged.
   */
  read(name: string): Iterable<Uint8Array> | null
  text(name: string): string | null
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly from: number
  readonly packed: number
  /** 0 where the writer did not say. */
  readonly checksum: number
}

/** All entries together; a roster of 33,000 people has some fifty megabytes inside. */
const mostInside = 1_200 * 1024 * 1024
/** One that is read whole: styles, relations. */
const mostText = 24 * 1024 * 1024
/** A workbook of two hundred sheets with drawings has some two thousand. */
const mostEntries = 20_000

export function openArchive(bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(bytes, view)
  let inside = 0
  const count = (size: number) => {
    inside += size
    if (inside > mostInside) throw new FileFault('too-much-inside')
  }
  const entryOf = (name: string) => entries.get(name.toLowerCase())
  return {
    names: [...entries.values()].map(({ name }) => name),
    has: (name) => entryOf(name) !== undefined,
    read(name) {
      const entry = entryOf(name)
      return entry ? unpack(bytes, view, entry, count) : null
    },
    text(name) {
      const entry = entryOf(name)
      if (!entry) return null
      const decoder = new TextDecoder()
      let text = ''
      for (const piece of unpack(bytes, view, entry, count)) {
        text += decoder.decode(piece, { stream: true })
        if (text.length > mostText) throw new FileFault('too-much-inside')
      }
      return text + decoder.decode()
    },
  }
}

const damaged = () => new FileFault('damaged')

/** The directory stands at the end: of a file that was cut short it is missing. */
function readDirectory(bytes: Uint8Array, view: DataView): ReadonlyMap<string, Entry> {
  const { count, from } = findDirectory(view)
  if (count > mostEntries) throw new FileFault('too-much-inside')
  let at = from
  const entries = new Map<string, Entry>()
  const decoder = new TextDecoder()
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw damaged()
    if (view.getUint16(at + 8, true) & 1) throw new FileFault('encrypted')
    const nameSize = view.getUint16(at + 28, true)
    const extraSize = view.getUint16(at + 30, true)
    const extra = at + 46 + nameSize
    const next = extra + extraSize + view.getUint16(at + 32, true)
    if (next > view.byteLength) throw damaged()
    const name = decoder
      .decode(bytes.subarray(at + 46, extra))
      .replaceAll('\\', '/')
      .replace(/^\//, '')
    entries.set(name.toLowerCase(), {
      name,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      ...placeOf(view, at, extra, extraSize),
    })
    at = next
  }
  return entries
}

/** Stands where a number does not fit and is told in the field of ZIP64. */
const elsewhere = 0xffffffff

/** Size and offset, from the entry itself or from its ZIP64 field, which holds only those that did not fit (4.5.3). */
function placeOf(view: DataView, at: number, extra: number, extraSize: number) {
  const unpacked = view.getUint32(at + 24, true)
  let packed = view.getUint32(at + 20, true)
  let from = view.getUint32(at + 42, true)
  if (unpacked !== elsewhere && packed !== elsewhere && from !== elsewhere) return { packed, from }
  const end = extra + extraSize
  for (let field = extra; field + 4 <= end;) {
    const size = view.getUint16(field + 2, true)
    const last = Math.min(field + 4 + size, end)
    if (view.getUint16(field, true) === 1) {
      let value = field + 4
      const take = () => {
        if (value + 8 > last) throw damaged()
        value += 8
        return readUint64(view, value - 8)
      }
      if (unpacked === elsewhere) take()
      if (packed === elsewhere) packed = take()
      if (from === elsewhere) from = take()
      return { packed, from }
    }
    field = last
  }
  throw damaged()
}

const endSize = 22
const longestComment = 65_535

function findDirectory(view: DataView): { readonly count: number; readonly from: number } {
  const end = findEnd(view)
  if (end === null) throw damaged()
  const count = view.getUint16(end + 10, true)
  const from = view.getUint32(end + 16, true)
  if (count !== 0xffff && from !== elsewhere) return { count, from }
  const locator = end - 20
  if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) return { count, from }
  const end64 = readUint64(view, locator + 8)
  if (end64 + 56 > view.byteLength || view.getUint32(end64, true) !== 0x06064b50) throw damaged()
  return { count: readUint64(view, end64 + 32), from: readUint64(view, end64 + 48) }
}

function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - endSize - longestComment)
  for (let at = view.byteLength - endSize; at >= first; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  return null
}

/** Larger than any file: what a reader then finds is damaged. */
function readUint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
}

const [stored, deflated] = [0, 8]
/** Deflate makes at most a thousand times of it: sixteen megabytes at once. */
const atOnce = 16 * 1024

function* unpack(
  bytes: Uint8Array,
  view: DataView,
  { method, from, packed, checksum }: Entry,
  count: (size: number) => void,
): Generator<Uint8Array> {
  if (from + 30 > view.byteLength || view.getUint32(from, true) !== 0x04034b50) throw damaged()
  const start = from + 30 + view.getUint16(from + 26, true) + view.getUint16(from + 28, true)
  if (start + packed > view.byteLength) throw damaged()
  const body = bytes.subarray(start, start + packed)
  const sum = createChecksum()
  if (method === stored) {
    count(body.byteLength)
    sum.add(body)
    yield body
  } else if (method === deflated) {
    for (const piece of inflate(body)) {
      count(piece.byteLength)
      sum.add(piece)
      yield piece
    }
  } else throw damaged()
  // Said after the last piece: whoever reads keeps nothing of a part that threw.
  if (checksum !== 0 && sum.value() !== checksum) throw damaged()
}

function* inflate(body: Uint8Array): Generator<Uint8Array> {
  let made: Uint8Array[] = []
  const inflater = new Inflate((piece) => made.push(piece))
  for (let at = 0; at === 0 || at < body.length; at += atOnce) {
    try {
      inflater.push(body.subarray(at, at + atOnce), at + atOnce >= body.length)
    } catch (error) {
      throw new FileFault('damaged', error)
    }
    yield* made
    made = []
  }
}

/** CRC-32 of ISO 3309: one changed bit of a number would be another person. */
function createChecksum() {
  let crc = -1
  return {
    add(bytes: Uint8Array) {
      // By index: an iterator takes ten times as long over fifty megabytes.
      let sum = crc
      for (let at = 0, { length } = bytes; at < length; at += 1) {
        sum = (checksumTable[(sum ^ (bytes[at] as number)) & 0xff] as number) ^ (sum >>> 8)
      }
      crc = sum
    },
    value: () => ~crc >>> 0,
  }
}

const checksumTable = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})
