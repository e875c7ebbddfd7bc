/**
 * Sealing: AES-256-GCM (NIST SP 800-38D) by WebCrypto. A box is a random nonce of 12 bytes, then the ciphertext with
 * its tag of 16. The context is authenticated with it: a box put into another place does not open there.
 */

export type Bytes = Uint8Array<ArrayBuffer>

/** Not ok: another key, another context, or not the bytes that were sealed. Which of them cannot be told. */
export type Unsealed = { readonly ok: true; readonly bytes: Bytes } | { readonly ok: false }

const nonceLength = 12
const tagLength = 16

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export const textToBytes = (text: string): Bytes => encoder.encode(text)
export const bytesToText = (bytes: Bytes): string => decoder.decode(bytes)

export function bytesToBase64(bytes: Bytes): string {
  let text = ''
  // In parts: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  }
  return btoa(text)
}

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}

export async function seal(key: CryptoKey, bytes: Bytes, context: string): Promise<Bytes> {
  const iv = randomBytes(nonceLength)
  const additionalData = textToBytes(context)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes)
  const box = new Uint8Array(nonceLength + sealed.byteLength)
  box.set(iv)
  box.set(new Uint8Array(sealed), nonceLength)
  return box
}

export async function unseal(key: CryptoKey, box: Bytes, context: string): Promise<Unsealed> {
  if (box.length < nonceLength + tagLength) return { ok: false }
  const iv = box.subarray(0, nonceLength)
  const additionalData = textToBytes(context)
  try {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData },
      key,
      box.subarray(nonceLength),
    )
    return { ok: true, bytes: new Uint8Array(opened) }
  } catch (error) {
    // WebCrypto says no more about a tag that does not fit; anything else is a key of the wrong kind, a bug.
    if (error instanceof DOMException && error.name === 'OperationError') return { ok: false }
    throw error
  }
}
