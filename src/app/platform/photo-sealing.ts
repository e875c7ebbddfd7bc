/** A photograph under a key of its own: sealed in chunks before it lies anywhere, and opened again (decision 0074). */
import { chunkBytes, chunkContext, chunksOf } from '#domain/photo.ts'
import { bytesToBase64, randomBytes, seal, unseal, type Bytes } from './sealing.ts'

export interface SealedPicture {
  /** 32 bytes, base64. */
  readonly key: string
  readonly chunks: readonly Bytes[]
  /** SHA-256 of each chunk, of all of them one behind the other, and of the picture; hexadecimal. */
  readonly hashes: readonly string[]
  readonly sealed: string
  readonly sha256: string
}

export async function sealPicture(photo: string, picture: Bytes): Promise<SealedPicture> {
  const raw = randomBytes(32)
  const key = await importKey(raw, 'encrypt')
  const parts = Array.from({ length: chunksOf(picture.length) }, (_, index) =>
    picture.slice(index * chunkBytes, (index + 1) * chunkBytes),
  )
  const chunks = await Promise.all(
    parts.map((part, index) => seal(key, part, chunkContext(photo, index))),
  )
  const [sha256, sealed, ...hashes] = await Promise.all([
    hashOfBytes(picture),
    hashOfBytes(joined(chunks)),
    ...chunks.map(hashOfBytes),
  ])
  return { key: bytesToBase64(raw), chunks, hashes, sealed, sha256 }
}

/** The picture of the chunks; null where the key, the place or a byte is another one. */
export async function openPicture(
  photo: string,
  secret: string,
  chunks: readonly Bytes[],
): Promise<Bytes | null> {
  const key = await importKey(base64ToBytes(secret), 'decrypt')
  const opened = await Promise.all(
    chunks.map((chunk, index) => unseal(key, chunk, chunkContext(photo, index))),
  )
  const parts = opened.flatMap((one) => (one.ok ? [one.bytes] : []))
  return parts.length === chunks.length ? joined(parts) : null
}

export function base64ToBytes(text: string): Bytes {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}

export async function hashOfBytes(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function importKey(raw: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [use])
}

function joined(parts: readonly Bytes[]): Bytes {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}
