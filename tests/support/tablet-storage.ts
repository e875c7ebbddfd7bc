/** What outlives a tab: in memory for deterministic runs, or the real vault and keys over an IndexedDB in memory. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { Session } from '#protocol/session.ts'
import { argon2idHere } from '#app/platform/argon.ts'
import { textToBytes } from '#app/platform/sealing.ts'
import { openStrictStore } from '#app/platform/strict-store.ts'
import type { Accounts, KnownAccount } from '#app/stores/accounts.ts'
import { createAccounts } from '#app/vault/accounts.ts'
import { createKeyStore } from '#app/vault/key-store.ts'
import { createKeyring } from '#app/vault/keyring.ts'
import { deleteBook, openVault } from '#app/vault/open-vault.ts'
import { databaseName } from '#app/vault/schema.ts'
import type { OpenVault } from '#app/vault/accounts.ts'
import type { Vault } from '#app/vault/vault.ts'
import { createDisk, createMemoryVault, type Disk, type MemoryVault } from './memory-vault.ts'

export interface TabletStorage {
  /** By account; empty where the storage is the real one. */
  readonly disks: Map<string, Disk>
  openTab(): TabStorage
  /** As a browser that needs room: an account's database goes, its keys stay. No tab may be open. */
  evict(account: string): Promise<void>
  /** As a failing flash memory: one byte of the oldest box of a table turns. No tab may be open. */
  spoil(account: string, table: 'pages' | 'outbox'): Promise<void>
}

export interface TabStorage {
  readonly accounts: Accounts
  /** The vault in memory that is open; an error where the storage is the real one. */
  vault(): MemoryVault
  /** Nothing that this tab still does reaches the disk, or comes back from it. */
  cutPower(): void
}

export function createMemoryStorage(): TabletStorage {
  const disks = new Map<string, Disk>()
  let known: readonly (KnownAccount & { readonly pin: string })[] = []
  /** By account; sealed on a real disk. */
  const tokens = new Map<string, string>()

  return {
    disks,
    evict(account) {
      disks.delete(account)
      return Promise.resolve()
    },
    spoil: () => Promise.reject(new Error('nothing is sealed in memory')),
    openTab() {
      let vault: MemoryVault | null = null
      const open = (account: string, device: string) => {
        const disk = disks.get(account) ?? createDisk()
        disks.set(account, disk)
        vault = createMemoryVault(account, device, disk)
        const opened: OpenVault = {
          ...vault,
          tokens: {
            read: () => Promise.resolve(tokens.get(account) ?? null),
            keep: (token) => Promise.resolve(void tokens.set(account, token)),
          },
        }
        return opened
      }
      const change = (id: string, to: Partial<KnownAccount>) => {
        known = known.map((one) => (one.id === id ? { ...one, ...to } : one))
      }
      return {
        accounts: {
          known: () => Promise.resolve(known),
          choosePin({ account: { id }, device, token }: Session, login, pin) {
            if (token !== undefined) tokens.set(id, token)
            const others = known.filter((one) => one.id !== id)
            const typed = typeof pin === 'string' ? pin : pin.passphrase
            const kind = typeof pin === 'string' ? 'pin' : 'passphrase'
            known = [
              { id, login, device, pin: typed, pinTriesLeft: 10, kind, passkey: false },
              ...others,
            ]
            return Promise.resolve(open(id, device))
          },
          unlock(id, pin) {
            const account = known.find((one) => one.id === id)
            const left = account?.pinTriesLeft ?? 0
            if (!account || left === 0) return Promise.resolve({ ok: false, triesLeft: 0 })
            const isRight = account.pin === pin
            const triesLeft = isRight ? 10 : left - 1
            change(id, { pinTriesLeft: triesLeft })
            if (!isRight) return Promise.resolve({ ok: false, triesLeft })
            return Promise.resolve({ ok: true, triesLeft, vault: open(id, account.device) })
          },
          changeWayIn(id, pin, way) {
            const account = known.find((one) => one.id === id)
            if (account?.pin !== pin) return Promise.resolve({ ok: false, triesLeft: 9 })
            const typed = typeof way === 'string' ? way : way.passphrase
            known = known.map((one) =>
              one.id === id ? { ...one, pin: typed, kind: 'passphrase' } : one,
            )
            return Promise.resolve({ ok: true, triesLeft: 10, vault: open(id, account.device) })
          },
          opensBy: (_, kind) => kind,
          passkey: () => Promise.resolve(null),
          addPasskey: () => Promise.resolve({ ok: false, triesLeft: 0 }),
          removePasskey: () => Promise.resolve(),
          unlockByPasskey: () => Promise.resolve({ ok: false, triesLeft: 0 }),
          beginAnew: () => Promise.resolve(),
          learn: () => Promise.resolve(),
          unsentFile: () => Promise.resolve(null),
          revoke(id) {
            change(id, { pinTriesLeft: 0 })
            return Promise.resolve()
          },
        },
        vault() {
          if (!vault) throw new Error('no vault was opened')
          return vault
        },
        cutPower: () => vault?.cutPower(0),
      }
    },
  }
}

/** Light, since it guards nobody here. */
const testCost = { memory: 64, passes: 1 }

/** `indexedDB`: what a test may fill before the first tab is opened. */
export function createSealedStorage(
  now: () => number,
): TabletStorage & { readonly indexedDB: IDBFactory } {
  const factory = { indexedDB: new IDBFactory(), IDBKeyRange }
  return {
    indexedDB: factory.indexedDB,
    disks: new Map(),
    evict: (account) =>
      new Promise((resolve, reject) => {
        const request = factory.indexedDB.deleteDatabase(databaseName(account))
        request.onsuccess = () => resolve()
        request.onerror = () => reject(new Error('not evicted'))
      }),
    spoil: (account, table) => spoilFirst(factory.indexedDB, databaseName(account), table),
    openTab() {
      const keyring = createKeyring({
        store: createKeyStore(openStrictStore('wuse-keys', factory.indexedDB)),
        derive: (password, salt, cost) =>
          argon2idHere({ password: textToBytes(password), salt, ...cost }),
        now,
        cost: testCost,
      })
      let isCut = false
      const open = async (parts: Parameters<typeof openVault>[0]) =>
        severable(await openVault({ ...parts, factory }), () => isCut)
      return {
        accounts: {
          ...createAccounts({
            keyring,
            open,
            deleteBook: (account, book) => deleteBook(account, book, factory),
            patience: () => new Promise(() => {}),
          }),
          revoke: (account) => keyring.revoke(account),
        },
        vault() {
          throw new Error('the vault is the real one')
        },
        cutPower: () => (isCut = true),
      }
    },
  }
}

/** A vault whose answers stay out once the power is gone; what it wrote before that is on the disk. */
function severable(vault: Vault, isCut: () => boolean): Vault {
  return new Proxy(vault, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver)
      if (typeof value !== 'function' || name === 'close') return value
      return async (...given: unknown[]) => {
        const never = () => new Promise<never>(() => {})
        if (isCut()) return never()
        const result: unknown = await Reflect.apply(value, target, given)
        return isCut() ? never() : result
      }
    },
  })
}

function spoilFirst(indexedDB: IDBFactory, name: string, table: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`nothing of ${table} was spoilt`))
    const opening = indexedDB.open(name)
    opening.onerror = fail
    opening.onsuccess = () => {
      const db = opening.result
      const writing = db.transaction(table, 'readwrite')
      const walking = writing.objectStore(table).openCursor()
      let wasThere = false
      walking.onsuccess = () => {
        const row = walking.result?.value as { box: Uint8Array } | undefined
        if (!row) return
        wasThere = true
        row.box[row.box.length - 1] = (row.box.at(-1) ?? 0) ^ 1
        walking.result?.update(row)
      }
      writing.oncomplete = () => {
        db.close()
        if (wasThere) resolve()
        else fail()
      }
    }
  })
}
