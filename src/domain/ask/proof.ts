/**
 * Proof of work: the device searches a number by which a slow hash begins with some zero bits. It costs a person a
 * second while typing and whoever sends thousands of requests hours; nobody has to see, hear or solve anything.
 */

/** What the server signs: bound to one sticker, for ten minutes. */
export interface Challenge {
  readonly code: string
  /** Hexadecimal; also what is used once. */
  readonly salt: string
  /** Milliseconds since 1970. */
  readonly until: number
  readonly rounds: number
  readonly bits: number
  readonly signature: string
}

export interface Proof {
  readonly challenge: Challenge
  readonly nonce: number
}

export const challengeMs = 10 * 60_000
/** PBKDF2 with SHA-256: 2,000 rounds for each of some 256 tries. */
export const proofRounds = 2_000
export const proofBits = 8
/** More for a network that asks for very many: never a refusal. */
export const mostProofBits = 11
/** A device that is slower waits for a person instead. */
export const patienceMs = 20_000
export const mostNonce = 1_000_000

/** What is signed, and what is hashed with it. */
export function signedText({ code, salt, until, rounds, bits }: Omit<Challenge, 'signature'>) {
  return [code, salt, until, rounds, bits].join(' ')
}

export function beginsWithZeros(bytes: Uint8Array, bits: number): boolean {
  for (let bit = 0; bit < bits; bit += 1) {
    if (((bytes[bit >> 3] ?? 255) >> (7 - (bit & 7))) & 1) return false
  }
  return true
}
