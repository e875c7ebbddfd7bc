/**
 * The register in memory, as screens read it: base plus pending, so that what was saved a moment ago is there.
 * `create-register.ts` makes one; it changes only by `applyPage`, `applyOwn` and `settle`.
 */
import type { Because } from '#domain/day-plan.ts'
import type { Day } from '#domain/day.ts'
import type { Reason } from '#domain/colour.ts'
import type { Subject } from '#domain/facts.ts'
import type { lifeEvents } from '#domain/household.ts'
import type { ColourKey } from '#domain/level.ts'
import type { Fields, Kind, RegisterRecord } from '#domain/record.ts'
import type { HelpRequest } from '#domain/requests/help-facts.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { WorkingCalendar } from '#domain/working-days.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { PageLine, WireChange } from '#protocol/pull.ts'

export type Rec<K extends Kind> = RegisterRecord<K>

/** A subject's colour today. `since` is the first day of it as far as this device knows. */
export interface Coloured {
  readonly colour: ColourKey
  readonly reasons: readonly Reason[]
  readonly until: Day | null
  readonly since: Day | null
}

/** When somebody should call at a household next. */
export interface Due {
  readonly household: string
  readonly colour: ColourKey
  readonly reasons: readonly Reason[]
  readonly on: Day
  /** Days past `on`; 0 or less where it is not overdue. */
  readonly overdue: number
  readonly lastMet: Day | null
}

/** One household on the today list, or one that the plan keeps for a later day. */
export interface Stop extends Due {
  readonly building: string
  readonly dwelling: string
  /** The person whom the card names: the one with the most urgent colour, else the head. */
  readonly resident: string | null
  readonly others: number
  /** The day on which it stands in the plan, and why it stands there. */
  readonly planned: Day
  readonly because: Because
  /** Where `because` is a life event. */
  readonly lifeEvent: (typeof lifeEvents)[number] | null
  /** What its row said when it was drawn last, of a list whose records are not here yet. */
  readonly shown?: {
    readonly stream: string
    readonly door: string
    readonly name: string | null
  }
}

/** In walking order: buildings by `order`, in each by unit, floor, room. */
export type Walk = readonly {
  readonly building: string
  /** Its name when it was drawn last, where its record is not here yet. */
  readonly head?: string
  readonly stops: readonly Stop[]
}[]

export interface Today {
  readonly day: Day
  /** The day itself, or after a day of rest the next working day. */
  readonly workday: Day
  /** What is left to do today; `day-plan.ts` says how it is chosen. */
  readonly groups: Walk
  /** Of the stops in `groups`. */
  readonly byColour: Readonly<Record<ColourKey, number>>
  readonly overdue: number
  /** Households met today by anybody, and all that were planned for today or met today. */
  readonly done: number
  readonly total: number
  /** The households met today, whether they were planned or not. */
  readonly met: ReadonlySet<string>
  /** Doors of `DeclaredDoor` that are planned for today: no stops of the list, but as much of the day's work. */
  readonly declared: number
  /** What the plan keeps for the days after, and how much of it is overdue; `Register.later` walks it. */
  readonly later: { readonly count: number; readonly overdue: number }
  /** The beginning of the list as it was drawn last, or nothing yet: the register is still being read. */
  readonly isComing?: true
  /** Of what is coming, the earlier day for which this list was made. */
  readonly asOf?: Day
}

export type Distribution = Readonly<Record<ColourKey, number>>

/** What a search found, and why: the part of the record that matched. */
export interface Hit {
  readonly kind: 'resident' | 'dwelling'
  readonly id: string
  readonly matched: 'name' | 'pinyin' | 'initials' | 'room' | 'telephone' | 'document'
}

/** One line of a record's history: the server's change, or one that still waits on this device. */
export interface HistoryLine {
  readonly id: string
  readonly at: string
  /** What the device's clock said, far from when it can have been. */
  readonly saidAt?: string | undefined
  readonly by: string | null
  readonly op: 'create' | 'patch' | 'remove'
  readonly pending: boolean
  readonly fields: WireChange['fields']
}

/** A record that moved has lines of two streams. */
export interface ChangeOfStream {
  readonly stream: string
  readonly change: WireChange
}

export interface Register {
  /** Counts up with each change; screens compare it. */
  readonly revision: number
  subscribe(listener: () => void): () => void
  /** False while streams are still being read from the disk: whatever ranges over all of it has to wait. */
  readonly isWhole: boolean
  /** Whether all is here that belongs to this household's stream. */
  isHere(household: string): boolean
  /** Somebody waits for this household: its stream is read before the others. */
  hasten(household: string): void

  get<K extends Kind>(kind: K, id: string): Rec<K> | undefined
  all<K extends Kind>(kind: K): Iterable<Rec<K>>
  /** The scheme in force: the newest of the streams in scope, else the product's default. */
  scheme(): Scheme

  /** Open grids and micro-grids in scope, by their communities' and their own order. */
  grids(): readonly Rec<'place'>[]
  /** From the subdistrict down to the place itself. */
  pathOf(place: string): readonly Rec<'place'>[]
  buildings(grid?: string): readonly Rec<'building'>[]
  /** By unit, floor and room. */
  dwellings(building: string): readonly Rec<'dwelling'>[]
  /** Households that live there now. */
  households(dwelling: string): readonly Rec<'household'>[]
  formerHouseholds(dwelling: string): readonly Rec<'household'>[]
  /** Who lives there now, head first. */
  residents(household: string): readonly Rec<'resident'>[]
  /** Moved out, dead, or merged into another record. */
  formerResidents(household: string): readonly Rec<'resident'>[]
  /** Newest first. */
  visits(household: string): readonly Rec<'visit'>[]
  /** In the order of their stream; what this device has not sent yet comes last. */
  requestSteps(request: string): readonly Rec<'request-step'>[]
  /** About this resident, household, dwelling or building itself. */
  requestsAbout(site: string): readonly Rec<'request'>[]
  askers(request: string): readonly Rec<'asker'>[]
  /** Counts up with each change of a request, its steps or its askers; 0 of one that this device never had. */
  requestChanges(request: string): number
  /** Counts up with each change of any of them, and of the catalogue and the calendar; 0 of an empty register. */
  readonly allRequestChanges: number
  errandSteps(errand: string): readonly Rec<'errand-step'>[]
  /** What a history is told from (`history-of.ts`): what waits here and what the server applied. */
  traces(record: string): {
    readonly waiting: {
      readonly base: RegisterRecord | undefined
      readonly mutations: readonly Mutation[]
    }
    readonly changes: readonly ChangeOfStream[]
  }
  /** Residents with this document number (normal form), also those moved out or merged into another record. */
  byDocument(documentNumber: string): readonly Rec<'resident'>[]
  /** Up to which version this device has a stream; 0 of one that it does not have. */
  reached(stream: string): number
  /** How many ids are claimed by records of several places: of each the one that came first is shown. */
  doubled(): number
  /** True while a mutation of this record waits to be sent. */
  isPending(record: string): boolean

  /** The facts behind the colour of a resident or dwelling; undefined of whoever is not there. */
  subject(id: string): Subject | undefined
  colourOfResident(id: string, today: Day): Coloured
  colourOfDwelling(id: string, today: Day): Coloured
  /** The most urgent of its members and its dwelling. */
  colourOfHousehold(id: string, today: Day): Coloured
  /** Residents living there by colour; for a dwelling chart see `colourOfHousehold`. */
  distribution(place: { building: string } | { grid: string }, today: Day): Distribution
  due(household: string, today: Day): Due | null
  today(day: Day, grid?: string): Today
  /** Who is planned for the coming week or overdue, but not on today's list: first the overdue. */
  later(day: Day, grid?: string): Walk

  /** At most `limit` hits, best first. Name, pinyin, initials, room ("3-2-501"), last digits (4 and more). */
  search(query: string, limit: number): readonly Hit[]
  /** Prepares in slices what a search looks through, and fetches the pinyin dictionary; a search works without. */
  warmUp(): Promise<void>
}

/** The side of the register that sync and saving use. */
export interface HelpSource {
  request(id: string): Rec<'request'> | undefined
  requestsAbout(site: string): readonly Rec<'request'>[]
  /** Those who asked and were recognised as this resident. */
  asksOf(resident: string): readonly Rec<'asker'>[]
  /** In the order of the stream; what waits here comes last. */
  steps(request: string): readonly Rec<'request-step'>[]
  /** What decides about requests: the catalogue and the calendar. */
  readonly deciding: Pick<Register, 'all' | 'allRequestChanges'>
}

/** Works out the requests of help of a resident. Its script comes with sync, before an account opens. */
export type HelpReader = (source: HelpSource, resident: string) => readonly HelpRequest[]

/** A door at which something else than its household has to be looked at: what somebody declared of it. */
export interface DeclaredDoor {
  readonly stream: string
  readonly dwelling: string
  /** The last day on which a look is in time. */
  readonly on: Day
  /** Somebody looked at it today. */
  readonly isDone: boolean
}

/** Of one day, each door once. Its script comes with sync, as that of `HelpReader`. */
export type DeclaredReader = (
  register: Pick<Register, 'all'>,
  calendar: WorkingCalendar,
  day: Day,
) => Iterable<DeclaredDoor>

/** What a register that is still being read knows of its whole; `face.ts` makes one. */
export interface Opening {
  isHere(household: string): boolean
  hasten(household: string): void
  /** Null where the list ranges over nothing that is still to come. */
  today(day: Day, grid: string | undefined): Today | null
  later(grid: string | undefined): Walk | null
}

export interface WritableRegister extends Register {
  /** Many pages at once notify once. `quietly`: not at all, while streams are read behind the first screen. */
  applyPages(pages: readonly PageLine[], quietly?: boolean): void
  /** Streams are still to come, or all are here: null. */
  open(opening: Opening | null): void
  /** Finds out in slices who belongs where, before the first question that would do it in one go. */
  relateAhead(pause: () => Promise<void> | undefined): Promise<void>
  /** Makes the list in slices before anybody asks for it; what changes meanwhile ends that, and it is made when asked. */
  planAhead(
    day: Day,
    grid: string | undefined,
    pause: () => Promise<void> | undefined,
  ): Promise<void>
  /** The list where it is made and still true. */
  planned(day: Day, grid: string | undefined): Today | null
  /** All streams of which anything came. */
  streams(): readonly string[]
  /** From now on colours know of requests of help, and the list of today of declarations. */
  readHelpBy(reader: HelpReader, declared?: DeclaredReader): void
  /** Own mutations, saved durably before. */
  applyOwn(mutations: readonly Mutation[]): void
  /** Mutations that no longer wait: delivered (their page follows or came) or given up. */
  settle(ids: readonly string[]): void
  dropStream(stream: string): void
  clear(): void
}

export type FieldsOf<K extends Kind> = Fields<K>
