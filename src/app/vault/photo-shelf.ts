/** What the vault keeps of photographs, as others see it; `photos.ts` keeps them. */
import type { Picture } from '#domain/photo.ts'
import type { Bytes } from '#app/platform/sealing.ts'

/**
 * `draft`: taken, and its form not saved yet. `waiting`: the server does not have all of it. `delivered`: the server
 * gave its receipt for the whole. `refused`: the server does not keep it, or its record is gone.
 */
export type ShelfState = 'draft' | 'waiting' | 'delivered' | 'refused'

export interface ShelvedPhoto {
  readonly id: string
  readonly state: ShelfState
  /** Milliseconds since 1970 at which it came into this state. */
  readonly at: number
  /** Bytes on disk. */
  readonly size: number
  readonly stream: string
  /** Key of the draft that it was taken for. */
  readonly form: string
  /** What its record will say of the picture. */
  readonly fields: Picture
  /** Of the sealed chunks, in order. */
  readonly hashes: readonly string[]
}

export interface PhotoShelf {
  /** All of it in one transaction. */
  add(photo: ShelvedPhoto, chunks: readonly Bytes[]): Promise<void>
  /** In the order of taking. One that does not open any more is left out. */
  list(): Promise<readonly ShelvedPhoto[]>
  /** Null where the disk does not give it. */
  chunk(photo: string, index: number): Promise<Bytes | null>
  mark(photos: readonly string[], state: ShelfState, at: number): Promise<void>
  remove(photos: readonly string[]): Promise<void>
  /** Whatever another shelf has whole and this one has not. */
  takeFrom(other: PhotoShelf): Promise<void>
}
