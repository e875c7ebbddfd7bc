/**
 * The accounts that this device knows and the way to their data keys (design §4, docs/decisions/0006-pin-and-keys.md).
 * A data key is never changed and never lost: every way in wraps the same one anew. Fails with a `VaultFault` where
 * the device's storage does.
 */
import { isWeakPin } from '#domain/pin.ts'
import { unsentFileContext } from '#protocol/unsent-file.ts'
import { argonCost, type ArgonCost, type DeriveKey } from '#app/platform/argon.ts'
import {
  makeDeviceKey,
  rawToDataKey,
  unsentFileKey,
  unwrapRaw,
  wrapRaw,
  type DataKey,
} from '#app/platform/device-keys.ts'
import { randomBytes, seal, textToBytes, type Bytes } from '#app/platform/sealing.ts'
import { errorToFault } from './fault.ts'
import { pinTries, toKeyEntry, triesLeftOf, type KeyEntry, type PinWrap } from './key-entry.ts'
import type { KeyStore } from './key-store.ts'

export interface KnownAccount {
  readonly id: string
  readonly login: string
  /** The device's id for this account. */
  readonly device: string
  /** 0: only a sign-in online helps. */
  readonly pinTriesLeft: number
}

export interface Enrolment {
  readonly account: string
  readonly login: string
  readonly device: string
  readonly pin: string
  /** 32 bytes, base64, from the server (`protocol/session.ts`). */
  readonly deviceKey: string
}

export interface Books {
  /** The database in use: 0 is the first. */
  readonly book: number
  /** Earlier ones that would not open. */
  readonly earlier: readonly number[]
}

export type Opening = { readonly ok: true; readonly dataKey: DataKey; readonly device: string }

export type Unlocking =
  | (Opening & { readonly triesLeft: number })
  | {
      readonly ok: false
      readonly problem: 'wrong-pin' | 'pin-exhausted' | 'unknown-account'
      readonly triesLeft: number
    }

export interface Refused<P extends string> {
  readonly ok: false
  readonly problem: P
}

export interface Keyring {
  /** The one that was open last comes first. */
  accounts(): Promise<readonly KnownAccount[]>
  /** Makes an account's keys. One that is here already keeps its own: `recover` gives it a new PIN. */
  enrol(
    enrolment: Enrolment,
  ): Promise<Opening | Refused<'weak-pin' | 'malformed-key' | 'already-known'>>
  /** The try is counted on disk before the PIN is looked at: ending the app does not give it back. */
  unlock(account: string, pin: string): Promise<Unlocking>
  /** A new PIN after a sign-in online; `login` where it has changed. */
  recover(
    account: string,
    deviceKey: string,
    newPin: string,
    login?: string,
  ): Promise<Opening | Refused<'weak-pin' | 'wrong-device-key' | 'unknown-account'>>
  changePin(account: string, pin: string, newPin: string): Promise<Unlocking | Refused<'weak-pin'>>
  /** The server holds another key than before (restored from a backup): the PIN proves who it is for. Counts as a try. */
  renewDeviceKey(
    account: string,
    pin: string,
    deviceKey: string,
  ): Promise<Unlocking | Refused<'malformed-key'>>
  /** After a sign-in while the account is open: what seals files for the server. */
  learnServerKey(account: string, serverKey: string): Promise<void>
  /** For the server alone to open; null before a sign-in gave the key. */
  sealUnsent(account: string, text: string): Promise<Bytes | null>
  books(account: string): Promise<Books>
  /** The database in use does not open: the next unlocking begins another one, and this one waits. */
  beginBook(account: string): Promise<void>
  /** An earlier database has given everything that it held. */
  closeBook(account: string, book: number): Promise<void>
  /** The device was revoked: the PIN opens nothing from now on, only a key that the server gives out. */
  revoke(account: string): Promise<void>
}

export interface KeyringParts {
  readonly store: KeyStore
  readonly derive: DeriveKey
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly cost?: ArgonCost
}

const deviceKeyLength = 32

export function createKeyring({ store, derive, now, cost = argonCost }: KeyringParts): Keyring {
  const read = async (account: string) => toKeyEntry(await store.get(account))

  /** Null where the account is not here; `change` sees the entry of this very moment. */
  const change = async (account: string, to: (entry: KeyEntry) => KeyEntry) => {
    let after: KeyEntry | null = null
    await store.update(account, (before) => {
      const entry = toKeyEntry(before)
      after = entry ? to(entry) : null
      return after ?? before
    })
    return after as KeyEntry | null
  }

  const wrapByPin = async (raw: Bytes, deviceKey: CryptoKey, account: string, pin: string) => {
    const salt = randomBytes(16)
    const secret = await derive(pin, salt, cost)
    const wrapped = await wrapRaw(raw, deviceKey, secret, 'pin', account)
    return { salt, ...cost, wrapped } satisfies PinWrap
  }

  const unwrapByPin = async ({ id, deviceKey }: KeyEntry, pinWrap: PinWrap, pin: string) => {
    const secret = await derive(pin, pinWrap.salt, pinWrap)
    return unwrapRaw(pinWrap.wrapped, deviceKey, secret, 'pin', id)
  }

  type Tried =
    | { readonly ok: true; readonly raw: Bytes; readonly entry: KeyEntry }
    | (Unlocking & { readonly ok: false })

  const tryPin = async (account: string, pin: string): Promise<Tried> => {
    let allowed = false
    const entry = await change(account, (before) => {
      allowed = triesLeftOf(before) > 0
      return allowed ? { ...before, triesLeft: before.triesLeft - 1 } : before
    })
    if (!entry) return { ok: false, problem: 'unknown-account', triesLeft: 0 }
    if (!allowed || !entry.pin) return { ok: false, problem: 'pin-exhausted', triesLeft: 0 }
    let raw: Bytes | null
    try {
      raw = await unwrapByPin(entry, entry.pin, pin)
    } catch (error) {
      // No memory for it: nothing was learnt about the PIN, so the try is given back.
      await change(account, (before) => ({ ...before, triesLeft: before.triesLeft + 1 }))
      throw error
    }
    if (raw) return { ok: true, raw, entry }
    const triesLeft = triesLeftOf(entry)
    return { ok: false, problem: triesLeft > 0 ? 'wrong-pin' : 'pin-exhausted', triesLeft }
  }

  const opened = async (raw: Bytes, device: string): Promise<Opening> => {
    const dataKey = await rawToDataKey(raw)
    raw.fill(0)
    return { ok: true, dataKey, device }
  }

  /** A right PIN: all tries are there again, and what else changes with it. */
  const unlocked = async (
    { raw, entry }: Tried & { ok: true },
    changed: Partial<Pick<KeyEntry, 'pin' | 'server' | 'unsent'>> = {},
  ): Promise<Unlocking> => {
    const used = { triesLeft: pinTries, usedAt: now() }
    await change(entry.id, (before) =>
      // Revoked by another tab meanwhile: that stays.
      before.pin ? { ...before, ...used, ...changed } : before,
    )
    return { ...(await opened(raw, entry.device)), triesLeft: pinTries }
  }

  const keyring: Keyring = {
    async accounts() {
      const entries = (await store.all()).map((value) => toKeyEntry(value))
      return entries
        .filter((entry) => entry !== undefined)
        .sort((a, b) => b.usedAt - a.usedAt)
        .map((entry) => {
          const { id, login, device } = entry
          return { id, login, device, pinTriesLeft: triesLeftOf(entry) }
        })
    },

    async enrol({ account, login, device, pin, deviceKey: serverKey }) {
      if (isWeakPin(pin)) return { ok: false, problem: 'weak-pin' }
      const secret = base64ToKey(serverKey)
      if (!secret) return { ok: false, problem: 'malformed-key' }
      const raw = randomBytes(32)
      const deviceKey = await makeDeviceKey()
      const entry: KeyEntry = {
        format: 1,
        id: account,
        login,
        device,
        usedAt: now(),
        deviceKey,
        pin: await wrapByPin(raw, deviceKey, account, pin),
        triesLeft: pinTries,
        server: await wrapRaw(raw, deviceKey, secret, 'server', account),
        unsent: await unsentFileKey(secret),
      }
      let mine = false
      await store.update(account, (before) => {
        mine = before === undefined
        return mine ? entry : before
      })
      return mine ? opened(raw, device) : { ok: false, problem: 'already-known' }
    },

    async unlock(account, pin) {
      const tried = await tryPin(account, pin)
      return tried.ok ? unlocked(tried) : tried
    },

    async recover(account, serverKey, newPin, login) {
      if (isWeakPin(newPin)) return { ok: false, problem: 'weak-pin' }
      const entry = await read(account)
      if (!entry) return { ok: false, problem: 'unknown-account' }
      const { deviceKey, device } = entry
      const secret = base64ToKey(serverKey)
      const raw = secret && (await unwrapRaw(entry.server, deviceKey, secret, 'server', account))
      if (!secret || !raw) return { ok: false, problem: 'wrong-device-key' }
      const pin = await wrapByPin(raw, deviceKey, account, newPin)
      const unsent = await unsentFileKey(secret)
      await change(account, (before) => ({
        ...before,
        login: login ?? before.login,
        pin,
        unsent,
        triesLeft: pinTries,
        usedAt: now(),
      }))
      return opened(raw, device)
    },

    async changePin(account, pin, newPin) {
      if (isWeakPin(newPin)) return { ok: false, problem: 'weak-pin' }
      const tried = await tryPin(account, pin)
      if (!tried.ok) return tried
      const { raw, entry } = tried
      return unlocked(tried, { pin: await wrapByPin(raw, entry.deviceKey, account, newPin) })
    },

    async renewDeviceKey(account, pin, serverKey) {
      const secret = base64ToKey(serverKey)
      if (!secret) return { ok: false, problem: 'malformed-key' }
      const tried = await tryPin(account, pin)
      if (!tried.ok) return tried
      const { raw, entry } = tried
      return unlocked(tried, {
        server: await wrapRaw(raw, entry.deviceKey, secret, 'server', account),
        unsent: await unsentFileKey(secret),
      })
    },

    async learnServerKey(account, serverKey) {
      const secret = base64ToKey(serverKey)
      if (!secret) return
      const unsent = await unsentFileKey(secret)
      await change(account, (before) => ({ ...before, unsent }))
    },

    async sealUnsent(account, text) {
      const entry = await read(account)
      if (!entry?.unsent) return null
      return seal(entry.unsent, textToBytes(text), unsentFileContext(entry.device))
    },

    async books(account) {
      const entry = await read(account)
      return { book: entry?.book ?? 0, earlier: entry?.earlier ?? [] }
    },

    async beginBook(account) {
      await change(account, (before) => {
        const { book = 0, earlier = [] } = before
        return { ...before, book: Math.max(book, ...earlier) + 1, earlier: [...earlier, book] }
      })
    },

    async closeBook(account, book) {
      await change(account, (before) => ({
        ...before,
        earlier: (before.earlier ?? []).filter((one) => one !== book),
      }))
    },

    async revoke(account) {
      await change(account, (before) => ({ ...before, pin: null, triesLeft: 0 }))
    },
  }
  return faulting(keyring)
}

/** Whatever fails below is the device's storage or memory. */
function faulting(keyring: Keyring): Keyring {
  const guard =
    <A extends unknown[], T>(act: (...given: A) => Promise<T>) =>
    (...given: A): Promise<T> =>
      act(...given).catch((error: unknown) => {
        throw errorToFault(error)
      })
  return {
    accounts: guard(keyring.accounts),
    enrol: guard(keyring.enrol),
    unlock: guard(keyring.unlock),
    recover: guard(keyring.recover),
    changePin: guard(keyring.changePin),
    renewDeviceKey: guard(keyring.renewDeviceKey),
    learnServerKey: guard(keyring.learnServerKey),
    sealUnsent: guard(keyring.sealUnsent),
    books: guard(keyring.books),
    beginBook: guard(keyring.beginBook),
    closeBook: guard(keyring.closeBook),
    revoke: guard(keyring.revoke),
  }
}

/** Null where it is not 32 bytes in base64. */
function base64ToKey(text: string): Bytes | null {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    return bytes.length === deviceKeyLength ? bytes : null
  } catch {
    return null
  }
}
