/** The files inside of a workbook, which is a ZIP archive (APPNOTE 6.3); read one by one, unpacked as they are read. */
import { FileFault } from './file-fault.ts'

export interface Archive {
  readonly names: readonly string[]
  /** The entry's bytes, piece by piece; null where there is none of that name. Throws a FileFault where it is damaged. */
  read(name: string): AsyncIterable<Uint8Array> | null
  text(name: string): Promise<string | null>
}

interface Entry {
  readonly method: number
  readonly from: number
  readonly packed: number
}

const endSize = 22
const longestComment = 65_535
/** All entries together; a roster of 33,000 people has some fifty megabytes inside. */
const mostInside = 1_200 * 1024 * 1024
/** One that is read whole: styles, relations. */
const mostText = 24 * 1024 * 1024

export function openArchive(bytes: Uint8Array<ArrayBuffer>): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(bytes, view)
  let inside = 0
  const read = (entry: Entry): AsyncIterable<Uint8Array> =>
    counted(unpack(bytes, view, entry), (size) => {
      inside += size
      if (inside > mostInside) throw new FileFault('too-much-inside')
    })
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name)
      return entry ? read(entry) : null
    },
    async text(name) {
      const entry = entries.get(name)
      if (!entry) return null
      const decoder = new TextDecoder()
      let text = ''
      for await (const piece of read(entry)) {
        text += decoder.decode(piece, { stream: true })
        if (text.length > mostText) throw new FileFault('too-much-inside')
      }
      return text + decoder.decode()
    },
  }
}

/** The directory stands at the end: of a file that was cut short it is missing. */
function readDirectory(bytes: Uint8Array, view: DataView): ReadonlyMap<string, Entry> {
  const end = findEnd(view)
  if (end === null) throw new FileFault('damaged')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const entries = new Map<string, Entry>()
  const decoder = new TextDecoder()
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) {
      throw new FileFault('damaged')
    }
    const flags = view.getUint16(at + 8, true)
    const method = view.getUint16(at + 10, true)
    const packed = view.getUint32(at + 20, true)
    const [nameSize, extra, comment] = [28, 30, 32].map((offset) =>
      view.getUint16(at + offset, true),
    )
    const from = view.getUint32(at + 42, true)
    if (flags & 1) throw new FileFault('encrypted')
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + (nameSize ?? 0)))
    entries.set(name.replaceAll('\\', '/').replace(/^\//, ''), { method, from, packed })
    at += 46 + (nameSize ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - endSize - longestComment)
  for (let at = view.byteLength - endSize; at >= first; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  return null
}

const [stored, deflated] = [0, 8]

async function* unpack(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  { method, from, packed }: Entry,
): AsyncGenerator<Uint8Array> {
  if (from + 30 > view.byteLength || view.getUint32(from, true) !== 0x04034b50) {
    throw new FileFault('damaged')
  }
  const start = from + 30 + view.getUint16(from + 26, true) + view.getUint16(from + 28, true)
  if (start + packed > view.byteLength) throw new FileFault('damaged')
  const body = bytes.subarray(start, start + packed)
  if (method === stored) {
    yield body
    return
  }
  if (method !== deflated) throw new FileFault('damaged')
  const reader = new Blob([body])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (error) {
    throw error instanceof FileFault ? error : new FileFault('damaged', error)
  } finally {
    // Whoever stops reading leaves the rest packed.
    await reader.cancel().catch(() => undefined)
  }
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  onSize: (size: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    onSize(piece.byteLength)
    yield piece
  }
}
