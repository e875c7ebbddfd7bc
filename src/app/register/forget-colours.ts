/** What colours are worked out anew after a record changed: just those that it had a part in. */
import type { Fields, Kind } from '#domain/record.ts'
import type { AnyRecord } from './base-and-pending.ts'
import type { Colours } from './colours.ts'
import type { Rec } from './register.ts'
import type { Relations } from './relations.ts'

interface Known {
  get<K extends Kind>(kind: K, id: string): Rec<K> | undefined
  readonly relations: Relations
}

export function forgetColours(colours: Colours, record: AnyRecord, known: Known): void {
  const { fields, id } = record
  switch (record.kind) {
    case 'resident':
    case 'visit':
      return ofHousehold(colours, (fields as Fields<'resident' | 'visit'>).household, known)
    case 'household':
      colours.forgetHousehold(id)
      return ofDwelling(colours, (fields as Fields<'household'>).dwelling, known)
    case 'dwelling':
      ofDwelling(colours, id, known)
      return void colours.forgetBuilding((fields as Fields<'dwelling'>).building)
    case 'catalogue':
      // Which matters are help for a person.
      return colours.forgetAll()
    case 'request':
      return ofPersons(colours, id, [(fields as Fields<'request'>).site], known)
    case 'request-step':
      return ofPersons(colours, (fields as Fields<'request-step'>).request, [], known)
    case 'asker': {
      const { request, resident } = fields as Fields<'asker'>
      return ofPersons(colours, request, [resident], known)
    }
    default:
      return
  }
}

/** Those whom a request is about or from. */
function ofPersons(
  colours: Colours,
  request: string,
  more: readonly (string | null | undefined)[],
  known: Known,
): void {
  const askers = known.relations.of('askersOfRequest', request)
  const persons = [
    ...more,
    known.get('request', request)?.fields.site,
    ...askers.map((id) => known.get('asker', id)?.fields.resident),
  ]
  for (const person of persons) {
    const household = person ? known.get('resident', person)?.fields.household : undefined
    if (household) ofHousehold(colours, household, known)
  }
}

function ofHousehold(colours: Colours, id: string, known: Known): void {
  colours.forgetHousehold(id)
  const dwelling = known.get('household', id)?.fields.dwelling
  if (dwelling) ofDwelling(colours, dwelling, known)
}

/** A dwelling colours all of its households, and its building counts them. */
function ofDwelling(colours: Colours, id: string, known: Known): void {
  colours.forgetDwelling(id)
  for (const home of known.relations.of('householdsOfDwelling', id)) colours.forgetHousehold(home)
  const building = known.get('dwelling', id)?.fields.building
  if (building) colours.forgetBuilding(building)
}
