/**
 * A backup sealed to a public key, in the age format (age-encryption.org/v1): whoever has the private key opens it with
 * this program or with the standard tool, and the server that wrote it cannot.
 */
import { Readable } from 'node:stream'
import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'

/** The first bytes of a file in that format. */
export const sealedMark = 'age-encryption.org/v1\n'

export interface Seal {
  seal(plain: Readable): Promise<Readable>
  /** Opens what this very seal made, to read a fresh backup back. */
  open(sealed: Readable): Promise<Readable>
}

/** Whether a text is a public key: `age1…`. */
export function isPublicKey(text: string): boolean {
  try {
    new Encrypter().addRecipient(text)
    return true
  } catch {
    return false
  }
}

/**
 * Seals to a public key, and to one that lives in this process alone and for as long: with it the file that lies on
 * the disk is read back, although nobody here has the private key.
 */
export async function createSeal(publicKey: string): Promise<Seal> {
  const passing = await generateIdentity()
  const own = await identityToRecipient(passing)
  return {
    async seal(plain) {
      const encrypter = new Encrypter()
      encrypter.addRecipient(publicKey)
      encrypter.addRecipient(own)
      return fromWeb(await encrypter.encrypt(toWeb(plain)))
    },
    open: (sealed) => openSealed(sealed, passing),
  }
}

/** `privateKey`: `AGE-SECRET-KEY-1…`. Throws where it does not fit, or something was changed. */
export async function openSealed(sealed: Readable, privateKey: string): Promise<Readable> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(privateKey)
  return fromWeb(await decrypter.decrypt(toWeb(sealed)))
}

/** A new pair of keys. */
export async function createKeyPair(): Promise<{
  readonly publicKey: string
  readonly privateKey: string
}> {
  const privateKey = await generateIdentity()
  return { privateKey, publicKey: await identityToRecipient(privateKey) }
}

/** The private key of a key file: the one line that is no comment. Null where there is none. */
export function readKeyFile(text: string): string | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return lines.find((line) => /^AGE-SECRET-KEY-1[0-9A-Z]+$/.test(line)) ?? null
}

function toWeb(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>
}

function fromWeb(stream: ReadableStream<Uint8Array>): Readable {
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0])
}
