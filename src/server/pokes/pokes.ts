/**
 * Pokes: which streams moved, told within a fifth of a second to the devices that look at them. An accelerator; a
 * device that hears nothing asks by itself every minute.
 *
 * A poke costs the same question to the database, however many devices listen: pokes of a short while are gathered,
 * and who may hear of which stream, and whose session still lives, is asked for all that listen at once. Telling them
 * gives way to whoever is at work, and takes a small share of the time: where it is slow it happens less often.
 */
import type { Hearers } from '../db/hearers.ts'

/** What one server says to the others of the same database, and to itself. */
export type News =
  | { readonly moved: readonly string[] }
  /** Sessions of a device or of an account may have ended. */
  | { readonly wake: { readonly device: string } | { readonly account: string } }
  /** Something came to be done by whoever does what runs by itself. */
  | { readonly work: LeasedWork }
  /** The stream needs a new snapshot. */
  | { readonly snapshot: string }

export const leasedWorks = ['recolour', 'imports', 'requests'] as const
export type LeasedWork = (typeof leasedWorks)[number]

/**
 * The way from server to server. `createOwnLine` is for one server, `createSharedLine` for several on one database.
 * A line may lose or repeat news: nothing depends on it.
 */
export interface PokeLine {
  tell(news: News): void
  /** Also hears what this server itself tells. */
  hear(listener: (news: News) => void): () => void
}

export interface Listener {
  readonly account: string
  readonly device: string
  /** Its session, by the hash of the token. */
  readonly session: string
  onMoved(streams: readonly string[]): void
  /** Its session may have ended: it should look. */
  onWake(): void
}

export interface Pokes {
  poke(streams: readonly string[]): void
  /** A session ended, or the rights of an account changed: only the devices that it is about look. */
  wake(whose: { readonly device: string } | { readonly account: string }): void
  listen(listener: Listener): () => void
  readonly listeners: number
  /** Nothing is told from then on. */
  stop(): void
}

export interface PokeParts {
  readonly line?: PokeLine
  /** Of some accounts which of these streams each may hear of, and which of some sessions of some devices live. */
  readonly hearersOf: (
    streams: readonly string[],
    accounts: readonly string[],
    sessions: readonly string[],
    devices: readonly string[],
  ) => Promise<Hearers>
  readonly onFault: (error: unknown) => void
  /** Milliseconds since whenever; without it telling never rests. */
  readonly now?: () => number
  /** Milliseconds for which pokes are gathered. */
  readonly gatherMs?: number
}

const usualGatherMs = 200
/** How much longer than telling took nothing is told after it, up to a bound: pokes are an accelerator. */
const restShare = 5
const longestRestMs = 2_000
/** Listeners told before others have their turn. */
const toldAtOnce = 25
/** The database does not answer: the devices hear it a little later. */
const againMs = 1_000

/** What waits for its turn runs first: requests that arrived, answers of the database. */
const othersFirst = () => new Promise<void>((resolve) => setImmediate(resolve))

export function createOwnLine(): PokeLine {
  const hearing = new Set<(news: News) => void>()
  return {
    tell: (news) => hearing.forEach((listener) => listener(news)),
    hear(listener) {
      hearing.add(listener)
      return () => hearing.delete(listener)
    },
  }
}

export function createPokes(parts: PokeParts): Pokes {
  const {
    line = createOwnLine(),
    hearersOf,
    onFault,
    now = () => 0,
    gatherMs = usualGatherMs,
  } = parts
  const listeners = new Set<Listener>()
  const moved = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  /** Or resting from it. */
  let isTelling = false
  let isStopped = false

  const tellAll = async () => {
    const streams = [...moved]
    moved.clear()
    const asked = [...listeners]
    if (asked.length === 0) return
    const accounts = [...new Set(asked.map(({ account }) => account))]
    const sessions = asked.map(({ session }) => session)
    const devices = [...new Set(asked.map(({ device }) => device))]
    const { byAccount, living } = await hearersOf(streams, accounts, sessions, devices)
    for (const [index, listener] of asked.entries()) {
      if (index > 0 && index % toldAtOnce === 0) await othersFirst()
      if (!listeners.has(listener)) continue
      const own = byAccount.get(listener.account) ?? []
      // Whose session ended hears nothing more than that.
      if (!living.has(listener.session)) listener.onWake()
      else if (own.length > 0) listener.onMoved(own)
    }
  }
  /** Told a short while from now; what moves meanwhile goes along. */
  const gather = () => {
    if (isStopped || timer !== null || isTelling) return
    timer = setTimeout(() => {
      timer = null
      isTelling = true
      const streams = [...moved]
      const began = now()
      void tellAll()
        .then(() => rest(Math.min((now() - began) * restShare, longestRestMs) - gatherMs))
        .catch((error: unknown) => {
          for (const stream of streams) moved.add(stream)
          rest(againMs)
          onFault(error)
        })
    }, gatherMs)
  }
  const rest = (ms: number) => {
    const goOn = () => {
      timer = null
      isTelling = false
      if (moved.size > 0) gather()
    }
    if (ms <= 0) goOn()
    else if (!isStopped) timer = setTimeout(goOn, ms)
  }

  const unhear = line.hear((news) => {
    if ('wake' in news) {
      const { wake } = news
      for (const listener of listeners) {
        const isMeant =
          'device' in wake ? listener.device === wake.device : listener.account === wake.account
        if (isMeant) listener.onWake()
      }
      return
    }
    // Nobody listens: whoever comes later pulls first.
    if (!('moved' in news) || listeners.size === 0) return
    for (const stream of news.moved) moved.add(stream)
    if (moved.size > 0) gather()
  })

  return {
    poke(streams) {
      if (streams.length > 0) line.tell({ moved: streams })
    },
    wake: (wake) => line.tell({ wake }),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get listeners() {
      return listeners.size
    },
    stop() {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
      timer = null
      unhear()
    },
  }
}
