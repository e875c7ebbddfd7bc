/** Words that a person types into a form, as they come to lie on the device. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * Types into a field of a form that was changed before, and waits until its draft on the disk has grown by these words:
 * sealed, it is as long as what it holds and a little more.
 */
export async function typeIntoDraft(page: Page, field: Locator, text: string): Promise<void> {
  await expect.poll(() => bytesOfDrafts(page)).toBeGreaterThan(0)
  const before = await bytesOfDrafts(page)
  await field.fill(text)
  const grown = before + Buffer.byteLength(text)
  await expect.poll(() => bytesOfDrafts(page)).toBeGreaterThanOrEqual(grown)
}

/** All drafts of the accounts of a device, as they lie in their databases. */
async function bytesOfDrafts(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(request.error?.message))
      })
    let bytes = 0
    for (const { name = '' } of await indexedDB.databases()) {
      if (!/^wuse-[\da-f]{8}-[\da-f-]{27}$/.test(name)) continue
      const database = await done(indexedDB.open(name))
      const rows = (await done(database.transaction('drafts').objectStore('drafts').getAll())) as {
        readonly box: Uint8Array
      }[]
      database.close()
      bytes += rows.reduce((sum, { box }) => sum + box.byteLength, 0)
    }
    return bytes
  })
}
