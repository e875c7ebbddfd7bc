/** Photographs of a file of unsent work, sent on by the office: chunk by chunk, as the telephone would. */
import { photoStateSchema, putChunkPath } from '#protocol/photos.ts'
import type { UnsentFile } from '#protocol/unsent-file.ts'
import type { Network } from '#app/platform/network.ts'
import { base64ToBytes, hashOfBytes } from '#app/platform/photo-sealing.ts'

export interface BroughtPhotos {
  readonly count: number
  /** How many the office has whole now. */
  readonly arrived: number
}

/** Twice changes nothing. Where the line breaks, the rest goes when the file is brought in once more. */
export async function bringPhotos(
  network: Pick<Network, 'request'>,
  device: string,
  photos: NonNullable<UnsentFile['photos']>,
): Promise<BroughtPhotos> {
  let arrived = 0
  for (const { stream, photo, chunks } of photos) {
    for (const [index, text] of chunks.entries()) {
      const body = base64ToBytes(text)
      const path = putChunkPath(stream, photo, index, await hashOfBytes(body))
      const answer = await network.request(path, {
        ...{ method: 'PUT', device, body, schema: photoStateSchema },
      })
      if (answer.ok && answer.value.arrived) arrived += 1
      // Arrived already, or of a record that the office does not have: the others may.
      if (!answer.ok || answer.value.arrived) break
    }
  }
  return { count: photos.length, arrived }
}
