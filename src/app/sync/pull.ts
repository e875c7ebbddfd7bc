/**
 * One pull: each page is on disk with its cursor before the register shows it, so a pull cut short anywhere goes on
 * from there. Streams that left the scope are dropped when nothing of theirs waits any more; one of which this account is
 * sent more or less than before comes once more from the beginning, and takes the place of the old one as a whole.
 */
import type { DeviceReport } from '#protocol/device.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import type { Cursor, Demand, PageLine, PullLine, PullRequest, ScopeLine } from '#protocol/pull.ts'
import { protocolVersion } from '#protocol/version.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Bytes } from '#app/platform/sealing.ts'
import type { Vault } from '#app/vault/vault.ts'
import type { SyncEvent } from './plan.ts'
import type { Wire } from './wire.ts'

/** Pages are written together while they come fast; so many records are worth a transaction. */
const recordsAWrite = 2_000

interface Parts {
  readonly vault: Pick<
    Vault,
    'device' | 'cursors' | 'streams' | 'addPages' | 'prove' | 'dropStream' | 'note' | 'setNote'
  >
  readonly wire: Pick<Wire, 'pull'>
  readonly clock: Clock
  /** What the office is told of this device; undefined where it was told the same before. */
  readonly report?: () => DeviceReport | undefined
  /** Nobody said that there is something new: what the device holds is sent first. */
  readonly isQuiet?: boolean
  /** The seq that the server last said it expects of this device; null before its first word. */
  readonly told?: number | null
  /** Records in a page at most, for a line that breaks before the server's own pages are through; null for those. */
  readonly pageSize?: number | null
  /** What the device wants to hold, where its account holds by demand. */
  readonly demand?: PullRequest['demand']
}

interface Hooks {
  /** True once a push should go first. */
  readonly interrupted: () => boolean
  readonly onSkew: (skew: number) => void
  /** The pages are on disk. */
  readonly onPages: (pages: readonly PageLine[]) => void
  readonly onProgress: (done: number, total: number) => void
  readonly onDropped: (stream: string) => void
  readonly isWaiting: (stream: string) => boolean
  /** It goes by demand, and something of it needs attention here: it stays. */
  readonly isKept?: (stream: string) => boolean
  /** What the account holds by demand, before its pages come; null where it holds everything. */
  readonly onDemand?: (demand: Demand | null) => Promise<void>
}

export interface Pulled {
  readonly event: SyncEvent
  /** Of a whole answer with a scope; undefined of any other. */
  readonly demand?: Demand | null
  /** The seq that the server expects next; null where it did not answer. */
  readonly expected: number | null
}

export function pullOnce(parts: Parts, hooks: Hooks): Promise<Pulled> {
  return pullFrom(parts, hooks, new Set())
}

/**
 * `anew`: of these streams from the beginning. What is held of one stays until all of it has come: a line that breaks in
 * the middle leaves the device with what it had.
 */
async function pullFrom(parts: Parts, hooks: Hooks, anew: ReadonlySet<string>): Promise<Pulled> {
  const {
    vault,
    wire,
    clock,
    report,
    isQuiet = false,
    told = null,
    pageSize = null,
    demand,
  } = parts
  const known = Object.entries(await vault.cursors())
  const held = new Set(known.map(([stream]) => stream))
  const cursors = new Map(known.filter(([stream]) => !anew.has(stream)))
  let sentAt = clock.now()
  let scope: ScopeLine | null = null
  let reach = null as KeptReach | null
  let expected: number | null = null
  let isOther = false
  let progress = { done: 0, total: 0 }
  let misfit = false
  /** Pages that are on disk. */
  let stored = 0

  const store = async (pages: readonly PageLine[], bytes: ReadonlyMap<PageLine, Bytes>) => {
    const { done, total } = progress
    await vault.addPages(pages, bytes)
    stored += pages.length
    if (anew.size > 0) await reach?.note(pages.map(({ stream }) => stream))
    hooks.onPages(pages)
    hooks.onProgress(done, total)
  }
  const buffer = createBuffer(store, ({ stream }) => {
    if (!anew.has(stream)) return true
    const head = scope?.streams.find(({ id }) => id === stream)?.head ?? Infinity
    return (cursors.get(stream)?.version ?? 0) >= head
  })

  const onLine = async (line: PullLine, bytes?: Bytes): Promise<'go-on' | 'stop'> => {
    if (line.type === 'scope' || line.type === 'held') {
      expected = line.expected
      hooks.onSkew(Math.round((sentAt + clock.now()) / 2 - Date.parse(line.now)))
    }
    if (line.type === 'held') isOther = !line.same
    if (line.type === 'scope') {
      scope = line
      progress = { done: 0, total: missing(line, cursors) }
      reach = await openReach(line, vault)
      const fresh = line.streams.map(({ id }) => id).filter((id) => !held.has(id))
      await reach.note(fresh)
      hooks.onProgress(0, progress.total)
      await hooks.onDemand?.(line.demand ?? null)
    } else if (line.type === 'page') {
      if (!follows(line, cursors.get(line.stream), scope)) {
        misfit = true
        return 'stop'
      }
      const from = line.reset ? 0 : (cursors.get(line.stream)?.version ?? 0)
      progress.done += Math.max(0, line.to - from)
      // Without a cursor, whatever is left of the stream here (a damaged page's neighbours) is replaced.
      const page: PageLine = cursors.has(line.stream) ? line : { ...line, reset: true }
      const proof = line.proof === undefined ? {} : { proof: line.proof }
      cursors.set(line.stream, { epoch: line.epoch, version: line.to, ...proof })
      await buffer.take(page, bytes)
    }
    return hooks.interrupted() ? 'stop' : 'go-on'
  }

  const said = report?.()
  const request: PullRequest = {
    protocol: protocolVersion,
    device: vault.device,
    cursors: Object.fromEntries(cursors),
    ...(said ? { report: said } : {}),
    ...(told === null ? {} : { told }),
    ...(pageSize === null ? {} : { pageSize }),
    ...(demand === undefined ? {} : { demand }),
  }
  const asQuiet = isQuiet && cursors.size > 0 ? { held: cursorsToHeld(request.cursors) } : {}
  let answer = await wire.pull({ ...request, ...asQuiet }, onLine)
  if (isOther && answer.ok && answer.value === 'ended') {
    sentAt = clock.now()
    answer = await wire.pull(request, onLine)
  }
  await buffer.end(answer.ok && answer.value === 'ended')

  if (misfit) return { expected, event: { type: 'failed', trouble: 'unreadable-answer', size: 0 } }
  if (!answer.ok) {
    const { trouble, retryAfter } = answer
    const got = scope ? { got: { pages: stored } } : {}
    return { expected, event: { type: 'failed', trouble, size: 0, retryAfter, ...got } }
  }
  if (answer.value === 'stopped') {
    return { expected, event: { type: 'pulled', complete: false, blocked: false } }
  }
  if (scope && reach) {
    const other = anew.size > 0 ? [] : reach.otherwise([...held])
    if (other.length > 0) return pullFrom(parts, hooks, new Set(other))
    await reach.noteAll()
    await vault.prove(headsOf(scope))
  }
  const blocked = scope ? await dropLost(scope, await vault.streams(), vault, hooks) : false
  return { expected, ...demandOf(scope), event: { type: 'pulled', complete: true, blocked } }
}

/** Gathers pages into writes. `isReady`: whether a page may be written yet; at the end of a whole answer all are. */
function createBuffer(
  store: (pages: readonly PageLine[], bytes: ReadonlyMap<PageLine, Bytes>) => Promise<void>,
  isReady: (page: PageLine) => boolean,
) {
  let pages: PageLine[] = []
  const received = new Map<PageLine, Bytes>()
  let buffered = 0
  let storing: Promise<void> = Promise.resolve()
  /** One write at a time; while it is on its way to the disk the next pages are read. */
  const write = async (isEnd: boolean) => {
    await storing
    const ready = isEnd ? pages : pages.filter(isReady)
    if (ready.length === 0) return
    const bytes = new Map(ready.flatMap((page) => entryOf(received, page)))
    storing = store(ready, bytes)
    storing.catch(() => {}) // said where it is awaited
    for (const page of ready) received.delete(page)
    pages = pages.filter((page) => !ready.includes(page))
    buffered = pages.reduce((sum, { records }) => sum + records.length, 0)
  }
  return {
    async take(page: PageLine, bytes: Bytes | undefined) {
      pages.push(page)
      if (bytes) received.set(page, bytes)
      buffered += page.records.length
      if (buffered >= recordsAWrite) await write(false)
    },
    async end(isWhole: boolean) {
      await write(isWhole)
      await storing
    },
  }
}

function demandOf(scope: ScopeLine | null): Pick<Pulled, 'demand'> {
  return scope ? { demand: scope.demand ?? null } : {}
}

const reachNote = 'reach'

/** By stream: as whom the device was sent it, and whether it was a place of its own. */
type Reach = Readonly<Record<string, string>>

function reachOf({ account, streams }: ScopeLine): Reach {
  return Object.fromEntries(
    streams.map(({ id, write }) => [id, `${account.role} ${write ? 'own' : 'above'}`]),
  )
}

function readReach(kept: unknown): Reach {
  const words = Object.entries(kept ?? {}).filter(([, word]) => typeof word === 'string')
  return Object.fromEntries(words) as Reach
}

interface KeptReach {
  /** Of the streams that the device holds, those that it was sent otherwise before: more, or less. */
  otherwise(held: readonly string[]): readonly string[]
  /** Of these streams; of others what was noted stays. */
  note(streams: readonly string[]): Promise<void>
  noteAll(): Promise<void>
}

/** Read once an answer; written where something changed. */
async function openReach(
  scope: ScopeLine,
  vault: Pick<Vault, 'note' | 'setNote'>,
): Promise<KeptReach> {
  const now = reachOf(scope)
  let noted = readReach(await vault.note(reachNote))
  const keep = async (next: Reach) => {
    if (JSON.stringify(noted) === JSON.stringify(next)) return
    noted = next
    await vault.setNote(reachNote, next)
  }
  return {
    otherwise: (held) => held.filter((id) => id in now && id in noted && noted[id] !== now[id]),
    note: (streams) =>
      keep({ ...noted, ...Object.fromEntries(streams.map((id) => [id, now[id] ?? ''])) }),
    noteAll: () => keep(now),
  }
}

const entryOf = (received: ReadonlyMap<PageLine, Bytes>, page: PageLine) => {
  const bytes = received.get(page)
  return bytes ? [[page, bytes] as const] : []
}

/** A device that is up to date stands there. */
function headsOf({ streams }: ScopeLine): Record<string, Cursor> {
  return Object.fromEntries(
    streams.map(({ id, epoch, head, proof }) => [
      id,
      { epoch, version: head, ...(proof === undefined ? {} : { proof }) },
    ]),
  )
}

/** Purges the streams that are no longer in scope; true where unsent work has to go first. */
async function dropLost(
  scope: ScopeLine,
  held: readonly string[],
  vault: Pick<Vault, 'dropStream'>,
  hooks: Pick<Hooks, 'isWaiting' | 'isKept' | 'onDropped'>,
): Promise<boolean> {
  const mine = new Set(scope.streams.map((stream) => stream.id))
  let blocked = false
  for (const stream of held) {
    if (mine.has(stream)) continue
    if (hooks.isWaiting(stream)) {
      blocked = true
      continue
    }
    if (scope.demand && hooks.isKept?.(stream)) continue
    await vault.dropStream(stream)
    hooks.onDropped(stream)
  }
  return blocked
}

/** A page that would leave a hole is not taken: the next pull asks again from the cursor. */
function follows(page: PageLine, cursor: Cursor | undefined, scope: ScopeLine | null): boolean {
  if (!scope?.streams.some((stream) => stream.id === page.stream)) return false
  if (page.reset) return true
  return page.from <= (cursor?.version ?? 0) && (!cursor || cursor.epoch === page.epoch)
}

/** Versions that the device does not have yet. */
function missing(scope: ScopeLine, cursors: ReadonlyMap<string, Cursor>): number {
  return scope.streams.reduce((sum, { id, epoch, head }) => {
    const cursor = cursors.get(id)
    return sum + Math.max(0, head - (cursor?.epoch === epoch ? cursor.version : 0))
  }, 0)
}
