/** The account of a stairwell as its doors read it: what counts, with vouchers that are the ones that were entered. */
import { sql, type Kysely } from 'kysely'
import { firstBroken } from '#domain/funds/chain.ts'
import type { Fund, FundCheck, FundEntry, FundGiver } from '#domain/funds/fund.ts'
import { ledgerOf, type HeldEntry, type Ledger } from '#domain/funds/ledger.ts'
import { askPlaceOf, type AskPlace } from './ask-place.ts'
import type { SeenPhoto } from './ask-photos.ts'
import { hashOfText } from './hashing-text.ts'
import { loadChildren, loadRecords } from './records.ts'
import type { RecordRow } from './record-row.ts'
import type { Database } from './schema.ts'

export interface OpenedFund {
  readonly stream: string
  readonly home: AskPlace
  readonly fund: Fund
  readonly ledger: Ledger
  /** Number of the first entry that does not hold; null where all do. */
  readonly broken: number | null
  /** By entry: whoever agreed to be named. */
  readonly names: ReadonlyMap<string, string>
  /** By entry. */
  readonly vouchers: ReadonlyMap<string, readonly SeenPhoto[]>
}

/** By the 28 letters of its code, of which the fund has the hash alone. Undefined of a code that opens nothing. */
export async function openFund(
  db: Kysely<Database>,
  code: string,
): Promise<OpenedFund | undefined> {
  const page = hashOfText(code)
  const { rows } = await sql<{ stream: string; id: string }>`
    select stream, id from record
    where kind = 'fund' and fields->>'page' = ${page} and not removed`.execute(db)
  // A code that two funds have opens neither: nobody is shown another account than the one that was printed.
  const [found] = rows
  if (!found || rows.length > 1) return undefined
  const { stream, id } = found
  const [row] = await loadRecords(db, [stream], [id])
  if (row?.kind !== 'fund' || row.removed) return undefined
  const { ledger, below } = await readLedger(db, stream, id)
  return {
    ...{ stream, fund: row.fields as Fund, ledger },
    home: await askPlaceOf(db, stream),
    broken: await firstBroken(id, ledger, hashOfText),
    names: namesOf(below),
    vouchers: vouchersOf(ledger, below),
  }
}

/** The account of one fund, and what stands in its entries. */
export async function readLedger(
  db: Kysely<Database>,
  stream: string,
  fund: string,
): Promise<{ readonly ledger: Ledger; readonly below: readonly RecordRow[] }> {
  const rows = await loadChildren(db, stream, [fund], ['fund-entry'])
  const below = await loadChildren(
    db,
    stream,
    rows.map((one) => one.id),
    ['fund-check', 'fund-giver', 'photo'],
  )
  const entries = [...rows]
    .sort((a, b) => a.version - b.version)
    .map(({ id, by, fields }): HeldEntry => ({ id, by, fields: fields as FundEntry }))
  const checks = below.flatMap(({ id, kind, by, fields }) =>
    kind === 'fund-check' ? [{ id, by, fields: fields as FundCheck }] : [],
  )
  return { ledger: ledgerOf(entries, checks), below }
}

function namesOf(below: readonly RecordRow[]): ReadonlyMap<string, string> {
  return new Map(
    below.flatMap(({ kind, fields }) => {
      const { entry, name } = fields as FundGiver
      return kind === 'fund-giver' && name ? [[entry, name] as const] : []
    }),
  )
}

/** A photograph that came later under the same entry is none of its vouchers. */
function vouchersOf(
  { counted }: Ledger,
  below: readonly RecordRow[],
): ReadonlyMap<string, readonly SeenPhoto[]> {
  const named = new Map(counted.map(({ entry }) => [entry.id, entry.fields.vouchers ?? []]))
  const found = new Map<string, SeenPhoto[]>()
  for (const { id, kind, fields } of below) {
    const host = String(fields['host'])
    const isVoucher = kind === 'photo' && named.get(host)?.includes(String(fields['sha256']))
    if (!isVoucher || !fields['arrivedAt']) continue
    const seen = { id, thumbnail: String(fields['thumbnail']) }
    found.set(host, [...(found.get(host) ?? []), seen])
  }
  return found
}
