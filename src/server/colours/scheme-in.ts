/** Which scheme colours a place, among the rules that govern it. */
import { defaultScheme, defaultSchemeId } from '#domain/default-scheme.ts'
import type { Scheme } from '#domain/scheme.ts'
import { nearestRules, type RulesAt } from '../db/rules-above.ts'

export interface SchemeInForce {
  readonly id: string
  readonly scheme: Scheme
}

/** The newest one of the nearest place that has one; else the one the product starts with. */
export function schemeIn(way: readonly RulesAt[]): SchemeInForce {
  const newest = nearestRules(way, 'scheme').at(-1)
  return newest
    ? { id: newest.id, scheme: newest.fields as Scheme }
    : { id: defaultSchemeId, scheme: defaultScheme }
}
