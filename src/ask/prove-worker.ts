/** Tries numbers until the hash of one begins with enough zeros. */
import { beginsWithZeros, mostNonce, type Challenge } from '#domain/ask/proof.ts'

onmessage = ({ data }: MessageEvent<Challenge>) => {
  void search(data).then(
    (nonce) => postMessage(nonce),
    () => postMessage(null),
  )
}

async function search({ salt: hex, rounds, bits }: Challenge): Promise<number | null> {
  const salt = new Uint8Array((hex.match(/../g) ?? []).map((byte) => parseInt(byte, 16)))
  for (let nonce = 0; nonce < mostNonce; nonce += 1) {
    const text = new TextEncoder().encode(String(nonce))
    const key = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits'])
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
    const found = await crypto.subtle.deriveBits(how, key, 256)
    if (beginsWithZeros(new Uint8Array(found), bits)) return nonce
  }
  return null
}
