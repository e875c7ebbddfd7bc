/** A photograph as a device makes it: sealed in chunks, with the fields of its record. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { chunkBytes, chunkContext, chunksOf, type Picture } from '#domain/photo.ts'
import { sampleJpeg, type SampleJpeg } from './sample-jpeg.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export interface SealedPhoto {
  readonly fields: Picture
  readonly picture: Uint8Array
  /** In order; each with its hash. */
  readonly chunks: readonly { readonly bytes: Buffer; readonly hash: string }[]
}

/** `picture`: other bytes than a sample's, to be refused; `shape`: what the record says of it. */
export function sealedPhoto(
  id: string,
  takenAt: string,
  {
    picture = sampleJpeg({ width: 320, height: 240, noise: 20 }),
    shape = { width: 320, height: 240 },
    key = randomBytes(32),
  }: {
    readonly picture?: Uint8Array
    readonly shape?: Pick<SampleJpeg, 'width' | 'height'>
    readonly key?: Buffer
  } = {},
): SealedPhoto {
  const chunks = Array.from({ length: chunksOf(picture.length) }, (_, index) => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(Buffer.from(chunkContext(id, index)))
    const part = picture.subarray(index * chunkBytes, (index + 1) * chunkBytes)
    const sealed = [nonce, cipher.update(part), cipher.final()]
    const bytes = Buffer.concat([...sealed, cipher.getAuthTag()])
    return { bytes, hash: hashOf(bytes) }
  })
  return {
    picture,
    chunks,
    fields: {
      sha256: hashOf(picture),
      sealed: hashOf(Buffer.concat(chunks.map(({ bytes }) => bytes))),
      bytes: picture.length,
      width: shape.width,
      height: shape.height,
      chunks: chunks.length,
      takenAt,
      thumbnail: Buffer.from(sampleJpeg({ width: 96, height: 72 })).toString('base64'),
      key: key.toString('base64'),
    },
  }
}

/** Fields that are right, of a picture that nobody has. */
export function samplePhotoFields(takenAt: string): Picture {
  return sealedPhoto('00000000-0000-7000-8000-000000000001', takenAt, {
    key: Buffer.alloc(32, 7),
  }).fields
}
