/** The leading tab's engine: tells `plan.ts` what happened and does what it answers. */
import { VaultFault } from '#app/vault/vault.ts'
import { isLineCostly } from '#app/platform/connection.ts'
import type { Holder } from './holder.ts'
import { askedFor } from './holding.ts'
import type { Mirror } from './mirror.ts'
import { createPhotoLane } from './photo-lane.ts'
import { createPhotoWire } from './photo-wire.ts'
import { idlePlan, listens, nextStep, type Effect, type SyncEvent, type Trouble } from './plan.ts'
import type { DeviceReport } from '#protocol/device.ts'
import type { PageLine } from '#protocol/pull.ts'
import { pullOnce } from './pull.ts'
import { pushOnce } from './push.ts'
import type { AboutDevice, SyncNote, SyncParts } from './sync-parts.ts'
import type { Standing } from './status.ts'
import type { UnsentItem } from './unsent-item.ts'

const keepDelivered = 30 * 86_400_000
/** So many pages added, and the vault is worth tidying when nothing else goes on. */
const pagesBeforeTidying = 64
const tidyAfter = 10_000
/** The server asks for what was delivered already; more often in a row than this, something is wrong. */
const resendsInARow = 3
/** Records that other tabs are told; where there are more, they read them from the vault. */
const mostInAMessage = 500

interface LeadParts extends SyncParts {
  readonly mirror: Mirror
  readonly note: () => SyncNote
  readonly keep: (note: SyncNote) => Promise<void>
  readonly show: (standing: Standing, complete: boolean) => void
  readonly holder: Holder
}

export interface Leader {
  tell(event: SyncEvent): void
  stop(): void
}

/** Long: it carries out each thing that the plan may decide, over the state of one leader. */
export function lead(parts: LeadParts): Leader {
  const { vault, wire, clock, tabs, mirror, chance } = parts
  let plan = idlePlan
  let stopped = false
  let cancelWait = () => {}
  let stopListening: (() => void) | null = null
  let interrupted = false
  let expected: number | null = null
  let resends = 0
  let pagesAdded = 0
  let cancelTidy: (() => void) | null = null
  /** Something new may be expected: at the beginning, after a poke and after a push. */
  let isNews = true
  /** What the office was told of this device last. */
  let reported = ''

  const lane = parts.network
    ? createPhotoLane({
        ...parts,
        wire: createPhotoWire(parts.network, vault.device),
        isBusy: () => mirror.unsent.waiting() > 0,
        isCostly: isLineCostly,
      })
    : null

  const tell = (event: SyncEvent) => {
    if (stopped) return
    if (
      event.type === 'poke' ||
      event.type === 'asked' ||
      (event.type === 'pushed' && event.sent > 0)
    )
      isNews = true
    const step = nextStep(plan, event, chance())
    plan = step.plan
    for (const effect of step.effects) act(effect)
    listen()
    parts.show(plan, event.type === 'pulled' && event.complete)
    if (hastensPhotos.has(event.type)) lane?.look()
  }

  const act = (effect: Effect) => {
    switch (effect.do) {
      case 'push':
        return void run(() => push(effect.limit, false))
      case 'set-aside':
        return void run(() => push(1, true))
      case 'pull':
        interrupted = false
        return void run(() => pull(effect.pageSize))
      case 'interrupt':
        interrupted = true
        return
      case 'wait':
        cancelWait()
        cancelWait = clock.after(effect.milliseconds, () => tell({ type: 'tick' }))
        return
      case 'rest':
        return cancelWait()
      case 'revoked':
        return parts.onRevoked(effect.problem)
    }
  }

  /** Always ends by telling the plan: an exception is a failure that is tried again later, never a silence. */
  const run = async (work: () => Promise<SyncEvent>) => {
    let event: SyncEvent
    try {
      event = await work()
    } catch (error) {
      if (stopped) return
      parts.onFault(error)
      event = { type: 'failed', trouble: troubleOf(error), size: 0 }
    }
    tell(event)
  }

  const push = async (limit: number, setAside: boolean): Promise<SyncEvent> => {
    const pushed = await pushOnce(parts, { limit, setAside, expected })
    if (stopped) return pushed.event
    expected = pushed.expected
    if (pushed.receipts.length > 0) {
      mirror.unsent.answered(pushed.receipts)
      tabs.post({ type: 'answered', receipts: pushed.receipts })
    }
    if (pushed.skew !== null) {
      const { told } = parts.note()
      // Only a pull takes it back: there the server hears that it knew of more.
      await heard(pushed.skew, Math.max(told ?? 0, pushed.expected ?? 0))
    }
    if (pushed.resent === 0) {
      resends = 0
      return pushed.event
    }
    await resentOutbox()
    resends += 1
    return resends > resendsInARow ? { type: 'failed', trouble: 'stuck', size: 0 } : pushed.event
  }

  const report = () => reportOf(mirror.unsent.items(), parts.about?.() ?? unknownDevice)
  const isTold = (said: DeviceReport) => JSON.stringify(said) === reported

  const pull = async (pageSize: number | null): Promise<SyncEvent> => {
    const began = clock.now()
    const delivered = mirror.unsent.delivered()
    let skewNow: number | null = null
    let isLarge = false
    const said = report()
    const isQuiet = !isNews
    isNews = false
    const demand = await askedNow()
    const {
      event,
      expected: serverExpects,
      demand: answered,
    } = await pullOnce(
      {
        ...parts,
        ...{ isQuiet, pageSize, demand, told: parts.note().told },
        report: () => (isTold(said) ? undefined : said),
      },
      {
        interrupted: () => interrupted || stopped,
        onSkew: (skew) => (skewNow = skew),
        onProgress: (done, total) => {
          if (!stopped) parts.onProgress(done, total)
        },
        onPages(pages) {
          if (stopped) return
          mirror.addPages(pages)
          pagesAdded += pages.length
          if (isMessage(pages)) tabs.post({ type: 'pages', pages })
          else isLarge = true
        },
        onDropped(stream) {
          if (stopped) return
          mirror.dropStream(stream)
          tabs.post({ type: 'dropped', stream })
        },
        onDemand: (said) => parts.holder.outlined(said?.outline),
        isKept: (stream) =>
          mirror.unsent
            .items()
            .some(({ mutation }) => [mutation.stream, mutation.to].includes(stream)),
        isWaiting: (stream) =>
          mirror.unsent
            .items()
            .some(
              ({ state, mutation }) =>
                state === 'waiting' && [mutation.stream, mutation.to].includes(stream),
            ),
      },
    )
    if (stopped) return event
    if (answered !== undefined) await parts.holder.settled(demand.open, answered)
    if (isLarge) tabs.post({ type: 'stored' })
    // Told less than before: only a whole answer says that the server has seen it.
    const isWhole = event.type === 'pulled' && event.complete
    const { told } = parts.note()
    const toldNow = isWhole ? serverExpects : Math.max(told ?? 0, serverExpects ?? 0)
    if (skewNow !== null) await heard(skewNow, toldNow)
    if (serverExpects !== null) {
      reported = JSON.stringify(said)
      await checkExpected(serverExpects)
    }
    const isComplete = event.type === 'pulled' && event.complete
    if (!isComplete && !isQuiet) isNews = true
    if (isComplete && !stopped) {
      mirror.unsent.settle(delivered)
      mirror.mended()
      tabs.post({ type: 'settled', ids: delivered })
      await parts.keep({ ...parts.note(), pulledAt: began })
      lane?.pulled(began)
      cancelTidy ??= clock.after(tidyAfter, () => void tidy())
    }
    return event
  }

  /** Streams with anything that the server does not have stay, pictures too. */
  const askedNow = async () => {
    if (!parts.holder.now().isOn) return askedFor(parts.holder.now(), [], clock.now())
    const pictures = await vault.photos.list()
    const unsent = [
      ...mirror.unsent.items().flatMap(({ mutation: { stream, to } }) => [stream, to ?? stream]),
      ...pictures.flatMap(({ state, stream }) =>
        state === 'waiting' || state === 'draft' ? [stream] : [],
      ),
    ]
    return askedFor(parts.holder.now(), unsent, clock.now())
  }

  /** The server answered: its last word, and how far the device's clock is off. */
  const heard = (skew: number, told: number | null) =>
    parts.keep({
      ...parts.note(),
      told: told ?? parts.note().told,
      lastSync: new Date(clock.now()).toISOString(),
      skew,
      heard: clock.now() - skew,
    })

  /** After a restored backup the server knows less of this device than it had said: give the lost days back. */
  const checkExpected = async (serverExpects: number) => {
    const lower = expected === null || serverExpects < expected
    expected = serverExpects
    // Where the server has had more than this device remembers, its storage was lost: new work counts on from there.
    await vault.renumber([], serverExpects)
    if (!lower) return
    if ((await vault.resend(serverExpects)) > 0) {
      await resentOutbox()
      plan = { ...plan, pushWanted: true } // follows the pull, whichever way that ends
    }
  }

  const resentOutbox = async () => {
    await mirror.loadOutbox(parts.note().pulledAt)
    tabs.post({ type: 'outbox' })
  }

  const tidy = async () => {
    cancelTidy = null
    if (stopped || plan.doing !== 'nothing') return
    try {
      const { heard } = parts.note()
      // What a restored server lost is taken from there: neither clock alone says that it is old.
      await vault.forgetDelivered(clock.now() - keepDelivered, (heard ?? 0) - keepDelivered)
      if (pagesAdded < pagesBeforeTidying) return
      pagesAdded = 0
      await vault.compact()
    } catch (error) {
      if (!stopped) parts.onFault(error)
    }
  }

  const listen = () => {
    if (stopped || listens(plan) === (stopListening !== null)) return
    stopListening?.()
    const hear = (moved: readonly string[]) => {
      if (parts.holder.concerns(moved)) tell({ type: 'poke' })
    }
    stopListening = listens(plan) ? wire.listen(hear, vault.device) : null
  }

  return {
    tell,
    stop() {
      stopped = true
      lane?.stop()
      cancelWait()
      cancelTidy?.()
      stopListening?.()
      stopListening = null
    },
  }
}

/** After these a photograph may go that could not before. */
const hastensPhotos: ReadonlySet<SyncEvent['type']> = new Set<SyncEvent['type']>([
  ...(['started', 'saved', 'online', 'shown', 'asked', 'signed-in', 'pushed'] as const),
])

/** A message is copied record by record, also where no other tab is there to hear it. */
function isMessage(pages: readonly PageLine[]): boolean {
  return pages.reduce((sum, { records }) => sum + records.length, 0) <= mostInAMessage
}

const unknownDevice = { app: '', storage: null }

/** Numbers and moments alone. */
function reportOf(items: readonly UnsentItem[], about: AboutDevice): DeviceReport {
  const refused = items.filter((item) => item.state === 'refused').length
  const moments = items.map((item) => item.mutation.at).sort()
  return {
    app: about.app,
    waiting: items.length - refused,
    refused,
    oldest: moments[0] ?? null,
    storage: about.storage,
  }
}

function troubleOf(error: unknown): Trouble {
  return error instanceof VaultFault && error.reason === 'disk-full' ? 'disk-full' : 'storage'
}
