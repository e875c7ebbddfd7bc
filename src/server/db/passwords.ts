import { argon2id, argon2Verify } from 'hash-wasm'

/** Argon2id with the parameters of RFC 9106's second choice made smaller for two cores: 19 MiB, 2 passes (OWASP). */
export function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  return argon2id({
    password,
    salt,
    parallelism: 1,
    iterations: 2,
    memorySize: 19_456,
    hashLength: 32,
    outputType: 'encoded',
  })
}

export function isPassword(password: string, hash: string): Promise<boolean> {
  return argon2Verify({ password, hash })
}
