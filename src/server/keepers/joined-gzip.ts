/**
 * One gzip stream (RFC 1952) out of parts of which some were deflated before: each part is a run of deflate blocks
 * that ends at a byte and refers to nothing before it (a full flush, RFC 1951), so that runs can be put one after the
 * other. Several gzip members in a row would be simpler, and Chromium reads only the first of them.
 */
import { constants, crc32, deflateRaw, inflateRaw } from 'node:zlib'
import { promisify } from 'node:util'

export interface DeflatedPart {
  readonly body: Buffer
  /** Bytes before it was deflated, and their CRC-32. */
  readonly size: number
  readonly crc: number
}

const flush = constants.Z_FULL_FLUSH
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** The last block, holding nothing. */
const lastBlock = Buffer.from([3, 0])

export async function deflatePart(text: string, level: number): Promise<DeflatedPart> {
  const bytes = Buffer.from(text)
  const body = await promisify(deflateRaw)(bytes, { level, finishFlush: flush })
  return { body, size: bytes.length, crc: crc32(bytes) }
}

export async function inflatePart({ body }: DeflatedPart): Promise<Buffer> {
  return promisify(inflateRaw)(Buffer.concat([body, lastBlock]))
}

export async function* joinGzip(parts: AsyncIterable<DeflatedPart>): AsyncGenerator<Buffer> {
  let size = 0
  let crc = 0
  yield header
  for await (const part of parts) {
    crc = joinCrc(crc, part.crc, part.size)
    size += part.size
    yield part.body
  }
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc >>> 0)
  trailer.writeUInt32LE(size >>> 0, 4)
  yield Buffer.concat([lastBlock, trailer])
}

/**
 * The CRC-32 of two runs of bytes from their own ones: the first is carried over `length` zero bytes, which is a
 * product of matrices over GF(2), squared bit by bit of the length (as zlib's crc32_combine).
 */
export function joinCrc(first: number, second: number, length: number): number {
  // One zero bit: the reversed polynomial, and a shift.
  let matrix = Array.from({ length: 32 }, (_, bit) => (bit === 0 ? 0xedb88320 : 1 << (bit - 1)))
  for (let doubling = 0; doubling < 3; doubling += 1) matrix = squared(matrix)
  let carried = first
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) carried = times(matrix, carried)
    matrix = squared(matrix)
  }
  return (carried ^ second) >>> 0
}

function times(matrix: readonly number[], vector: number): number {
  let sum = 0
  for (let bit = 0, left = vector >>> 0; left !== 0; bit += 1, left >>>= 1) {
    if (left & 1) sum ^= matrix[bit] ?? 0
  }
  return sum
}

function squared(matrix: readonly number[]): number[] {
  return matrix.map((row) => times(matrix, row))
}
