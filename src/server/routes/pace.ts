/**
 * How fast somebody may go on guessing: slower with each failure, and never shut out. What slows a guesser down is
 * counted by login and address together, so that nobody can shut out anybody else; what comes from a device that the
 * account is known by is counted by that device alone, and gets in whatever others do with the login.
 */
import {
  forgetFailures,
  isHome,
  keyOfDevice,
  noteFailure,
  noteHome,
  triesOf,
  type Tries,
} from '../db/attempts.ts'
import type { Db } from '../db/schema.ts'
import { networkOf } from './caller-address.ts'
import { hashOf } from './token-hash.ts'
import { createTurns } from './turns.ts'

const secondMs = 1_000
const hourMs = 3_600_000

interface Pace {
  /** Failures that cost nothing yet, within so many milliseconds. */
  readonly free: number
  readonly withinMs: number
  /** From then on the wait begins with a second and doubles with so many more failures, up to a most. */
  readonly step: number
  readonly mostMs: number
}

/**
 * `pair`: one login from one address. `device`: from a device that the account is known by. `login`: from all addresses
 * that the account never signed in from, which is how many machines guess one login. `address`: all logins from one
 * address, behind which a whole office may sit, so that its wait stays short.
 */
export const paces = {
  pair: { free: 5, withinMs: 24 * hourMs, step: 1, mostMs: 300 * secondMs },
  device: { free: 5, withinMs: 24 * hourMs, step: 1, mostMs: 60 * secondMs },
  login: { free: 30, withinMs: hourMs, step: 5, mostMs: 60 * secondMs },
  address: { free: 100, withinMs: hourMs / 4, step: 20, mostMs: 10 * secondMs },
} as const satisfies Record<string, Pace>
export type PaceName = keyof typeof paces

/** Milliseconds after the last failure. */
export function waitAfter(name: PaceName, failures: number): number {
  const { free, step, mostMs } = paces[name]
  if (failures < free) return 0
  return Math.min(mostMs, secondMs * 2 ** Math.min(30, Math.floor((failures - free) / step)))
}

/** Whether a failure makes a wait begin, or doubles it up to ever longer ones: what is worth a line in the log. */
function isNews(name: PaceName, failures: number): boolean {
  const { free, step } = paces[name]
  const doublings = (failures - free) / step
  return (
    doublings === 0 || (doublings > 0 && Number.isInteger(Math.log2(doublings)) && doublings > 1)
  )
}

export interface Who {
  readonly login: string
  readonly address: string
  /** The device, where the account of that login is known by it. */
  readonly device: string | null
}

export interface Slowed {
  readonly over: PaceName
  readonly tries: number
  /** Seconds until the next try. */
  readonly wait: number
}

export interface Turn {
  /** Whole seconds until the next try is looked at; 0 where this one is. */
  readonly wait: number
  /** Counts a failure; the answer says what it has slowed down, where that is news. */
  fail(): Promise<Slowed | null>
  /** Forgets the failures: whoever knows the password has not been guessing. */
  succeed(): Promise<void>
}

export interface SignInPace {
  /** One try after the other of the same login and address: a hundred at once cannot all slip through one count. Null where too many wait. */
  inTurn<T>(who: Who, work: (turn: Turn) => Promise<T>): Promise<T | null>
}

/** So many may wait for their turn with one login from one address. */
const mostInLine = 50

export function createPace(db: Db, clock: { now(): number }, ids: () => string): SignInPace {
  const turns = createTurns(1)
  const inLine = new Map<string, number>()

  const keysOf = async ({ login, address, device }: Who) => {
    const name = hashOf(login)
    const network = hashOf(networkOf(address))
    if (device !== null) return { device: keyOfDevice(device) }
    const pair = `pair/${hashOf(`${name} ${network}`)}`
    const keys = { pair, address: `address/${network}` }
    return (await isHome(db, pair)) ? keys : { ...keys, login: `login/${name}` }
  }

  return {
    async inTurn(who, work) {
      const keys: Partial<Record<PaceName, string>> = await keysOf(who)
      const line = keys.device ?? keys.pair ?? ''
      const waiting = inLine.get(line) ?? 0
      if (waiting >= mostInLine) return null
      inLine.set(line, waiting + 1)
      try {
        return await turns.take(line, async () => {
          const names = Object.keys(keys) as PaceName[]
          const wanted = names.map((name) => ({
            key: keys[name] ?? '',
            since: new Date(clock.now() - paces[name].withinMs),
          }))
          const tries = await triesOf(db, wanted)
          const of = (name: PaceName): Tries =>
            tries.get(keys[name] ?? '') ?? { failures: 0, last: 0 }
          const left = names.map((name) => {
            const { failures, last } = of(name)
            const wait = waitAfter(name, failures)
            // A clock that was put back makes nobody wait longer than that.
            return Math.min(wait, last + wait - clock.now())
          })
          return work({
            wait: Math.ceil(Math.max(0, ...left) / secondMs),
            async fail() {
              await noteFailure(
                db,
                ids(),
                wanted.map(({ key }) => key),
                new Date(clock.now()),
              )
              const news = names.find((name) => isNews(name, of(name).failures + 1))
              if (!news) return null
              const failures = of(news).failures + 1
              return { over: news, tries: failures, wait: waitAfter(news, failures) / secondMs }
            },
            async succeed() {
              const own = [keys.device, keys.pair].filter((key) => key !== undefined)
              await forgetFailures(db, own)
              if (keys.pair) await noteHome(db, keys.pair, new Date(clock.now()))
            },
          })
        })
      } finally {
        const left = (inLine.get(line) ?? 1) - 1
        if (left > 0) inLine.set(line, left)
        else inLine.delete(line)
      }
    },
  }
}
