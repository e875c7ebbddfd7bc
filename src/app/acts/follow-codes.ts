/** Follow-up codes of requests: made on this device, never stored on it; what leaves it is the hash. */
import { followCodeBytes, writeFollowCode } from '#domain/requests/follow-code.ts'
import { sha256 } from '#app/platform/digest.ts'
import { randomBytes } from '#app/platform/sealing.ts'

export interface FollowCode {
  /** 28 letters, without groups. */
  readonly code: string
  /** SHA-256 of them in hexadecimal. */
  readonly hash: string
}

export async function makeFollowCode(): Promise<FollowCode> {
  const code = writeFollowCode(randomBytes(followCodeBytes))
  return { code, hash: await hashFollowCode(code) }
}

export function hashFollowCode(code: string): Promise<string> {
  return sha256(code)
}
