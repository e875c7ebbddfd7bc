/** A passphrase on the disk, the PIN of a shift in memory, and a passkey beside them. */
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, it } from 'vitest'
import { shiftMs } from '#domain/unlocking.ts'
import { argon2idHere, type ArgonCost, type DeriveKey } from '#app/platform/argon.ts'
import type { DataKey } from '#app/platform/device-keys.ts'
import { randomBytes, seal, textToBytes, unseal } from '#app/platform/sealing.ts'
import { openStrictStore } from '#app/platform/strict-store.ts'
import { createKeyStore, type KeyStore } from '#app/vault/key-store.ts'
import { createKeyring } from '#app/vault/keyring.ts'
import type { Keyring } from '#app/vault/keyring-shape.ts'
import { account, device } from './open-test-vault.ts'

const pin = '280417'
const wrong = '280418'
const passphrase = 'teal lantern over the quarry'
const deviceKey = Buffer.alloc(32, 7).toString('base64')
const enrolment = { account, login: 'office2', device, deviceKey, token: 'a token' }
const cost: ArgonCost = { memory: 8, passes: 1 }
const derive: DeriveKey = (password, salt, chosen) =>
  argon2idHere({ password: textToBytes(password), salt, ...chosen })

let store: KeyStore
let time: number
let restart: () => Keyring

beforeEach(() => {
  const factory = new IDBFactory()
  time = 1_000
  restart = () => {
    store = createKeyStore(openStrictStore('wuse-keys', factory))
    return createKeyring({ store, derive, cost, now: () => time })
  }
})

async function enrolled(): Promise<{ keyring: Keyring; dataKey: DataKey }> {
  const keyring = restart()
  const made = await keyring.enrol({ ...enrolment, pin: { passphrase, pin } })
  if (!made.ok) throw new Error(made.problem)
  return { keyring, dataKey: made.dataKey }
}

async function opens(opened: Awaited<ReturnType<Keyring['unlock']>>, dataKey: DataKey) {
  if (!opened.ok) return opened.problem
  const box = await seal(dataKey.seal, textToBytes('x'), 'test')
  return (await unseal(opened.dataKey.seal, box, 'test')).ok
}

it('opens by the passphrase after a restart, however it was typed, and never by the PIN', async () => {
  const { dataKey } = await enrolled()
  const keyring = restart()
  expect(keyring.opensBy(account, 'passphrase')).toBe('passphrase')
  expect(await keyring.unlock(account, pin, 'pin')).toEqual({
    ok: false,
    problem: 'shift-over',
    triesLeft: 10,
  })
  expect(await keyring.unlock(account, pin, 'passphrase')).toMatchObject({ triesLeft: 9 })
  for (const typed of [passphrase, ` ${passphrase} `, 'ｔｅａｌ lantern over the quarry']) {
    expect(await opens(await restart().unlock(account, typed, 'passphrase'), dataKey)).toBe(true)
  }
})

it('opens by the PIN within the shift, after the passphrase was typed', async () => {
  const { keyring, dataKey } = await enrolled()
  expect(keyring.opensBy(account, 'passphrase')).toBe('pin')
  const opensByPin = async () => opens(await keyring.unlock(account, pin), dataKey)
  expect([await opensByPin(), await opensByPin()]).toEqual([true, true])
  const again = restart()
  await again.unlock(account, passphrase, 'passphrase')
  expect(await opens(await again.unlock(account, pin), dataKey)).toBe(true)
  time += shiftMs - 1
  expect(await opens(await again.unlock(account, pin), dataKey)).toBe(true)
  time += 1
  expect(again.opensBy(account, 'passphrase')).toBe('passphrase')
  expect(await opens(await again.unlock(account, pin), dataKey)).toBe('shift-over')
})

it('ends the shift after five wrong PINs, and takes none of the passphrase’s tries', async () => {
  const { keyring, dataKey } = await enrolled()
  const left: unknown[] = []
  for (let tries = 0; tries < 5; tries += 1) {
    const { ok, triesLeft } = await keyring.unlock(account, wrong)
    left.push(ok, triesLeft)
  }
  expect(left).toEqual([false, 4, false, 3, false, 2, false, 1, false, 10])
  expect(await opens(await keyring.unlock(account, pin), dataKey)).toBe('shift-over')
  expect((await keyring.accounts())[0]?.pinTriesLeft).toBe(10)
  expect(await opens(await keyring.unlock(account, passphrase, 'passphrase'), dataKey)).toBe(true)
})

it('keeps nothing on the disk that a PIN opens', async () => {
  const { dataKey } = await enrolled()
  const entry = (await store.get(account)) as Record<string, { salt?: Uint8Array }>
  expect(Object.keys(entry).sort()).toEqual(
    [
      ...['device', 'deviceKey', 'format', 'id', 'login', 'pin', 'server', 'session'],
      ...['shiftPin', 'triesLeft', 'unsent', 'usedAt'],
    ].sort(),
  )
  // Every way that a PIN could be tried against what lies there, without the passphrase.
  const copied = restart()
  expect(await opens(await copied.unlock(account, pin, 'passphrase'), dataKey)).toBe('wrong-pin')
  await store.set(account, { ...entry, pin: { ...entry['pin'], kind: 'pin' } })
  expect(await opens(await copied.unlock(account, pin), dataKey)).toBe('wrong-pin')
})

it('takes the place of a PIN, which opens the shift from then on; the token stays', async () => {
  const before = restart()
  const made = await before.enrol({ ...enrolment, pin })
  if (!made.ok) throw new Error(made.problem)
  const keyring = restart()
  expect((await keyring.accounts())[0]?.kind).toBe('pin')
  const easy = { passphrase: 'office2office2', pin }
  expect(await keyring.changePin(account, pin, easy)).toMatchObject({ problem: 'weak-pin' })
  expect(await keyring.changePin(account, pin, { passphrase, pin })).toMatchObject({ ok: true })
  expect((await keyring.accounts())[0]?.kind).toBe('passphrase')
  expect(await opens(await keyring.unlock(account, pin), made.dataKey)).toBe(true)
  expect(await opens(await restart().unlock(account, pin, 'passphrase'), made.dataKey)).toBe(
    'wrong-pin',
  )
  const opened = await restart().unlock(account, passphrase, 'passphrase')
  if (!opened.ok) throw new Error(opened.problem)
  expect(await restart().readToken({ account, device }, opened.dataKey)).toBe('a token')
  expect(await restart().readToken({ account, device: account }, opened.dataKey)).toBeNull()
})

it('is chosen anew after a sign-in online, which ends shift and passkey of a PIN alone', async () => {
  const { keyring, dataKey } = await enrolled()
  const other = 'another lantern of the harbour'
  const recovered = await keyring.recover(
    account,
    deviceKey,
    { passphrase: other, pin: '935062' },
    'office2',
    'a newer token',
  )
  expect(recovered.ok).toBe(true)
  expect(await opens(await keyring.unlock(account, pin), dataKey)).toBe('wrong-pin')
  expect(await opens(await keyring.unlock(account, '935062'), dataKey)).toBe(true)
  expect(await opens(await restart().unlock(account, other, 'passphrase'), dataKey)).toBe(true)
  expect(await restart().readToken({ account, device }, dataKey)).toBe('a newer token')

  await keyring.recover(account, deviceKey, pin)
  expect((await restart().accounts())[0]).toMatchObject({ kind: 'pin', passkey: false })
  expect(await store.get(account)).not.toHaveProperty('shiftPin')
})

it('is spared by a passkey, until that is removed; a revoked device opens by none', async () => {
  const { keyring, dataKey } = await enrolled()
  const question = { id: randomBytes(16), salt: randomBytes(32) }
  const answer = randomBytes(32)
  expect(await keyring.addPasskey(account, 'something else', question, answer)).toMatchObject({
    ok: false,
    triesLeft: 9,
  })
  expect(await keyring.addPasskey(account, passphrase, question, answer)).toMatchObject({
    ok: true,
  })
  const next = restart()
  expect((await next.accounts())[0]).toMatchObject({ passkey: true, kind: 'passphrase' })
  expect(await next.passkey(account)).toEqual(question)
  expect(await opens(await next.unlockByPasskey(account, randomBytes(32)), dataKey)).toBe(
    'wrong-pin',
  )
  expect(await opens(await next.unlockByPasskey(account, answer), dataKey)).toBe(true)
  // The shift begins as with the passphrase, and the passphrase opens as ever.
  expect(await opens(await next.unlock(account, pin), dataKey)).toBe(true)
  expect(await opens(await restart().unlock(account, passphrase, 'passphrase'), dataKey)).toBe(true)

  await next.removePasskey(account)
  expect(await opens(await restart().unlockByPasskey(account, answer), dataKey)).toBe('wrong-pin')
  expect(await next.passkey(account)).toBeNull()

  await next.addPasskey(account, passphrase, question, answer)
  await next.revoke(account)
  expect(await opens(await next.unlockByPasskey(account, answer), dataKey)).toBe('wrong-pin')
  expect(await opens(await next.unlock(account, pin), dataKey)).toBe('pin-exhausted')
})
