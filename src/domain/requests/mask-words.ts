/**
 * Words of an asker as a unit reads them: each telephone and each document number in them is masked, all of them and
 * not only the first. The words themselves stay with the request in its grid.
 */

/** Digits as people write them: with blanks, hyphens and dots between, in full width or in half. */
const between = '[\\s\\u00a0\\u3000.\\-–—_·]{0,3}'
const digit = '[0-9０-９]'
const repeated = (count: string, one = digit) => `(?:${one}${between})${count}`

/** 17 digits and a digit or X: GB 11643. */
const identity = new RegExp(`(?<!${digit})${repeated('{17}')}[0-9０-９xXｘＸХх×](?!${digit})`, 'gu')
const oldIdentity = new RegExp(`(?<!${digit})${repeated('{14}')}${digit}(?!${digit})`, 'gu')
/** Seven digits and more, also behind +86 or 0086: a mobile number, a line with its area code, a card. */
const telephone = new RegExp(
  `(?<!${digit})(?:[+＋]?(?:00)?86${between})?${repeated('{6,30}')}${digit}(?!${digit})`,
  'gu',
)
/** Passports and permits: one or two letters and seven to nine digits. */
const document = /(?<![A-Za-z0-9])[A-Za-z]{1,2}\d{7,9}(?![A-Za-z0-9])/gu

export function maskWords(words: string): string {
  return words
    .replaceAll(identity, maskDigits)
    .replaceAll(oldIdentity, maskDigits)
    .replaceAll(telephone, maskDigits)
    .replaceAll(document, (found) => `${found.slice(0, 1)}${'*'.repeat(found.length - 1)}`)
}

/** Whether something in the words is masked for a unit: said to the asker before the words are sent. */
export function hasMaskedWords(words: string): boolean {
  return maskWords(words) !== words
}

/** No digit of it stays: what is left of a number beside a house and a name would still tell whose it is. */
function maskDigits(found: string): string {
  const trimmed = found.trimEnd()
  return '*'.repeat([...trimmed].length) + found.slice(trimmed.length)
}
