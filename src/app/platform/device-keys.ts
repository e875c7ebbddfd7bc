/**
 * The keys of an account on this device. Only the raw data key ever exists as bytes, for the moment in which it is
 * made, wrapped or unwrapped; everything that is kept is a CryptoKey whose bytes no script can read.
 */
import { unsentFileInfo } from '#protocol/unsent-file.ts'
import { seal, textToBytes, unseal, type Bytes } from './sealing.ts'

/** An account's data key as it is used: one key seals, the other turns names into opaque ones. */
export interface DataKey {
  readonly seal: CryptoKey
  readonly name: CryptoKey
}

/** What opens a wrapped data key together with the device key. */
export type WrapPurpose = 'pin' | 'passphrase' | 'shift' | 'passkey' | 'server'

const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 } as const

/** The device's part of every wrapping: HMAC-SHA-256, made inside the browser and not extractable from it. */
export function makeDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey(hmac, false, ['sign'])
}

/** Splits a raw key of 32 bytes by HKDF (RFC 5869): no key serves two ends. */
export async function rawToDataKey(raw: Bytes): Promise<DataKey> {
  const root = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey'])
  const from = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(32),
    info: textToBytes(info),
  })
  const [forSealing, forNames] = await Promise.all([
    crypto.subtle.deriveKey(from('wuse seal 1'), root, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
    crypto.subtle.deriveKey(from('wuse name 1'), root, hmac, false, ['sign']),
  ])
  return { seal: forSealing, name: forNames }
}

/**
 * Seals files of unsent work (`protocol/unsent-file.ts`): made of the key that the server holds for this device. It
 * seals and does not open, so keeping it beside the sealed data tells nobody anything.
 */
export async function unsentFileKey(secret: Bytes): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const from = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(32),
    info: textToBytes(unsentFileInfo),
  }
  const aes = { name: 'AES-GCM', length: 256 }
  return crypto.subtle.deriveKey(from, root, aes, false, ['encrypt'])
}

/** The same name gives the same 32 hexadecimal characters under one data key, and tells nothing without it. */
export async function opaqueName(key: DataKey, name: string): Promise<string> {
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key.name, textToBytes(name)))
  return Array.from(mac.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Neither the secret alone (a PIN guessed elsewhere, a copied server) nor the device alone opens what comes out. */
async function wrappingKey(device: CryptoKey, secret: Bytes, purpose: WrapPurpose) {
  const label = textToBytes(`wuse wrap 1 ${purpose} `)
  const message = new Uint8Array(label.length + secret.length)
  message.set(label)
  message.set(secret, label.length)
  const bytes = await crypto.subtle.sign('HMAC', device, message)
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function wrapRaw(
  raw: Bytes,
  device: CryptoKey,
  secret: Bytes,
  purpose: WrapPurpose,
  account: string,
): Promise<Bytes> {
  return seal(await wrappingKey(device, secret, purpose), raw, `wuse key ${account} ${purpose}`)
}

/** Null where secret, device or account is another one. */
export async function unwrapRaw(
  box: Bytes,
  device: CryptoKey,
  secret: Bytes,
  purpose: WrapPurpose,
  account: string,
): Promise<Bytes | null> {
  const key = await wrappingKey(device, secret, purpose)
  const opened = await unseal(key, box, `wuse key ${account} ${purpose}`)
  return opened.ok ? opened.bytes : null
}
