/** Photographs under their keys, as a device seals and opens them (`app/platform/photo-sealing.ts`). */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { chunkBytes, chunkContext, chunksOf, sealBytes } from '#domain/photo.ts'

/** The picture; null where the key or a chunk is another one. */
export function openPhoto(photo: string, key: string, sealed: readonly Buffer[]): Buffer | null {
  const secret = Buffer.from(key, 'base64')
  try {
    return Buffer.concat(
      sealed.map((chunk, index) => {
        if (chunk.length < sealBytes) throw new Error('cut')
        const cipher = createDecipheriv('aes-256-gcm', secret, chunk.subarray(0, nonceLength))
        cipher.setAAD(Buffer.from(chunkContext(photo, index)))
        cipher.setAuthTag(chunk.subarray(-tagLength))
        const body = chunk.subarray(nonceLength, -tagLength)
        return Buffer.concat([cipher.update(body), cipher.final()])
      }),
    )
  } catch {
    return null
  }
}

const nonceLength = 12
const tagLength = 16

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export interface SealedCopy {
  /** Base64. */
  readonly key: string
  readonly chunks: readonly { readonly hash: string; readonly bytes: Buffer }[]
  /** Of all chunks one behind the other. */
  readonly sealed: string
}

/** The same picture for somebody else, under a fresh key. */
export function sealCopy(photo: string, picture: Buffer): SealedCopy {
  const key = randomBytes(32)
  const chunks = Array.from({ length: chunksOf(picture.length) }, (_, index) => {
    const nonce = randomBytes(nonceLength)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(Buffer.from(chunkContext(photo, index)))
    const part = picture.subarray(index * chunkBytes, (index + 1) * chunkBytes)
    const body = [cipher.update(part), cipher.final()]
    const bytes = Buffer.concat([nonce, ...body, cipher.getAuthTag()])
    return { bytes, hash: hashOf(bytes) }
  })
  const sealed = hashOf(Buffer.concat(chunks.map(({ bytes }) => bytes)))
  return { key: key.toString('base64'), chunks, sealed }
}
