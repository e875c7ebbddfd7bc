/** What governs the page of a sticker: whose it is, what it offers, and how much goes in unasked. */
import type { Kysely } from 'kysely'
import { limitsOf, type AskLimits, type PageSettings } from '#domain/ask/limits.ts'
import { communities } from '#domain/place.ts'
import type { Place } from '#domain/place-schema.ts'
import type { Item } from '#domain/requests/catalogue.ts'
import { newestCatalogue } from '#domain/requests/rules.ts'
import type { Catalogue } from '#domain/requests/catalogue.ts'
import { requestRulesOf, type StreamRules } from './request-rules.ts'
import { nearestRules, rulesAbove } from './rules-above.ts'
import type { Database } from './schema.ts'

export interface AskPlace {
  /** The community, whose office looks at what waits. */
  readonly place: string
  readonly name: string | null
  readonly telephone: string | null
  /** With which the numbers of its requests begin. */
  readonly letters: string
  readonly limits: AskLimits
  /** The large buttons, in their order; all others can be said in words. */
  readonly items: readonly Item[]
  readonly rules: StreamRules | undefined
}

/** Where nobody gave a community letters. */
const noLetters = 'WS'

export async function askPlaceOf(db: Kysely<Database>, stream: string): Promise<AskPlace> {
  const above = await rulesAbove(db, [stream], ['catalogue', 'calendar'])
  const way = above.get(stream) ?? []
  const places = way.map(({ place, placeFields }) => ({
    place,
    fields: placeFields as Place | null,
  }))
  const home =
    places.find(({ fields }) => fields && communities.includes(fields.placeKind)) ??
    places[1] ??
    places[0]
  const settings: PageSettings | null =
    places.find(({ fields }) => fields?.page)?.fields?.page ?? null
  const saved = nearestRules(way, 'catalogue').map(({ fields }) => fields as Catalogue)
  const items = newestCatalogue(saved)?.items ?? []
  return {
    place: home?.place ?? stream,
    name: home?.fields?.name ?? null,
    telephone: settings?.telephone ?? null,
    letters: places.find(({ fields }) => fields?.letters)?.fields?.letters ?? noLetters,
    limits: limitsOf(settings),
    items: items
      .filter((item) => (item.onPage ?? 0) > 0 && !item.isStaffOnly && !item.isAboutStaff)
      .sort((a, b) => (a.onPage ?? 0) - (b.onPage ?? 0)),
    rules: requestRulesOf(above).get(stream),
  }
}

/** What an item is called now; null of none, and of one that the catalogue does not have. */
export function askedItemName({ rules }: AskPlace, item: string | null): string | null {
  return rules?.itemOf(item)?.name ?? null
}
