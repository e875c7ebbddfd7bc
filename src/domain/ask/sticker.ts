/**
 * Sticker code 码: 96 random bits on a wall, which name an entrance, a shop or a lane, and never a household or a person.
 * Whoever stands there may read it; it opens the page of that place and nothing else.
 */
import * as v from 'valibot'
import { id, instant, maybe, text } from '../field.ts'
import { isWritten, plainLetters, writeLetters } from '../requests/letters.ts'

export const stickerBytes = 12
/** 20 letters of five bits hold the 96; two more are a check. */
const stickerLength = 22
/** So many letters stand under the picture to be typed: enough among the codes that one person looks after. */
const shortLength = 8

/** A record `code` of the stream of its place; the server makes and stops it. */
export const codeSchema = v.looseObject({
  code: v.pipe(v.string('wrong-shape'), v.regex(/^[0-9A-HJKMNP-TV-Z]{22}$/, 'wrong-shape')),
  /** Where its page is, as its picture says: an origin. */
  address: text(200),
  /** The entrance or place, as the sticker and its page call it. */
  name: text(60),
  building: maybe(id),
  /** When it was put on paper last. */
  printed: maybe(instant),
  stopped: maybe(instant),
  /** The code that took its place on the wall. */
  replacedBy: maybe(id),
})
export type StickerCode = v.InferOutput<typeof codeSchema>

export function writeSticker(bytes: Uint8Array): string {
  return writeLetters(bytes)
}

/** What the picture holds. */
export function stickerAddress({ address, code }: Pick<StickerCode, 'address' | 'code'>): string {
  return `${address}/${code}`
}

/** The letters under the picture, without their group. */
export function shortOfSticker(code: string): string {
  return code.slice(0, shortLength)
}

/** A whole code as somebody types it or as it stands in an address; null where it is none. */
export function readSticker(given: string): string | null {
  const last = given.trim().split(/[?#]/)[0]?.split('/').at(-1) ?? ''
  const plain = plainLetters(last)
  return isWritten(plain, stickerLength) ? plain : null
}

/** What is said of a sticker on a wall. */
export type StickerVerdict<T> =
  /** Ours and in use: of a whole address also the address is right. */
  | { readonly is: 'true'; readonly code: T; readonly isWhole: boolean }
  | { readonly is: 'stopped'; readonly code: T }
  /** The letters are ours and the address is somebody else's: pasted over, to lead people away. */
  | { readonly is: 'elsewhere'; readonly code: T }
  | { readonly is: 'unknown' }
  /** Too little of it was typed. */
  | { readonly is: 'unreadable' }

/** Judged by the codes of one's own places alone, so also without a connection. */
export function judgeSticker<T extends { readonly fields: StickerCode }>(
  given: string,
  codes: readonly T[],
): StickerVerdict<T> {
  const whole = readSticker(given)
  const short = plainLetters(given)
  if (whole === null && short.length !== shortLength) return { is: 'unreadable' }
  const found = codes.find(({ fields }) =>
    whole === null ? shortOfSticker(fields.code) === short : fields.code === whole,
  )
  if (!found) return { is: 'unknown' }
  const isAddress = whole !== null && /[/.]/.test(given.trim())
  if (isAddress && !isAt(given, found.fields.address)) return { is: 'elsewhere', code: found }
  if (found.fields.stopped) return { is: 'stopped', code: found }
  return { is: 'true', code: found, isWhole: isAddress }
}

function isAt(given: string, address: string): boolean {
  const plain = (text: string) => text.trim().toLowerCase().replace(/\/+$/, '')
  const at = plain(given)
  const own = plain(address)
  return at.startsWith(`${own}/`) || at.startsWith(`${own.replace(/^https?:\/\//, '')}/`)
}
