import { createHash } from 'node:crypto'

/** SHA-256 in hexadecimal: what the server keeps of a token, so that its database opens nothing. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
