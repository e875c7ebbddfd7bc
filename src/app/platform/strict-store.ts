/**
 * A store of keys and values whose writes are on the disk when they resolve. It has the shape of idb-keyval's
 * `createStore`, whose own writes may still be lost in a power cut: a PIN counter must not be set back by one.
 */
export type StrictStore = <T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => T | PromiseLike<T>,
) => Promise<T>

export function openStrictStore(database: string, factory?: IDBFactory): StrictStore {
  const name = 'values'
  let opened: Promise<IDBDatabase> | null = null

  const open = () => {
    opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = (factory ?? indexedDB).open(database, 1)
      request.onupgradeneeded = () => void request.result.createObjectStore(name)
      request.onsuccess = () => {
        const db = request.result
        const forget = () => (opened = null)
        db.onclose = forget // the browser closed it: the next use opens it again
        db.onversionchange = () => {
          db.close()
          forget()
        }
        resolve(db)
      }
      request.onerror = () => {
        opened = null
        reject(request.error ?? new Error('no database'))
      }
    })
    return opened
  }

  return async (mode, act) => {
    const db = await open()
    return act(db.transaction(name, mode, { durability: 'strict' }).objectStore(name))
  }
}
