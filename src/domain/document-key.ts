/**
 * The numbers of documents in one form, by which a register finds and compares them; `identity-number.ts` reads and checks
 * what stands in them.
 */
import { isDay, type Day } from './day.ts'
import { plainText } from './text.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

/** The check character of the first 17 digits. */
export function identityCheckDigit(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return checkCharacters[sum % 11] ?? ''
}

/** Nearly every number is written like this already, and a register holds some ten thousand. */
const written = /^[0-9A-Z]*$/

/**
 * Full-width characters, blanks, hyphens, quotes and letters that nobody sees, as they come from paper, chats and
 * Excel, are taken out; x becomes X. Nothing is guessed.
 */
export function normaliseDocument(text: string): string {
  if (written.test(text)) return text
  return plainText(text)
    .replace(/[\s'’‘"“”`‐‑‒–—―−·-]/g, '')
    .toUpperCase()
}

/**
 * An 18-character number from one of 15 digits of before 1999: two digits of year, always of the 20th century, and no
 * check character. Null where it is none or holds no real birth date.
 */
export function upgradeIdentityNumber(text: string): string | null {
  const old = normaliseDocument(text)
  if (!/^\d{15}$/.test(old)) return null
  const first17 = `${old.slice(0, 6)}19${old.slice(6)}`
  return isDay(birthOf(first17)) ? first17 + identityCheckDigit(first17) : null
}

/** One key for one number, whether it is written in 18 characters or in the 15 of before 1999. */
export function documentKey(text: string): string {
  const number = normaliseDocument(text)
  return upgradeIdentityNumber(number) ?? number
}

/** The birth date that 14 digits of a number hold, right or not. */
export function birthOf(number: string): Day {
  return digitsToDay(number.slice(6, 14))
}

export function digitsToDay(digits: string): Day {
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
}
