/** Photographs of this page as they lie on the phone until they arrived: small already, and gone then. */
import { openStore } from './page.ts'

export interface KeptPhoto {
  readonly id: number
  /** The request, by the id of its page. */
  readonly draft: string
  readonly sha256: string
  /** Never a Blob: some browsers lose those. */
  readonly bytes: ArrayBuffer
  /** A JPEG, base64. */
  readonly thumbnail: string
  readonly at: number
  /** The follow-up code, once the words have arrived: from then on it goes by itself. */
  readonly token: string | null
}

let opened: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = openStore('ask')
    request.onupgradeneeded = () => {
      request.result.createObjectStore('photo', { keyPath: 'id', autoIncrement: true })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no store'))
  })
  return opened
}

/** What one request of a transaction gives once the whole of it lasts. */
async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await open()
  return new Promise((resolve, reject) => {
    const transaction = db.transaction('photo', mode)
    const request = work(transaction.objectStore('photo'))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error ?? new Error('not kept'))
  })
}

/** Longer than a draft's words they do not stay. */
const keptMs = 7 * 24 * 3_600_000

export async function keptPhotos(now: number): Promise<readonly KeptPhoto[]> {
  const all = await inStore<KeptPhoto[]>(
    'readonly',
    (store) => store.getAll() as IDBRequest<KeptPhoto[]>,
  )
  const old = all.filter(({ at }) => now - at > keptMs)
  for (const { id } of old) await dropKept(id)
  return all.filter((one) => !old.includes(one))
}

export async function keepPhoto(photo: Omit<KeptPhoto, 'id'>): Promise<number> {
  return (await inStore('readwrite', (store) => store.add(photo))) as number
}

export async function changeKept(photo: KeptPhoto): Promise<void> {
  await inStore('readwrite', (store) => store.put(photo))
}

export async function dropKept(id: number): Promise<void> {
  await inStore('readwrite', (store) => store.delete(id))
}
