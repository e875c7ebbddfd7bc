import { argon2id } from 'hash-wasm'
import type { ArgonTask } from './argon.ts'
import type { Bytes } from './sealing.ts'

/** On this thread. Imported where it is needed only: it brings the WebAssembly with it. */
export async function computeArgon2id({
  password,
  salt,
  memory,
  passes,
}: ArgonTask): Promise<Bytes> {
  const hash = await argon2id({
    password,
    salt,
    memorySize: memory,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  })
  return new Uint8Array(hash)
}
