import { Migrator, sql, type Kysely, type Migration } from 'kysely'
import { up as firstDay } from './migrations/0001-first-day.ts'
import { up as devices } from './migrations/0002-devices.ts'
import { up as moves } from './migrations/0003-moves.ts'
import { up as scheme } from './migrations/0005-scheme.ts'
import { up as overview } from './migrations/0006-overview.ts'
import { up as imports } from './migrations/0007-imports.ts'
import { up as placesPeople } from './migrations/0009-places-people.ts'
import { up as audit } from './migrations/0010-audit.ts'
import { up as policy } from './migrations/0011-policy.ts'
import { up as standing } from './migrations/0016-standing.ts'
import { up as authority } from './migrations/0020-authority.ts'
import { up as ids } from './migrations/0021-ids.ts'
import { up as signIn } from './migrations/0022-sign-in.ts'
import { up as actsOnlyGrow } from './migrations/0023-acts-only-grow.ts'
import { up as sessionPasses } from './migrations/0024-session-passes.ts'
import { up as proofs } from './migrations/0025-proofs.ts'
import { up as clocksAndAnswers } from './migrations/0026-clocks-and-answers.ts'
import { up as purgeList } from './migrations/0027-purge-list.ts'
import { up as passes } from './migrations/0028-passes.ts'
import { up as requestStates } from './migrations/0032-request-states.ts'
import { up as errandsOfRequests } from './migrations/0045-errands-of-requests.ts'
import { up as helpOfRequests } from './migrations/0046-help-of-requests.ts'
import { up as severalServers } from './migrations/0047-several-servers.ts'
import { up as visitsAndReasons } from './migrations/0055-visits-and-reasons.ts'
import { up as followCodes } from './migrations/0065-follow-codes.ts'
import { up as pastOfRequests } from './migrations/0066-past-of-requests.ts'
import { up as hotline } from './migrations/0070-hotline.ts'
import { up as rulesAbove } from './migrations/0071-rules-above.ts'
import { up as sessionByDevice } from './migrations/0076-session-by-device.ts'
import { up as leaseTaken } from './migrations/0077-lease-taken.ts'
import { up as residentPage } from './migrations/0080-resident-page.ts'
import { up as photos } from './migrations/0085-photos.ts'
import { up as coverage } from './migrations/0095-coverage.ts'
import { up as askedPhotos } from './migrations/0097-asked-photos.ts'
import { up as notifications } from './migrations/0098-notifications.ts'
import { indexes as chunksByHash } from './migrations/0101-chunks-by-hash.ts'
import { indexes as photosOfUnits } from './migrations/0100-photos-of-units.ts'
import { up as coverageSums } from './migrations/0140-coverage-sums.ts'
import { indexes as landlordLinks } from './migrations/0110-landlord-links.ts'
import { indexes as topics } from './migrations/0120-topics.ts'
import { indexes as voicesOfResidents } from './migrations/0121-voices-of-residents.ts'
import { indexes as voicesOfTopics } from './migrations/0150-voices-of-topics.ts'
import { indexes as plates } from './migrations/0160-plates.ts'
import { indexes as funds } from './migrations/0170-funds.ts'
import { indexes as searching } from './migrations/0190-search.ts'
import { up as rulesOfPlaces } from './migrations/0191-rules-of-places.ts'
import { up as triesOfDevices } from './migrations/0193-tries-of-devices.ts'
import { up as help } from './migrations/0194-help.ts'
import { up as courseHead } from './migrations/0195-course-head.ts'
import { indexes as streamsOfEditions } from './migrations/0196-streams-of-editions.ts'
import { indexes as inOrder } from './migrations/0197-table-in-order.ts'
import { oneAfterTheOther } from './distribution.ts'
import { buildIndexes, type LaterIndex } from './indexes.ts'
import type { Database } from './schema.ts'

interface Step {
  readonly up: (db: Kysely<unknown>) => Promise<void>
  /** Made after all migrations, while others write. */
  readonly indexes?: readonly LaterIndex[]
}

/** Of a migration that makes nothing but indexes (`indexes.ts`). */
const indexesAlone = () => Promise.resolve()

/** A migration that was released is never edited: a change is one of its own. */
export const migrations = {
  '0001-first-day': { up: firstDay },
  '0002-devices': { up: devices },
  '0003-moves': { up: moves },
  '0005-scheme': { up: scheme },
  '0006-overview': { up: overview },
  '0007-imports': { up: imports },
  '0009-places-people': { up: placesPeople },
  '0010-audit': { up: audit },
  '0011-policy': { up: policy },
  '0016-standing': { up: standing },
  '0020-authority': { up: authority },
  '0021-ids': { up: ids },
  '0022-sign-in': { up: signIn },
  '0023-acts-only-grow': { up: actsOnlyGrow },
  '0024-session-passes': { up: sessionPasses },
  '0025-proofs': { up: proofs },
  '0026-clocks-and-answers': { up: clocksAndAnswers },
  '0027-purge-list': { up: purgeList },
  '0028-passes': { up: passes },
  '0032-request-states': { up: requestStates },
  '0045-errands-of-requests': { up: errandsOfRequests },
  '0046-help-of-requests': { up: helpOfRequests },
  '0047-several-servers': { up: severalServers },
  '0055-visits-and-reasons': { up: visitsAndReasons },
  '0065-follow-codes': { up: followCodes },
  '0066-past-of-requests': { up: pastOfRequests },
  '0070-hotline': { up: hotline },
  '0071-rules-above': { up: rulesAbove },
  '0076-session-by-device': { up: sessionByDevice },
  '0077-lease-taken': { up: leaseTaken },
  '0080-resident-page': { up: residentPage },
  '0085-photos': { up: photos },
  '0095-coverage': { up: coverage },
  '0097-asked-photos': { up: askedPhotos },
  '0098-notifications': { up: notifications },
  '0100-photos-of-units': { up: indexesAlone, indexes: photosOfUnits },
  '0101-chunks-by-hash': { up: indexesAlone, indexes: chunksByHash },
  '0140-coverage-sums': { up: coverageSums },
  '0110-landlord-links': { up: indexesAlone, indexes: landlordLinks },
  '0120-topics': { up: indexesAlone, indexes: topics },
  '0121-voices-of-residents': { up: indexesAlone, indexes: voicesOfResidents },
  '0150-voices-of-topics': { up: indexesAlone, indexes: voicesOfTopics },
  '0160-plates': { up: indexesAlone, indexes: plates },
  '0170-funds': { up: indexesAlone, indexes: funds },
  '0190-search': { up: indexesAlone, indexes: searching },
  '0191-rules-of-places': { up: rulesOfPlaces },
  '0193-tries-of-devices': { up: triesOfDevices },
  '0194-help': { up: help },
  '0195-course-head': { up: courseHead },
  '0196-streams-of-editions': { up: indexesAlone, indexes: streamsOfEditions },
  '0197-table-in-order': { up: indexesAlone, indexes: inOrder },
} satisfies Readonly<Record<string, Step>>

/** By name, as a backup says of what it was taken. */
export const newestMigration = Object.keys(migrations).sort().at(-1) ?? ''

/** Whether a database is of this version, without changing anything in it; `none`: nobody made a register there. */
export async function stateOfSchema(
  db: Kysely<Database>,
): Promise<'none' | 'older' | 'same' | 'newer'> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(db)
  if (!rows[0]?.found) return 'none'
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const names = new Set(done.rows.map(({ name }) => name))
  if ([...names].some((name) => !Object.hasOwn(migrations, name))) return 'newer'
  return Object.keys(migrations).every((name) => names.has(name)) ? 'same' : 'older'
}

/**
 * Brings the schema up to this version, or no further than a migration of that name; does nothing where it is. Several
 * servers may start at once: the first does it.
 */
export async function migrate(db: Kysely<Database>, through?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(oneByOne(migrations)) },
    // 0150 and 0170 came when 0190 had run somewhere: what is not there yet is made, whatever its number.
    allowUnorderedMigrations: true,
  })
  const { error } = await (through ? migrator.migrateTo(through) : migrator.migrateToLatest())
  if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error })
  await buildIndexes(db, await indexesOf(db))
}

/**
 * All run in one transaction, in which an engine of several machines may not ask its parts at once before it changes
 * tables.
 */
function oneByOne(steps: Readonly<Record<string, Step>>): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(steps).map(([name, { up }]) => [
      name,
      {
        async up(db: Kysely<unknown>) {
          await oneAfterTheOther(db as Kysely<Database>)
          await up(db)
        },
      },
    ]),
  )
}

/** Those of the migrations that ran. */
async function indexesOf(db: Kysely<Database>): Promise<readonly LaterIndex[]> {
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name`.execute(db)
  const steps: Readonly<Record<string, Step>> = migrations
  return rows.flatMap(({ name }) => steps[name]?.indexes ?? [])
}
