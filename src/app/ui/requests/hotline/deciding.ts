import type { WaitingRequest } from '#protocol/hotline.ts'

/** One that waits, and who hears what became of it. */
export interface Deciding {
  readonly waiting: WaitingRequest
  /** With a sentence to show. */
  readonly onDone: (told: string | null) => void
  /** With the same sentence that stands here: somebody else may have decided, and then this goes. */
  readonly onFailed: (told: string) => void
}
