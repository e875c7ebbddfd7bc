/** A request as its page shows it: how it stands and by when, its facts, its course, who held it. The screen has the words. */
import { instantToDay, type Day } from '#domain/day.ts'
import type { Course } from '#domain/requests/course.ts'
import type { NoteReason, RequestLevel, RequestState, StepName } from '#domain/requests/step.ts'
import { timeLedger, type Holder } from '#domain/requests/time-ledger.ts'
import type { RequestStep } from '#domain/requests/step.ts'
import type { Register } from '#app/register/register.ts'
import { photosOf } from './photos-of.ts'
import { rulesHere, unitsHere } from './request-rules.ts'
import { placeOfRecord } from './record-place.ts'
import { similarTo } from './request-similar.ts'
import {
  outsideNumbers,
  waitingAct,
  type RequestView,
  type ShownStep,
  type Viewer,
} from './requests.ts'

/** A promise that still runs; null where none was made, or the matter is over. */
export interface DueShown {
  /** ISO 8601 UTC. */
  readonly at: string
  /** It may still move: nobody accepted the matter, or days off are not announced yet. */
  readonly isAbout: boolean
  readonly isLate: boolean
  /** The working days that counted; none where it is a matter of hours. */
  readonly days: readonly Day[]
}

export interface SiteShown {
  /** Its door without a person's name, as far as this device has it; '' elsewhere. */
  readonly door: string
  readonly href: string | null
  /** In words, as somebody wrote it. */
  readonly words: string | null
}

export interface StepShown {
  readonly id: string
  readonly step: StepName
  readonly unit: string | null
  readonly actor: RequestStep['actor'] | null
  readonly at: string
  /** Where it came on a later day than it was done. */
  readonly arrived: string | null
  readonly isFromMerged: boolean
  readonly isPending: boolean
  readonly words: string | null
  readonly wordsForAsker: string | null
  readonly ending: RequestStep['ending'] | null
  /** Taken with it, and how many of them the office does not have yet. */
  readonly photos: { readonly count: number; readonly onWay: number } | null
  /** Of a step that moved nothing. */
  readonly why: NoteReason | null
}

export interface HeldShown {
  readonly holder: Holder
  readonly unit: string | null
  /** Minutes of working time. */
  readonly minutes: number
}

export interface RequestShown {
  readonly state: RequestState
  /** An act of the office that is kept here and counts once the server has it. */
  readonly waits: StepName | null
  readonly unit: string | null
  readonly round: number
  /** Of what is closed. */
  readonly ending: Course['ending']
  readonly due: DueShown | null
  /** Of the catalogue, and its name as it was when it was taken. */
  readonly item: string | null
  readonly itemName: string | null
  readonly words: string | null
  readonly site: SiteShown
  readonly level: RequestLevel
  readonly source: RequestView['request']['fields']['source']
  /** Numbers that other systems know it by: who handed it in, and to whom it was handed. */
  readonly outsideNumbers: readonly string[]
  readonly suspendedUntil: Day | null
  readonly asks: readonly (keyof Course['asks'])[]
  readonly mergedInto: string | null
  /** The highest supervision of an open matter. */
  readonly supervision: number | null
  readonly steps: readonly StepShown[]
  readonly held: readonly HeldShown[]
}

export function requestShown(register: Register, view: RequestView, viewer: Viewer): RequestShown {
  const { request, course, steps } = view
  const { fields } = request
  const units = new Map(unitsHere(register).map(({ id, name }) => [id, name]))
  const there = photosThere(register, request.id)
  return {
    state: course.state,
    waits: waitingAct(view, viewer),
    unit: (course.lead && units.get(course.lead)) ?? null,
    round: course.round,
    ending: course.state === 'closed' ? course.ending : null,
    due: dueShown(view),
    item: fields.item ?? null,
    itemName: fields.itemName ?? null,
    words: fields.words ?? null,
    site: siteShown(register, fields),
    level: course.level,
    source: fields.source,
    outsideNumbers: outsideNumbers(view),
    suspendedUntil: course.suspendedUntil,
    asks: Object.keys(course.asks) as (keyof Course['asks'])[],
    mergedInto: course.mergedInto,
    supervision: course.closedAt ? null : course.supervision,
    steps: steps.map((shown) => stepShown(shown, units, there)),
    held: heldShown(register, view, viewer.now, units),
  }
}

/** What may be the same matter: the first few, and how many they are. Nothing of what went into another already. */
export function similarShown(
  register: Register,
  view: RequestView,
  viewer: Viewer,
): { readonly count: number; readonly first: readonly RequestView[] } {
  const similar = view.course.mergedInto ? [] : similarTo(register, view, viewer)
  return { count: similar.length, first: similar.slice(0, mostSimilar) }
}

const mostSimilar = 3

export function dueShown({ promise, isLate, course }: RequestView): DueShown | null {
  if (!promise || course.closedAt !== null || course.before !== null) return null
  return {
    at: new Date(promise.at).toISOString(),
    isAbout: promise.isEstimate || promise.isProvisional,
    isLate,
    days:
      promise.unit === 'working-days'
        ? promise.days.filter(({ counts }) => counts === 'counted').map(({ day }) => day)
        : [],
  }
}

export function siteShown(
  register: Register,
  { site, siteKind, where }: RequestView['request']['fields'],
): SiteShown {
  const { where: door, href } =
    site && siteKind ? placeOfRecord(register, siteKind, site) : { where: '', href: null }
  return { door, href, words: where ?? null }
}

/** The photographs of a request or an errand by id, and whether the office has each, or will never have it. */
export function photosThere(register: Register, host: string): ReadonlyMap<string, boolean> {
  const photos = photosOf(register, host)
  return new Map(photos.map((one) => [one.id, one.hasArrived || Boolean(one.refusedAs)]))
}

/** `comeLater`: a unit's stand beside the request only once they came. Else one without a record was taken away. */
export function photosNamed(
  photos: readonly string[] | null | undefined,
  there: ReadonlyMap<string, boolean>,
  comeLater: boolean,
): StepShown['photos'] {
  const named = (photos ?? []).filter((id) => comeLater || there.has(id))
  if (named.length === 0) return null
  return { count: named.length, onWay: named.filter((id) => !there.get(id)).length }
}

function stepShown(
  { step, isPending }: ShownStep,
  units: ReadonlyMap<string, string>,
  there: ReadonlyMap<string, boolean>,
): StepShown {
  const { received, at } = step
  return {
    ...{ id: step.id, step: step.step, isPending, at },
    unit: (step.unit && units.get(step.unit)) ?? null,
    actor: step.actor ?? null,
    arrived: received && instantToDay(received) !== instantToDay(at) ? received : null,
    isFromMerged: Boolean(step.fromRequest),
    words: step.words ?? null,
    wordsForAsker: step.wordsForAsker ?? null,
    ending: step.ending ?? null,
    photos: photosNamed(step.photos, there, step.actor === 'handler'),
    why: step.moved === false ? (step.why ?? null) : null,
  }
}

const minuteMs = 60_000

/** 时间账: so a late answer shows where the time went. */
function heldShown(
  register: Register,
  { steps }: RequestView,
  now: number,
  units: ReadonlyMap<string, string>,
): readonly HeldShown[] {
  const { time } = rulesHere(register)
  const judged = steps.map(({ step }) => step)
  return timeLedger(judged, now, time).map(({ holder, unit, spent }) => ({
    holder,
    unit: (unit && units.get(unit)) ?? null,
    minutes: Math.round(spent / minuteMs),
  }))
}
