/** A follow-up code is read however somebody writes it down, and a slip of the pen is told from a code nobody knows. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import {
  followAddress,
  followCodeBytes,
  groupFollowCode,
  readFollowCode,
  tokensWith,
  writeFollowCode,
} from '#domain/requests/follow-code.ts'
import { readRequestNumber } from '#domain/requests/number.ts'

const bytes = fc.uint8Array({ minLength: followCodeBytes, maxLength: followCodeBytes })
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('a follow-up code', () => {
  it('holds all 128 bits: two of them are never the same code', () => {
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const isSame = one.every((byte, at) => byte === other[at])
        expect(writeFollowCode(one) === writeFollowCode(other)).toBe(isSame)
      }),
    )
    for (let bit = 0; bit < 128; bit += 1) {
      const changed = new Uint8Array(followCodeBytes)
      changed[bit >> 3] = 128 >> (bit & 7)
      expect(writeFollowCode(changed)).not.toBe(writeFollowCode(new Uint8Array(followCodeBytes)))
    }
  })

  it('is read in groups, in small letters, in full width, with look-alikes, and out of an address', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = writeFollowCode(random)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/)
        const shown = groupFollowCode(code)
        expect(shown).toMatch(/^(?:.{4}-){6}.{4}$/)
        const wide = [...shown].map((letter) =>
          String.fromCodePoint(0xfee0 + (letter.codePointAt(0) ?? 0)),
        )
        const written = [
          shown,
          shown.toLowerCase().replaceAll('-', ' '),
          wide.join(''),
          code.replaceAll('0', 'O').replaceAll('1', 'l'),
          followAddress(code, 'https://ask.example/s'),
          followAddress(code, null),
        ]
        for (const text of written) expect(readFollowCode(text)).toEqual({ kind: 'code', code })
      }),
    )
  })

  it('finds out one wrong letter, and two that changed places', () => {
    fc.assert(
      fc.property(bytes, fc.nat(27), fc.nat(31), (random, at, letter) => {
        const code = writeFollowCode(random)
        const wrong = code.slice(0, at) + (alphabet[letter] ?? '') + code.slice(at + 1)
        if (wrong !== code) expect(readFollowCode(wrong)).toEqual({ kind: 'mistyped' })
        const [a, b] = [code[at], code[at + 1]]
        if (!a || !b || a === b) return
        const swapped = code.slice(0, at) + b + a + code.slice(at + 2)
        expect(readFollowCode(swapped)).toEqual({ kind: 'mistyped' })
      }),
    )
    expect(readFollowCode(writeFollowCode(new Uint8Array(16)).slice(1)).kind).toBe('mistyped')
  })

  it('is no number of a request, no identity number and no word', () => {
    for (const text of ['JJQ-261125-07-03', '200517199001013023', '楼道灯不亮', '', 'lamp']) {
      expect(readFollowCode(text)).toEqual({ kind: 'other' })
    }
    fc.assert(
      fc.property(bytes, (random) => {
        expect(readRequestNumber(writeFollowCode(random))).toBeNull()
      }),
    )
  })

  it('stands in the fragment of an address, which no server gets', () => {
    const code = writeFollowCode(new Uint8Array(followCodeBytes).fill(7))
    const { hash, pathname, search } = new URL(followAddress(code, 'https://ask.example/s?x=1'))
    expect(hash).toBe(`#${code}`)
    expect(pathname + search).not.toContain(code)
  })
})

it('ends with the next that is handed out, and twenty are kept', () => {
  const [first] = tokensWith(null, 'a'.repeat(64), '2026-11-25T02:00:00.000Z')
  expect(first).toEqual({ hash: 'a'.repeat(64), made: '2026-11-25T02:00:00.000Z', ended: null })
  let tokens = tokensWith(null, '0'.repeat(64), '2026-11-25T02:00:00.000Z')
  for (let n = 1; n < 30; n += 1) {
    tokens = tokensWith(tokens, String(n).padStart(64, '0'), `2026-11-25T02:00:${10 + n}.000Z`)
  }
  expect(tokens).toHaveLength(20)
  expect(tokens.filter(({ ended }) => !ended)).toEqual([tokens.at(-1)])
  expect(tokens[0]?.ended).toBe('2026-11-25T02:00:21.000Z')
})
