/** The subdistrict and the first administrator of a database that has no account yet. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { divisions } from '#domain/divisions.ts'
import type { FirstPlaces } from '#protocol/setup.ts'
import { createAccount, isNew } from '../db/accounts.ts'
import { recordAct } from '../db/acts.ts'
import { calendarId } from '../db/audit.ts'
import { insertRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { createPlace } from '../db/streams.ts'
import { transact } from '../db/transact.ts'

export interface FirstOffice {
  readonly name: string
  /** Division code of 9 or 12 digits; null where it is not known. */
  readonly code: string | null
  readonly places: FirstPlaces
  readonly person: string
  readonly login: string
  /** Argon2id, encoded. */
  readonly password: string
  /** Set where the administrator has to choose another password at the first sign-in. */
  readonly oneTimeUntil: Date | null
}

export interface FirstOfficeParts {
  readonly now: number
  readonly ids: () => string
}

/** Two first starts at once wait for each other; the number means nothing but this. */
const firstOfficeLock = 5_052_016

/** False where there is an account or a place already: nothing is changed then. */
export function makeFirstOffice(
  db: Kysely<Database>,
  office: FirstOffice,
  parts: FirstOfficeParts,
): Promise<boolean> {
  return transact(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(${firstOfficeLock})`.execute(trx)
    if (!(await isNew(trx))) return false
    const root = await makePlaces(trx, office, parts)
    const admin = parts.ids()
    const { login, person: name, password, oneTimeUntil: one_time_until } = office
    const role = 'admin' as const
    await createAccount(trx, { id: admin, login, name, role, password, one_time_until }, [root])
    await insertRecords(trx, root, [{ kind: 'account', id: admin, fields: { name, role } }])
    await recordAct(trx, {
      ...{ id: parts.ids(), account: admin, role, device: calendarId, at: new Date(parts.now) },
      ...{ act: 'office-made', subject: root, details: { places: office.places } },
    })
    return true
  })
}

/** Returns the subdistrict. */
async function makePlaces(
  trx: Transaction<Database>,
  { name, code, places }: FirstOffice,
  { now, ids }: FirstOfficeParts,
): Promise<string> {
  const root = ids()
  const epoch = Math.floor(now / 1000)
  const at = new Date(now).toISOString()
  const below = places === 'sample' ? divisions : []
  const all = [
    { id: root, parent: null, placeKind: 'subdistrict', name, code, order: 0 },
    ...below.map((one, order) => ({
      ...{ id: ids(), parent: root, placeKind: one.kind, order },
      ...{ name: one.name, code: one.code },
    })),
  ]
  for (const { id, ...place } of all) {
    await createPlace(trx, { id, parent: place.parent, epoch })
    await insertRecords(trx, id, [{ kind: 'place', id, fields: place, at }])
  }
  return root
}
