import type { DataKey } from '#app/platform/device-keys.ts'
import { compactPages } from './compaction.ts'
import { errorToFault } from './fault.ts'
import { createOutbox } from './outbox.ts'
import { createPages } from './pages.ts'
import { createPhotoShelf } from './photos.ts'
import { createDatabase, type DatabaseFactory } from './schema.ts'
import { createSealedMap } from './sealed-map.ts'
import { createSealer } from './sealer.ts'
import { VaultFault, type Vault } from './vault.ts'

export interface VaultParts {
  readonly account: string
  /** The device's id for this account. */
  readonly device: string
  readonly dataKey: DataKey
  /** Which of the account's databases; the first one where left out. */
  readonly book?: number
  /** The browser's own IndexedDB where left out. */
  readonly factory?: DatabaseFactory
}

/** Opens the account's database, or makes it. Fails with a `VaultFault` where the device's storage does. */
export async function openVault({
  account,
  device,
  dataKey,
  book = 0,
  factory,
}: VaultParts): Promise<Vault> {
  const database = createDatabase(account, book, factory)
  const sealer = createSealer(account, dataKey)
  const pages = createPages(database, sealer)
  const outbox = createOutbox(database, sealer)
  const drafts = createSealedMap(database.drafts, sealer)
  const notes = createSealedMap(database.notes, sealer)
  const photos = createPhotoShelf(database, sealer)
  let closed = false

  /** Every method fails with a `VaultFault` and nothing else, whatever lies below. */
  const guarded =
    <A extends unknown[], T>(act: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      if (closed) throw new VaultFault('closed')
      try {
        return await act(...given)
      } catch (error) {
        throw closed ? new VaultFault('closed', error) : errorToFault(error)
      }
    }

  try {
    await guarded(() => database.db.open())()
  } catch (error) {
    const isFull = error instanceof VaultFault && error.reason === 'disk-full'
    throw isFull ? error : new VaultFault('will-not-open', error)
  }

  return {
    account,
    device,
    load: guarded(pages.load),
    cursors: guarded(pages.cursors),
    streams: guarded(pages.streams),
    addPages: guarded(pages.addPages),
    prove: guarded(pages.prove),
    dropStream: guarded(pages.dropStream),
    compact: guarded(() => compactPages(database, sealer)),
    save: guarded(outbox.save),
    outbox: guarded(outbox.outbox),
    damagedOutbox: guarded(outbox.damagedOutbox),
    giveUpDamaged: guarded(outbox.giveUpDamaged),
    nextWaiting: guarded(outbox.nextWaiting),
    settle: guarded(outbox.settle),
    giveUp: guarded(outbox.giveUp),
    resend: guarded(outbox.resend),
    renumber: guarded(outbox.renumber),
    forgetDelivered: guarded(outbox.forgetDelivered),
    drafts: guarded(drafts.all),
    setDraft: guarded(drafts.set),
    removeDraft: guarded(drafts.remove),
    note: guarded(notes.get),
    setNote: guarded(notes.set),
    photos: {
      add: guarded(photos.add),
      list: guarded(photos.list),
      chunk: guarded(photos.chunk),
      mark: guarded(photos.mark),
      remove: guarded(photos.remove),
      takeFrom: guarded(photos.takeFrom),
    },
    close() {
      closed = true
      sealer.close()
      database.db.close()
    },
  }
}

/** Takes an earlier database of the account away; only once nothing in it is needed any more. */
export async function deleteBook(
  account: string,
  book: number,
  factory?: DatabaseFactory,
): Promise<void> {
  await createDatabase(account, book, factory).db.delete()
}
