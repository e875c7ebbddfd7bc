/** A place becomes one of another kind, where nothing in it is forbidden then; under another place where it has to be. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import { mayAssignGrids, mayKeepPlaces } from '#domain/permission-of-places.ts'
import { obstacleToKind } from '#domain/place-rules.ts'
import type { TurnPlace } from '#protocol/places.ts'
import { placesBelow, stateOfPlace, type PlaceRow } from '../db/places.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { perform, refuseAct, type Acting, type Performed } from './perform.ts'
import { keptPlace, moveUnder } from './places.ts'
import { putRecords } from './put-records.ts'

export function turnPlace(
  db: Kysely<Database>,
  acting: Acting,
  {
    place: id,
    placeKind: to,
    parent: above,
    before,
  }: Pick<TurnPlace, 'place' | 'placeKind' | 'parent' | 'before'>,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'place-turned', subject: id, content: { to, parent: above, before } },
    {
      async allow(trx, by) {
        // Nothing comes in while it is looked at.
        await lockStreams(trx, [id, above])
        const { role } = by.account
        const places = await placesBelow(trx, by.account.id)
        const place = await keptPlace(trx, by, id, places)
        const parent = places.get(above) ?? refuseAct('not-found')
        if (parent.closed) refuseAct('place-closed')
        if (!mayKeepPlaces(role, to) || to === 'subdistrict' || above === id) {
          refuseAct('not-allowed')
        }
        if (place.parent !== above && !mayAssignGrids(role)) refuseAct('not-allowed')
      },
      async work(trx, by) {
        const places = await placesBelow(trx, by.account.id)
        const { kind, name, parent } = await keptPlace(trx, by, id, places)
        if (kind !== before || kind === to) refuseAct('changed-meanwhile')
        const under = places.get(above)?.kind ?? refuseAct('not-allowed')
        const below = [...places.values()].filter((one) => one.parent === id && !one.closed)
        const obstacle = obstacleToKind(to, {
          ...{ kind, parent: under },
          below: kindsOf(below),
          roles: await rolesIn(trx, id),
          hasRecords: await hasRecords(trx, id),
        })
        if (obstacle) refuseAct(obstacle.what === 'parent' ? 'not-allowed' : 'place-not-empty')
        const moved = parent === above ? [] : await moveUnder(trx, by, id, above)
        const siblings = [...places.values()].filter((one) => one.parent === above).length
        const fields = {
          placeKind: to,
          ...(parent === above ? {} : { parent: above, order: siblings }),
        }
        const told = await putRecords(trx, [{ stream: id, kind: 'place', id, fields }], by)
        const details = { name, placeKind: [kind, to], parent: [parent, above] }
        return { details, moved: [...told, ...moved] }
      },
      stateOf: (trx) => stateOfPlace(trx, id),
    },
  )
}

function kindsOf(places: readonly PlaceRow[]) {
  return places.flatMap(({ kind }) => (kind === null ? [] : [kind]))
}

async function rolesIn(trx: Transaction<Database>, place: string): Promise<Role[]> {
  const rows = await trx
    .selectFrom('account_place')
    .innerJoin('account', 'account.id', 'account_place.account')
    .select('account.role')
    .distinct()
    .where('account_place.place', '=', place)
    .where('account.closed', '=', false)
    .execute()
  return rows.map(({ role }) => role as Role)
}

async function hasRecords(trx: Transaction<Database>, stream: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from record where stream = ${stream}::uuid and not removed
      and kind not in ('place', 'account') limit 1`.execute(trx)
  return rows.length > 0
}
