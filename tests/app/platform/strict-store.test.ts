import { IDBDatabase as FakeDatabase, IDBFactory } from 'fake-indexeddb'
import { expect, it, vi } from 'vitest'
import { openStrictStore } from '#app/platform/strict-store.ts'
import { createKeyStore } from '#app/vault/key-store.ts'

it('keeps values over a restart, each write asked for strictly', async () => {
  const transaction = vi.spyOn(FakeDatabase.prototype, 'transaction')
  const factory = new IDBFactory()
  const store = createKeyStore(openStrictStore('keys', factory))
  await store.set('a', { n: 1 })
  await store.update('a', (before) => ({ ...(before as object), m: 2 }))
  await store.update('b', () => 'new')
  const again = createKeyStore(openStrictStore('keys', factory))
  expect(await again.get('a')).toEqual({ n: 1, m: 2 })
  expect(await again.get('none')).toBeUndefined()
  expect(await again.all()).toEqual([{ n: 1, m: 2 }, 'new'])
  const asked = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')
  expect(asked).toHaveLength(3)
  for (const [, , options] of asked) expect(options).toEqual({ durability: 'strict' })
})

it('updates in turns, however many ask at once', async () => {
  const factory = new IDBFactory()
  const tabs = [1, 2].map(() => createKeyStore(openStrictStore('keys', factory)))
  const count = (before: unknown) => (typeof before === 'number' ? before : 0) + 1
  await Promise.all(Array.from({ length: 50 }, (_, n) => tabs[n % 2]!.update('n', count)))
  expect(await tabs[0]!.get('n')).toBe(50)
})

it('opens again after the browser closed it, and tries again after it could not open', async () => {
  const factory = new IDBFactory()
  const open = vi.spyOn(factory, 'open')
  const strict = openStrictStore('keys', factory)
  const store = createKeyStore(strict)
  await store.set('a', 1)
  await strict('readonly', ({ transaction }) => {
    transaction.db.onclose?.(new Event('close'))
  })
  expect(await store.get('a')).toBe(1)
  expect(open).toHaveBeenCalledTimes(2)

  const broken = new IDBFactory()
  await new Promise((resolve) => {
    broken.open('keys', 9).onsuccess = resolve // a version that this app does not know
  })
  const newer = createKeyStore(openStrictStore('keys', broken))
  await expect(newer.get('a')).rejects.toThrow()
  await expect(newer.get('a')).rejects.toThrow()
})
