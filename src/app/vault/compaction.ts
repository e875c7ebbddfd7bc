/** Idle work: many small pages of a stream become few large ones. */
import { mergePages, pageSize } from './merge-pages.ts'
import { isPageRow, openPage, sealPage } from './pages.ts'
import { readRows } from './read-rows.ts'
import type { PageRow, VaultDatabase } from './schema.ts'
import type { Sealer } from './sealer.ts'

/** So many pages more than needed, and a stream is worth rewriting. */
const slack = 4

/**
 * Stream by stream; each is rewritten in one transaction after everything is sealed, so an interruption anywhere
 * leaves it as it was. Rows that another tab changed meanwhile are left alone until the next time.
 */
export async function compactPages(vault: VaultDatabase, sealer: Sealer): Promise<void> {
  for (const stream of await fragmented(vault)) {
    const places = await vault.pages.where('stream').equals(stream).primaryKeys()
    places.sort((a, b) => a - b)
    const { rows, unreadable } = await readRows(
      vault.pages,
      () => vault.pages.where(':id').anyOf(places),
      isPageRow,
    )
    const opened = await Promise.all(rows.map((row) => openPage(sealer, row)))
    const pages = opened.filter((page) => page !== null)
    // A damaged page is the next load's affair.
    if (unreadable.length > 0 || pages.length < rows.length) continue
    const merged = mergePages(pages)
    if (merged.length >= rows.length) continue
    const sealed = await Promise.all(merged.map((page) => sealPage(sealer, page)))
    await replace(vault, rows, sealed)
  }
}

async function fragmented({ pages }: VaultDatabase): Promise<string[]> {
  // Keys alone: the boxes stay on the disk.
  const keys = await pages.orderBy('[stream+count]').keys()
  const byStream = new Map<string, { rows: number; count: number }>()
  for (const key of keys) {
    const [stream, count] = key as unknown as readonly [string, number]
    const seen = byStream.get(stream) ?? { rows: 0, count: 0 }
    byStream.set(stream, { rows: seen.rows + 1, count: seen.count + count })
  }
  return [...byStream]
    .filter(([, { rows, count }]) => rows > Math.ceil(count / pageSize) + slack)
    .map(([stream]) => stream)
}

/** The new rows take the first of the old rows' places: what was appended meanwhile stays behind them. */
async function replace(
  { db, pages }: VaultDatabase,
  old: readonly PageRow[],
  fresh: readonly PageRow[],
): Promise<void> {
  const places = old.map((row) => row.n ?? 0)
  await db.transaction('rw', pages, async () => {
    const there = await pages.where(':id').anyOf(places).count()
    if (there < places.length) return
    await pages.bulkDelete(places)
    await pages.bulkPut(fresh.map((row, index) => ({ ...row, n: places[index] ?? 0 })))
  })
}
