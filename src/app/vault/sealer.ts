import { opaqueName, type DataKey } from '#app/platform/device-keys.ts'
import {
  bytesToText,
  seal,
  textToBytes,
  unseal,
  type Bytes,
  type Unsealed,
} from '#app/platform/sealing.ts'
import { VaultFault } from './vault.ts'

export type Opened = { readonly ok: true; readonly value: unknown } | { readonly ok: false }

/** Where a sealed value lies: table, key, and whatever of the row is readable and must not be changed. */
export type Place = readonly (string | number)[]

/** Seals JSON, or bytes as they are, for one account. After `close` everything fails with a `VaultFault` 'closed'. */
export interface Sealer {
  seal(value: unknown, place: Place): Promise<Bytes>
  /** Not ok where it is not what was sealed for this place. */
  unseal(box: Bytes, place: Place): Promise<Opened>
  sealBytes(bytes: Bytes, place: Place): Promise<Bytes>
  unsealBytes(box: Bytes, place: Place): Promise<Unsealed>
  /** The same for the same name, and readable to nobody. */
  name(text: string): Promise<string>
  close(): void
}

export function createSealer(account: string, dataKey: DataKey): Sealer {
  let held: DataKey | null = dataKey
  const key = () => {
    if (!held) throw new VaultFault('closed')
    return held
  }
  const context = (place: Place) => JSON.stringify([account, ...place])

  return {
    sealBytes: async (bytes, place) => seal(key().seal, bytes, context(place)),
    unsealBytes: async (box, place) => unseal(key().seal, box, context(place)),
    seal: async (value, place) =>
      seal(key().seal, textToBytes(JSON.stringify(value)), context(place)),
    async unseal(box, place) {
      const opened = await unseal(key().seal, box, context(place))
      if (!opened.ok) return opened
      try {
        return { ok: true, value: JSON.parse(bytesToText(opened.bytes)) as unknown }
      } catch {
        return { ok: false }
      }
    },
    name: async (text) => opaqueName(key(), text),
    close: () => (held = null),
  }
}
