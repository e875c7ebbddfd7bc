/** The catalogue and the calendar in force for some streams: the newest of the nearest place above that has one. */
import type { Kysely } from 'kysely'
import type { Calendar } from '#domain/calendar.ts'
import type { Place } from '#domain/place-schema.ts'
import type { Catalogue, OfficeOf } from '#domain/requests/catalogue.ts'
import {
  createRequestRules,
  newestCalendar,
  newestCatalogue,
  type RequestRules,
} from '#domain/requests/rules.ts'
import { nearestRules, rulesAbove, type RulesAbove, type RulesAt } from './rules-above.ts'
import type { Database } from './schema.ts'

export interface StreamRules extends RequestRules {
  /** Whose own office the stream is, where it is that of a unit; no worker and no handler has its requests. */
  readonly office: OfficeOf
}

export type RulesByStream = ReadonlyMap<string, StreamRules>

/** The catalogue and the calendar in force for one place, as they were saved; null where the product's own counts. */
export async function loadGoverning(
  db: Kysely<Database>,
  place: string,
): Promise<{ readonly catalogue: Catalogue | null; readonly calendar: Calendar | null }> {
  const above = await rulesAbove(db, [place], ['catalogue', 'calendar'])
  const way = above.get(place) ?? []
  return {
    catalogue: newestCatalogue(nearest(way, 'catalogue') as Catalogue[]),
    calendar: newestCalendar(nearest(way, 'calendar') as Calendar[]),
  }
}

/** Every stream that is asked for has rules: the product's own where nobody above it has any. */
export async function loadRequestRules(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<RulesByStream> {
  return requestRulesOf(await rulesAbove(db, streams, ['catalogue', 'calendar']))
}

export function requestRulesOf(above: RulesAbove): RulesByStream {
  return new Map([...above].map(([stream, way]) => [stream, rulesOfWay(way)]))
}

function rulesOfWay(way: readonly RulesAt[]): StreamRules {
  const rules = createRequestRules(
    newestCatalogue(nearest(way, 'catalogue') as Catalogue[]),
    newestCalendar(nearest(way, 'calendar') as Calendar[]),
  )
  return { ...rules, office: officeOf(way) }
}

function officeOf(way: readonly RulesAt[]): OfficeOf {
  const [kind, above] = way.map(({ placeFields }) => (placeFields as Place | null)?.placeKind)
  if (kind !== 'unit') return null
  return above === 'subdistrict' ? 'subdistrict' : 'community'
}

function nearest(way: readonly RulesAt[], kind: 'catalogue' | 'calendar'): unknown[] {
  return nearestRules(way, kind).map(({ fields }) => fields)
}
