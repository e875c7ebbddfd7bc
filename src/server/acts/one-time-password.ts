/** A one-time password waits for a week, and for no longer on a slip of paper. */
export const oneTimeMs = 7 * 86_400_000

/** Of an account that waits for its first one-time password: a hash of which nobody knows the password. */
export function unusablePassword(randomBytes: (count: number) => Uint8Array): string {
  const text = (count: number) => btoa(String.fromCharCode(...randomBytes(count))).replace(/=/g, '')
  return `$argon2id$v=19$m=19456,t=2,p=1$${text(16)}$${text(32)}`
}

const syllables = [
  'ba',
  'do',
  'fe',
  'gu',
  'ka',
  'li',
  'mo',
  'ne',
  'pa',
  'ri',
  'so',
  'tu',
  'wa',
  'xi',
  'yu',
  'zo',
]

/** Six syllables and three digits: 34 bits, easy to read out, limited by the sign-in's own counting. */
export function makePassword(randomBytes: (count: number) => Uint8Array): string {
  const bytes = [...randomBytes(9)]
  const words = bytes.slice(0, 6).map((byte) => syllables[byte % syllables.length] ?? '')
  const digits = bytes.slice(6).map((byte) => String(byte % 10))
  return `${words.slice(0, 3).join('')}-${words.slice(3).join('')}-${digits.join('')}`
}
