import { argon2id } from 'hash-wasm'

/** Argon2id with the parameters of RFC 9106's second choice made smaller for two cores: 19 MiB, 2 passes (OWASP). */
export const argon2Cost = {
  parallelism: 1,
  iterations: 2,
  memorySize: 19_456,
  hashLength: 32,
  outputType: 'encoded',
} as const

/** On the thread of whoever asks: for filling a register. A server hashes by `hashing.ts`. */
export function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  return argon2id({ ...argon2Cost, password, salt })
}
