/**
 * The network behind one small interface: same origin only, JSON only, and never in silence for long. Whatever is
 * not an answer of our server (a captive portal's page, a proxy's apology, half a body) is told apart from a refusal.
 *
 * Nothing here throws for a network that fails; what a caller's own `onLine` throws goes through to the caller.
 */
import * as v from 'valibot'
import { refusalSchema, type Problem } from '#protocol/problem.ts'
import type { FactorToSet } from '#protocol/second-factor.ts'
import { deviceHeader, protocolHeader } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { Clock } from './clock.ts'
import { createPatience } from './patience.ts'
import { readLines } from './read-lines.ts'
import type { Bytes } from './sealing.ts'

/** `offline`: no answer in time. `cut-short`: it began well and ended before its end line. */
export type NetworkProblem = Problem | 'offline' | 'unreadable-answer' | 'cut-short'

export interface NetworkFailure {
  readonly ok: false
  readonly problem: NetworkProblem
  /** Seconds, where the server says. */
  readonly retryAfter?: number | undefined
  /** With `factor-to-set`: what an authenticator has to read first. */
  readonly factor?: FactorToSet | undefined
}
export type Answer<T> = { readonly ok: true; readonly value: T } | NetworkFailure

export interface RequestOptions<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON; bytes as they are. */
  readonly body?: unknown
  /** Whose session it goes by; the account that is open has a pass for it (`sync/passes.ts`). */
  readonly device?: string
  /** What opens the office: sent as `Authorization: Bearer`. */
  readonly bearer?: string
  /** Cookies go along and are kept: one of an app before version 0.2.0, and the mark of a sign-in; else none is. */
  readonly cookie?: boolean
  /** An empty answer (204) is parsed as undefined. */
  readonly schema: v.GenericSchema<unknown, T>
  readonly signal?: AbortSignal
  /** Without a byte from the server; 20 seconds. */
  readonly timeoutMs?: number
}

export interface LinesOptions<T> {
  readonly body: unknown
  readonly device?: string
  readonly bearer?: string
  readonly schema: v.GenericSchema<unknown, T>
  /** Each line as it comes, and the bytes that it was; the next one waits for it. */
  readonly onLine: (line: T, bytes: Bytes) => Promise<'go-on' | 'stop'>
  /** The line without which an answer was cut short. */
  readonly isEnd: (line: T) => boolean
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

export interface EventsOptions {
  readonly device?: string
  readonly bearer?: string
  /** The server answered and speaks. */
  readonly onOpen: () => void
  /** The name of each event as it comes; `message` where it has none. */
  /** The data of several lines stand one below the other. */
  readonly onEvent: (name: string, data: string) => void
  readonly signal: AbortSignal
  /** Without a byte for so long, the connection is taken for dead; the server gives a sign of life twice a minute. */
  readonly timeoutMs?: number
}

export interface Network {
  request<T>(path: string, options: RequestOptions<T>): Promise<Answer<T>>
  /** POST, answered as lines of JSON (application/x-ndjson). */
  lines<T>(path: string, options: LinesOptions<T>): Promise<Answer<'ended' | 'stopped'>>
  /** GET, answered as server-sent events (text/event-stream) for as long as both like. */
  events(path: string, options: EventsOptions): Promise<Answer<'ended'>>
}

export interface NetworkParts {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>
  readonly clock: Clock
}

const defaultTimeout = 20_000
/** Bodies of single answers are small; a page of some hundred records is below 1 MB. */
const maxBody = 4_000_000
const maxLine = 8_000_000
const eventsTimeout = 65_000
const maxEventLine = 64_000

interface Sent {
  readonly method: string
  readonly body?: unknown
  readonly device?: string | undefined
  readonly bearer?: string | undefined
  readonly cookie?: boolean | undefined
}

export function createNetwork({ fetch, clock }: NetworkParts): Network {
  const send = (
    path: string,
    { method, body, device, bearer, cookie = false }: Sent,
    signal: AbortSignal,
  ) => {
    const isBytes = body instanceof Uint8Array
    if (!/^\/(?!\/)/.test(path)) throw new Error(`not a path of this origin: ${path}`)
    return fetch(path, {
      method,
      signal,
      mode: 'same-origin',
      credentials: cookie ? 'same-origin' : 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      // A portal that wants to be seen first answers everything with a redirect.
      redirect: 'manual',
      headers: {
        ...(body === undefined
          ? {}
          : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
        ...(device === undefined ? {} : { [deviceHeader]: device }),
        [protocolHeader]: String(protocolVersion),
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      },
      ...(body === undefined ? {} : { body: isBytes ? (body as Bytes) : JSON.stringify(body) }),
    })
  }

  return {
    async request(path, { schema, signal, timeoutMs = defaultTimeout, ...asked }) {
      const patience = createPatience(clock, timeoutMs, signal)
      try {
        const response = await send(path, asked, patience.signal)
        const text = await readText(response, patience.heard)
        if (!response.ok || text === null) return failureOf(response, text)
        if (text === '' && response.status === 204) return parsed(schema, undefined)
        return isJson(response) ? parsed(schema, parseJson(text)) : unreadable
      } catch (error) {
        return failureOfThrown(error)
      } finally {
        patience.end()
      }
    },

    async lines(path, { schema, onLine, isEnd, signal, timeoutMs = defaultTimeout, ...asked }) {
      const patience = createPatience(clock, timeoutMs, signal)
      let thrown: { readonly error: unknown } | null = null
      try {
        const response = await send(path, { method: 'POST', ...asked }, patience.signal)
        if (!response.ok) return failureOf(response, await readText(response, patience.heard))
        if (!/^application\/x-ndjson\b/i.test(typeOf(response)) || !response.body) return unreadable
        let outcome: Answer<'ended' | 'stopped'> = { ok: false, problem: 'cut-short' }
        const read = await readLines(
          response.body,
          maxLine,
          patience.heard,
          async (text, bytes) => {
            const line = parsed(schema, parseJson(text))
            if (!line.ok) outcome = line
            else if (isEnd(line.value)) outcome = { ok: true, value: 'ended' }
            else {
              // The server is not silent while we are busy with what it said.
              patience.pause()
              try {
                if ((await onLine(line.value, bytes)) === 'go-on') return 'go-on'
              } catch (error) {
                thrown = { error }
                throw error
              } finally {
                patience.heard()
              }
              outcome = { ok: true, value: 'stopped' }
            }
            return 'stop'
          },
        )
        return read === 'too-long' || read === 'not-text' ? unreadable : outcome
      } catch (error) {
        if (thrown) throw error
        return failureOfThrown(error)
      } finally {
        patience.end()
      }
    },

    async events(path, { onOpen, onEvent, signal, timeoutMs = eventsTimeout, ...asked }) {
      const patience = createPatience(clock, timeoutMs, signal)
      try {
        const response = await send(path, { method: 'GET', ...asked }, patience.signal)
        if (!response.ok) return failureOf(response, await readText(response, patience.heard))
        if (!/^text\/event-stream\b/i.test(typeOf(response)) || !response.body) return unreadable
        onOpen()
        const take = eventReader(onEvent)
        const read = await readLines(response.body, maxEventLine, patience.heard, (line) => {
          take(line)
          return Promise.resolve('go-on')
        })
        return read === 'ended' ? { ok: true, value: 'ended' } : unreadable
      } catch (error) {
        return failureOfThrown(error)
      } finally {
        patience.end()
      }
    },
  }
}

/**
 * Reads the lines of server-sent events (WHATWG HTML, 9.2) and says the name of each and what it brings along. An event
 * without data is none, as the standard has it.
 */
function eventReader(onEvent: EventsOptions['onEvent']): (line: string) => void {
  let name = ''
  let data: string[] = []
  return (line) => {
    if (line === '') {
      const [said, brought] = [name === '' ? 'message' : name, data]
      name = ''
      data = []
      if (brought.length > 0) onEvent(said, brought.join('\n'))
    } else if (line.startsWith('event:')) name = line.slice(6).trim()
    else if (line === 'data') data.push('')
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
  }
}

const unreadable: NetworkFailure = { ok: false, problem: 'unreadable-answer' }

/** `fetch` and its streams reject with a TypeError or an AbortError where there is no network. */
function failureOfThrown(error: unknown): NetworkFailure {
  if (
    error instanceof TypeError ||
    (error instanceof DOMException && error.name === 'AbortError')
  ) {
    return { ok: false, problem: 'offline' }
  }
  throw error
}

function failureOf(response: Response, text: string | null): NetworkFailure {
  const refusal = v.safeParse(refusalSchema, text === null ? undefined : parseJson(text))
  const after = refusal.success ? refusal.output.retryAfter : undefined
  const header = Number(response.headers.get('retry-after') ?? Number.NaN)
  const seconds = after ?? (Number.isFinite(header) && header >= 0 ? header : undefined)
  const retryAfter = seconds === undefined ? {} : { retryAfter: seconds }
  if (refusal.success) {
    const { problem, factor } = refusal.output
    return { ok: false, problem, ...retryAfter, ...(factor ? { factor } : {}) }
  }
  // Said by the proxies on the way as well, in their own words; the caller then sends less.
  if (response.status === 413) return { ok: false, problem: 'too-large' }
  return { ...unreadable, ...retryAfter }
}

/** Null where it is longer than anything that our server says, or no text. */
async function readText(response: Response, heard: () => void): Promise<string | null> {
  if (!response.body) return ''
  const lines: string[] = []
  const read = await readLines(response.body, maxBody, heard, async (line) => {
    lines.push(line)
    return 'go-on'
  })
  return read === 'ended' ? lines.join('\n') : null
}

const typeOf = (response: Response) => response.headers.get('content-type') ?? ''

function isJson(response: Response): boolean {
  return /^application\/json\b/i.test(typeOf(response))
}

/** A symbol, which no schema takes, for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return Symbol('not JSON')
  }
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Answer<T> {
  const result = v.safeParse(schema, value)
  return result.success ? { ok: true, value: result.output } : unreadable
}
