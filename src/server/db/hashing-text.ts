import { createHash } from 'node:crypto'

/** SHA-256 in hexadecimal: of a key as random as 256 bits are, which nobody can guess from it. */
export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
