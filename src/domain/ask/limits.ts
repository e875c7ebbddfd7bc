/** How much of the page goes straight to a grid before a person looks first: data of a place, and what counts without. */
import * as v from 'valibot'
import { maybe, telephone, whole } from '../field.ts'

/** Of a community or subdistrict: what its stickers' pages say and let through. */
export const pageSettingsSchema = v.looseObject({
  /** Shown on the page, and on that of a code that was stopped. */
  telephone: maybe(telephone),
  codeHour: maybe(whole(0, 10_000)),
  codeDay: maybe(whole(0, 10_000)),
  placeHour: maybe(whole(0, 100_000)),
})
export type PageSettings = v.InferOutput<typeof pageSettingsSchema>

export interface AskLimits {
  /** Requests of one code that enter a stream unasked, within an hour and within a day of 24 hours. */
  readonly codeHour: number
  readonly codeDay: number
  /** Of one community within an hour. */
  readonly placeHour: number
}

export const usualLimits: AskLimits = { codeHour: 6, codeDay: 20, placeHour: 300 }

/** What waits: far more than any street writes, and less than what fills a disk. Those with proof of work have room of their own. */
export const mostWaiting = { ofCode: 200, ofCodeProven: 2_000, ofPlace: 20_000 } as const

export function limitsOf(settings: PageSettings | null | undefined): AskLimits {
  return {
    codeHour: settings?.codeHour ?? usualLimits.codeHour,
    codeDay: settings?.codeDay ?? usualLimits.codeDay,
    placeHour: settings?.placeHour ?? usualLimits.placeHour,
  }
}

export interface AskedBefore {
  readonly ofCodeThisHour: number
  readonly ofCodeToday: number
  readonly ofPlaceThisHour: number
}

export const waitReasons = [
  /** More than usual of this code or community. */
  'many',
  /** Without the work of a device: no script, an old browser, a slow one. */
  'no-proof',
  /** Several links in the words. */
  'links',
  /** For the office alone, by the asker's wish. */
  'private',
] as const
export type WaitReason = (typeof waitReasons)[number]

const mostLinks = 2

/** Why a request waits for a person; null where it goes to its grid at once. */
export function waitsFor(
  said: { readonly words: string | null; readonly isPrivate: boolean },
  isProven: boolean,
  before: AskedBefore,
  limits: AskLimits,
): WaitReason | null {
  if (said.isPrivate) return 'private'
  if (!isProven) return 'no-proof'
  if ((said.words?.match(/https?:\/\/|www\./gi) ?? []).length > mostLinks) return 'links'
  const isMany =
    before.ofCodeThisHour >= limits.codeHour ||
    before.ofCodeToday >= limits.codeDay ||
    before.ofPlaceThisHour >= limits.placeHour
  return isMany ? 'many' : null
}
