import { constants, crc32, gunzipSync } from 'node:zlib'
import fc from '#tests/support/fast-check.ts'
import { expect, it } from 'vitest'
import { deflatePart, inflatePart, joinCrc, joinGzip } from '#server/keepers/joined-gzip.ts'

async function zip(texts: readonly string[], level: number): Promise<Buffer> {
  async function* parts() {
    for (const text of texts) yield deflatePart(text, level)
  }
  const chunks: Buffer[] = []
  for await (const chunk of joinGzip(parts())) chunks.push(chunk)
  return Buffer.concat(chunks)
}

it('is one gzip stream of all parts, whatever they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 2_000, unit: 'grapheme' }), { maxLength: 8 }),
      fc.constantFrom(constants.Z_BEST_SPEED, constants.Z_DEFAULT_COMPRESSION),
      async (texts, level) => {
        const zipped = await zip(texts, level)
        // Node checks the CRC and the length, and refuses what stands behind.
        expect(gunzipSync(zipped).toString()).toBe(Buffer.from(texts.join('')).toString())
        const response = new Response(
          new Blob([new Uint8Array(zipped)]).stream().pipeThrough(new DecompressionStream('gzip')),
        )
        expect(await response.text()).toBe(Buffer.from(texts.join('')).toString())
      },
    ),
    { numRuns: 60 },
  )
})

it('joins checksums as if the bytes had been read in one go', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      expect(joinCrc(crc32(a), crc32(b), b.length)).toBe(crc32(Buffer.concat([a, b])))
    }),
  )
})

it('opens each part by itself', async () => {
  const part = await deflatePart('清风阳光苑', constants.Z_BEST_SPEED)
  expect((await inflatePart(part)).toString()).toBe('清风阳光苑')
})
