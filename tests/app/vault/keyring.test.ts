import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, it } from 'vitest'
import { argon2idHere, type ArgonCost, type DeriveKey } from '#app/platform/argon.ts'
import type { DataKey } from '#app/platform/device-keys.ts'
import { seal, textToBytes, unseal } from '#app/platform/sealing.ts'
import { openStrictStore } from '#app/platform/strict-store.ts'
import { createKeyStore, type KeyStore } from '#app/vault/key-store.ts'
import { createKeyring } from '#app/vault/keyring.ts'
import type { Keyring } from '#app/vault/keyring-shape.ts'
import { account, device, idOf } from './open-test-vault.ts'

const pin = '280417'
const wrong = '280418'
const deviceKey = Buffer.alloc(32, 7).toString('base64')
const otherDeviceKey = Buffer.alloc(32, 8).toString('base64')
const enrolment = { account, login: 'grid-01', device, pin, deviceKey }
/** The smallest that Argon2id allows: these tests are about what is done with it. */
const cost: ArgonCost = { memory: 8, passes: 1 }
const derive: DeriveKey = (password, salt, chosen) =>
  argon2idHere({ password: textToBytes(password), salt, ...chosen })

let factory: IDBFactory
let store: KeyStore
let time: number
/** As after ending the app: nothing but the disk remains. */
let restart: (changed?: Partial<Parameters<typeof createKeyring>[0]>) => Keyring

beforeEach(() => {
  factory = new IDBFactory()
  time = 1000
  restart = (changed = {}) => {
    store = createKeyStore(openStrictStore('wuse-keys', factory))
    return createKeyring({ store, derive, cost, now: () => time++, ...changed })
  }
})

async function enrolled(): Promise<{ keyring: Keyring; dataKey: DataKey }> {
  const keyring = restart()
  const made = await keyring.enrol(enrolment)
  if (!made.ok) throw new Error(made.problem)
  return { keyring, dataKey: made.dataKey }
}

/** Whether one key opens what the other sealed. */
async function isSameKey(a: DataKey, b: DataKey): Promise<boolean> {
  const box = await seal(a.seal, textToBytes('x'), 'test')
  return (await unseal(b.seal, box, 'test')).ok
}

async function expectOpens(opened: Awaited<ReturnType<Keyring['unlock']>>, dataKey: DataKey) {
  if (!opened.ok) throw new Error(opened.problem)
  expect(opened.device).toBe(device)
  expect(await isSameKey(dataKey, opened.dataKey)).toBe(true)
}

it('opens the same key with the PIN after a restart, and nothing with another', async () => {
  const { dataKey } = await enrolled()
  const keyring = restart()
  await expectOpens(await keyring.unlock(account, pin), dataKey)
  expect(await keyring.unlock(account, wrong)).toEqual({
    ok: false,
    problem: 'wrong-pin',
    triesLeft: 9,
  })
  expect(await keyring.unlock(idOf(99), pin)).toEqual({
    ok: false,
    problem: 'unknown-account',
    triesLeft: 0,
  })
})

it('knows its accounts, the last used first, and nothing personal of them', async () => {
  const { keyring } = await enrolled()
  const second = { ...enrolment, account: idOf(2), login: 'grid-02', device: idOf(3) }
  await keyring.enrol(second)
  expect(await keyring.accounts()).toEqual([
    {
      id: idOf(2),
      login: 'grid-02',
      device: idOf(3),
      pinTriesLeft: 10,
      kind: 'pin',
      passkey: false,
    },
    { id: account, login: 'grid-01', device, pinTriesLeft: 10, kind: 'pin', passkey: false },
  ])
  await keyring.unlock(account, pin)
  expect((await keyring.accounts()).map(({ id }) => id)).toEqual([account, idOf(2)])
  const entry = (await store.get(account)) as Record<string, unknown>
  expect(Object.keys(entry).sort()).toEqual(
    [
      'device',
      'deviceKey',
      'format',
      'id',
      'login',
      'pin',
      'server',
      'triesLeft',
      'unsent',
      'usedAt',
    ].sort(),
  )
  expect((entry.deviceKey as CryptoKey).extractable).toBe(false)
})

it('never makes new keys for an account that has some', async () => {
  const { keyring, dataKey } = await enrolled()
  expect(await keyring.enrol({ ...enrolment, pin: '935062' })).toEqual({
    ok: false,
    problem: 'already-known',
  })
  await expectOpens(await keyring.unlock(account, pin), dataKey)
})

it('refuses PINs that everybody tries first, and keys that are none', async () => {
  const keyring = restart()
  for (const weak of ['000000', '123456', '654321', '121212', '123123', '12345', 'abcdef', '']) {
    expect(await keyring.enrol({ ...enrolment, pin: weak })).toMatchObject({ problem: 'weak-pin' })
  }
  for (const bad of ['', 'AAAA', '!!!', Buffer.alloc(33).toString('base64')]) {
    expect(await keyring.enrol({ ...enrolment, deviceKey: bad })).toMatchObject({
      problem: 'malformed-key',
    })
  }
  expect(await keyring.accounts()).toEqual([])
})

it('counts a try before it looks at the PIN, so that ending the app gives none back', async () => {
  await enrolled()
  for (let tries = 1; tries <= 3; tries++) {
    // The app is ended while Argon2id is at work: it never answers.
    const begun = new Promise<void>((resolve) => {
      const dying = restart({
        derive: () => {
          resolve()
          return new Promise(() => {})
        },
      })
      void dying.unlock(account, wrong)
    })
    await begun
    expect((await restart().accounts())[0]?.pinTriesLeft).toBe(10 - tries)
  }
})

it('opens nothing where the try cannot be written down, and takes none where the memory is missing', async () => {
  await enrolled()
  const keyring = restart()
  store.update = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
  await expect(keyring.unlock(account, pin)).rejects.toMatchObject({ reason: 'disk-full' })
  const short = restart({ derive: () => Promise.reject(new RangeError('no memory')) })
  await expect(short.unlock(account, pin)).rejects.toMatchObject({ reason: 'storage' })
  expect((await restart().accounts())[0]?.pinTriesLeft).toBe(10)
})

it('looks at no PIN after ten wrong ones, not even the right one, until a sign-in', async () => {
  const { dataKey } = await enrolled()
  for (let tries = 1; tries <= 9; tries++) {
    expect(await restart().unlock(account, wrong)).toEqual({
      ok: false,
      problem: 'wrong-pin',
      triesLeft: 10 - tries,
    })
  }
  const exhausted = { ok: false, problem: 'pin-exhausted', triesLeft: 0 }
  expect(await restart().unlock(account, wrong)).toEqual(exhausted)
  let looked = 0
  const keyring = restart({
    derive: (...given) => {
      looked += 1
      return derive(...given)
    },
  })
  expect(await keyring.unlock(account, pin)).toEqual(exhausted)
  expect(looked).toBe(0)

  const recovered = await keyring.recover(account, deviceKey, '935062', 'grid-07')
  if (!recovered.ok) throw new Error(recovered.problem)
  expect(await isSameKey(dataKey, recovered.dataKey)).toBe(true)
  expect(await keyring.accounts()).toMatchObject([{ login: 'grid-07', pinTriesLeft: 10 }])
  expect(await restart().unlock(account, pin)).toMatchObject({ problem: 'wrong-pin' })
  await expectOpens(await restart().unlock(account, '935062'), dataKey)
})

it('forgives wrong tries after a right one', async () => {
  const { keyring, dataKey } = await enrolled()
  for (let tries = 0; tries < 9; tries++) await keyring.unlock(account, wrong)
  await expectOpens(await keyring.unlock(account, pin), dataKey)
  expect((await keyring.accounts())[0]?.pinTriesLeft).toBe(10)
})

it('counts every one of many tries at once', async () => {
  await enrolled()
  const tabs = [restart(), restart()]
  const tries = Array.from({ length: 14 }, (_, index) => tabs[index % 2]!.unlock(account, wrong))
  const outcomes = await Promise.all(tries)
  expect(outcomes.filter(({ ok }) => ok)).toEqual([])
  expect((await restart().accounts())[0]?.pinTriesLeft).toBe(0)
})

it('gives the try back where the device could not even look', async () => {
  const { dataKey } = await enrolled()
  const poor = restart({ derive: () => Promise.reject(new RangeError('out of memory')) })
  await expect(poor.unlock(account, pin)).rejects.toMatchObject({ reason: 'storage' })
  const keyring = restart()
  expect((await keyring.accounts())[0]?.pinTriesLeft).toBe(10)
  await expectOpens(await keyring.unlock(account, pin), dataKey)
})

it('remembers each PIN’s cost, so that a later choice leaves it valid', async () => {
  const { dataKey } = await enrolled()
  const costs: ArgonCost[] = []
  const keyring = restart({
    cost: { memory: 16, passes: 2 },
    derive: (password, salt, chosen) => {
      costs.push({ memory: chosen.memory, passes: chosen.passes })
      return derive(password, salt, chosen)
    },
  })
  await expectOpens(await keyring.unlock(account, pin), dataKey)
  await keyring.changePin(account, pin, '935062')
  await expectOpens(await keyring.unlock(account, '935062'), dataKey)
  expect(costs).toEqual([cost, cost, { memory: 16, passes: 2 }, { memory: 16, passes: 2 }])
})

it('recovers with the key that the server gave at the enrolment alone', async () => {
  const { keyring, dataKey } = await enrolled()
  expect(await keyring.recover(account, otherDeviceKey, '935062')).toEqual({
    ok: false,
    problem: 'wrong-device-key',
  })
  expect(await keyring.recover(account, 'nonsense', '935062')).toMatchObject({ ok: false })
  expect(await keyring.recover(account, deviceKey, '000000')).toMatchObject({ problem: 'weak-pin' })
  expect(await keyring.recover(idOf(99), deviceKey, '935062')).toMatchObject({
    problem: 'unknown-account',
  })
  await expectOpens(await keyring.unlock(account, pin), dataKey)
})

it('changes the PIN, and the server’s key where the server has a new one', async () => {
  const { keyring, dataKey } = await enrolled()
  expect(await keyring.changePin(account, wrong, '935062')).toMatchObject({ triesLeft: 9 })
  expect(await keyring.changePin(account, pin, '111111')).toMatchObject({ problem: 'weak-pin' })
  await expectOpens(await keyring.unlock(account, pin), dataKey)
  expect(await keyring.changePin(account, pin, '935062')).toMatchObject({ ok: true })
  expect(await keyring.unlock(account, pin)).toMatchObject({ problem: 'wrong-pin' })

  expect(await keyring.renewDeviceKey(account, pin, otherDeviceKey)).toMatchObject({ ok: false })
  expect(await keyring.renewDeviceKey(account, '935062', 'bad')).toMatchObject({
    problem: 'malformed-key',
  })
  const renewed = await keyring.renewDeviceKey(account, '935062', otherDeviceKey)
  expect(renewed).toMatchObject({ ok: true })
  const recovered = await keyring.recover(account, otherDeviceKey, pin)
  if (!recovered.ok) throw new Error(recovered.problem)
  expect(await isSameKey(dataKey, recovered.dataKey)).toBe(true)
  expect(await keyring.recover(account, deviceKey, pin)).toMatchObject({ ok: false })
})

it('opens a revoked device with no PIN, also none that was being checked', async () => {
  const { keyring, dataKey } = await enrolled()
  let revoking: Promise<void> | null = null
  const slow = restart({
    derive: async (...given) => {
      await (revoking ??= keyring.revoke(account))
      return derive(...given)
    },
  })
  await slow.unlock(account, pin)
  expect((await keyring.accounts())[0]?.pinTriesLeft).toBe(0)
  expect(await restart().unlock(account, pin)).toMatchObject({ problem: 'pin-exhausted' })
  expect((await store.get(account)) as object).toMatchObject({ pin: null })
  const back = await keyring.recover(account, deviceKey, pin)
  if (!back.ok) throw new Error(back.problem)
  expect(await isSameKey(dataKey, back.dataKey)).toBe(true)
})

it('takes an entry of another account or device for none of its own', async () => {
  const { keyring } = await enrolled()
  const second = { ...enrolment, account: idOf(2) }
  await keyring.enrol(second)
  const mine = (await store.get(account)) as object
  const theirs = (await store.get(idOf(2))) as { deviceKey: CryptoKey }
  await store.set(account, { ...mine, deviceKey: theirs.deviceKey })
  expect(await keyring.unlock(account, pin)).toMatchObject({ problem: 'wrong-pin' })
  await store.set(account, { ...theirs, id: account })
  expect(await keyring.unlock(account, pin)).toMatchObject({ problem: 'wrong-pin' })
  await store.set(account, { nonsense: true })
  await expect(keyring.accounts()).rejects.toMatchObject({ reason: 'storage' })
})
