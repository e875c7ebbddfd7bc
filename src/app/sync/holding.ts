/**
 * What a device of a large office holds by demand: a pure account of what was opened, kept and worked on, which a pull asks by
 * and the server's answer settles. Nothing here knows a network, a clock or a disk.
 */
import { dayAt, type Day } from '#domain/day.ts'
import type { Demand, PageLine, PullRequest, WireRecord } from '#protocol/pull.ts'

export interface HeldPlace {
  readonly stream: string
  /** When it was opened or worked on last, milliseconds since 1970 by this device's clock. */
  readonly at: number
  /** It stays over night. */
  readonly isKept: boolean
}

export interface Holding {
  /** False where the device holds everything that its account may see. */
  readonly isOn: boolean
  /** What somebody opened or worked on here; of these the server says which are held. */
  readonly open: readonly HeldPlace[]
  /** Of all places of the account: how many people, in how many places; how many people a device holds at most. */
  readonly residents: number
  readonly places: number
  readonly most: number
  /** A digest of the outline that lies in its own note. */
  readonly outline: string
}

export const holdsAll: Holding = {
  ...{ isOn: false, open: [], residents: 0, places: 0, most: 0, outline: '' },
}

/** What an older version, or nobody, wrote is nothing. */
export function readHolding(note: unknown): Holding {
  return typeof note === 'object' && note !== null && 'isOn' in note && 'open' in note
    ? { ...holdsAll, ...(note as Holding) }
    : holdsAll
}

export function readOutline(note: unknown): readonly WireRecord[] {
  return Array.isArray(note) ? (note as WireRecord[]) : []
}

/** A place by what it says of itself: its name, nobody in it, and no version of its stream reached. */
export function outlinePage(place: WireRecord): PageLine {
  const at = { stream: place.id, epoch: 0, from: 0, to: 0 }
  return { type: 'page', ...at, records: [place], changes: [] }
}

/** A day ends at three in the morning: nobody who works late loses a grid at midnight. */
const nightMs = 3 * 3_600_000
const workdayAt = (moment: number): Day => dayAt(moment - nightMs)

/**
 * What a pull asks for, the most wanted first. `unsent`: streams with work or pictures that the server does not have: whatever
 * lies in them stays, whoever opened it and when.
 */
export function askedFor(
  { isOn, open, outline }: Holding,
  unsent: readonly string[],
  now: number,
): NonNullable<PullRequest['demand']> {
  const stays = open
    .filter(({ at, isKept }) => isKept || workdayAt(at) === workdayAt(now))
    .toSorted((a, b) => b.at - a.at)
    .map(({ stream }) => stream)
  return {
    isOn,
    open: isOn ? [...new Set([...unsent, ...stays])].slice(0, mostAsked) : [],
    ...(isOn && outline !== '' ? { outline } : {}),
  }
}

/** As the message allows. */
const mostAsked = 400

/** After a whole pull. `asked`: what it asked for; what was opened meanwhile waits for the next one. */
export function settled(
  holding: Holding,
  asked: readonly string[],
  demand: Demand | null,
  now: number,
): Holding {
  if (demand === null) return holdsAll
  const held = new Set(demand.held)
  const wasAsked = new Set(asked)
  const isOver = ({ at, isKept }: HeldPlace) => !isKept && workdayAt(at) !== workdayAt(now)
  const open = holding.open.filter(
    (one) => held.has(one.stream) || (!wasAsked.has(one.stream) && !isOver(one)),
  )
  const named = new Set(open.map(({ stream }) => stream))
  const others = demand.held.filter((stream) => !named.has(stream))
  return {
    ...{ isOn: true, outline: demand.outlineDigest },
    ...{ residents: demand.residents, places: demand.places, most: demand.most },
    open: [...open, ...others.map((stream) => ({ stream, at: now, isKept: false }))],
  }
}

/**
 * Whether streams that moved are a reason to pull. What lies in a grid that this device does not hold changes nothing here:
 * in a large office some grid moves all the time. `named`: the places that are held by demand.
 */
export function concerns(
  { isOn, open }: Holding,
  named: ReadonlySet<string>,
  moved: readonly string[],
): boolean {
  if (!isOn || moved.length === 0) return true
  const wanted = new Set(open.map(({ stream }) => stream))
  return moved.some((stream) => !named.has(stream) || wanted.has(stream))
}

/** Opened by somebody, or worked on. */
export function opened(holding: Holding, streams: readonly string[], now: number): Holding {
  const fresh = new Set(streams)
  const kept = new Set(holding.open.filter(({ isKept }) => isKept).map(({ stream }) => stream))
  return {
    ...holding,
    open: [
      ...holding.open.filter(({ stream }) => !fresh.has(stream)),
      ...[...fresh].map((stream) => ({ stream, at: now, isKept: kept.has(stream) })),
    ],
  }
}

/** What a person does about a place: `open` brings it, `let-go` sends it away, the others say whether it stays over night. */
export type HowToHold = 'open' | 'let-go' | 'keep' | 'not-keep'

export function changedByHand(
  holding: Holding,
  place: string,
  how: HowToHold,
  now: number,
): Holding {
  if (how === 'open') return opened(holding, [place], now)
  if (how === 'let-go') {
    return { ...holding, open: holding.open.filter(({ stream }) => stream !== place) }
  }
  const isKept = how === 'keep'
  // Whoever says that it goes again means the coming night.
  const open = holding.open.map((one) =>
    one.stream === place ? { ...one, isKept, at: isKept ? one.at : now } : one,
  )
  return { ...holding, open }
}
