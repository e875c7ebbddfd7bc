/**
 * Request 诉求: a need that somebody took along at a door, at the desk or by telephone. What it says stands here; what
 * became of it is what its steps lead to (`course.ts`), and never a field of it. Who asked stands apart, in the asker.
 */
import * as v from 'valibot'
import { choice, flag, id, instant, list, maybe, number, telephone, text } from '../field.ts'
import { requestLevels } from './step.ts'

/** 上门, 窗口, 电话, 扫码, 热线, 会议. */
export const requestSources = ['door', 'desk', 'telephone', 'page', 'hotline', 'meeting'] as const

/** What the record is about, by kind: it goes along with that to another grid. */
export const siteKinds = ['resident', 'household', 'dwelling', 'building'] as const
export type SiteKind = (typeof siteKinds)[number]

export const requestSchema = v.pipe(
  v.looseObject({
    /** As the asker reads it out on the telephone; it opens nothing. */
    number: text(24),
    /** The record that it is about; none where it is about no door. */
    site: maybe(id),
    siteKind: maybe(choice(siteKinds)),
    /** Where, in words: for a place without a record, or a spot in one. */
    where: maybe(text(100)),
    latitude: maybe(number(-90, 90)),
    longitude: maybe(number(-180, 180)),
    words: maybe(text(1_000)),
    /** Of the catalogue; null until somebody chose one. */
    item: maybe(id),
    itemName: maybe(text(30)),
    level: choice(requestLevels),
    source: choice(requestSources),
    at: instant,
  }),
  // A need without words is one of the catalogue; one that is in no catalogue has words.
  v.forward(
    v.partialCheck([['words'], ['item']], ({ words, item }) => Boolean(words ?? item), 'required'),
    ['words'],
  ),
)
export type Request = v.InferOutput<typeof requestSchema>

/** A possession link: 128 random bits in an address, of which only the hash leaves the device. */
export const tokenSchema = v.looseObject({
  /** SHA-256 in hexadecimal. */
  hash: v.pipe(v.string('wrong-shape'), v.regex(/^[0-9a-f]{64}$/, 'wrong-shape')),
  made: instant,
  ended: maybe(instant),
})
export type AskerToken = v.InferOutput<typeof tokenSchema>

/** Asker 诉求人: how to call somebody back. Nothing of it is required, and a unit sees it only where the person agreed. */
export const askerSchema = v.looseObject({
  request: id,
  name: maybe(text(40)),
  telephone: maybe(telephone),
  /** The person agreed that the unit may call. */
  isToldToUnit: maybe(flag),
  /** The resident whom a worker recognised. */
  resident: maybe(id),
  tokens: maybe(list(tokenSchema, 20)),
})
export type Asker = v.InferOutput<typeof askerSchema>
