/** What sync asks of the network; `platform/network.ts` does it with the browser's fetch, tests with a double. */
import type { PullLine, PullRequest } from '#protocol/pull.ts'
import type { PushRequest, PushResponse } from '#protocol/push.ts'
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
