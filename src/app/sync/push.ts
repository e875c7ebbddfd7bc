/**
 * One push: what waits goes to the server in order of seq, and only its receipts change anything here.
 *
 * The server counts each device's seq without gaps. Where it knows less than the device (restored from a backup),
 * what was delivered since waits again; where a number holds nothing to send any more (refused, given up, forgotten
 * after 30 days), an empty envelope stands for it: refused by the server, it uses the number up.
 */
import { maxPush, type Mutation, type Receipt } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Ids } from '#app/platform/ids.ts'
import type { Vault } from '#app/vault/vault.ts'
import type { SyncEvent } from './plan.ts'
import type { Wire } from './wire.ts'

interface Parts {
  readonly vault: Pick<Vault, 'device' | 'nextWaiting' | 'settle' | 'resend' | 'renumber'>
  readonly wire: Pick<Wire, 'push'>
  readonly clock: Clock
  readonly ids: Ids
}

interface Asked {
  readonly limit: number
  /** The seq that the server said it expects next; null before its first word. */
  readonly expected: number | null
  /** What waits first is too large for the way: only its envelope goes. */
  readonly setAside: boolean
}

export interface Pushed {
  readonly event: SyncEvent
  /** Settled in the vault already. */
  readonly receipts: readonly Receipt[]
  /** Mutations that had been delivered and wait again, or that got other numbers. */
  readonly resent: number
  readonly expected: number | null
  /** Milliseconds; null where the server did not answer. */
  readonly skew: number | null
}

export async function pushOnce(parts: Parts, asked: Asked): Promise<Pushed> {
  const { vault, wire, clock, ids } = parts
  const mutations = await vault.nextWaiting(asked.setAside ? 1 : asked.limit)
  const silent = { receipts: [], resent: 0, expected: asked.expected, skew: null }
  if (mutations.length === 0) return { ...silent, event: { type: 'pushed', sent: 0, left: false } }

  const sentAt = clock.now()
  const answer = await wire.push({
    protocol: protocolVersion,
    device: vault.device,
    sentAt: new Date(sentAt).toISOString(),
    mutations: envelopes(mutations, asked, () => ({ id: ids(), device: vault.device })),
  })
  if (!answer.ok) {
    const { trouble, retryAfter } = answer
    const size = mutations.length
    return { ...silent, event: { type: 'failed', trouble, size, retryAfter } }
  }

  const now = clock.now()
  const { expected, now: serverNow } = answer.value
  const skew = Math.round((sentAt + now) / 2 - Date.parse(serverNow))
  const receipts = ownReceipts(mutations, answer.value.receipts, asked.setAside)
  if (receipts.length > 0) await vault.settle(receipts, now, Date.parse(serverNow))
  const first = mutations[0]?.seq ?? expected
  const again = expected < first ? await vault.resend(expected) : 0
  const taken = numbersTaken(mutations, answer.value.receipts)
  if (taken.length > 0) await vault.renumber(taken, expected)
  const resent = again + taken.length

  const [next] = await vault.nextWaiting(1)
  const moved =
    receipts.length > 0
      ? !receipts.some(({ id }) => id === next?.id) || resent > 0
      : resent > 0 || expected !== asked.expected
  if (!moved) {
    const event = { type: 'failed', trouble: 'stuck', size: mutations.length } as const
    return { receipts, resent, expected, skew, event }
  }
  const left = next !== undefined
  return {
    receipts,
    resent,
    expected,
    skew,
    event: { type: 'pushed', sent: receipts.length, left },
  }
}

/** At most `maxPush` of what the server needs to see, from the seq that it expects. */
function envelopes(
  mutations: readonly Mutation[],
  { expected, setAside }: Asked,
  empty: () => object,
): unknown[] {
  const all: unknown[] = []
  let next = expected ?? mutations[0]?.seq ?? 1
  for (const mutation of mutations) {
    for (; next < mutation.seq && all.length < maxPush; next++) all.push({ ...empty(), seq: next })
    const { id, device, seq } = mutation
    all.push(setAside ? { id, device, seq } : mutation)
    next = seq + 1
  }
  return all.slice(0, maxPush)
}

/** Neither a gap nor a number that is taken is a verdict on the mutation: it goes on waiting. */
function ownReceipts(
  mutations: readonly Mutation[],
  receipts: readonly Receipt[],
  setAside: boolean,
): Receipt[] {
  const sent = new Set(mutations.map((mutation) => mutation.id))
  return receipts
    .filter((receipt) => sent.has(receipt.id) && (receipt.ok || !isOfNumber(receipt.problem)))
    .map((receipt) =>
      setAside && !receipt.ok ? { ...receipt, problem: 'too-large' as const } : receipt,
    )
}

const isOfNumber = (problem: Problem) => problem === 'sequence-gap' || problem === 'sequence-reused'

/** The server had something else under their numbers: before this device lost its storage, and its count with it. */
function numbersTaken(mutations: readonly Mutation[], receipts: readonly Receipt[]): string[] {
  const taken = receipts.filter((receipt) => !receipt.ok && receipt.problem === 'sequence-reused')
  const ids = new Set(taken.map((receipt) => receipt.id))
  const batches = new Set(
    mutations.flatMap(({ id, batch }) => (ids.has(id) && batch !== null ? [batch] : [])),
  )
  return mutations
    .filter(({ id, batch }) => ids.has(id) || (batch !== null && batches.has(batch)))
    .map(({ id }) => id)
}
