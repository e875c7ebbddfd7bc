/**
 * The resident identity number, GB 11643-1999: six digits of division, eight of birth date, three of sequence (odd
 * for men), one check character by ISO 7064 MOD 11-2.
 */
import { isDay, type Day } from './day.ts'
import type { FieldProblemCode } from './field.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

/** Nobody alive was born before. */
const earliestBirth = '1850-01-01'

export interface Identity {
  readonly ok: true
  /** Normal form: 18 characters, X in upper case. */
  readonly number: string
  readonly birth: Day
  /** GB/T 2261.1: 1 male, 2 female. */
  readonly sex: '1' | '2'
  readonly division: string
}

export interface IdentityProblem {
  readonly ok: false
  readonly problem: FieldProblemCode
}

/** The check character of the first 17 digits. */
export function identityCheckDigit(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return checkCharacters[sum % 11] ?? ''
}

/**
 * Full-width characters, blanks, hyphens and a leading apostrophe as they come from paper and Excel are taken out;
 * x becomes X. Nothing is guessed.
 */
export function normaliseDocument(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s'’‘\-·]/g, '')
    .toUpperCase()
}

export function checkIdentityNumber(text: string, today: Day): Identity | IdentityProblem {
  const number = normaliseDocument(text)
  if (number.length !== 18) return { ok: false, problem: 'id-length' }
  const progress = identityNumberProgress(number, today)
  if (!progress.ok) return progress
  return progress.done ? identityOf(number, progress.birth) : { ok: false, problem: 'id-length' }
}

export type IdentityProgress =
  | { readonly ok: true; readonly done: false }
  | (Identity & { readonly done: true })
  | IdentityProblem

/** What can be said of a number while it is typed: nothing wrong so far, complete and right, or wrong already. */
export function identityNumberProgress(text: string, today: Day): IdentityProgress {
  const number = normaliseDocument(text)
  if (!/^\d{0,17}$|^\d{17}[\dX]$/.test(number)) {
    return { ok: false, problem: number.length > 18 ? 'id-length' : 'id-characters' }
  }
  if (!isPossibleBirth(number.slice(6, 14), today)) return { ok: false, problem: 'id-birth' }
  if (number.length < 18) return { ok: true, done: false }
  if (identityCheckDigit(number) !== number[17]) return { ok: false, problem: 'id-check-digit' }
  return { ...identityOf(number, birthOf(number)), done: true }
}

/** Groups of 6-8-4 with a blank between, also of a part of a number. */
export function formatIdentityNumber(number: string): string {
  return [number.slice(0, 6), number.slice(6, 14), number.slice(14)].filter(Boolean).join(' ')
}

/** An 18-character number from one of 15 digits of before 1999 (century 19); null where it is none. */
export function upgradeIdentityNumber(text: string): string | null {
  const old = normaliseDocument(text)
  if (!/^\d{15}$/.test(old)) return null
  const first17 = `${old.slice(0, 6)}19${old.slice(6)}`
  return first17 + identityCheckDigit(first17)
}

/** Residence permits of residents from Hong Kong, Macao and Taiwan have these in place of a division. */
export function isResidencePermit(number: string): boolean {
  return /^8[123]0000/.test(number)
}

/** Foreigner's permanent residence card: 18 digits beginning with 9 (2023), or three letters and twelve digits (2017). */
export function isForeignPermanentCard(text: string): boolean {
  const number = normaliseDocument(text)
  if (/^[A-Z]{3}\d{12}$/.test(number)) return true
  return /^9\d{16}[\dX]$/.test(number) && identityCheckDigit(number) === number[17]
}

function identityOf(number: string, birth: Day): Identity {
  return {
    ok: true,
    number,
    birth,
    sex: Number(number[16]) % 2 === 1 ? '1' : '2',
    division: number.slice(0, 6),
  }
}

function birthOf(number: string): Day {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
}

/** Whether the digits of a birth date, as far as they are typed, can still become a day up to today. */
function isPossibleBirth(digits: string, today: Day): boolean {
  if (digits.length === 8) {
    const birth = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
    return isDay(birth) && birth >= earliestBirth && birth <= today
  }
  const year = digits.slice(0, 4)
  const low = Number(year.padEnd(4, '0'))
  const high = Number(year.padEnd(4, '9'))
  if (high < Number(earliestBirth.slice(0, 4)) || low > Number(today.slice(0, 4))) return false
  const month = digits.slice(4, 6)
  if (month.length === 1) return month === '0' || month === '1'
  if (month.length === 2 && (month < '01' || month > '12')) return false
  const date = digits.slice(6)
  return date.length === 0 || Number(date) <= 3
}
