/** Writes a ZIP file (APPNOTE 6.3): each part compressed while it is being written. */
import { createDeflate } from './deflate.ts'

export interface ZipPart {
  readonly name: string
  readonly crc: number
  /** Before compression. */
  readonly size: number
  readonly data: Blob
}

export interface OpenPart {
  write(text: string): Promise<void>
  close(): Promise<ZipPart>
}

/** What is written is held compressed alone, however long it becomes. */
export function openPart(name: string): OpenPart {
  const encoder = new TextEncoder()
  const deflate = createDeflate()
  let crc = 0xffffffff
  let size = 0
  return {
    async write(text) {
      const bytes = encoder.encode(text)
      crc = crcOver(bytes, crc)
      size += bytes.length
      await (await deflate).write(bytes)
    },
    async close() {
      const data = await (await deflate).close()
      return { name, crc: ~crc >>> 0, size, data }
    },
  }
}

export async function partOf(name: string, text: string): Promise<ZipPart> {
  const part = openPart(name)
  await part.write(text)
  return part.close()
}

/** Names are plain ASCII, and the whole is far below the four gigabytes from which on ZIP has other records. */
export function zipOf(parts: readonly ZipPart[], type: string): Blob {
  const files: BlobPart[] = []
  const directory: BlobPart[] = []
  let [offset, length] = [0, 0]
  for (const part of parts) {
    const name = new TextEncoder().encode(part.name)
    const header = common(part, name.length)
    files.push(bytesOf([0x50, 0x4b, 3, 4], header), name, part.data)
    directory.push(
      bytesOf([0x50, 0x4b, 1, 2, 20, 0], header, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], four(offset)),
      name,
    )
    offset += 30 + name.length + part.data.size
    length += 46 + name.length
  }
  const count = two(parts.length)
  const end = bytesOf(
    [0x50, 0x4b, 5, 6, 0, 0, 0, 0],
    ...[count, count, four(length), four(offset)],
    [0, 0],
  )
  return new Blob([...files, ...directory, end], { type })
}

/** What both headers of a part say: deflated, on the first day that ZIP knows, since a file's time is nobody's business. */
function common({ crc, size, data }: ZipPart, nameLength: number): number[] {
  const firstDay = [0, 0, 0x21, 0]
  return [
    ...[20, 0, 0, 0, 8, 0],
    ...firstDay,
    ...four(crc),
    ...four(data.size),
    ...four(size),
    ...two(nameLength),
    ...[0, 0],
  ]
}

const two = (value: number) => [value & 0xff, (value >>> 8) & 0xff]
const four = (value: number) => [...two(value), ...two(value >>> 16)]
const bytesOf = (...parts: readonly (readonly number[])[]) => new Uint8Array(parts.flat())

/** Of each byte the remainder that it leaves: CRC-32 as ZIP has it. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crcOver(bytes: Uint8Array, from: number): number {
  let crc = from
  for (const byte of bytes) crc = (crc >>> 8) ^ (remainders[(crc ^ byte) & 0xff] ?? 0)
  return crc
}
