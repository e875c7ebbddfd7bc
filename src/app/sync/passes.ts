/**
 * Passes: what opens the office for some hours. One is taken from the server with the token that lies sealed in the
 * vault, when something has to be asked; it is kept in memory alone and forgotten with the lock. So a locked device has
 * nothing that the server would answer (docs/decisions/0040-token-and-pass.md).
 */
import {
  exchangeAnswerSchema,
  exchangePath,
  passAnswerSchema,
  passPath,
} from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Answer, Network, NetworkFailure } from '#app/platform/network.ts'
import type { TokenKeeper } from '#app/vault/session-token.ts'

export interface Passes {
  /** As the network it was made of; what names a device goes by a pass of the account that is open. */
  readonly network: Network
  /** An account was unlocked. */
  open(device: string, tokens: TokenKeeper): void
  /** Locked: the pass is forgotten, and none is taken any more. */
  close(): void
}

interface Desk {
  readonly device: string
  readonly tokens: TokenKeeper
  pass: { readonly value: string; readonly until: number } | null
  taking: Promise<Answer<string>> | null
}

/** A pass is not used in its last minute: it might end on the way. */
const marginMs = 60_000

export function createPasses(network: Network, clock: Pick<Clock, 'now'>): Passes {
  let desk: Desk | null = null

  const exchange = async ({ device, tokens }: Desk): Promise<Answer<string>> => {
    const answer = await network.request(exchangePath, {
      method: 'POST',
      device,
      cookie: true,
      body: { protocol: protocolVersion },
      schema: exchangeAnswerSchema,
    })
    if (!answer.ok) return ofThisVersion(answer)
    // On the disk before its first use, which ends the cookie.
    await tokens.keep(answer.value.token)
    return { ok: true, value: answer.value.token }
  }

  const take = async (mine: Desk): Promise<Answer<string>> => {
    // Read anew each time: another tab may have signed in again.
    const kept = await mine.tokens.read()
    const token: Answer<string> = kept === null ? await exchange(mine) : { ok: true, value: kept }
    if (!token.ok) return token
    const began = clock.now()
    const answer = await network.request(passPath, {
      method: 'POST',
      device: mine.device,
      bearer: token.value,
      body: { protocol: protocolVersion },
      schema: passAnswerSchema,
    })
    if (!answer.ok) return ofThisVersion(answer)
    const { pass, seconds } = answer.value
    if (desk !== mine) return locked
    mine.pass = { value: pass, until: began + seconds * 1000 - marginMs }
    return { ok: true, value: pass }
  }

  /** Several that ask at once wait for the same one. */
  const passOf = (mine: Desk, used: string | null): Promise<Answer<string>> => {
    const { pass } = mine
    if (pass && pass.value !== used && pass.until > clock.now()) {
      return Promise.resolve({ ok: true, value: pass.value })
    }
    mine.taking ??= take(mine).finally(() => (mine.taking = null))
    return mine.taking
  }

  /** Asks with a pass; where the server does not take it any more, once again with a new one. */
  const withPass = async <T>(
    device: string,
    ask: (bearer: string) => Promise<Answer<T>>,
  ): Promise<Answer<T>> => {
    const mine = desk
    if (mine?.device !== device) return locked
    const first = await passOf(mine, null)
    if (!first.ok) return first
    const answer = await ask(first.value)
    if (answer.ok || !isOfSession(answer)) return answer
    if (desk !== mine) return locked
    const second = await passOf(mine, first.value)
    return second.ok ? ask(second.value) : second
  }

  return {
    network: {
      request: (path, options) =>
        options.device === undefined
          ? network.request(path, options)
          : withPass(options.device, (bearer) => network.request(path, { ...options, bearer })),
      lines: (path, options) =>
        options.device === undefined
          ? network.lines(path, options)
          : withPass(options.device, (bearer) => network.lines(path, { ...options, bearer })),
      events: (path, options) =>
        options.device === undefined
          ? network.events(path, options)
          : withPass(options.device, (bearer) => network.events(path, { ...options, bearer })),
    },
    open(device, tokens) {
      desk = { device, tokens, pass: null, taking: null }
    },
    close() {
      desk = null
    },
  }
}

/** Nobody is at work: nothing is asked. */
const locked: NetworkFailure = { ok: false, problem: 'not-signed-in' }

/** A server that was put back to an older version has no passes yet; what the app asked for is there all the same. */
function ofThisVersion(failure: NetworkFailure): NetworkFailure {
  return failure.problem === 'not-found' ? { ...failure, problem: 'server-too-old' } : failure
}

const isOfSession = ({ problem }: NetworkFailure) =>
  problem === 'session-ended' || problem === 'not-signed-in'
