/** What an account of a large office holds on a device: all of its streams, or those above its grids and the ones that it opened. */
import { holdByDemand } from '#domain/held-by-demand.ts'
import { mayHoldByDemand } from '#domain/permission-of-access.ts'
import { isGrid, placeKinds, type PlaceKind } from '#domain/place.ts'
import { cursorsToHeld } from '#protocol/held.ts'
import type { Demand, PullRequest } from '#protocol/pull.ts'
import { placeRecordsOf } from '../db/places.ts'
import type { SessionRow } from '../db/sessions.ts'
import { readStanding, residentsOf } from '../db/standing.ts'
import type { ScopedStream } from '../db/streams.ts'
import type { Office } from './context.ts'

export interface Held {
  readonly streams: readonly ScopedStream[]
  /** Null where the device holds everything. */
  readonly demand: Demand | null
  /** Streams of the account that the device does not hold. */
  readonly away: readonly string[]
}

export async function heldOf(
  { db, deviceResidents }: Pick<Office, 'db' | 'deviceResidents'>,
  { role }: Pick<SessionRow, 'role'>,
  asked: PullRequest['demand'],
  streams: readonly ScopedStream[],
): Promise<Held> {
  const all = { streams, demand: null, away: [] }
  if (!asked || !mayHoldByDemand(role)) return all
  const ids = streams.filter(({ own }) => own).map(({ id }) => id)
  const standing = await readStanding(db, ids)
  const residents = (id: string) => residentsOf(standing.get(id))
  // Most offices are far below it, and need no more than this one look.
  const sum = ids.reduce((total, id) => total + residents(id), 0)
  if (sum <= deviceResidents && !asked.isOn) return all
  const places = await placeRecordsOf(db, ids)
  const holdable = streams.map(({ id, own }) => ({
    ...{ id, own, residents: residents(id) },
    isGrid: isGrid(kindOf(places.get(id)?.fields['placeKind'])),
  }))
  const chosen = holdByDemand(holdable, asked, deviceResidents)
  if (!chosen) return all
  const outline = chosen.places.flatMap((id) => {
    const place = places.get(id)
    return place
      ? [{ kind: 'place' as const, id, version: place.version, fields: place.fields }]
      : []
  })
  const outlineDigest = cursorsToHeld(
    Object.fromEntries(outline.map(({ id, version }) => [id, { epoch: 0, version }])),
  )
  const byDemand = new Set(chosen.places)
  const isHeld = (id: string) => !byDemand.has(id) || chosen.held.has(id)
  return {
    streams: streams.filter(({ id }) => isHeld(id)),
    away: streams.filter(({ id }) => !isHeld(id)).map(({ id }) => id),
    demand: {
      ...{ held: [...chosen.held], residents: chosen.residents, places: chosen.places.length },
      ...{ most: deviceResidents, outlineDigest },
      ...(asked.outline === outlineDigest ? {} : { outline }),
    },
  }
}

function kindOf(value: unknown): PlaceKind | null {
  return placeKinds.find((kind) => kind === value) ?? null
}
