/**
 * A small village: three grids, three workers with four devices, an office with two, each with the real code of the
 * device, and one server. Only storage, time and network are substituted, by deterministic ones.
 */
import type { Kind } from '#domain/record.ts'
import type { Cursor } from '#protocol/pull.ts'
import type { Intent, Saved } from '#app/acts/intent.ts'
import type { OutboxEntry } from '#app/vault/vault.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTablet, type Tab, type Tablet } from '#tests/support/device.ts'
import { createManualClock, type ManualClock } from '#tests/support/manual-clock.ts'
import type { Disk } from '#tests/support/memory-vault.ts'
import { intentsOf } from './edits.ts'
import type { Happening } from './happenings.ts'
import { areCurrent, isQuiet } from './quiet.ts'
import { bringRoster, takeRosterBack } from './rosters.ts'

export const pin = '246810'

export interface Worker {
  readonly id: string
  readonly login: string
  readonly password: string
}

/** A record as the office has it. */
export interface OfficeRecord {
  readonly id: string
  readonly kind: Kind
  readonly version: number
  readonly fields: Readonly<Record<string, unknown>>
}

type Values = Readonly<Record<string, readonly [unknown, unknown]>>

/** What a village needs of an office, whichever it is. */
export interface VillageOffice {
  readonly streams: readonly string[]
  /** Where rosters are kept that concern more than one grid, and the last devices work. */
  readonly community: string
  /** One for each device: two of the first worker, and two of the office. */
  readonly workers: readonly Worker[]
  readonly household: (stream: string) => string
  readonly dwelling: (stream: string) => string
  /** As a roster writes it. */
  readonly door: (stream: string) => {
    readonly building: string
    readonly unit: string
    readonly room: string
  }
  readonly residents: readonly { readonly stream: string; readonly id: string }[]
  fetch(request: Request): Promise<Response>
  scopeOf(worker: string): Promise<readonly string[]>
  setScope(worker: string, streams: readonly string[]): Promise<void>
  /** Living records of a stream that devices pull. */
  records(stream: string): Promise<readonly OfficeRecord[]>
  cursor(stream: string): Promise<Cursor>
  /** Ids of the mutations that were applied, in order, as often as they were. */
  applied(): Promise<readonly string[]>
  /** Mutations whose field is in the history of its record: `id field`. */
  history(): Promise<ReadonlySet<string>>
  /** Patches and removals by the record that they changed: what its page tells about it. */
  told(): Promise<ReadonlyMap<string, ReadonlySet<string>>>
  /** What each applied mutation changed, in order; of the model alone. */
  done?(): readonly { readonly record: string; readonly fields: Values }[]
  endSessions(): void
  backup(): void
  restore(): void
  /** The last copy takes the place of what is there; nobody tells the office. */
  putBack(): void
  purge(pick: number): void
  bringIn(pick: number, count: number): void
  /** Residents whose time was over. */
  purged(): ReadonlySet<string>
  now(): number
  advance(milliseconds: number): void
  /** Lets the office do what it is at. */
  settle(): Promise<void>
  /** How often everybody looks before the day counts as over; more where answers take real time. */
  readonly rounds?: number
}

export interface Seat {
  readonly worker: Worker
  readonly tablet: Tablet
  readonly clock: ManualClock
  tab: Tab
  disk(): Disk | undefined
  /** What the person was told is saved. */
  readonly acknowledged: Map<string, OutboxEntry['mutation']>
  /** What the tab that is open saved, last first: each can be taken back. */
  saved: { readonly tab: Tab; readonly saved: Saved }[]
  repeat: string | null
  limit: number | null
}

/** So many turns of the event loop and everything that can run without time passing has run. */
export async function breathe(turns = 14): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

let series = 0x2000

export async function settleVillage(office: VillageOffice) {
  const seats: Seat[] = []
  for (const worker of office.workers) seats.push(await createSeat(office, worker))

  const act = async (happening: Happening): Promise<void> => {
    if (happening.do === 'time') {
      office.advance(happening.seconds * 1000)
      for (const seat of seats) seat.clock.advance(happening.seconds * 1000)
    } else if (happening.do === 'reassign') {
      const worker = office.workers[happening.who % office.workers.length]
      const streams = office.streams.filter((_, index) => (happening.streams & (1 << index)) !== 0)
      if (worker) await office.setScope(worker.id, streams)
    } else if (happening.do === 'end-sessions') office.endSessions()
    else if (happening.do === 'backup') office.backup()
    else if (happening.do === 'restore') office.restore()
    else if (happening.do === 'put-back') office.putBack()
    else if (happening.do === 'purge') office.purge(happening.pick)
    else if (happening.do === 'import') office.bringIn(happening.pick, happening.count)
    else {
      const isRoster = happening.do === 'roster' || happening.do === 'roster-back'
      const among = isRoster ? seats.slice(-2) : seats
      const seat = among[happening.device % among.length]
      if (seat) await actAt(office, seat, happening)
    }
    await breathe()
    await office.settle()
  }

  /** The weather clears: everything is connected, time goes on until nothing moves any more. */
  const quiet = async (): Promise<void> => {
    for (const seat of seats) {
      seat.tablet.network.captivePortal(false)
      seat.tablet.network.failNextPushes(0, 503)
      seat.limit = null
      seat.repeat = null
      await reopen(seat)
      seat.tab.show()
      seat.tablet.network.connect()
    }
    for (let round = 0; round < (office.rounds ?? 60); round += 1) {
      await breathe()
      await office.settle()
      for (const seat of seats) await signInAgain(seat)
      office.advance(20_000)
      for (const seat of seats) {
        // A clock that jumped locks the screen at the first touch.
        seat.tab.touch()
        await reopen(seat)
        seat.tab.app.syncActs.syncNow()
        seat.clock.advance(20_000)
      }
      await breathe()
      if (round > 2 && seats.every(isQuiet) && (await areCurrent(office, seats))) break
    }
  }

  return { seats, act, quiet, close: () => seats.forEach((seat) => seat.tab.close()) }
}

async function createSeat(office: VillageOffice, worker: Worker): Promise<Seat> {
  const clock = createManualClock()
  const tablet = createTablet({
    clock,
    ids: createCountedIds((series += 1)),
    server: (request) => serve(request),
  })
  // A proxy refuses long bodies; a request may arrive twice.
  const serve = async (request: Request): Promise<Response> => {
    const text = await request.text()
    const path = new URL(request.url).pathname
    const send = () => office.fetch(new Request(request, { body: text }))
    if (seat.limit !== null && path === '/api/push' && text.length > seat.limit) {
      return new Response('<h1>413</h1>', { status: 413 })
    }
    if (seat.repeat === path) {
      seat.repeat = null
      await send()
    }
    return send()
  }
  const tab = await tablet.open()
  const seat: Seat = {
    worker,
    tablet,
    clock,
    tab,
    disk: () => tablet.disks.get(worker.id),
    acknowledged: new Map(),
    saved: [],
    repeat: null,
    limit: null,
  }
  await tab.app.sessionActs.signIn(worker.login, worker.password)
  if (tab.app.session.getState().phase === 'choose-passphrase')
    await tab.app.sessionActs.choosePassphrase(pin)
  await tab.app.sessionActs.choosePin(pin)
  for (let round = 0; round < 200 && tab.app.session.getState().phase !== 'open'; round += 1) {
    await breathe()
    await office.settle()
  }
  return seat
}

async function actAt(
  office: VillageOffice,
  seat: Seat,
  happening: Exclude<
    Happening,
    {
      readonly do:
        | 'time'
        | 'reassign'
        | 'end-sessions'
        | 'backup'
        | 'restore'
        | 'put-back'
        | 'purge'
        | 'import'
    }
  >,
): Promise<void> {
  const { network } = seat.tablet
  switch (happening.do) {
    case 'rename':
    case 'note':
    case 'phone':
    case 'visit':
    case 'take-in':
    case 'bring-in':
    case 'move':
    case 'move-home':
    case 'merge':
    case 'two-people':
    case 'part':
      return save(seat, intentsOf(office, seat.tab.app, happening))
    case 'roster':
    case 'roster-back':
      return byOffice(office, seat, happening)
    case 'undo':
      return undo(seat, happening.pick)
    case 'disconnect':
      return network.disconnect()
    case 'connect':
      return network.connect()
    case 'hide':
      return seat.tab.hide()
    case 'show':
      return seat.tab.show()
    case 'lock':
      seat.tab.app.sessionActs.lock()
      await breathe()
      return reopen(seat)
    case 'restart':
      seat.tab.close()
      await breathe()
      seat.tab = await seat.tablet.open()
      return reopen(seat)
    case 'crash':
      // The power goes before the write after next `writes`; what comes until then happens.
      if (isOpen(seat)) seat.tab.vault().cutPower(happening.writes)
      seat.tab.app.syncActs.syncNow()
      void seat.tab.app.work.save(
        intentsOf(office, seat.tab.app, { do: 'note', device: 0, pick: 1, value: 1 }),
      )
      await breathe()
      seat.tab.crash()
      await breathe()
      seat.tab = await seat.tablet.open()
      return reopen(seat)
    case 'lose-answer':
      return network.loseNextAnswer(happening.path)
    case 'repeat':
      seat.repeat = happening.path
      return
    case 'cut-answer':
      return network.cutNextAnswer('/api/pull', happening.characters)
    case 'proxy-fails':
      return network.failNextPushes(happening.count, 502)
    case 'body-limit':
      seat.limit = happening.count * 700
      return
    case 'portal':
      return network.captivePortal(happening.device % 2 === 0)
    case 'disk-full': {
      if (!isOpen(seat)) return
      const vault = seat.tab.vault()
      vault.failWrites('disk-full')
      await save(
        seat,
        intentsOf(office, seat.tab.app, { do: 'note', device: 0, pick: 2, value: 2 }),
      )
      await breathe()
      return vault.failWrites(null)
    }
    case 'clock-jumps':
      return seat.clock.jump(happening.minutes * 60_000)
    case 'lose-page': {
      const disk = seat.disk()
      const page = disk?.pages[happening.pick % Math.max(1, disk.pages.length)]
      if (page) disk?.unreadable.add(page)
      return
    }
    case 'send-again':
      return sendAgain(seat, happening.pick)
  }
}

export async function save(seat: Seat, intents: readonly Intent[]): Promise<void> {
  if (intents.length === 0 || !isOpen(seat)) return
  const { tab } = seat
  const outcome = await remembered(seat, () => tab.app.work.save(intents))
  if (outcome?.ok) seat.saved.unshift({ tab, saved: outcome.saved })
}

/** A device of the office, whichever was meant; all at once, as long as nobody else does anything. */
async function byOffice(
  office: VillageOffice,
  seat: Seat,
  happening: Extract<Happening, { readonly do: 'roster' | 'roster-back' }>,
): Promise<void> {
  if (!isOpen(seat)) return
  const { app } = seat.tab
  const onFault = (error: unknown) => seat.tablet.faults.push(error)
  const act = () =>
    happening.do === 'roster'
      ? bringRoster(office, app, happening, onFault)
      : takeRosterBack(app, happening.pick, onFault)
  await remembered(seat, async () => ({ ok: await act() }), null)
}

/** As by the button beside "saved": the tab knows what it saved until it is closed. */
async function undo(seat: Seat, pick: number): Promise<void> {
  const last = seat.saved.filter(({ tab }) => tab === seat.tab)[pick]
  if (!last || !isOpen(seat)) return
  await remembered(seat, () =>
    last.saved.undo().then(
      () => ({ ok: true }) as const,
      () => ({ ok: false }) as const,
    ),
  )
}

/** 再发一次: what was refused is given up for a new one of the same meaning. */
async function sendAgain(seat: Seat, pick: number): Promise<void> {
  if (!isOpen(seat)) return
  const { app } = seat.tab
  const refused = app.sync.getState().unsent.filter(({ state }) => state === 'refused')
  const item = refused[pick % Math.max(1, refused.length)]
  if (!item) return
  const { id, batch } = item.mutation
  const meant = refused.filter(
    ({ mutation }) => mutation.id === id || (batch && mutation.batch === batch),
  )
  const mended = await remembered(seat, async () => {
    await app.syncActs.mend(id, ({ mutation }) => mutation.fields)
    return { ok: true } as const
  })
  // The new ones stand for them from now on.
  if (mended) for (const { mutation } of meant) seat.acknowledged.delete(mutation.id)
}

/** Remembers what the screen called saved: exactly what was numbered by it. */
async function remembered<T extends { readonly ok: boolean }>(
  seat: Seat,
  act: () => Promise<T>,
  turns: number | null = 30,
): Promise<T | null> {
  const before = seat.disk()?.nextSeq ?? 1
  const never = new Promise<null>(() => {})
  const late = turns === null ? never : breathe(turns).then(() => null)
  const outcome = await Promise.race([act(), late])
  if (!outcome?.ok) return null
  for (const { mutation } of seat.disk()?.outbox ?? []) {
    if (mutation.seq >= before) seat.acknowledged.set(mutation.id, structuredClone(mutation))
  }
  return outcome
}

const isOpen = (seat: Seat) =>
  ['open', 'first-pull'].includes(seat.tab.app.session.getState().phase)

export async function reopen(seat: Seat): Promise<void> {
  const { app } = seat.tab
  if (app.session.getState().phase === 'locked') await app.sessionActs.unlock(pin)
  await breathe()
  // Two grids and more are opened by a passphrase: here it is the same word.
  if (app.session.getState().phase !== 'choose-passphrase') return
  await app.sessionActs.choosePassphrase(pin)
  await breathe()
}

async function signInAgain(seat: Seat): Promise<void> {
  const { problem } = seat.tab.app.sync.getState()
  if (problem === 'session-ended' || problem === 'not-signed-in') {
    await seat.tab.app.syncActs.signInAgain(seat.worker.password)
  }
}
