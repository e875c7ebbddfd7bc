/** What a fund needs of the device: a code for its page, and whether its account holds. */
import { firstBroken } from '#domain/funds/chain.ts'
import type { Ledger } from '#domain/funds/ledger.ts'
import { followCodeBytes, writeFollowCode } from '#domain/requests/follow-code.ts'
import { sha256 } from '#app/platform/digest.ts'
import { randomBytes } from '#app/platform/sealing.ts'

/** 128 random bits: whoever has them reads the page, and nobody finds it otherwise. */
export function makePageKey(): string {
  return writeFollowCode(randomBytes(followCodeBytes))
}

/** Number of the first entry that does not hold; null where all do. */
export function brokenAt(fund: string, ledger: Ledger): Promise<number | null> {
  return firstBroken(fund, ledger, sha256)
}
