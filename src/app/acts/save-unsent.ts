/** The file of unsent work: what the server does not have, sealed, for the office to bring in. */
import { instantToDay } from '#domain/day.ts'
import type { UnsentFile } from '#protocol/unsent-file.ts'
import { bytesToBase64 } from '#app/platform/sealing.ts'
import type { Accounts } from '#app/stores/accounts.ts'
import { VaultFault, type Vault } from '#app/vault/vault.ts'
import type { SyncActs } from './sync-acts.ts'

interface Saving {
  readonly vault: Pick<Vault, 'account' | 'outbox' | 'photos'>
  readonly unsentFile: Accounts['unsentFile']
  readonly saveFile: (name: string, text: string) => void
  /** By the device's clock, milliseconds. */
  readonly now: number
}

export async function saveUnsent({
  vault,
  unsentFile,
  saveFile,
  now,
}: Saving): ReturnType<SyncActs['saveFile']> {
  try {
    const mutations = (await vault.outbox()).map((entry) => entry.mutation)
    const photos = await unsentPhotos(vault)
    if (mutations.length === 0 && photos.length === 0) return 'nothing'
    const file = await unsentFile(vault.account, mutations)
    if (!file) return 'sign-in-first'
    const day = instantToDay(new Date(now).toISOString())
    const whole: UnsentFile = photos.length > 0 ? { ...file, photos } : file
    saveFile(`wuse-unsent-${day}.wuse`, JSON.stringify(whole))
    return 'saved'
  } catch (error) {
    if (error instanceof VaultFault) return 'storage'
    throw error
  }
}

/** One of which the disk does not give a chunk is left out: it could not be opened anyway. */
async function unsentPhotos({
  photos,
}: Pick<Vault, 'photos'>): Promise<NonNullable<UnsentFile['photos']>> {
  const found: NonNullable<UnsentFile['photos']> = []
  for (const { id, stream, hashes, state } of await photos.list()) {
    if (state !== 'waiting') continue
    const chunks = await Promise.all(hashes.map((_, index) => photos.chunk(id, index)))
    const whole = chunks.flatMap((chunk) => (chunk ? [bytesToBase64(chunk)] : []))
    if (whole.length === hashes.length) found.push({ stream, photo: id, chunks: whole })
  }
  return found
}
