/** A database that does not open: work goes on beside it, and what lies in it is sent once it opens again. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, expect, it, vi } from 'vitest'
import { argon2idHere } from '#app/platform/argon.ts'
import { textToBytes } from '#app/platform/sealing.ts'
import { openStrictStore } from '#app/platform/strict-store.ts'
import { createAccounts } from '#app/vault/accounts.ts'
import { createKeyStore } from '#app/vault/key-store.ts'
import { createKeyring } from '#app/vault/keyring.ts'
import { deleteBook, openVault } from '#app/vault/open-vault.ts'
import { databaseName, type DatabaseFactory } from '#app/vault/schema.ts'
import type { Session } from '#protocol/session.ts'
import { account, device, mutationOf } from './open-test-vault.ts'

const session: Session = {
  ok: true,
  account: { id: account, name: '样本工作者', role: 'worker' },
  device,
  deviceKey: Buffer.alloc(32, 7).toString('base64'),
  now: '2026-11-23T06:32:00.000Z',
}
const pin = '280417'

let broken: Set<string>
let hanging: Set<string>
let idb: IDBFactory
let accounts: ReturnType<typeof createAccounts>

beforeEach(() => {
  // Dexie says that it tries again.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  broken = new Set()
  hanging = new Set()
  idb = new IDBFactory()
  // What Chromium says of a damaged store.
  const failing = new Proxy(idb, {
    get(target, name) {
      if (name !== 'open') {
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      }
      return (database: string, version?: number) => {
        if (broken.has(database)) {
          throw new DOMException('Internal error opening backing store', 'UnknownError')
        }
        if (hanging.has(database)) return {} as IDBOpenDBRequest
        return target.open(database, version)
      }
    },
  })
  const factory: DatabaseFactory = { indexedDB: failing, IDBKeyRange }
  const keyring = createKeyring({
    store: createKeyStore(openStrictStore('wuse-keys', new IDBFactory())),
    derive: (password, salt, cost) =>
      argon2idHere({ password: textToBytes(password), salt, ...cost }),
    cost: { memory: 8, passes: 1 },
    now: () => 1,
  })
  accounts = createAccounts({
    keyring,
    open: (parts) => openVault({ ...parts, factory }),
    deleteBook: (id, book) => deleteBook(id, book, factory),
    // Of a database that hangs; one that opens is waited for, however busy the machine is.
    patience: () => new Promise((resolve) => hanging.size > 0 && setTimeout(resolve, 20)),
  })
})

const unlock = async () => {
  const opened = await accounts.unlock(account, pin)
  if (!opened.ok) throw new Error('wrong PIN')
  return opened.vault
}
const names = async () => (await idb.databases()).map(({ name }) => name)

async function workAndBreak() {
  const vault = await accounts.choosePin(session, 'grid-01', pin)
  await vault.save([mutationOf(1), mutationOf(2), mutationOf(3)])
  await vault.settle([{ id: mutationOf(1).id, seq: 1, ok: true, version: 1 }], 5)
  await vault.settle([{ id: mutationOf(2).id, seq: 2, ok: false, problem: 'record-gone' }], 5)
  await vault.setDraft('resident/1', { name: '样本' })
  vault.close()
  broken.add(databaseName(account))
}

it('is said in words, and no try at it deletes anything', async () => {
  await workAndBreak()
  await expect(unlock()).rejects.toMatchObject({ reason: 'will-not-open' })
  await expect(unlock()).rejects.toMatchObject({ reason: 'will-not-open' })
  broken.clear()
  expect(await (await unlock()).outbox(true)).toHaveLength(3)
})

it('is left as it lies while another one is worked in; once it opens, all its work goes on there', async () => {
  await workAndBreak()
  await expect(unlock()).rejects.toMatchObject({ reason: 'will-not-open' })
  await accounts.beginAnew(account)
  const second = await unlock()
  expect(await second.outbox(true)).toEqual([])
  expect(await second.cursors()).toEqual({})
  await second.save([mutationOf(4)])
  second.close()
  expect(await names()).toContain(databaseName(account))

  broken.clear()
  const healed = await unlock()
  const waiting = await healed.nextWaiting(10)
  expect(waiting.map(({ id, seq }) => [id, seq])).toEqual([
    [mutationOf(4).id, 1],
    // With its own ids under new numbers: what the server had it answers again.
    [mutationOf(1).id, 2],
    [mutationOf(2).id, 3],
    [mutationOf(3).id, 4],
  ])
  expect((await healed.drafts()).get('resident/1')).toEqual({ name: '样本' })
  healed.close()
  expect(await names()).toEqual([databaseName(account, 1)])
  expect(await (await unlock()).outbox(true)).toHaveLength(4)
})

it('that never answers holds up nobody', async () => {
  await workAndBreak()
  await accounts.beginAnew(account)
  broken.clear()
  hanging.add(databaseName(account))
  expect(await (await unlock()).outbox(true)).toEqual([])
})

it('may happen to the second one as well; both give their work in the end', async () => {
  await workAndBreak()
  await accounts.beginAnew(account)
  const second = await unlock()
  await second.save([mutationOf(5)])
  second.close()
  broken.add(databaseName(account, 1))
  await expect(unlock()).rejects.toMatchObject({ reason: 'will-not-open' })
  await accounts.beginAnew(account)
  ;(await unlock()).close()
  broken.clear()
  const ids = (await (await unlock()).outbox(true)).map(({ mutation }) => mutation.id)
  expect(new Set(ids)).toEqual(new Set([1, 2, 3, 5].map((number) => mutationOf(number).id)))
  expect(await names()).toEqual([databaseName(account, 2)])
})
