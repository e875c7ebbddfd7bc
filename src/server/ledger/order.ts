/**
 * When a device can have recorded what it sends. It numbers its work in the order in which it saves it, so nothing is
 * older than what stands before it: whoever lost a place cannot send work of a day before that, once the device has
 * sent anything of a later day (docs/decisions/0036).
 */
import type { Mutation } from '#protocol/mutation.ts'

/** Clocks of telephones are set right by themselves, and jump by minutes. */
export const jumpMs = 10 * 60_000

export interface Order {
  /** By seq: the earliest moment, in milliseconds, that is believed of a mutation. */
  readonly notBefore: ReadonlyMap<number, number>
  /** The latest moment that the device has told of, in milliseconds; null where it has told of none. */
  readonly latest: number | null
}

/** `mutations` in order of seq; `before`: the latest moment that the device told of in earlier pushes. */
export function orderOf(
  mutations: readonly Pick<Mutation, 'seq' | 'at'>[],
  { skewMs, now, before }: { skewMs: number; now: number; before: number | null },
): Order {
  const notBefore = new Map<number, number>()
  let latest = before
  for (const { seq, at } of mutations) {
    if (latest !== null) notBefore.set(seq, latest - jumpMs)
    const moment = Math.min(Date.parse(at) - skewMs, now)
    latest = Math.max(latest ?? moment, moment)
  }
  return { notBefore, latest }
}
