/**
 * The resident identity number, GB 11643-1999: six digits of division, eight of birth date, three of sequence (odd
 * for men), one check character by ISO 7064 MOD 11-2.
 */
import { isDay, type Day } from './day.ts'
import {
  birthOf,
  digitsToDay,
  identityCheckDigit,
  normaliseDocument,
  upgradeIdentityNumber,
} from './document-key.ts'
import type { FieldProblemCode } from './field.ts'

/** Nobody alive was born before. */
export const earliestBirth: Day = '1850-01-01'

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
  /** Index in the normal form of the first character that cannot be right. */
  readonly position: number
  /** The 18 characters that a valid number of 15 digits became in 1999; what to offer in its place. */
  readonly upgraded?: string
}

export function checkIdentityNumber(text: string, today: Day): Identity | IdentityProblem {
  const progress = identityNumberProgress(text, today)
  if (!progress.ok || progress.done) return progress
  const { length } = normaliseDocument(text)
  return wrong('id-length', length, upgradeIdentityNumber(text))
}

export type IdentityProgress =
  | { readonly ok: true; readonly done: false }
  | (Identity & { readonly done: true })
  | IdentityProblem

/** What can be said of a number while it is typed: nothing wrong so far, complete and right, or wrong already. */
export function identityNumberProgress(text: string, today: Day): IdentityProgress {
  const number = normaliseDocument(text)
  const odd = [...number].findIndex((letter, index) => !isFitting(letter, index))
  if (number.length > 18 && (odd === -1 || odd >= 18)) return wrong('id-length', 18)
  if (odd !== -1) return wrong('id-characters', odd)
  const birth = number.slice(6, 14)
  if (!isPossibleBirth(birth, today)) {
    const typed = [...birth].findIndex(
      (_, index) => !isPossibleBirth(birth.slice(0, index + 1), today),
    )
    return wrong('id-birth', 6 + typed, upgradeIdentityNumber(number))
  }
  if (number.length < 18) return { ok: true, done: false }
  if (identityCheckDigit(number) !== number[17]) return wrong('id-check-digit', 17)
  return { ...identityOf(number), done: true }
}

function wrong(
  problem: FieldProblemCode,
  position: number,
  upgraded: string | null = null,
): IdentityProblem {
  return { ok: false, problem, position, ...(upgraded === null ? {} : { upgraded }) }
}

/** Digits, and at the very end also X. */
function isFitting(letter: string, index: number): boolean {
  return (letter >= '0' && letter <= '9') || (letter === 'X' && index === 17)
}

/** Groups of 6-8-4 with a blank between, also of a part of a number. */
export function formatIdentityNumber(number: string): string {
  return [number.slice(0, 6), number.slice(6, 14), number.slice(14)].filter(Boolean).join(' ')
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

/** What the digits of a number say that is known to be right. */
export function identityOf(number: string): Identity {
  return {
    ok: true,
    number,
    birth: birthOf(number),
    sex: Number(number[16]) % 2 === 1 ? '1' : '2',
    division: number.slice(0, 6),
  }
}

/** Whether the digits of a birth date, as far as they are typed, can still become a day up to today. */
function isPossibleBirth(digits: string, today: Day): boolean {
  const first = digitsToDay(digits.padEnd(8, '0'))
  const last = digitsToDay(digits.padEnd(8, '9'))
  if (last < earliestBirth || first > today) return false
  if (digits.length === 8) return isDay(first)
  const month = digits.slice(4, 6)
  if (month.length === 1) return month <= '1'
  if (month.length === 2 && (month < '01' || month > '12')) return false
  // February has no thirties.
  return digits.length < 7 || digits.slice(6) <= (month === '02' ? '2' : '3')
}
