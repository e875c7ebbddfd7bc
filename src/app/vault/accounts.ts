import type { Mutation } from '#protocol/mutation.ts'
import type { Session } from '#protocol/session.ts'
import { unsentFileFormat, type UnsentFile } from '#protocol/unsent-file.ts'
import type { DataKey } from '#app/platform/device-keys.ts'
import { bytesToBase64 } from '#app/platform/sealing.ts'
import type { Keyring, KnownAccount } from './keyring.ts'
import { VaultFault, type Vault } from './vault.ts'

export interface AccountsParts {
  readonly keyring: Keyring
  readonly open: (parts: {
    readonly account: string
    readonly device: string
    readonly dataKey: DataKey
  }) => Promise<Vault>
}

/** Keys and vaults as the session asks for them (`stores/accounts.ts`). Fails with a `VaultFault`. */
export function createAccounts({ keyring, open }: AccountsParts) {
  const keyFor = async (session: Session, login: string, pin: string) => {
    const account = session.account.id
    const deviceKey = session.deviceKey ?? ''
    const isKnown = (await keyring.accounts()).some(({ id }) => id === account)
    if (!isKnown) {
      return keyring.enrol({ account, login, device: session.device, pin, deviceKey })
    }
    const recovered = await keyring.recover(account, deviceKey, pin, login)
    if (recovered.ok || recovered.problem !== 'wrong-device-key') return recovered
    // The server has another key than it had. Whoever types the old PIN may go on with the data that is here.
    return keyring.renewDeviceKey(account, pin, deviceKey)
  }

  return {
    known: (): Promise<readonly KnownAccount[]> => keyring.accounts(),

    /** Makes the account's keys, or gives an account that is here already a new PIN; opens its vault. */
    async choosePin(session: Session, login: string, pin: string): Promise<Vault> {
      const key = await keyFor(session, login, pin)
      if (!key.ok) throw new VaultFault('storage', new Error(key.problem))
      return open({ account: session.account.id, device: key.device, dataKey: key.dataKey })
    },

    async unlock(account: string, pin: string) {
      const key = await keyring.unlock(account, pin)
      if (!key.ok) return { ok: false, triesLeft: key.triesLeft } as const
      const { device, dataKey, triesLeft } = key
      return { ok: true, triesLeft, vault: await open({ account, device, dataKey }) } as const
    },

    learn: (session: Session): Promise<void> =>
      keyring.learnServerKey(session.account.id, session.deviceKey ?? ''),

    /** The file for the office; null before a sign-in gave the key for it. */
    async unsentFile(account: string, mutations: readonly Mutation[]): Promise<UnsentFile | null> {
      const known = (await keyring.accounts()).find(({ id }) => id === account)
      const box = known && (await keyring.sealUnsent(account, JSON.stringify({ mutations })))
      if (!known || !box) return null
      return { format: unsentFileFormat, device: known.device, box: bytesToBase64(box) }
    },

    revoke: (account: string): Promise<void> => keyring.revoke(account),
  }
}
