import { IDBFactory } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { argon2idHere } from '#app/platform/argon.ts'
import { textToBytes } from '#app/platform/sealing.ts'
import { openStrictStore } from '#app/platform/strict-store.ts'
import { createAccounts } from '#app/vault/accounts.ts'
import { createKeyStore } from '#app/vault/key-store.ts'
import { createKeyring } from '#app/vault/keyring.ts'
import { deleteBook, openVault } from '#app/vault/open-vault.ts'
import type { Accounts } from '#app/stores/accounts.ts'
import type { Session } from '#protocol/session.ts'
import { account, createFactory, device, mutationOf } from './open-test-vault.ts'

const session: Session = {
  ok: true,
  account: { id: account, name: '样本工作者', role: 'worker' },
  device,
  deviceKey: Buffer.alloc(32, 7).toString('base64'),
  now: '2026-11-23T06:32:00.000Z',
}
const newKey = { ...session, deviceKey: Buffer.alloc(32, 8).toString('base64') }

function createHere(): Accounts {
  const factory = createFactory()
  const keyring = createKeyring({
    store: createKeyStore(openStrictStore('wuse-keys', new IDBFactory())),
    derive: (password, salt, chosen) =>
      argon2idHere({ password: textToBytes(password), salt, ...chosen }),
    cost: { memory: 8, passes: 1 },
    now: () => 1,
  })
  return createAccounts({
    keyring,
    open: (parts) => openVault({ ...parts, factory }),
    deleteBook: (id, book) => deleteBook(id, book, factory),
    patience: () => new Promise(() => {}),
  })
}

it('keeps unsent work through a forgotten PIN', async () => {
  const accounts = createHere()
  const vault = await accounts.choosePin(session, 'grid-01', '280417')
  expect([vault.account, vault.device]).toEqual([account, device])
  await vault.save([mutationOf(1)])
  vault.close()
  expect(await accounts.unlock(account, '280418')).toEqual({
    ok: false,
    triesLeft: 9,
    problem: 'wrong-pin',
  })

  const back = await accounts.choosePin(session, 'grid-01', '935062')
  expect(await back.outbox()).toHaveLength(1)
  const opened = await accounts.unlock(account, '935062')
  expect(opened).toMatchObject({ ok: true, triesLeft: 10 })
  expect(await accounts.known()).toEqual([
    { id: account, login: 'grid-01', device, pinTriesLeft: 10, kind: 'pin', passkey: false },
  ])
})

it('lets the old PIN in where the server has another key than it had, and only that', async () => {
  const accounts = createHere()
  await (await accounts.choosePin(session, 'grid-01', '280417')).save([mutationOf(1)])
  const other = accounts.choosePin(newKey, 'grid-01', '935062')
  await expect(other).rejects.toMatchObject({ reason: 'storage' })
  const vault = await accounts.choosePin(newKey, 'grid-01', '280417')
  expect(await vault.outbox()).toHaveLength(1)
  // From now on the new key recovers.
  expect(await (await accounts.choosePin(newKey, 'grid-01', '935062')).outbox()).toHaveLength(1)
})

it('opens a revoked account with no PIN', async () => {
  const accounts = createHere()
  await accounts.choosePin(session, 'grid-01', '280417')
  await accounts.revoke(account)
  expect(await accounts.unlock(account, '280417')).toEqual({
    ok: false,
    triesLeft: 0,
    problem: 'pin-exhausted',
  })
})

it('makes no account without the server’s part of the key', async () => {
  const { deviceKey: _, ...without } = session
  const accounts = createHere()
  const made = accounts.choosePin(without, 'grid-01', '280417')
  await expect(made).rejects.toMatchObject({ reason: 'storage' })
  expect(await accounts.known()).toEqual([])
})
