/**
 * Where pushes wait for each other. One that comes to a quiet server goes at once; what comes while others are at work
 * goes together with whatever else came, in one transaction (`together.ts`). A push that waits holds no connection.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { isConnectionLost, isOutOfRoom, transact } from '../db/transact.ts'
import type { Pushed } from './pushed.ts'
import { applyTogether, streamOfPlain, type OnePush } from './together.ts'

export interface PushQueue {
  push(one: OnePush): Promise<Pushed>
}

export interface QueueParts {
  readonly db: Kysely<Database>
  /** Takes a push by itself. */
  readonly alone: (one: OnePush) => Promise<Pushed>
  /**
   * Of how many streams at most pushes go together: on several machines of one, so that none of them waits for a
   * machine that is none of its stream's.
   */
  readonly mostStreams?: number
}

/** While one waits for the database another is read or decided. */
const groupsAtOnce = 2
const pushesAtOnce = 32
const mutationsAtOnce = 500
/** Streams that are waited for at once, a connection each; others are asked for again. */
const waitsAtOnce = 4
const againMs = 200
/** Of one account as long as others wait. */
const fairShare = 4
const usualStreams = 32

interface Waiting extends OnePush {
  readonly stream: string
  resolve(pushed: Pushed): void
  reject(error: unknown): void
}

/** Long: what waits, what is at work, what is held and what comes next are one state. */
export function createPushQueue({ db, alone, mostStreams = usualStreams }: QueueParts): PushQueue {
  /** First come first. */
  let waiting: Waiting[] = []
  /** Streams and devices of the pushes that are at work. */
  const busy = new Set<string>()
  let running = 0
  /** Streams that are waited for, and those that are asked for again in a moment. */
  let waits = 0
  const standingBack = new Set<string>()
  let again: NodeJS.Timeout | undefined

  const release = (group: readonly Waiting[]) => {
    for (const { stream, context } of group) {
      busy.delete(stream)
      busy.delete(context.device)
    }
  }
  /** By itself, whatever becomes of it. */
  const takeAlone = async (one: Waiting) => {
    try {
      one.resolve(await alone(one))
    } catch (error) {
      one.reject(error)
    }
  }
  const failed = (group: readonly Waiting[], error: unknown) => {
    for (const one of group) one.reject(error)
  }

  /** Those that were not answered: somebody else holds what they need, or they have to go by themselves. */
  const settle = async (
    group: readonly Waiting[],
    isHasty: boolean,
  ): Promise<{ readonly held: readonly Waiting[]; readonly apart: readonly Waiting[] }> => {
    let outcomes: Awaited<ReturnType<typeof applyTogether>>
    try {
      outcomes = await transact(db, (trx) => applyTogether(trx, group, { isHasty }))
    } catch (error) {
      if (isConnectionLost(error) || isOutOfRoom(error)) {
        failed(group, error)
        return { held: [], apart: [] }
      }
      // Something of one of them is to blame: its neighbours go on without it.
      if (group.length === 1) return { held: [], apart: group }
      const half = Math.ceil(group.length / 2)
      const first = await settle(group.slice(0, half), isHasty)
      const second = await settle(group.slice(half), isHasty)
      return {
        held: [...first.held, ...second.held],
        apart: [...first.apart, ...second.apart],
      }
    }
    const left = { held: [] as Waiting[], apart: [] as Waiting[] }
    for (const [at, one] of group.entries()) {
      const outcome = outcomes[at] ?? 'apart'
      if (typeof outcome === 'string') left[outcome].push(one)
      else one.resolve(outcome)
    }
    return left
  }

  /** What of one stream is left over: who waits for its lock waits here, and keeps nobody else waiting. */
  const wait = async (held: readonly Waiting[], apart: readonly Waiting[]) => {
    const left = held.length > 0 ? await settle(held, false) : { held, apart: [] }
    for (const one of [...apart, ...left.apart, ...left.held]) await takeAlone(one)
  }

  /** What stood back comes into the queue again. */
  const comeAgain = () => {
    clearTimeout(again)
    for (const stream of standingBack) busy.delete(stream)
    standingBack.clear()
    begin()
  }
  const work = async (group: readonly Waiting[]) => {
    const { held, apart } = await settle(group, true)
    const left = new Set([...held, ...apart].map(({ stream }) => stream))
    release(group.filter(({ stream }) => !left.has(stream)))
    for (const stream of left) {
      const of = (those: readonly Waiting[]) => those.filter((one) => one.stream === stream)
      const [waiters, rest] = [of(held), of(apart)]
      const isWaited = waiters.length > 0 && waits < waitsAtOnce
      const standsBack = waiters.length > 0 && !isWaited
      if (standsBack) {
        release(of(group))
        busy.add(stream)
        for (const { context } of rest) busy.add(context.device)
        standingBack.add(stream)
        waiting = [...waiters, ...waiting]
        clearTimeout(again)
        again = setTimeout(comeAgain, againMs)
      }
      if (isWaited) waits += 1
      if (!isWaited && rest.length === 0) continue
      void wait(isWaited ? waiters : [], rest).then(() => {
        if (isWaited) waits -= 1
        for (const { context } of rest) busy.delete(context.device)
        if (!standsBack) release(of(group))
        // Somebody's long act may be over.
        if (isWaited) comeAgain()
        else begin()
      })
    }
  }

  const next = (): readonly Waiting[] => {
    const group = chooseGroup(waiting, busy, mostStreams)
    const chosen = new Set(group)
    if (chosen.size > 0) waiting = waiting.filter((one) => !chosen.has(one))
    for (const { stream, context } of group) busy.add(stream).add(context.device)
    return group
  }

  const begin = () => {
    while (running < groupsAtOnce) {
      const group = next()
      if (group.length === 0) return
      running += 1
      void work(group).then(() => {
        running -= 1
        begin()
      })
    }
  }

  return {
    push(one) {
      const stream = streamOfPlain(one.incoming)?.toLowerCase()
      if (stream === undefined) return alone(one)
      return new Promise((resolve, reject) => {
        waiting.push({ ...one, stream, resolve, reject })
        begin()
      })
    },
  }
}

/** The next that can go together, in order: of no stream or device that is at work, and not all of one account. */
function chooseGroup(
  waiting: readonly Waiting[],
  busy: ReadonlySet<string>,
  mostStreams: number,
): readonly Waiting[] {
  const group = new Set<Waiting>()
  const devices = new Set<string>()
  const streams = new Set<string>()
  const accounts = new Map<string, number>()
  let mutations = 0
  const add = (one: Waiting, share: number) => {
    const { stream, incoming, context } = one
    const own = accounts.get(context.account.id) ?? 0
    if (group.has(one) || own >= share || busy.has(stream)) return
    if (busy.has(context.device) || devices.has(context.device)) return
    if (!streams.has(stream) && streams.size >= mostStreams) return
    if (group.size > 0 && mutations + incoming.length > mutationsAtOnce) return
    group.add(one)
    devices.add(context.device)
    streams.add(stream)
    accounts.set(context.account.id, own + 1)
    mutations += incoming.length
  }
  for (const share of [fairShare, Infinity]) {
    for (const one of waiting) {
      if (group.size >= pushesAtOnce) break
      add(one, share)
    }
  }
  return waiting.filter((one) => group.has(one))
}
