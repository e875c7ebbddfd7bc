/** How photographs travel: one chunk a request, by index and hash (`protocol/photos.ts`). */
import { photoPath, photoStateSchema, putChunkPath, type PhotoState } from '#protocol/photos.ts'
import type { Answer, Network } from '#app/platform/network.ts'
import type { Bytes } from '#app/platform/sealing.ts'
import type { ShelvedPhoto } from '#app/vault/photo-shelf.ts'

export interface PhotoWire {
  /** What the server has of it. */
  state(photo: ShelvedPhoto): Promise<Answer<PhotoState>>
  put(photo: ShelvedPhoto, index: number, bytes: Bytes): Promise<Answer<PhotoState>>
}

export function createPhotoWire(network: Pick<Network, 'request'>, device: string): PhotoWire {
  return {
    state: ({ stream, id }) =>
      network.request(photoPath(stream, id), { method: 'GET', device, schema: photoStateSchema }),
    put: ({ stream, id, hashes }, index, bytes) =>
      network.request(putChunkPath(stream, id, index, hashes[index] ?? ''), {
        ...{ method: 'PUT', device, schema: photoStateSchema },
        body: bytes,
      }),
  }
}
