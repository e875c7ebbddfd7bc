/**
 * The chain of an account: each entry that came to count is hashed together with the hash of the one before it, so that
 * nothing in it can be changed, left out or put in unseen, and a printed sheet can be held against the page.
 */
import type { HeldCheck, HeldEntry, Ledger } from './ledger.ts'

/** What the first entry follows on. */
export const chainStart = (fund: string) => `wuse fund 1 ${fund}`

/** All that is known for ever of an entry, in a fixed order. Who gave it is not in it: that goes when its time is over. */
export function lineOf(
  previous: string,
  no: number,
  { id, by, fields }: HeldEntry,
  check: Pick<HeldCheck, 'id' | 'by'>,
): string {
  const { fund, entryKind, cents, on, what, payee, giver, door, vouchers, reverses } = fields
  return JSON.stringify([
    ...[previous, no, id, by, fund, entryKind, cents, on, what ?? null, payee ?? null],
    ...[giver ?? null, door ?? null, vouchers ?? [], reverses ?? null, check.id, check.by],
  ])
}

/** SHA-256 in hexadecimal: of the server at once, of a device in a while. */
type Hash = (text: string) => string | Promise<string>

/** Number of the first entry that does not hold; null where the account is whole. */
export async function firstBroken(
  fund: string,
  { counted }: Ledger,
  hash: Hash,
): Promise<number | null> {
  let previous = await hash(chainStart(fund))
  let no = 0
  for (const { entry, check } of counted) {
    no += 1
    const found = check?.fields
    const isNext = found?.no === no && found.previous === previous
    if (!check || !isNext) return no
    const own = await hash(lineOf(previous, no, entry, check))
    if (own !== found.hash) return no
    previous = own
  }
  return null
}

/** So many letters stand on the page and on the sheet: 96 bits, in groups of four. */
const shownLetters = 24

export function shownHash(hash: string): string {
  return hash.slice(0, shownLetters).replace(/(.{4})(?=.)/g, '$1 ')
}
