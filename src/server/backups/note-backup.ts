/** A backup on record: that it was taken, and read back from its first to its last line. */
import type { Kysely } from 'kysely'
import { auditAlone, officeChain } from '../db/audit.ts'
import type { Database } from '../db/schema.ts'
import type { WrittenBackup } from './write-backup.ts'

/** After the file lasts: a backup never holds the entry about itself. */
export async function noteBackup(
  db: Kysely<Database>,
  { bytes, rows }: WrittenBackup,
  { at, isSealed }: { readonly at: Date; readonly isSealed: boolean },
): Promise<void> {
  await auditAlone(db, officeChain, {
    ...{ act: 'backup', at: at.toISOString(), account: null },
    facts: { bytes, count: rows, sealed: isSealed, readBack: true },
  })
}
