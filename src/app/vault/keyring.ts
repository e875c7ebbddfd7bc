/**
 * The accounts that this device knows and the way to their data keys (design §4, docs/decisions/0006-pin-and-keys.md).
 * A data key is never changed and never lost: every way in wraps the same one anew. Fails with a `VaultFault` where
 * the device's storage does.
 */
import { unsentFileContext } from '#protocol/unsent-file.ts'
import { argonCost, type ArgonCost, type DeriveKey } from '#app/platform/argon.ts'
import {
  makeDeviceKey,
  rawToDataKey,
  unsentFileKey,
  unwrapRaw,
  wrapRaw,
} from '#app/platform/device-keys.ts'
import {
  bytesToText,
  randomBytes,
  seal,
  textToBytes,
  unseal,
  type Bytes,
} from '#app/platform/sealing.ts'
import { errorToFault } from './fault.ts'
import {
  kindOf,
  pinTries,
  toKeyEntry,
  triesLeftOf,
  type KeyEntry,
  type PinWrap,
} from './key-entry.ts'
import type { KeyStore } from './key-store.ts'
import type { Keyring, Opening, Unlocking, WayIn } from './keyring-shape.ts'
import { sealToken, unsealToken, type TokenPlace } from './session-token.ts'
import { createShifts } from './shifts.ts'
import { isWeak, normalise } from './way-in.ts'

export interface KeyringParts {
  readonly store: KeyStore
  readonly derive: DeriveKey
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly cost?: ArgonCost
  /** Forgets a shift when it is over; without it, when it is next asked for. */
  readonly after?: (milliseconds: number, act: () => void) => () => void
}

const deviceKeyLength = 32

/** Long: every act on the keys stands in one closure, so that no key ever leaves it. */
export function createKeyring({
  store,
  derive,
  now,
  cost = argonCost,
  after,
}: KeyringParts): Keyring {
  const shifts = createShifts({ derive, now, cost, after })
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

  /** What lies on the disk of a way in: the PIN of a shift only under the data key. */
  const wrapBy = async (raw: Bytes, deviceKey: CryptoKey, account: string, way: WayIn) => {
    const [kind, typed] =
      typeof way === 'string'
        ? (['pin', way] as const)
        : (['passphrase', normalise(way.passphrase)] as const)
    const salt = randomBytes(16)
    const secret = await derive(typed, salt, cost)
    const wrapped = await wrapRaw(raw, deviceKey, secret, kind, account)
    const pin: PinWrap = { ...(kind === 'pin' ? {} : { kind }), salt, ...cost, wrapped }
    if (typeof way === 'string') return { pin, shiftPin: undefined, passkey: undefined }
    const { seal: key } = await rawToDataKey(raw)
    return { pin, shiftPin: await seal(key, textToBytes(way.pin), shiftContext(account)) }
  }

  const secretOf = (wrap: PinWrap, typed: string) =>
    derive((wrap.kind ?? 'pin') === 'pin' ? typed : normalise(typed), wrap.salt, wrap)

  /** Opened by a passphrase or a passkey: the shift begins, in memory, while the app goes on. */
  const beginShift = async (raw: Bytes, { id, shiftPin }: KeyEntry) => {
    if (!shiftPin) return
    const { seal: key } = await rawToDataKey(raw)
    const pin = await unseal(key, shiftPin, shiftContext(id))
    if (pin.ok) shifts.begin(id, raw, bytesToText(pin.bytes))
  }

  type Tried =
    | { readonly ok: true; readonly raw: Bytes; readonly entry: KeyEntry }
    | (Unlocking & { readonly ok: false })

  const tryPin = async (account: string, pin: string): Promise<Tried> => {
    // The secret is worked out while the try is written down; it opens nothing before that is on the disk.
    const seen = await read(account)
    const wrap = seen && triesLeftOf(seen) > 0 ? seen.pin : null
    const early = wrap && secretOf(wrap, pin)
    early?.catch(() => {}) // said where it is awaited
    let allowed = false
    const entry = await change(account, (before) => {
      allowed = triesLeftOf(before) > 0
      return allowed ? { ...before, triesLeft: before.triesLeft - 1 } : before
    })
    if (!entry) return { ok: false, problem: 'unknown-account', triesLeft: 0 }
    if (!allowed || !entry.pin) return { ok: false, problem: 'pin-exhausted', triesLeft: 0 }
    let raw: Bytes | null
    try {
      const { pin: now, deviceKey, id } = entry
      // Another tab may have changed the way in since.
      const isSeen = wrap?.salt.every((byte, at) => byte === now.salt[at]) === true
      const secret = await (early && isSeen ? early : secretOf(now, pin))
      raw = await unwrapRaw(now.wrapped, deviceKey, secret, now.kind ?? 'pin', id)
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

  /** What a sign-in brought, as it is kept. */
  const kept = async (raw: Bytes, secret: Bytes, place: TokenPlace, token?: string) => ({
    unsent: await unsentFileKey(secret),
    ...(token === undefined
      ? {}
      : { session: await sealToken(await rawToDataKey(raw), place, token) }),
  })

  /** A right PIN: all tries are there again, and what else changes with it. */
  const unlocked = async (
    { raw, entry }: Tried & { ok: true },
    changed: Partial<
      Pick<KeyEntry, 'pin' | 'shiftPin' | 'passkey' | 'server' | 'unsent' | 'session'>
    > = {},
  ): Promise<Unlocking> => {
    const used = { triesLeft: pinTries, usedAt: now() }
    await change(entry.id, (before) =>
      // Revoked by another tab meanwhile: that stays.
      before.pin ? withoutUndefined({ ...before, ...used, ...changed }) : before,
    )
    if (kindOf(changed.pin ? { ...entry, pin: changed.pin } : entry) === 'passphrase') {
      await beginShift(raw, { ...entry, ...changed })
    }
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
          const kind = kindOf(entry)
          const passkey = entry.passkey !== undefined
          return { id, login, device, pinTriesLeft: triesLeftOf(entry), kind, passkey }
        })
    },

    async enrol({ account, login, device, pin, deviceKey: serverKey, token }) {
      if (isWeak(pin, login)) return { ok: false, problem: 'weak-pin' }
      const secret = base64ToKey(serverKey)
      if (!secret) return { ok: false, problem: 'malformed-key' }
      const raw = randomBytes(32)
      const deviceKey = await makeDeviceKey()
      const entry: KeyEntry = withoutUndefined({
        format: 1,
        id: account,
        login,
        device,
        usedAt: now(),
        deviceKey,
        ...(await wrapBy(raw, deviceKey, account, pin)),
        triesLeft: pinTries,
        server: await wrapRaw(raw, deviceKey, secret, 'server', account),
        ...(await kept(raw, secret, { account, device }, token)),
      })
      let mine = false
      await store.update(account, (before) => {
        mine = before === undefined
        return mine ? entry : before
      })
      if (mine) await beginShift(raw, entry)
      return mine ? opened(raw, device) : { ok: false, problem: 'already-known' }
    },

    async unlock(account, typed, by = 'pin') {
      const entry = await read(account)
      if (by === 'pin' && entry && kindOf(entry) === 'passphrase') {
        if (!entry.pin) shifts.end(account)
        const triesLeft = triesLeftOf(entry)
        const tried = await shifts.tryPin(account, typed)
        if (!tried) return { ok: false, problem: 'shift-over', triesLeft }
        if (!tried.raw) return { ok: false, problem: 'wrong-pin', triesLeft: tried.triesLeft }
        return { ...(await opened(tried.raw, entry.device)), triesLeft }
      }
      const tried = await tryPin(account, typed)
      return tried.ok ? unlocked(tried) : tried
    },

    opensBy: (account, kind) => (kind === 'passphrase' && shifts.isOn(account) ? 'pin' : kind),

    async passkey(account) {
      const passkey = (await read(account))?.passkey
      return passkey ? { id: passkey.id, salt: passkey.salt } : null
    },

    async addPasskey(account, typed, { id, salt }, answer) {
      const tried = await tryPin(account, typed)
      if (!tried.ok) return tried
      const { raw, entry } = tried
      const wrapped = await wrapRaw(raw, entry.deviceKey, answer, 'passkey', account)
      return unlocked(tried, { passkey: { id, salt, wrapped } })
    },

    async removePasskey(account) {
      await change(account, ({ passkey: _, ...before }) => before)
    },

    async unlockByPasskey(account, answer) {
      const entry = await read(account)
      if (!entry) return { ok: false, problem: 'unknown-account', triesLeft: 0 }
      const triesLeft = triesLeftOf(entry)
      const { passkey, deviceKey } = entry
      const raw =
        passkey &&
        entry.pin &&
        (await unwrapRaw(passkey.wrapped, deviceKey, answer, 'passkey', account))
      if (!raw) return { ok: false, problem: 'wrong-pin', triesLeft }
      return unlocked({ ok: true, raw, entry })
    },

    async recover(account, serverKey, newPin, login, token) {
      const entry = await read(account)
      if (isWeak(newPin, login ?? entry?.login ?? '')) return { ok: false, problem: 'weak-pin' }
      if (!entry) return { ok: false, problem: 'unknown-account' }
      const { deviceKey, device } = entry
      const secret = base64ToKey(serverKey)
      const raw = secret && (await unwrapRaw(entry.server, deviceKey, secret, 'server', account))
      if (!secret || !raw) return { ok: false, problem: 'wrong-device-key' }
      const way = await wrapBy(raw, deviceKey, account, newPin)
      const brought = await kept(raw, secret, { account, device }, token)
      await change(account, (before) =>
        withoutUndefined({
          ...before,
          login: login ?? before.login,
          ...way,
          ...brought,
          triesLeft: pinTries,
          usedAt: now(),
        }),
      )
      shifts.end(account)
      await beginShift(raw, { ...entry, ...way })
      return opened(raw, device)
    },

    async changePin(account, pin, newPin) {
      if (isWeak(newPin, (await read(account))?.login ?? '')) {
        return { ok: false, problem: 'weak-pin' }
      }
      const tried = await tryPin(account, pin)
      if (!tried.ok) return tried
      const { raw, entry } = tried
      shifts.end(account)
      return unlocked(tried, await wrapBy(raw, entry.deviceKey, account, newPin))
    },

    async renewDeviceKey(account, pin, serverKey, token) {
      const secret = base64ToKey(serverKey)
      if (!secret) return { ok: false, problem: 'malformed-key' }
      const tried = await tryPin(account, pin)
      if (!tried.ok) return tried
      const { raw, entry } = tried
      return unlocked(tried, {
        server: await wrapRaw(raw, entry.deviceKey, secret, 'server', account),
        ...(await kept(raw, secret, { account, device: entry.device }, token)),
      })
    },

    async learnServerKey(account, serverKey) {
      const secret = base64ToKey(serverKey)
      if (!secret) return
      const unsent = await unsentFileKey(secret)
      await change(account, (before) => ({ ...before, unsent }))
    },

    async readToken(place, dataKey) {
      const entry = await read(place.account)
      return entry?.session ? unsealToken(dataKey, place, entry.session) : null
    },

    async keepToken(place, dataKey, token) {
      const session = await sealToken(dataKey, place, token)
      await change(place.account, (before) => ({ ...before, session }))
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
      shifts.end(account)
      await change(account, ({ passkey: _, ...before }) => ({
        ...before,
        pin: null,
        triesLeft: 0,
      }))
    },
  }
  return faulting(keyring)
}

const shiftContext = (account: string) => `wuse shift ${account}`

/** What a way in does not have any more is gone from the disk, too. */
function withoutUndefined<T extends object>(entry: T): T {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as T
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
    opensBy: keyring.opensBy,
    passkey: guard(keyring.passkey),
    addPasskey: guard(keyring.addPasskey),
    removePasskey: guard(keyring.removePasskey),
    unlockByPasskey: guard(keyring.unlockByPasskey),
    recover: guard(keyring.recover),
    changePin: guard(keyring.changePin),
    renewDeviceKey: guard(keyring.renewDeviceKey),
    learnServerKey: guard(keyring.learnServerKey),
    readToken: guard(keyring.readToken),
    keepToken: guard(keyring.keepToken),
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
