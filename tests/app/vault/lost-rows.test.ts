/**
 * A disk that lost the value of a row: every request that touches it fails, as Chromium's does where the file of a large
 * value is gone. Whatever row that is, the vault opens, all other work is there, and a lost page costs one fetch.
 */
import { expect, it } from 'vitest'
import { openStrictStore } from '#app/platform/strict-store.ts'
import { createKeyStore } from '#app/vault/key-store.ts'
import { databaseName, type DatabaseFactory } from '#app/vault/schema.ts'
import type { Vault } from '#app/vault/vault.ts'
import {
  account,
  createFactory,
  grid,
  idOf,
  loadAll,
  loadByStream,
  mutationOf,
  openRaw,
  openTestVault,
  otherGrid,
  pageOf,
} from './open-test-vault.ts'

/** What lies below an object store of the IndexedDB in memory. */
interface RawStore {
  getValue: (key: unknown) => unknown
  getAllValues: (range: { includes(key: unknown): boolean } | undefined, count?: number) => unknown
}

/** `nothing`: the answer has no row, as of bytes that are no value any more. */
type Loss = 'fails' | 'nothing'

/** From now on the values of these keys cannot be read; the keys in indexes can. */
async function lose(
  factory: DatabaseFactory,
  name: string,
  table: string,
  keys: readonly IDBValidKey[],
  loss: Loss = 'fails',
) {
  const db = await openRaw(factory, name)
  const store = db.transaction(table).objectStore(table)
  const raw = (store as unknown as { _rawObjectStore: RawStore })._rawObjectStore
  const lost = new Set<unknown>(keys)
  const read = raw.getValue.bind(raw)
  const readAll = raw.getAllValues.bind(raw)
  const fail = () => {
    throw new DOMException('Failed to read large IndexedDB value', 'UnknownError')
  }
  raw.getValue = (key) => {
    const given = (key as { lower?: unknown }).lower ?? key
    if (!lost.has(given)) return read(key)
    return loss === 'nothing' ? null : fail()
  }
  raw.getAllValues = (range, count) => {
    const touched = [...lost].some((key) => range === undefined || range.includes(key))
    if (!touched) return readAll(range, count)
    return loss === 'nothing' ? [null] : fail()
  }
  db.close()
}

/** Two streams of two pages, three that wait behind one delivered and one refused, drafts and a note. */
async function work(vault: Vault) {
  await vault.addPages([pageOf(0, 5)])
  await vault.addPages([pageOf(0, 3, { stream: otherGrid })])
  await vault.addPages([pageOf(5, 8)])
  await vault.save([1, 2, 3, 4, 5].map((number) => mutationOf(number)))
  await vault.settle(
    [
      { id: mutationOf(1).id, seq: 1, ok: true, version: 7 },
      { id: mutationOf(2).id, seq: 2, ok: false, problem: 'record-gone' },
    ],
    1_000,
  )
  await vault.setDraft('one', 1)
  await vault.setDraft('two', 2)
  await vault.setNote('sync', { pulledAt: 5 })
}

async function keysOf(factory: DatabaseFactory, table: string): Promise<IDBValidKey[]> {
  const db = await openRaw(factory, databaseName(account))
  const keys = await new Promise<IDBValidKey[]>((resolve) => {
    const request = db.transaction(table).objectStore(table).getAllKeys()
    request.onsuccess = () => resolve(request.result)
  })
  db.close()
  return keys
}

const waiting = async (vault: Vault) => (await vault.nextWaiting(10)).map(({ seq }) => seq)

it.each([
  ['fails', 'together', loadAll],
  ['nothing', 'together', loadAll],
  ['fails', 'stream by stream', loadByStream],
  ['nothing', 'stream by stream', loadByStream],
] as const)(
  'each page that is lost in turn costs a fetch of its stream, and nothing else (%s, %s)',
  async (loss, _, load) => {
    for (const index of [0, 1, 2]) {
      const factory = createFactory()
      const first = await openTestVault(factory)
      await work(first)
      first.close()
      const n = (await keysOf(factory, 'pages'))[index] ?? 0
      await lose(factory, databaseName(account), 'pages', [n], loss)
      const vault = await openTestVault(factory)
      const stream = index === 1 ? otherGrid : grid
      const { pages, damaged } = await load(vault)
      expect(damaged).toEqual([stream])
      expect(pages.length).toBe(2)
      expect(Object.keys(await vault.cursors())).toEqual([stream === grid ? otherGrid : grid])
      expect(await waiting(vault)).toEqual([3, 4, 5])
      // The server brings the stream again, and all is as it was.
      await vault.addPages([pageOf(0, 9, { stream, reset: true })])
      const healed = await load(vault)
      expect(healed.damaged).toEqual([])
      expect(healed.pages).toContainEqual(pageOf(0, 9, { stream, reset: true }))
      vault.close()
    }
  },
)

it('a lost page is no reason not to tidy the other streams', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  for (const stream of [grid, otherGrid]) {
    for (let at = 0; at < 8; at += 1) await vault.addPages([pageOf(at, at + 1, { stream })])
  }
  await lose(factory, databaseName(account), 'pages', [3])
  await vault.compact()
  const { pages } = await loadAll(vault)
  expect(pages.filter(({ stream }) => stream === otherGrid)).toEqual([
    pageOf(0, 8, { stream: otherGrid }),
  ])
})

it('a cursor that is lost costs a fetch of its stream, also where a page comes before anybody looks', async () => {
  for (const looks of [loadAll, loadByStream, null]) {
    const factory = createFactory()
    const vault = await openTestVault(factory)
    await work(vault)
    await lose(factory, databaseName(account), 'cursors', [grid])
    if (looks) expect((await looks(vault)).damaged).toEqual([grid])
    expect(Object.keys(await vault.cursors())).toEqual([otherGrid])
    await vault.addPages([pageOf(0, 9, { reset: true })])
    const folded = (await loadAll(vault)).pages.filter(({ stream }) => stream === grid)
    expect(folded).toEqual([pageOf(0, 9, { reset: true })])
  }
})

it('work behind a mutation that is lost goes on, and the lost one is told until its owner knows', async () => {
  for (const seq of [1, 2, 3, 4, 5]) {
    const factory = createFactory()
    const vault = await openTestVault(factory)
    await work(vault)
    await lose(factory, databaseName(account), 'outbox', [seq])
    const left = [3, 4, 5].filter((one) => one !== seq)
    expect((await loadAll(vault)).damaged).toEqual([])
    expect(await waiting(vault)).toEqual(left)
    expect(await vault.nextWaiting(1)).toMatchObject([{ seq: left[0] }])
    const kept = (await vault.outbox()).map(({ mutation }) => mutation.seq)
    expect(kept).toEqual([2, 3, 4, 5].filter((one) => one !== seq))
    expect((await vault.outbox(true)).length).toBe(4)
    const told = await vault.damagedOutbox()
    expect(told).toEqual(
      seq === 1
        ? []
        : [{ seq, mutation: mutationOf(seq).id, state: seq === 2 ? 'refused' : 'waiting' }],
    )
    await vault.settle(
      left.map((one) => ({ id: mutationOf(one).id, seq: one, ok: true as const, version: one })),
      2_000,
    )
    expect(await waiting(vault)).toEqual([])
    expect(await vault.resend(1)).toBe(left.length + (seq === 1 ? 0 : 1))
    await vault.giveUpDamaged()
    expect(await vault.damagedOutbox()).toEqual([])
    await vault.forgetDelivered(5_000)
    await vault.renumber([], 9)
    expect(await vault.save([mutationOf(6)])).toMatchObject([{ seq: 9 }])
    vault.close()
  }
})

it('all of the outbox lost at once is told in numbers, and new work is taken', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await work(vault)
  await lose(factory, databaseName(account), 'outbox', [1, 2, 3, 4, 5])
  expect(await waiting(vault)).toEqual([])
  expect((await vault.damagedOutbox()).map(({ seq }) => seq)).toEqual([2, 3, 4, 5])
  await vault.save([mutationOf(6)])
  expect(await waiting(vault)).toEqual([6])
})

it('where the count is lost, new work is numbered behind all that has a number', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await work(vault)
  await lose(factory, databaseName(account), 'meta', ['next-seq'])
  await vault.renumber([], 1)
  expect(await vault.save([mutationOf(6)])).toMatchObject([{ seq: 6 }])
})

it('drafts and notes that are lost count as absent; the others stay', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await work(vault)
  const [draft] = await keysOf(factory, 'drafts')
  await lose(factory, databaseName(account), 'drafts', draft === undefined ? [] : [draft])
  await lose(factory, databaseName(account), 'notes', await keysOf(factory, 'notes'))
  expect((await vault.drafts()).size).toBe(1)
  expect(await vault.note('sync')).toBeUndefined()
  await vault.setNote('other', 1)
  expect(await vault.note('other')).toBe(1)
})

it('the keys of one account that are lost do not lock the other one out', async () => {
  const factory = createFactory()
  const store = createKeyStore(openStrictStore('wuse-keys', factory.indexedDB))
  await store.set(idOf(1), { id: idOf(1) })
  await store.set(idOf(2), { id: idOf(2) })
  await lose(factory, 'wuse-keys', 'values', [idOf(1)])
  expect(await store.all()).toEqual([{ id: idOf(2) }])
})
