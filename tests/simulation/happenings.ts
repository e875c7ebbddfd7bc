/** What happens in a simulated day: plain values, so that fast-check can make, shrink and print them. */
import fc from '#tests/support/fast-check.ts'

/** `device`, `who` and `pick` are numbers that choose among what there is. */
export type Happening =
  | {
      readonly do: 'rename' | 'note'
      readonly device: number
      readonly pick: number
      readonly value: number
    }
  | { readonly do: 'phone'; readonly device: number; readonly pick: number; readonly value: number }
  | {
      readonly do: 'take-in'
      readonly device: number
      readonly pick: number
      readonly count: number
    }
  /** A call at a door, dated by the device's clock. */
  | { readonly do: 'visit'; readonly device: number; readonly pick: number }
  /** A resident to another household, or a household to another door; of whichever grid. */
  | Move<'move'>
  | Move<'move-home'>
  /** What this tab saved last, or before that; also a whole batch, a move or a merge. */
  | { readonly do: 'undo'; readonly device: number; readonly pick: number }
  /** A whole family and more at once, as one batch. */
  | { readonly do: 'bring-in'; readonly device: number; readonly pick: number }
  /** Of two records: one person, with the values of either; or two people. And one person's parted again. */
  | Meeting<'merge'>
  | Meeting<'two-people'>
  | { readonly do: 'part'; readonly device: number; readonly pick: number }
  | {
      readonly do: 'disconnect' | 'connect' | 'hide' | 'show' | 'lock' | 'restart'
      readonly device: number
    }
  | { readonly do: 'crash'; readonly device: number; readonly writes: number }
  | {
      readonly do: 'lose-answer' | 'repeat'
      readonly device: number
      readonly path: '/api/push' | '/api/pull'
    }
  | { readonly do: 'cut-answer'; readonly device: number; readonly characters: number }
  | { readonly do: 'proxy-fails' | 'body-limit'; readonly device: number; readonly count: number }
  | { readonly do: 'portal'; readonly device: number }
  | { readonly do: 'disk-full'; readonly device: number }
  | { readonly do: 'clock-jumps'; readonly device: number; readonly minutes: number }
  | { readonly do: 'reassign'; readonly who: number; readonly streams: number }
  | { readonly do: 'end-sessions' }
  | { readonly do: 'backup' }
  | { readonly do: 'restore' }
  /** The copy takes the place of what is there, and the office does not know of it. */
  | { readonly do: 'put-back' }
  /** The time of somebody is over. */
  | { readonly do: 'purge'; readonly pick: number }
  /** An office brings a roster in by its own device, and takes one back. `known`: somebody whom it has. */
  | {
      readonly do: 'roster'
      readonly device: number
      readonly pick: number
      readonly to: number
      readonly count: number
      readonly known: number
      readonly joins: boolean
    }
  | { readonly do: 'roster-back'; readonly device: number; readonly pick: number }
  /** The office's own programs write many records of a grid at once. */
  | { readonly do: 'import'; readonly pick: number; readonly count: number }
  /** The disk does not give a page of the register any more. */
  | { readonly do: 'lose-page'; readonly device: number; readonly pick: number }
  /** What the office refused is sent once more as it is. */
  | { readonly do: 'send-again'; readonly device: number; readonly pick: number }
  | { readonly do: 'time'; readonly seconds: number }

interface Move<Do> {
  readonly do: Do
  readonly device: number
  readonly pick: number
  readonly to: number
}

interface Meeting<Do> {
  readonly do: Do
  readonly device: number
  readonly pick: number
  readonly other: number
  /** Whether what differs is taken from the other one. */
  readonly taken: boolean
}

/** What a person enters on a screen. */
export type Edit = Extract<
  Happening,
  {
    readonly do:
      | 'rename'
      | 'note'
      | 'phone'
      | 'visit'
      | 'take-in'
      | 'bring-in'
      | 'move'
      | 'move-home'
      | 'merge'
      | 'two-people'
      | 'part'
  }
>

const device = fc.nat({ max: 5 })
const pick = fc.nat({ max: 7 })
const value = fc.nat({ max: 9 })

const shapes = {
  rename: { do: fc.constantFrom('rename' as const, 'note' as const), device, pick, value },
  phone: {
    do: fc.constant('phone' as const),
    device,
    pick,
    value: fc.integer({ min: -3, max: 3 }),
  },
  takeIn: {
    do: fc.constant('take-in' as const),
    device,
    pick,
    count: fc.integer({ min: 1, max: 4 }),
  },
  move: { do: fc.constant('move' as const), device, pick, to: fc.nat({ max: 2 }) },
  moveHome: { do: fc.constant('move-home' as const), device, pick, to: fc.nat({ max: 2 }) },
  undo: { do: fc.constant('undo' as const), device, pick: fc.nat({ max: 2 }) },
  bringIn: { do: fc.constant('bring-in' as const), device, pick },
  merge: { do: fc.constant('merge' as const), device, pick, other: pick, taken: fc.boolean() },
  twoPeople: {
    do: fc.constant('two-people' as const),
    device,
    pick,
    other: pick,
    taken: fc.boolean(),
  },
  part: { do: fc.constant('part' as const), device, pick },
  switch: {
    do: fc.constantFrom(
      'disconnect' as const,
      'connect' as const,
      'connect' as const,
      'hide' as const,
      'show' as const,
      'lock' as const,
      'restart' as const,
    ),
    device,
  },
  crash: { do: fc.constant('crash' as const), device, writes: fc.nat({ max: 4 }) },
  answer: {
    do: fc.constantFrom('lose-answer' as const, 'repeat' as const),
    device,
    path: fc.constantFrom('/api/push' as const, '/api/pull' as const),
  },
  cut: { do: fc.constant('cut-answer' as const), device, characters: fc.nat({ max: 2_000 }) },
  fails: {
    do: fc.constantFrom('proxy-fails' as const, 'body-limit' as const),
    device,
    count: fc.integer({ min: 1, max: 3 }),
  },
  portal: { do: fc.constantFrom('portal' as const, 'disk-full' as const), device },
  clock: {
    do: fc.constant('clock-jumps' as const),
    device,
    // A year, and the year 2015: an empty battery.
    minutes: fc.constantFrom(-5_785_920, -525_600, -1_440, -90, -3, 3, 90, 1_440, 525_600),
  },
  reassign: {
    do: fc.constant('reassign' as const),
    who: fc.nat({ max: 2 }),
    streams: fc.nat({ max: 6 }),
  },
  office: {
    do: fc.constantFrom(
      'end-sessions' as const,
      'backup' as const,
      'restore' as const,
      'put-back' as const,
    ),
  },
  purge: { do: fc.constant('purge' as const), pick },
  roster: {
    do: fc.constant('roster' as const),
    device,
    pick: fc.nat({ max: 2 }),
    to: fc.nat({ max: 2 }),
    count: fc.nat({ max: 3 }),
    known: pick,
    joins: fc.boolean(),
  },
  rosterBack: { do: fc.constant('roster-back' as const), device, pick: fc.nat({ max: 1 }) },
  import: { do: fc.constant('import' as const), pick, count: fc.constantFrom(1, 20, 120) },
  visit: { do: fc.constant('visit' as const), device, pick },
  losePage: { do: fc.constant('lose-page' as const), device, pick },
  sendAgain: { do: fc.constant('send-again' as const), device, pick },
  time: { do: fc.constant('time' as const), seconds: fc.constantFrom(1, 5, 70, 400) },
}

/** Without what only the model does at once (a backup brought back or put back, a purge, an end of all sessions). */
export const onAnyOffice: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record(shapes.rename) },
  { weight: 3, arbitrary: fc.record(shapes.phone) },
  { weight: 3, arbitrary: fc.record(shapes.visit) },
  { weight: 4, arbitrary: fc.record(shapes.takeIn) },
  { weight: 6, arbitrary: fc.record(shapes.move) },
  { weight: 2, arbitrary: fc.record(shapes.moveHome) },
  { weight: 3, arbitrary: fc.record(shapes.undo) },
  { weight: 1, arbitrary: fc.record(shapes.bringIn) },
  { weight: 6, arbitrary: fc.record(shapes.merge) },
  { weight: 1, arbitrary: fc.record(shapes.twoPeople) },
  { weight: 3, arbitrary: fc.record(shapes.part) },
  { weight: 8, arbitrary: fc.record(shapes.switch) },
  { weight: 3, arbitrary: fc.record(shapes.crash) },
  { weight: 3, arbitrary: fc.record(shapes.answer) },
  { weight: 2, arbitrary: fc.record(shapes.cut) },
  { weight: 2, arbitrary: fc.record(shapes.fails) },
  { weight: 1, arbitrary: fc.record(shapes.portal) },
  { weight: 3, arbitrary: fc.record(shapes.clock) },
  { weight: 1, arbitrary: fc.record(shapes.losePage) },
  { weight: 2, arbitrary: fc.record(shapes.sendAgain) },
  { weight: 2, arbitrary: fc.record(shapes.reassign) },
  { weight: 6, arbitrary: fc.record(shapes.roster) },
  { weight: 4, arbitrary: fc.record(shapes.rosterBack) },
  { weight: 5, arbitrary: fc.record(shapes.time) },
)

export const onModelOffice: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 40, arbitrary: onAnyOffice },
  { weight: 3, arbitrary: fc.record(shapes.office) },
  { weight: 1, arbitrary: fc.record(shapes.purge) },
  { weight: 1, arbitrary: fc.record(shapes.import) },
)
