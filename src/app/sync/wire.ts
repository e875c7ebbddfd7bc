/** What sync asks of the network, over the device's own network piece. */
import type { Clock } from '#app/platform/clock.ts'
import type { Bytes } from '#app/platform/sealing.ts'
import type { Answer as NetworkAnswer, Network, NetworkFailure } from '#app/platform/network.ts'
import { pullEnvelopeSchema } from '#app/platform/pull-envelope.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import type { PullLine, PullRequest } from '#protocol/pull.ts'
import { pushResponseSchema, type PushRequest, type PushResponse } from '#protocol/push.ts'
import { oldestSpoken, protocolVersion } from '#protocol/version.ts'
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
  /** Hands over each line as it comes, with the bytes that it was, and waits for it; 'stop' ends the pull there. */
  pull(
    request: PullRequest,
    onLine: (line: PullLine, bytes?: Bytes) => Promise<'go-on' | 'stop'>,
  ): Promise<Answer<'ended' | 'stopped'>>
  /** Pokes until the answer is called; connects again by itself, never in a hurry. */
  /** `moved`: the streams that did; empty where nobody says which. */
  listen(onPoke: (moved: readonly string[]) => void, device: string): () => void
}

export interface WireParts {
  readonly network: Network
  readonly clock: Clock
  readonly listen: Wire['listen']
}

/** Without a byte for so long, a push counts as timed out: the next one is smaller. */
const pushTimeout = 30_000

export function createWire({ network, clock, listen }: WireParts): Wire {
  let spoken = protocolVersion
  /** The server may not be updated yet: then the version before is spoken, whose messages it reads. */
  const inItsVersion = async <T>(
    ask: (protocol: number) => Promise<NetworkAnswer<T>>,
  ): Promise<NetworkAnswer<T>> => {
    const answer = await ask(spoken)
    if (answer.ok || answer.problem !== 'server-too-old' || spoken <= oldestSpoken) return answer
    spoken -= 1
    return ask(spoken)
  }

  return {
    async push(request) {
      const began = clock.now()
      const answer = await inItsVersion((protocol) =>
        network.request('/api/push', {
          method: 'POST',
          device: request.device,
          body: { ...request, protocol },
          schema: pushResponseSchema,
          timeoutMs: pushTimeout,
        }),
      )
      if (answer.ok) return answer
      const waited = clock.now() - began >= pushTimeout
      return waited && answer.problem === 'offline'
        ? { ok: false, trouble: 'timeout' }
        : failureOf(answer)
    },
    async pull(request, onLine) {
      const answer = await inItsVersion((protocol) =>
        network.lines('/api/pull', {
          device: request.device,
          body: bodyOf(request, protocol),
          schema: pullEnvelopeSchema,
          onLine,
          isEnd: (line) => line.type === 'end',
        }),
      )
      return answer.ok ? answer : failureOf(answer)
    },
    listen,
  }
}

/** What a device holds goes instead of its cursors; a server that knows only version 1 gets those. */
function bodyOf({ held, cursors, ...request }: PullRequest, protocol: number): object {
  if (held === undefined || protocol < 2) return { ...request, protocol, cursors }
  // Before version 3 a server knows no proofs, and comes to the same without.
  return { ...request, protocol, held: protocol < 3 ? cursorsToHeld(unproven(cursors)) : held }
}

function unproven(cursors: PullRequest['cursors']): PullRequest['cursors'] {
  return Object.fromEntries(
    Object.entries(cursors).map(([stream, { epoch, version }]) => [stream, { epoch, version }]),
  )
}

function failureOf({ problem, retryAfter }: NetworkFailure): Failure {
  // A session of another device than the one that asks.
  const trouble = problem === 'not-allowed' ? 'session-ended' : problem
  return { ok: false, trouble, retryAfter }
}
