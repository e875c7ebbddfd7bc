import type { Mutation } from '#protocol/mutation.ts'
import type { Session } from '#protocol/session.ts'
import { unsentFileFormat, type UnsentFile } from '#protocol/unsent-file.ts'
import type { DataKey } from '#app/platform/device-keys.ts'
import { bytesToBase64, type Bytes } from '#app/platform/sealing.ts'
import type { Keyring, KnownAccount, PasskeyQuestion, Unlocking, WayIn } from './keyring-shape.ts'
import { rescueInto } from './rescue.ts'
import type { TokenKeeper } from './session-token.ts'
import { VaultFault, type Vault } from './vault.ts'

/** A vault that is open, and the token of its account's session. */
export interface OpenVault extends Vault {
  readonly tokens: TokenKeeper
}

export interface AccountsParts {
  readonly keyring: Keyring
  readonly open: (parts: {
    readonly account: string
    readonly device: string
    readonly dataKey: DataKey
    readonly book: number
  }) => Promise<Vault>
  readonly deleteBook: (account: string, book: number) => Promise<void>
  /** Resolves after so many milliseconds. */
  readonly patience: (milliseconds: number) => Promise<void>
}

/** A broken database may also never answer; nobody waits for it longer than this. */
const patienceMs = 3_000

/** Keys and vaults as the session asks for them (`stores/accounts.ts`). Fails with a `VaultFault`. */
export function createAccounts({ keyring, open, deleteBook, patience }: AccountsParts) {
  /** The account's database, with all that earlier ones have to give which open again by now. */
  const openBook = async (
    account: string,
    device: string,
    dataKey: DataKey,
  ): Promise<OpenVault> => {
    const { book, earlier } = await keyring.books(account)
    const vault = await open({ account, device, dataKey, book })
    for (const lost of earlier) {
      const opening = open({ account, device, dataKey, book: lost }).catch(() => null)
      const opened = await Promise.race([opening, patience(patienceMs).then(() => null)])
      if (!opened) {
        void opening.then((late) => late?.close())
        continue
      }
      // What fails here lies where it lay, and is tried again the next time.
      await rescueInto(vault, opened)
        .then(() => opened.close())
        .then(() => keyring.closeBook(account, lost))
        .then(() => deleteBook(account, lost))
        .catch(() => opened.close())
    }
    let key: DataKey | null = dataKey
    const held = () => {
      if (!key) throw new VaultFault('closed')
      return key
    }
    const place = { account, device }
    return {
      ...vault,
      tokens: {
        read: async () => keyring.readToken(place, held()),
        keep: async (token) => keyring.keepToken(place, held(), token),
      },
      close() {
        key = null
        vault.close()
      },
    }
  }

  const keyFor = async (session: Session, login: string, pin: WayIn) => {
    const account = session.account.id
    const { deviceKey = '', token } = session
    const isKnown = (await keyring.accounts()).some(({ id }) => id === account)
    if (!isKnown) {
      return keyring.enrol({ account, login, device: session.device, pin, deviceKey, token })
    }
    const recovered = await keyring.recover(account, deviceKey, pin, login, token)
    if (recovered.ok || recovered.problem !== 'wrong-device-key') return recovered
    // The server has another key than it had. Whoever types the old PIN may go on with the data that is here.
    const typed = typeof pin === 'string' ? pin : pin.passphrase
    return keyring.renewDeviceKey(account, typed, deviceKey, token)
  }

  const enter = async (account: string, key: Unlocking) => {
    if (!key.ok) return { ok: false, triesLeft: key.triesLeft, problem: key.problem } as const
    const { device, dataKey, triesLeft } = key
    return { ok: true, triesLeft, vault: await openBook(account, device, dataKey) } as const
  }

  return {
    known: (): Promise<readonly KnownAccount[]> => keyring.accounts(),

    /** Makes the account's keys, or gives an account that is here already a new way in; opens its vault. */
    async choosePin(session: Session, login: string, pin: WayIn): Promise<OpenVault> {
      const key = await keyFor(session, login, pin)
      if (!key.ok) throw new VaultFault('storage', new Error(key.problem))
      return openBook(session.account.id, key.device, key.dataKey)
    },

    unlock: async (account: string, typed: string, by?: 'pin' | 'passphrase') =>
      enter(account, await keyring.unlock(account, typed, by)),

    /** Another way in for whoever knows the one of before. */
    changeWayIn: async (account: string, typed: string, way: WayIn) => {
      const changed = await keyring.changePin(account, typed, way)
      if (!changed.ok && changed.problem === 'weak-pin') {
        throw new VaultFault('storage', new Error(changed.problem))
      }
      return enter(account, changed)
    },

    opensBy: (account: string, kind: 'pin' | 'passphrase') => keyring.opensBy(account, kind),
    passkey: (account: string) => keyring.passkey(account),
    async addPasskey(account: string, typed: string, question: PasskeyQuestion, answer: Bytes) {
      const { ok, triesLeft } = await keyring.addPasskey(account, typed, question, answer)
      return { ok, triesLeft }
    },
    removePasskey: (account: string) => keyring.removePasskey(account),
    unlockByPasskey: async (account: string, answer: Bytes) =>
      enter(account, await keyring.unlockByPasskey(account, answer)),

    learn: (session: Session): Promise<void> =>
      keyring.learnServerKey(session.account.id, session.deviceKey ?? ''),

    /** The file for the office; null before a sign-in gave the key for it. */
    async unsentFile(account: string, mutations: readonly Mutation[]): Promise<UnsentFile | null> {
      const known = (await keyring.accounts()).find(({ id }) => id === account)
      const box = known && (await keyring.sealUnsent(account, JSON.stringify({ mutations })))
      if (!known || !box) return null
      return { format: unsentFileFormat, device: known.device, box: bytesToBase64(box) }
    },

    beginAnew: (account: string): Promise<void> => keyring.beginBook(account),

    revoke: (account: string): Promise<void> => keyring.revoke(account),
  }
}
