/**
 * Follow-up code 查询码: 128 random bits with which somebody who asked finds the own request again. The device makes it
 * and shows it once; only the hash of it is stored. It is written with the letters of Crockford's base 32 (no I, L, O, U)
 * in seven groups of four, of which the last two letters are a check, so that a slip of the pen is told from a code that
 * nobody knows.
 */
import { groupLetters, isWritten, plainLetters, writeLetters } from './letters.ts'
import type { AskerToken } from './request.ts'

export const followCodeBytes = 16
const followCodeLength = 28
/** Shorter than this nobody means a code: a request's number has 13 letters, an identity number 18. */
const leastMeant = 22

/** `bytes`: 16 random ones. The code without its groups, as it is hashed. */
export function writeFollowCode(bytes: Uint8Array): string {
  return writeLetters(bytes)
}

/** As somebody reads it out: `7K2M-…`. */
export function groupFollowCode(code: string): string {
  return groupLetters(code)
}

export type ReadCode =
  | { readonly kind: 'code'; readonly code: string }
  /** It is meant as one, and a letter of it is wrong or missing. */
  | { readonly kind: 'mistyped' }
  | { readonly kind: 'other' }

/** A code as somebody types it, or the address that a picture holds; letters that look alike are taken for what they mean. */
export function readFollowCode(text: string): ReadCode {
  const plain = plainLetters(text.normalize('NFKC').replace(/^.*#/s, ''))
  if (plain.length < leastMeant || !/^[0-9A-Z]+$/.test(plain)) return { kind: 'other' }
  return isWritten(plain, followCodeLength) ? { kind: 'code', code: plain } : { kind: 'mistyped' }
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
