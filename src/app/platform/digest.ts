/** SHA-256 (FIPS 180-4) by WebCrypto, in lower-case hexadecimal. */
import { textToBytes } from './sealing.ts'

export async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', textToBytes(text)))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
