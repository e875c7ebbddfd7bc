/**
 * Random bits as letters of Crockford's base 32 (no I, L, O, U), with two letters at the end as a check: a slip of the
 * pen is told from a code that nobody knows.
 */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** The largest prime that two letters can say: no wrong letter and no swapped pair has the same remainder. */
const modulus = 1021

/** Without groups, as it is hashed. */
export function writeLetters(bytes: Uint8Array): string {
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

/** As somebody types it: without what only parts it, and letters that look alike taken for what they mean. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s—–_.·-]+/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
}

/** `plain`: of `plainLetters`; `length` with its check. */
export function isWritten(plain: string, length: number): boolean {
  return (
    plain.length === length &&
    [...plain].every((letter) => letters.includes(letter)) &&
    plain.slice(-2) === checkOf(plain.slice(0, -2))
  )
}

/** As somebody reads it out: `7K2M-…`. */
export function groupLetters(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code
}

function checkOf(word: string): string {
  const sum = [...word].reduce((all, letter, at) => all + letters.indexOf(letter) * (at + 1), 0)
  const rest = sum % modulus
  return `${letters[rest >> 5]}${letters[rest & 31]}`
}
