import { describe, expect, it } from 'vitest'
import {
  judgeJpeg,
  orientationOfJpeg,
  readJpegParts,
  shapeOfJpeg,
  withoutMetadata,
} from '#domain/jpeg.ts'
import fc from '#tests/support/fast-check.ts'
import {
  heicHead,
  pngHead,
  sampleJpeg,
  withComment,
  withExif,
  withTail,
} from '#tests/support/sample-jpeg.ts'

const plain = sampleJpeg({ width: 64, height: 48, noise: 5 })
const side = 4_096
const problemOf = (bytes: Uint8Array) => {
  const verdict = judgeJpeg(bytes, side)
  return verdict.ok ? null : verdict.problem
}

describe('what a photograph may be', () => {
  it('takes a plain picture and says its shape', () => {
    expect(judgeJpeg(plain, side)).toEqual({ ok: true, width: 64, height: 48 })
  })

  it.each([
    ['a position of a telephone', withExif(plain, { orientation: 6, latitude: [30, 3, 7] })],
    ['a comment', withComment(plain, 'shot by')],
    [
      'both, in the other order of bytes',
      withComment(withExif(plain, { orientation: 3, order: 'MM' }), 'x'),
    ],
  ])('refuses %s', (_, bytes) => {
    expect(problemOf(bytes)).toBe('metadata')
  })

  it('refuses whatever stands behind the picture', () => {
    expect(problemOf(withTail(plain, '<script>alert(1)</script>'))).toBe('tail')
    expect(problemOf(withTail(plain, '\0'))).toBe('tail')
  })

  it('refuses other files, whatever they are called', () => {
    expect(problemOf(heicHead())).toBe('not-jpeg')
    expect(problemOf(pngHead(225_000, 225_000))).toBe('not-jpeg')
    expect(problemOf(new TextEncoder().encode('<svg onload="x">'))).toBe('not-jpeg')
    expect(problemOf(new Uint8Array())).toBe('not-jpeg')
  })

  it('refuses a header of more points than anybody may send, and one without any', () => {
    const head = (width: number, height: number) => {
      const bytes = plain.slice()
      const at = readJpegParts(bytes).parts.find(({ marker }) => marker === 0xc0)?.start ?? 0
      bytes.set([height >> 8, height & 0xff, width >> 8, width & 0xff], at + 5)
      return bytes
    }
    expect(problemOf(head(4_097, 48))).toBe('too-many-pixels')
    expect(problemOf(head(64, 65_535))).toBe('too-many-pixels')
    // So few bytes are no picture of that shape, and so many none of this one.
    expect(problemOf(head(4_096, 4_096))).toBe('wrong-shape')
    expect(problemOf(head(0, 48))).toBe('wrong-shape')
    const large = sampleJpeg({ width: 800, height: 600, noise: 20 })
    const at = readJpegParts(large).parts.find(({ marker }) => marker === 0xc0)?.start ?? 0
    large.set([0, 8, 0, 8], at + 5)
    expect(problemOf(large)).toBe('wrong-shape')
  })

  it('refuses a picture cut at any byte', () => {
    for (let length = 2; length < plain.length; length += 1) {
      expect(problemOf(plain.subarray(0, length)), String(length)).not.toBeNull()
    }
  })

  it('never fails on any bytes, and never takes a picture with a byte more', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(plain.length - 1), (noise, at) => {
        expect(() => judgeJpeg(noise, side)).not.toThrow()
        const mixed = plain.slice()
        mixed.set(noise.subarray(0, mixed.length - at), at)
        const verdict = judgeJpeg(mixed, side)
        if (verdict.ok) expect(readJpegParts(mixed).end).toBe(mixed.length)
      }),
    )
  })
})

describe('metadata', () => {
  it('goes, with whatever stands behind the picture; the picture stays byte for byte', () => {
    const loaded = withTail(
      withComment(withExif(plain, { orientation: 6, latitude: [30, 3, 7] }), 'by'),
      'PK\u0003\u0004',
    )
    expect([...withoutMetadata(loaded)]).toEqual([...plain])
    expect([...withoutMetadata(plain)]).toEqual([...plain])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('says how a camera held it: %i', (orientation) => {
    for (const order of ['II', 'MM'] as const) {
      const bytes = withExif(plain, { orientation, order, latitude: [30, 3, 7] })
      expect(orientationOfJpeg(bytes, readJpegParts(bytes).parts)).toBe(orientation)
    }
  })

  it('takes no word for upright, and a word of no meaning as well', () => {
    for (const bytes of [plain, withExif(plain, {}), withExif(plain, { orientation: 9 })]) {
      expect(orientationOfJpeg(bytes, readJpegParts(bytes).parts)).toBe(1)
    }
  })

  it('knows the shape before it turns', () => {
    const bytes = withExif(plain, { orientation: 6 })
    expect(shapeOfJpeg(bytes, readJpegParts(bytes).parts)).toEqual({ width: 64, height: 48 })
  })
})
