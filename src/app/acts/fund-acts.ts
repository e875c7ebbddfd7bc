/** What a fund needs of the device: whether its account holds. A code for its page is made as a follow-up code is. */
import { firstBroken } from '#domain/funds/chain.ts'
import type { Ledger } from '#domain/funds/ledger.ts'
import { sha256 } from '#app/platform/digest.ts'

/** Number of the first entry that does not hold; null where all do. */
export function brokenAt(fund: string, ledger: Ledger): Promise<number | null> {
  return firstBroken(fund, ledger, sha256)
}
