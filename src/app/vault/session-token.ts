/**
 * The token of an account's session with the server, sealed under its data key (decision 0040). It lies beside the keys
 * and not in the account's database: a browser that takes that away, or one that does not open, costs no sign-in.
 */
import type { DataKey } from '#app/platform/device-keys.ts'
import { bytesToText, seal, textToBytes, unseal, type Bytes } from '#app/platform/sealing.ts'

/** Only while the account is open. Fails with a `VaultFault`. */
export interface TokenKeeper {
  /** Null where there is none that opens: the account signed in with an app before version 0.2.0. */
  read(): Promise<string | null>
  /** Resolves when it is on the disk. */
  keep(token: string): Promise<void>
}

export interface TokenPlace {
  readonly account: string
  readonly device: string
}

const contextOf = ({ account, device }: TokenPlace) => `wuse session ${account} ${device}`

export function sealToken(key: DataKey, place: TokenPlace, token: string): Promise<Bytes> {
  return seal(key.seal, textToBytes(token), contextOf(place))
}

export async function unsealToken(
  key: DataKey,
  place: TokenPlace,
  box: Bytes,
): Promise<string | null> {
  const opened = await unseal(key.seal, box, contextOf(place))
  return opened.ok ? bytesToText(opened.bytes) : null
}
