/** A device numbers its mutations without gaps: which of a push are taken now. Pure. */
import type { Receipt } from '#protocol/mutation.ts'
import { idOf, seqOf, type Incoming } from './plan.ts'

export interface Taken {
  readonly fresh: Incoming[]
  /** Two under one number: the second is answered so. */
  readonly reused: Receipt[]
}

/** What follows on the last seq without a hole, of mutations in order; what stands behind a hole is not answered yet, unless it is passed. */
export function upToGap(sorted: readonly Incoming[], lastSeq: number, passesHoles = false): Taken {
  const fresh: Incoming[] = []
  const reused: Receipt[] = []
  for (const item of sorted) {
    const taken = fresh.at(-1)
    const last = taken ? seqOf(taken) : lastSeq
    if (seqOf(item) === last + 1 || (passesHoles && seqOf(item) > last)) fresh.push(item)
    else if (seqOf(item) > last) break
    else if (taken && seqOf(item) === last && idOf(item) !== idOf(taken)) {
      reused.push({ id: idOf(item), seq: last, ok: false, problem: 'sequence-reused' })
    }
  }
  return { fresh, reused }
}

/** What was told of a number, and the mutation that had it. */
export interface FirstAnswer {
  readonly mutation: string
  readonly receipt: Receipt
}

/** The first answer to a number that the device sends again; another mutation under it was never seen. */
export function firstAnswer(item: Incoming, known: FirstAnswer | undefined): Receipt {
  const id = idOf(item)
  if (known?.mutation === id.toLowerCase()) return known.receipt
  return { id, seq: seqOf(item), ok: false, problem: 'sequence-reused' }
}
