/** Telephones as people write them, and in the one form that the register compares and finds them by. */
import { plainText } from './text.ts'

export interface ReadPhones {
  /** Each once, in order: `10012340077`, `0571-00000000`, `0571-00000000-8012`, `+852-…`. */
  readonly phones: readonly string[]
  /** Pieces of the text that are no telephone beyond doubt, as written. */
  readonly unclear: readonly string[]
}

/** As the record's schema has it. */
const phoneShape = /^\+?\d[\d-]{3,18}\d$/
const mostLetters = 20

/** Digits alone, without China's prefix and hyphens: one telephone has one key, however it is written. */
export function phoneKey(phone: string): string {
  const digits = /^\d+$/.test(phone) ? phone : plainText(phone).replace(/\D/g, '')
  return withoutChina(digits)
}

/** +86, 0086 or 86 before a mobile number, before an area code, or before an area code that lost its 0. */
function withoutChina(digits: string): string {
  const rest = /^(?:00)?86(?=(1\d{10}|0\d{9,11}|[2-9]\d{9,10})$)(\d+)$/.exec(digits)?.[2]
  return rest === undefined ? digits : /^[01]/.test(rest) ? rest : `0${rest}`
}

/** One telephone in its normal form; null where the text holds none, or more than one. */
export function cleanPhone(text: string): string | null {
  const { phones, unclear } = readPhones(text)
  return phones.length === 1 && unclear.length === 0 ? (phones[0] ?? null) : null
}

/** All telephones of a text. Nothing is put together of pieces that could be two. */
export function readPhones(text: string): ReadPhones {
  // Nearly every cell holds one mobile number and nothing else.
  if (/^1\d{10}$/.test(text)) return { phones: [text], unclear: [] }
  const phones: string[] = []
  const unclear: string[] = []
  const pieces = piecesOf(plainText(text))
  for (const piece of pieces) {
    const found = readPiece(piece)
    if (!found && (hasDigit.test(piece) || !pieces.some((one) => hasDigit.test(one)))) {
      unclear.push(piece)
    }
    for (const phone of found ?? []) {
      if (!phones.some((known) => phoneKey(known) === phoneKey(phone))) phones.push(phone)
    }
  }
  return { phones, unclear }
}

/** Signs and words between two telephones; what stands in brackets behind one is a piece of its own. */
function piecesOf(text: string): string[] {
  return text
    .replace(/([—–―−‐‑﹣－~])/gu, '-')
    .replace(/\(\s*(\+?\d{2,4})\s*\)/gu, ' $1-') // an area code in brackets
    .replace(/[([【〔{<]/gu, ';')
    .replace(/[)\]】〕}>]/gu, ' ')
    .split(/[;、,，。/\\|\n]|或者?|和|及/u)
    .map((piece) => piece.trim())
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece))
}

/** 本人 beside a number says whose it is; alone it is what somebody wrote in the place of one. */
const hasDigit = /\d/

/** 转8012, 分机8012, ext. 8012 */
const extension = /(?:转|转接|分机号?|ext\.?|x|#)\s*:?\s*(\d{1,6})$/iu

/** What people write before a number, and after it, to say whose it is. */
const labelled =
  /^(?:\p{Script=Han}{1,8}|tel|phone|mobile)?\s*[:.]?\s*([+\d][\d\s.-]*?)\s*(?:\p{Script=Han}{0,6})$/iu

/** A short number of a company's network is no telephone for anybody outside it. */
const inside = /短号|集团|虚拟网|内线|小号/u

function readPiece(piece: string): readonly string[] | null {
  if (inside.test(piece)) return null
  const branch = extension.exec(piece)
  const body = branch ? piece.slice(0, branch.index).trim() : piece
  // A number that a spreadsheet kept as one.
  const number = labelled.exec(body)?.[1]?.replace(/\.0+$/, '')
  if (number === undefined) return null
  const parts = number.split(/[\s.]+/).filter(Boolean)
  const whole = joinParts(parts)
  if (branch) {
    const [only, other] = whole ?? []
    if (!only || other !== undefined) return null
    const long = `${only}-${branch[1] ?? ''}`
    return long.length <= mostLetters ? [long] : null
  }
  return whole
}

function joinParts(parts: readonly string[]): readonly string[] | null {
  const trimmed = parts.map((part) => part.replace(/^-+|-+$/g, '')).filter(Boolean)
  const all = toNormal(trimmed.join('-'))
  if (trimmed.length === 1) return all === null ? null : [all]
  // 100 1234 0077 is one, and so is 0571 00000000; 00000001 10000000002 are two.
  if (all !== null && isWholePhone(phoneKey(all))) return [all]
  const each = trimmed.map(toNormal)
  return each.every((one) => one !== null && isLong(one)) ? (each as string[]) : null
}

/** Of a key: a mobile number, an area code with a number, a service number. */
export function isWholePhone(digits: string): boolean {
  return /^(?:1\d{10}|0(?:10|2\d)\d{7,8}|0[3-9]\d{2}\d{7,8}|[48]00\d{7})$/.test(digits)
}

/** Enough digits to be a telephone of its own beside another one. */
function isLong(phone: string): boolean {
  return phone.replace(/\D/g, '').length >= 7
}

function toNormal(text: string): string | null {
  const written = text.replace(/-{2,}/g, '-')
  const digits = written.replace(/\D/g, '')
  const key = withoutChina(digits)
  if (/^1\d{10}$/.test(key) || /^[48]00\d{7}$/.test(key)) return key
  if (key !== digits) {
    // +86-571-00000000 → 0571-00000000
    const area = /^(0(?:10|2\d)|0[3-9]\d{2})(\d{7,8})$/.exec(key)
    if (area) return `${area[1] ?? ''}-${area[2] ?? ''}`
  }
  // A day is none, though it has the letters of one.
  if (/^(?:19|20)\d\d-\d{1,2}-\d{1,2}$/.test(written)) return null
  return phoneShape.test(written) && written.length <= mostLetters ? written : null
}
