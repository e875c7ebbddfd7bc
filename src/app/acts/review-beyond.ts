/** What waits for a decision in grids that this device does not hold, and who may be registered twice there. Online. */
import { pairSlices } from '#domain/pair-slices.ts'
import type { RevealPurpose } from '#domain/reveal.ts'
import type { Likeness } from '#domain/same-person.ts'
import {
  pairsAnswerSchema,
  pairsPath,
  reviewFiguresSchema,
  reviewPath,
  type ReviewFigures,
} from '#protocol/review.ts'
import type { Found } from '#protocol/search.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PlacesParts } from './places-acts.ts'

export interface PairBeyond extends Likeness {
  readonly first: Found
  readonly second: Found
}

export interface PairsSoFar {
  /** The likeliest first. */
  readonly pairs: readonly PairBeyond[]
  /** From 0 to 1. */
  readonly done: number
  /** Some slice has more than it told. */
  readonly isMore: boolean
}

export interface ReviewActs {
  /** In places where something waits. */
  figures(): Promise<OfficeAnswer<ReviewFigures['places']>>
  /** Slice after slice; told after each. Stopped, it ends with what it has. */
  pairs(
    purpose: RevealPurpose,
    onSlice: (soFar: PairsSoFar) => void,
    signal: AbortSignal,
  ): Promise<OfficeAnswer<PairsSoFar>>
}

/** A slice looks at everybody of a subdistrict. */
const patienceMs = 60_000

export function createReviewActs({ ask }: Pick<PlacesParts, 'ask'>): ReviewActs {
  return {
    async figures() {
      const body = { protocol: protocolVersion }
      const answer = await ask('POST', reviewPath, reviewFiguresSchema, body, patienceMs)
      return answer.ok ? { ok: true, value: answer.value.places } : answer
    },
    async pairs(purpose, onSlice, signal) {
      const found = new Map<string, PairBeyond>()
      let soFar: PairsSoFar = { pairs: [], done: 0, isMore: false }
      for (let slice = 0; slice < pairSlices.length && !signal.aborted; slice += 1) {
        const body = { protocol: protocolVersion, purpose, slice }
        const answer = await ask('POST', pairsPath, pairsAnswerSchema, body, patienceMs)
        if (!answer.ok) return answer
        const { pairs, more, slices } = answer.value
        for (const { first, second, score, reasons } of pairs) {
          const pair = { first, second, score, reasons: reasons as PairBeyond['reasons'] }
          found.set(`${first.id} ${second.id}`, pair)
        }
        soFar = {
          pairs: [...found.values()].sort((a, b) => b.score - a.score),
          ...{ done: (slice + 1) / Math.max(slices, slice + 1), isMore: soFar.isMore || more },
        }
        onSlice(soFar)
      }
      return { ok: true, value: soFar }
    },
  }
}
