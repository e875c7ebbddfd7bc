/**
 * Sync of one open account in one tab. The tab that leads runs `lead.ts`; the others tell it what they saved, and
 * all show the same. Nothing here decides when to push or pull: `plan.ts` does.
 */
import { maxBatch, type Mutation } from '#protocol/mutation.ts'
import { markStep } from '#app/platform/timing.ts'
import { colourAhead, createOpening, type Face } from '#app/register/face.ts'
import { declaredDoors } from '#app/register/declared-doors.ts'
import { helpFor } from '#app/register/help.ts'
import { dayOf, gridOf, keepFace, readFace, type FaceKeeper, type FirstList } from './keep-face.ts'
import { createHolder } from './holder.ts'
import { changedByHand, type HowToHold } from './holding.ts'
import { lead, type Leader } from './lead.ts'
import { createMirror } from './mirror.ts'
import { statusOf, type Standing } from './status.ts'
import type { TabMessage } from './tabs.ts'
import type { SyncParts, SyncNote } from './sync-parts.ts'

export interface Sync {
  /**
   * Reads the vault into the register and starts; true where a pull was complete before. With a list of today the rest
   * may still be on its way then (`register.isWhole`); nothing is sent or fetched before it is here.
   */
  open(): Promise<boolean>
  /** Saved durably by this tab. */
  saved(mutations: readonly Mutation[]): void
  gaveUp(mutation: string): void
  /** The outbox changed by itself: all tabs read it anew. */
  look(): void
  syncNow(): void
  /** Changes what is held by demand, and asks for it. */
  hold(place: string, how: HowToHold): Promise<void>
  signedIn(): void
  /** Locks the other tabs. */
  lockOthers(): void
  /** Resolves when nothing of it is written any more. */
  stop(): Promise<void>
}

const noteKey = 'sync'

/** Long: it joins the plan with the network, the vault and the other tabs, a few lines each. */
export function createSync(parts: SyncParts): Sync {
  const { vault, register, online, visible, tabs, onFault } = parts
  let note: SyncNote = { pulledAt: 0, lastSync: null, skew: null, told: null, heard: null }
  let standing: Standing = { doing: 'nothing', online: online.now(), problem: null }
  let leader: Leader | null = null
  let stopped = false
  let faces: FaceKeeper | null = null
  let otherInFront = false
  let inFront = true
  /**
   * The browser was asked to say when the connection is back. One that knows of no loss says so at once, so it is asked
   * once until it loses the connection itself, or until nothing waits any more: the plan's own waits do the rest.
   */
  let asked = false
  const ends: (() => void)[] = []

  const publish = () => {
    if (stopped) return
    const items = mirror.unsent.items()
    const status = statusOf(
      ...([standing, items, mirror.damage(), note.lastSync, note.skew, note.heard] as const),
    )
    const holding = holder.now()
    parts.onStatus({ ...status, holding: holding.isOn ? holding : undefined })
    const isStuck = standing.problem !== null || !standing.online
    const wants = isStuck && items.some((item) => item.state === 'waiting')
    if (wants && !asked) parts.background?.ask()
    asked = wants
  }
  const mirror = createMirror(vault, register, publish, () => stopped)
  const holder = createHolder(
    vault,
    () => mirror,
    parts.clock,
    () => {
      tabs.post({ type: 'holding' })
      publish()
    },
  )

  const catchUp = async () => {
    if (await mirror.isCurrent()) await mirror.loadOutbox(note.pulledAt)
    else await mirror.load(note.pulledAt)
  }

  const hear = async (message: TabMessage) => {
    switch (message.type) {
      case 'saved':
        mirror.unsent.saved(message.mutations)
        leader?.tell({ type: 'saved' })
        return
      case 'answered':
        return mirror.unsent.answered(message.receipts)
      case 'gave-up':
        return mirror.unsent.gaveUp(message.mutation)
      case 'pages':
        if (!mirror.addPages(message.pages)) await catchUp()
        return
      case 'stored':
        return catchUp()
      case 'settled':
        return mirror.unsent.settle(message.ids)
      case 'dropped':
        return mirror.dropStream(message.stream)
      case 'holding':
        await holder.read()
        return publish()
      case 'outbox':
        await mirror.loadOutbox(note.pulledAt)
        return leader?.tell({ type: 'saved' })
      case 'standing':
        standing = message.standing
        note = { ...note, lastSync: message.lastSync, skew: message.skew, heard: message.heard }
        if (message.complete) parts.onComplete()
        return publish()
      case 'asked':
        return leader?.tell({ type: 'asked' })
      case 'signed-in':
        return leader?.tell({ type: 'signed-in' })
      case 'lock':
        return parts.onLock()
      case 'shown':
      case 'hidden':
        otherInFront = message.type === 'shown'
        return look()
      case 'leads':
        if (visible.now()) tabs.post({ type: 'shown' })
        return
    }
  }

  /** Any tab in front is reason to be up to date, whichever leads. */
  const look = () => {
    const now = visible.now() || otherInFront
    if (now === inFront) return
    inFront = now
    leader?.tell({ type: now ? 'shown' : 'hidden' })
  }

  /** Messages and catching up happen one after the other, in the order in which they came. */
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (act: () => Promise<void> | void) => {
    turn = turn
      .then(() => (stopped ? undefined : act()))
      .catch((error: unknown) => {
        if (!stopped) onFault(error)
      })
    return turn
  }

  const beginToLead = async (followed: boolean) => {
    if (followed) await catchUp()
    if (stopped) return
    leader = lead({
      ...parts,
      ...{ mirror, holder },
      note: () => note,
      keep(next) {
        note = next
        return vault.setNote(noteKey, note)
      },
      show(next, complete) {
        standing = next
        tabs.post({
          type: 'standing',
          standing,
          lastSync: note.lastSync,
          skew: note.skew,
          heard: note.heard,
          complete,
        })
        if (complete) parts.onComplete()
        publish()
      },
    })
    inFront = visible.now()
    leader.tell({ type: 'started', online: online.now(), visible: inFront })
    tabs.post({ type: 'leads' })
  }

  /** What is read before the screen is open, and what behind it. */
  const load = (face: Face | null): readonly [first: Promise<void>, whole: Promise<void>] => {
    const { list } = parts
    if (!face || !list) {
      const all = mirror.load(note.pulledAt)
      return [all, all]
    }
    const first = mirror.loadFirst(
      note.pulledAt,
      firstOf(face, list),
      createOpening(register, face),
    )
    const readRest = async () => {
      const rest = await first
      if (!rest) return
      const pause = parts.pause ?? (() => undefined)
      await rest(pause)
      await register.relateAhead(pause)
      await colourAhead(
        register,
        () => dayOf(list),
        pause,
        () => stopped,
      )
      if (stopped) return
      await register.planAhead(dayOf(list), gridOf(list) ?? undefined, pause)
      if (stopped) return
      register.open(null)
      markStep('wuse whole')
    }
    return [first.then(() => {}), readRest()]
  }

  return {
    async open() {
      register.readHelpBy(helpFor, declaredDoors)
      tabs.listen((message) => void inTurn(() => hear(message)))
      const [kept, face] = await Promise.all([
        vault.note(noteKey),
        parts.list ? readFace(vault) : null,
        holder.read(),
      ])
      if (isNote(kept)) note = { ...note, ...kept }
      let followed = false
      let isAsked = false
      let isOpen = false
      const [first, whole] = load(note.pulledAt > 0 ? face : null)
      // The lead and the messages that come meanwhile wait for it.
      turn = whole.then(
        () => {
          followed = !isAsked
        },
        (error: unknown) => {
          if (isOpen && !stopped) parts.onUnreadable?.(error)
        },
      )
      ends.push(
        parts.askToLead(() => {
          isAsked = true
          void inTurn(() => beginToLead(followed))
        }),
      )
      await first
      isOpen = true
      if (stopped) return false
      const heard = parts.background?.listen(() => leader?.tell({ type: 'asked' }))
      if (heard) ends.push(heard)
      ends.push(
        online.subscribe(() => {
          standing = { ...standing, online: online.now() }
          if (!online.now()) asked = false
          leader?.tell({ type: online.now() ? 'online' : 'offline' })
          publish()
        }),
        visible.subscribe(() => {
          tabs.post({ type: visible.now() ? 'shown' : 'hidden' })
          if (!visible.now()) void faces?.flush()
          if (leader) look()
          else if (visible.now()) void inTurn(catchUp) // it may have been frozen
        }),
      )
      if (parts.list) {
        faces = keepFace(vault, register, parts.clock, parts.list, () => note.pulledAt > 0)
      }
      publish()
      return note.pulledAt > 0
    },
    saved(mutations) {
      if (stopped) return
      mirror.unsent.saved(mutations)
      // More than one batch is a roster, which is copied into a message even where no other tab hears it.
      tabs.post(mutations.length > maxBatch ? { type: 'outbox' } : { type: 'saved', mutations })
      leader?.tell({ type: 'saved' })
      void inTurn(() => holder.worked(mutations))
    },
    gaveUp(mutation) {
      if (stopped) return
      mirror.unsent.gaveUp(mutation)
      tabs.post({ type: 'gave-up', mutation })
    },
    look() {
      if (stopped) return
      tabs.post({ type: 'outbox' })
      void inTurn(() => mirror.loadOutbox(note.pulledAt))
    },
    syncNow() {
      if (leader) leader.tell({ type: 'asked' })
      else tabs.post({ type: 'asked' })
    },
    async hold(place, how) {
      if (stopped) return
      const now = parts.clock.now()
      await inTurn(() => holder.change((holding) => changedByHand(holding, place, how, now)))
      if (leader) leader.tell({ type: 'asked' })
      else tabs.post({ type: 'asked' })
    },
    signedIn() {
      if (leader) leader.tell({ type: 'signed-in' })
      else tabs.post({ type: 'signed-in' })
    },
    lockOthers: () => tabs.post({ type: 'lock' }),
    stop() {
      if (!stopped) tabs.post({ type: 'hidden' })
      stopped = true
      for (const end of ends) end()
      leader?.stop()
      leader = null
      tabs.close()
      return faces?.stop() ?? Promise.resolve()
    },
  }
}

/** A list of today needs no grid to be shown; another day's has to be made anew. */
function firstOf({ upper, list, day, grid }: Face, now: FirstList) {
  return (streams: readonly string[]): readonly string[] => {
    if (list && day === dayOf(now) && grid === gridOf(now)) return upper
    // One grid more is soon read, and then its list is there at once.
    const others = streams.filter((stream) => !upper.includes(stream))
    const own = gridOf(now)
    return others.length <= 1 ? streams : own === null ? upper : [...upper, own]
  }
}

function isNote(value: unknown): value is SyncNote {
  return typeof value === 'object' && value !== null && 'pulledAt' in value && 'lastSync' in value
}
