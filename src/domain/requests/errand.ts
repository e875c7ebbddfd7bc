/**
 * Errand 办件: what a unit gets of a request, in the unit's own stream. It holds what the unit needs to act and nothing
 * of the register: no asker, no resident, no colour; numbers in its words are masked. The server writes it.
 */
import * as v from 'valibot'
import { idBornIn } from '../born-ids.ts'
import { choice, flag, id, instant, list, maybe, number, text, whole } from '../field.ts'
import { endings, noteReasons, requestLevels, requestStates, steps } from './step.ts'

export const errandSchema = v.looseObject({
  request: id,
  /** The grid's stream in which the request stood when this was written. */
  stream: id,
  number: text(24),
  round: whole(1, 1_000),
  item: maybe(id),
  itemName: maybe(text(30)),
  level: choice(requestLevels),
  words: maybe(text(1_000)),
  where: maybe(text(200)),
  latitude: maybe(number(-90, 90)),
  longitude: maybe(number(-180, 180)),
  /** Only where the person agreed. */
  contact: maybe(text(80)),
  state: choice(requestStates),
  /** The answer of the lead moves the request; that of a co-unit is a note. */
  isLead: flag,
  dispatchedAt: instant,
  due: maybe(instant),
  suspendedUntil: maybe(text(10)),
  /** The newest step of the request that this shows: the next step of the unit names it. */
  lastStep: maybe(id),
  /** What the office or the asker said last, for the unit. */
  lastWords: maybe(text(1_000)),
  endedAt: maybe(instant),
  /** Why it ended: recalled, answered, withdrawn … */
  endedBy: maybe(choice(steps)),
})
export type Errand = v.InferOutput<typeof errandSchema>

/** A step of the unit; the server writes its twin beside the request in the same moment. */
export const errandStepSchema = v.looseObject({
  errand: id,
  step: choice([
    'sign',
    'note',
    'answer',
    'resume',
    'ask-return',
    'ask-suspension',
    'ask-extension',
    'withdraw-ask',
  ]),
  words: maybe(text(1_000)),
  wordsForAsker: maybe(text(500)),
  /** Ids of photographs that the unit took. */
  photos: maybe(list(id, 9)),
  after: maybe(id),
  at: instant,
  ending: maybe(choice(endings)),
  reason: maybe(text(40)),
  until: maybe(text(10)),
  days: maybe(whole(1, 30)),
  /** Unit that the reason suggests instead. */
  suggested: maybe(id),
  // The server's word: whether it moved the request, and else why not.
  moved: maybe(flag),
  why: maybe(choice(noteReasons)),
})
export type ErrandStep = v.InferOutput<typeof errandStepSchema>

/**
 * The id of what a unit has of a request in one round: made of the three, so that it is known before it is looked for.
 * Two ids differ wherever the requests do, whose ids hold 74 random bits (RFC 9562, version 7).
 */
export function errandId(request: string, unit: string, round: number): string {
  const [a, b] = [request, unit].map((id) => id.toLowerCase().replaceAll('-', ''))
  let mixed = ''
  for (let index = 0; index < 32; index += 1) {
    const digit = Number.parseInt(a?.[index] ?? '0', 16) ^ Number.parseInt(b?.[index] ?? '0', 16)
    mixed += (
      index >= 30 ? digit ^ (index === 31 ? round & 15 : (round >> 4) & 15) : digit
    ).toString(16)
  }
  // Version 8 (custom) and the variant of RFC 9562.
  return [
    mixed.slice(0, 8),
    mixed.slice(8, 12),
    `8${mixed.slice(13, 16)}`,
    `9${mixed.slice(17, 20)}`,
    mixed.slice(20),
  ].join('-')
}

/** The id that a unit's own photograph has beside the request: known before the picture came, so that a step names it. */
export function photoOfRequest(request: string, errandPhoto: string): string {
  return idBornIn(request, errandPhoto)
}
