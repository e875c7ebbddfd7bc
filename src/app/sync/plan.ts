/**
 * Sync decides here and acts in `run-sync.ts`: a pure function from what is known and what happened to what is done
 * next. Nothing in this file knows a network, a clock or a disk.
 *
 * Push goes before pull, always. One thing runs at a time. While anything waits and nobody has to act first, either
 * something is running or a wait is set: sync neither spins nor falls asleep.
 */
import { maxPush } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { afterProgress, doubledWait, spread } from './waits.ts'

/** Why a push or pull did not work. */
export type Trouble =
  | Problem
  | 'offline'
  | 'timeout'
  | 'unreadable-answer' // not our server's: a captive portal, a proxy
  | 'cut-short' // the answer ended before its end line
  | 'stuck' // answered, but nothing moved
  | 'disk-full'
  | 'storage'

export interface SyncPlan {
  readonly doing: 'nothing' | 'push' | 'pull'
  /** The browser's hint. It can be wrong, so it hastens or delays and never forbids. */
  readonly online: boolean
  readonly visible: boolean
  readonly pushWanted: boolean
  readonly pullWanted: boolean
  /** How many mutations the next push takes at most. */
  readonly batch: number
  /** The first waiting mutation is too large for the way to the server. */
  readonly setAside: boolean
  readonly failures: number
  /** Records in a pulled page at most: less where the line breaks often; null for the server's own size. */
  readonly pageSize: number | null
  readonly problem: Trouble | null
  /** Somebody has to act first: sign in again. */
  readonly halted: boolean
  /** The connection came back, or somebody looked, while a try was on its way that began before. */
  readonly hastened: boolean
  /** A wait is set. */
  readonly timed: boolean
}

export type SyncEvent =
  | { readonly type: 'started'; readonly online: boolean; readonly visible: boolean }
  | { readonly type: 'saved' | 'online' | 'offline' | 'shown' | 'hidden' }
  | { readonly type: 'poke' | 'tick' | 'asked' | 'signed-in' }
  /** `sent`: how many the server answered; `left`: whether more wait. */
  | { readonly type: 'pushed'; readonly sent: number; readonly left: boolean }
  /** Not `complete`: interrupted. `blocked`: a stream left the scope and its work must go first. */
  | { readonly type: 'pulled'; readonly complete: boolean; readonly blocked: boolean }
  | {
      readonly type: 'failed'
      readonly trouble: Trouble
      /** Mutations in the push; 0 for a pull. */
      readonly size: number
      /** Of a pull whose answer began: how many pages came and are on disk. */
      readonly got?: { readonly pages: number }
      /** Seconds, where the server says. */
      readonly retryAfter?: number | undefined
    }

export type Effect =
  | { readonly do: 'push'; readonly limit: number }
  | { readonly do: 'set-aside' }
  | { readonly do: 'pull'; readonly pageSize: number | null }
  /** Stop the pull after the page that it is at; it goes on from there. */
  | { readonly do: 'interrupt' }
  /** Replaces an earlier wait. */
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'rest' }
  | { readonly do: 'revoked'; readonly problem: Problem }

export interface Step {
  readonly plan: SyncPlan
  readonly effects: readonly Effect[]
}

export const idlePlan: SyncPlan = {
  doing: 'nothing',
  online: true,
  visible: true,
  pushWanted: false,
  pullWanted: false,
  batch: maxPush,
  setAside: false,
  failures: 0,
  pageSize: null,
  problem: null,
  halted: false,
  hastened: false,
  timed: false,
}

const pollEvery = 60_000
const longestWait = 300_000
/** The way is away rather than refused: somebody who looks at the screen sees the work go within seconds of its return. */
const longestWaitInSight = 6_000

/** What the server's pages hold. */
const usualPage = 500
const smallestPage = 8
/** So few pages in one connection, and smaller ones lose less when it breaks; so many, and larger ones cost less. */
const fewPages = 3
const manyPages = 16

const away: ReadonlySet<string> = new Set<Trouble>(['offline', 'timeout', 'unreadable-answer'])
const revoking: ReadonlySet<Trouble> = new Set<Trouble>(['device-revoked', 'account-closed'])
const signInFirst: ReadonlySet<Trouble> = new Set<Trouble>(['session-ended', 'not-signed-in'])
/** Trying again soon changes nothing: a new version has to come, of the app or of the server. */
const slow: ReadonlySet<Trouble> = new Set<Trouble>([
  'app-too-old',
  'server-too-old',
  'not-allowed',
  'malformed',
  'not-found',
])

/** `chance` in [0, 1) spreads the waits, so that a village of phones does not come back in the same second. */
export function nextStep(plan: SyncPlan, event: SyncEvent, chance: number): Step {
  switch (event.type) {
    case 'started': {
      const { online, visible } = event
      return go({ ...idlePlan, online, visible, pushWanted: true, pullWanted: true }, chance)
    }
    case 'saved': {
      const wanted = { ...plan, pushWanted: true }
      return plan.online ? go(wanted, chance) : rest(wanted, chance)
    }
    case 'online':
      return go(hasten({ ...plan, online: true }), chance)
    case 'offline':
      return rest({ ...plan, online: false }, chance)
    case 'shown':
      return go(hasten({ ...plan, visible: true }), chance)
    case 'hidden': {
      const hidden = { ...plan, visible: false }
      if (plan.pushWanted || plan.doing !== 'nothing') return rest(hidden, chance)
      return { plan: { ...hidden, timed: false }, effects: [{ do: 'rest' }] }
    }
    case 'poke': {
      const wanted = { ...plan, pullWanted: true }
      return plan.failures > 0 ? rest(wanted, chance) : go(wanted, chance)
    }
    case 'tick':
      return go({ ...plan, timed: false, pullWanted: true }, chance)
    case 'asked':
      return go({ ...plan, halted: false, pushWanted: true, pullWanted: true }, chance)
    case 'signed-in':
      return go(
        { ...plan, halted: false, problem: null, failures: 0, pushWanted: true, pullWanted: true },
        chance,
      )
    case 'pushed':
      return go(afterPush(plan, event), chance)
    case 'pulled':
      return go(afterPull(plan, event), chance)
    case 'failed':
      return afterFailure(plan, event, chance)
  }
}

/** Everything at once; where a try is on its way that may be lost with the old connection, another one right after it. */
function hasten(plan: SyncPlan): SyncPlan {
  return { ...plan, pushWanted: true, pullWanted: true, hastened: plan.doing !== 'nothing' }
}

/** Whether to listen for the server's pokes. */
export function listens(plan: SyncPlan): boolean {
  return plan.online && plan.visible && !plan.halted
}

function afterPush(plan: SyncPlan, event: SyncEvent & { type: 'pushed' }): SyncPlan {
  const done = { ...plan, doing: 'nothing', setAside: false, hastened: false } as const
  if (event.sent === 0) return { ...done, pushWanted: plan.pushWanted || event.left }
  return {
    ...done,
    failures: 0,
    problem: null,
    batch: Math.min(maxPush, plan.batch * 2),
    pushWanted: plan.pushWanted || event.left,
    pullWanted: true, // brings the records as the server has them now
  }
}

function afterPull(plan: SyncPlan, event: SyncEvent & { type: 'pulled' }): SyncPlan {
  return {
    ...plan,
    doing: 'nothing',
    hastened: false,
    failures: 0,
    pageSize: event.complete ? larger(plan.pageSize) : plan.pageSize,
    problem: null,
    pushWanted: plan.pushWanted || event.blocked,
    pullWanted: plan.pullWanted || !event.complete,
  }
}

function afterFailure(plan: SyncPlan, event: SyncEvent & { type: 'failed' }, chance: number): Step {
  const { trouble, size } = event
  const pushing = plan.doing === 'push'
  const failed: SyncPlan = {
    ...plan,
    doing: 'nothing',
    hastened: false,
    setAside: false,
    problem: trouble,
    failures: plan.failures + 1,
    pushWanted: plan.pushWanted || pushing,
    pullWanted: plan.pullWanted || !pushing,
  }
  if (revoking.has(trouble)) {
    const revoked = { do: 'revoked', problem: trouble as Problem } as const
    return { plan: { ...failed, halted: true, timed: false }, effects: [revoked, { do: 'rest' }] }
  }
  if (signInFirst.has(trouble)) {
    return { plan: { ...failed, halted: true, timed: false }, effects: [{ do: 'rest' }] }
  }
  if (pushing && trouble === 'too-large' && !plan.setAside) {
    const smaller = Math.floor(Math.min(plan.batch, size) / 2)
    const next = { ...failed, failures: plan.failures, problem: plan.problem }
    return go(smaller >= 1 ? { ...next, batch: smaller } : { ...next, setAside: true }, chance)
  }
  const batch =
    pushing && trouble === 'timeout'
      ? Math.max(1, Math.floor(Math.min(plan.batch, size) / 2))
      : plan.batch
  if (!pushing && event.got) {
    const { pages } = event.got
    const pageSize =
      pages < fewPages
        ? smaller(plan.pageSize)
        : pages >= manyPages
          ? larger(plan.pageSize)
          : plan.pageSize
    const broken = { ...failed, pageSize }
    // Pages came: the way is there, however badly. Waits do not grow while it brings something.
    if (pages > 0 && isOfTheLine(trouble)) {
      const on: SyncPlan = { ...broken, failures: 0, problem: null, timed: true }
      return {
        plan: on,
        effects: [{ do: 'wait', milliseconds: spread(afterProgress, chance) }],
      }
    }
    return wait(broken, chance, slow.has(trouble) ? longestWait : (event.retryAfter ?? 0) * 1000)
  }
  if (plan.hastened && away.has(trouble)) return go({ ...failed, batch }, chance)
  const least = slow.has(trouble) ? longestWait : (event.retryAfter ?? 0) * 1000
  return wait({ ...failed, batch }, chance, least)
}

const isOfTheLine = (trouble: Trouble) => trouble === 'cut-short' || away.has(trouble)

function smaller(pageSize: number | null): number {
  return Math.max(smallestPage, Math.floor((pageSize ?? usualPage) / 2))
}

function larger(pageSize: number | null): number | null {
  return pageSize === null || pageSize * 2 >= usualPage ? null : pageSize * 2
}

/** Starts what is wanted, else waits for what may come. */
function go(plan: SyncPlan, chance: number): Step {
  if (plan.doing === 'pull' && plan.pushWanted) return { plan, effects: [{ do: 'interrupt' }] }
  if (plan.doing !== 'nothing' || plan.halted) return { plan, effects: [] }
  if (plan.pushWanted) {
    const effect: Effect = plan.setAside ? { do: 'set-aside' } : { do: 'push', limit: plan.batch }
    return {
      plan: { ...plan, doing: 'push', pushWanted: false, timed: false },
      effects: [{ do: 'rest' }, effect],
    }
  }
  if (plan.pullWanted) {
    return {
      plan: { ...plan, doing: 'pull', pullWanted: false, timed: false },
      effects: [{ do: 'rest' }, { do: 'pull', pageSize: plan.pageSize }],
    }
  }
  return rest({ ...plan, timed: false }, chance)
}

/** Lets a wait that is set run on, or sets one where something is still to come. */
function rest(plan: SyncPlan, chance: number): Step {
  if (plan.doing !== 'nothing' || plan.halted || plan.timed) return { plan, effects: [] }
  return wait(plan, chance, 0)
}

function wait(plan: SyncPlan, chance: number, least: number): Step {
  if (!plan.visible && !plan.pushWanted) {
    return { plan: { ...plan, timed: false }, effects: [{ do: 'rest' }] }
  }
  const longest = plan.visible && away.has(plan.problem ?? '') ? longestWaitInSight : longestWait
  const base = plan.failures > 0 ? doubledWait(plan.failures, longest) : pollEvery
  const milliseconds = Math.min(longestWait, Math.max(least, spread(base, chance)))
  return { plan: { ...plan, timed: true }, effects: [{ do: 'wait', milliseconds }] }
}
