/**
 * Follow-up code 查询码: 128 random bits with which somebody who asked finds the own request again. The device makes it
 * and shows it once; only the hash of it is stored. It is written with the letters of Crockford's base 32 (no I, L, O, U)
 * in seven groups of four, of which the last two letters are a check, so that a slip of the pen is told from a code that
 * nobody knows.
 */
import type { AskerToken } from './request.ts'

export const followCodeBytes = 16
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 26 letters of five bits hold the 128. */
const wordLength = 26
const codeLength = 28
/** The largest prime that two letters can say: no wrong letter and no swapped pair has the same remainder. */
const modulus = 1021
/** Shorter than this nobody means a code: a request's number has 13 letters, an identity number 18. */
const leastMeant = 22

/** `bytes`: 16 random ones. The code without its groups, as it is hashed. */
export function writeFollowCode(bytes: Uint8Array): string {
  let word = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      word += letters[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  if (bits > 0) word += letters[(held << (5 - bits)) & 31]
  return word + checkOf(word)
}

/** As somebody reads it out: `7K2M-…`. */
export function groupFollowCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code
}

export type ReadCode =
  | { readonly kind: 'code'; readonly code: string }
  /** It is meant as one, and a letter of it is wrong or missing. */
  | { readonly kind: 'mistyped' }
  | { readonly kind: 'other' }

/** A code as somebody types it, or the address that a picture holds; letters that look alike are taken for what they mean. */
export function readFollowCode(text: string): ReadCode {
  const plain = text
    .normalize('NFKC')
    .replace(/^.*#/s, '')
    .toUpperCase()
    .replace(/[\s—–_.·-]+/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (plain.length < leastMeant || !/^[0-9A-Z]+$/.test(plain)) return { kind: 'other' }
  const word = plain.slice(0, wordLength)
  const isRight =
    plain.length === codeLength &&
    [...plain].every((letter) => letters.includes(letter)) &&
    plain.slice(wordLength) === checkOf(word)
  return isRight ? { kind: 'code', code: plain } : { kind: 'mistyped' }
}

function checkOf(word: string): string {
  const sum = [...word].reduce((all, letter, at) => all + letters.indexOf(letter) * (at + 1), 0)
  const rest = sum % modulus
  return `${letters[rest >> 5]}${letters[rest & 31]}`
}

/**
 * What the picture of a code holds: the address of the resident's page with the code in its fragment, which no server
 * gets to see; the code alone where the office has no such page.
 */
export function followAddress(code: string, page: string | null): string {
  return page === null ? code : `${page}#${code}`
}

/** As many as an asker's record holds. */
const mostTokens = 20

/** The tokens after a new code was handed out: the ones before end with it. */
export function tokensWith(
  tokens: readonly AskerToken[] | null | undefined,
  hash: string,
  at: string,
): AskerToken[] {
  const ended = (tokens ?? []).map((token) => (token.ended ? token : { ...token, ended: at }))
  return [...ended, { hash, made: at, ended: null }].slice(-mostTokens)
}
