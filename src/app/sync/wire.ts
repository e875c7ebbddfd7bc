/** What sync asks of the network, over the device's own network piece. */
import type { Clock } from '#app/platform/clock.ts'
import type { Network, NetworkFailure } from '#app/platform/network.ts'
import { pullEnvelopeSchema } from '#app/platform/pull-envelope.ts'
import type { PullLine, PullRequest } from '#protocol/pull.ts'
import { pushResponseSchema, type PushRequest, type PushResponse } from '#protocol/push.ts'
import type { Trouble } from './plan.ts'

export interface Failure {
  readonly ok: false
  readonly trouble: Trouble
  /** Seconds, where the server says. */
  readonly retryAfter?: number | undefined
}
export type Answer<T> = { readonly ok: true; readonly value: T } | Failure

export interface Wire {
  push(request: PushRequest): Promise<Answer<PushResponse>>
  /** Hands over each line as it comes and waits for it; 'stop' ends the pull there. */
  pull(
    request: PullRequest,
    onLine: (line: PullLine) => Promise<'go-on' | 'stop'>,
  ): Promise<Answer<'ended' | 'stopped'>>
  /** Pokes until the answer is called; connects again by itself, never in a hurry. */
  listen(onPoke: () => void): () => void
}

export interface WireParts {
  readonly network: Network
  readonly clock: Clock
  readonly listen: Wire['listen']
}

/** Without a byte for so long, a push counts as timed out: the next one is smaller. */
const pushTimeout = 30_000

export function createWire({ network, clock, listen }: WireParts): Wire {
  return {
    async push(request) {
      const began = clock.now()
      const options = { method: 'POST', body: request, schema: pushResponseSchema } as const
      const answer = await network.request('/api/push', { ...options, timeoutMs: pushTimeout })
      if (answer.ok) return answer
      const waited = clock.now() - began >= pushTimeout
      return waited && answer.problem === 'offline'
        ? { ok: false, trouble: 'timeout' }
        : failureOf(answer)
    },
    async pull(request, onLine) {
      const answer = await network.lines('/api/pull', {
        body: request,
        schema: pullEnvelopeSchema,
        onLine,
        isEnd: (line) => line.type === 'end',
      })
      return answer.ok ? answer : failureOf(answer)
    },
    listen,
  }
}

function failureOf({ problem, retryAfter }: NetworkFailure): Failure {
  // The browser holds one session: with several accounts on a tablet it may be another one's.
  const trouble = problem === 'not-allowed' ? 'session-ended' : problem
  return { ok: false, trouble, retryAfter }
}
