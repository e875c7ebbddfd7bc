/**
 * Passkeys with the extension PRF (WebAuthn level 3, 10.1.4): an authenticator answers a question with 32 bytes that
 * never leave it otherwise. Nothing of it goes to the server: no assertion is checked, the answer alone counts.
 */
import { randomBytes, type Bytes } from './sealing.ts'

interface Question {
  readonly id: Bytes
  readonly salt: Bytes
}

interface Answers {
  readonly prf?: {
    readonly enabled?: boolean
    readonly results?: { readonly first?: BufferSource }
  }
}

const patienceMs = 60_000

/** Null where this browser has none that can answer, or the person refused. */
export async function makePasskey(
  login: string,
): Promise<{ readonly question: Question; readonly answer: Bytes } | null> {
  const salt = randomBytes(32)
  const made = await attempt(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: randomBytes(32),
        rp: { name: '五色' },
        user: { id: randomBytes(16), name: login, displayName: login },
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          residentKey: 'discouraged',
          userVerification: 'required',
        },
        timeout: patienceMs,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  )
  if (!made) return null
  const { prf } = made.getClientExtensionResults() as Answers
  if (!prf?.enabled && !prf?.results) return null
  const question = { id: new Uint8Array(made.rawId), salt }
  // Some answer already while they are made, others only when they are asked.
  const answer = toBytes(prf.results?.first) ?? (await askPasskey(question))
  return answer && { question, answer }
}

/** Null where nobody answered. */
export async function askPasskey({ id, salt }: Question): Promise<Bytes | null> {
  const asked = await attempt(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: [{ type: 'public-key', id }],
        userVerification: 'required',
        timeout: patienceMs,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  )
  return asked && toBytes((asked.getClientExtensionResults() as Answers).prf?.results?.first)
}

async function attempt(act: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  if (!('credentials' in navigator) || typeof PublicKeyCredential === 'undefined') return null
  try {
    return (await act()) as PublicKeyCredential | null
  } catch (error) {
    // Refused, cancelled, timed out, not here: the passphrase is asked as ever.
    if (error instanceof DOMException) return null
    throw error
  }
}

function toBytes(source: BufferSource | undefined): Bytes | null {
  if (!source) return null
  const bytes =
    source instanceof ArrayBuffer
      ? new Uint8Array(source)
      : new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  return bytes.length === 32 ? bytes.slice() : null
}

/** Whether it is worth offering: the platform has a lock of its own that can stand for a person. */
export async function hasPasskeys(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false)
}
