/** The register's base on disk: sealed pages in the order written, and how far each stream has come. */
import type { Bytes } from '#app/platform/sealing.ts'
import type { Cursor, PageLine } from '#protocol/pull.ts'
import { gatherPages, sizeOf, type GatheredPage } from './merge-pages.ts'
import { bytesToContent, contentToBytes, linesToBytes } from './page-content.ts'
import type { CursorRow, PageRow, VaultDatabase } from './schema.ts'
import type { Place, Sealer } from './sealer.ts'
import type { Received } from './vault.ts'

/** Pages being decrypted while one is handed over. */
const lookAhead = 4

export interface StoredPages {
  load(onPages: (pages: readonly PageLine[]) => void): Promise<{ damaged: readonly string[] }>
  cursors(): Promise<Record<string, Cursor>>
  addPages(pages: readonly PageLine[], received?: Received): Promise<void>
  dropStream(stream: string): Promise<void>
}

export function createPages({ db, pages, cursors }: VaultDatabase, sealer: Sealer): StoredPages {
  /** One transaction, so that rows and cursors are of one moment while other tabs write. */
  const read = () =>
    db.transaction('r', [pages, cursors], () =>
      Promise.all([pages.orderBy(':id').toArray(), cursors.toArray()]),
    )

  /** The rows that cannot be opened go, and their streams' cursors: the next pull then fetches them whole. */
  const drop = (spoilt: readonly PageRow[], broken: ReadonlyMap<string, CursorRow>) =>
    db.transaction('rw', [pages, cursors], async () => {
      for (const { n = 0, stream } of spoilt) {
        // Another tab may have fetched the stream anew already.
        if (await pages.get(n)) await cursors.delete(stream)
        await pages.delete(n)
      }
      for (const [stream, { epoch, version }] of broken) {
        const now = await cursors.get(stream)
        if (now?.epoch === epoch && now.version === version) await cursors.delete(stream)
      }
    })

  return {
    async load(onPages) {
      const [rows, held] = await read()
      const spoilt: PageRow[] = []
      const opening: Promise<PageLine | null>[] = []
      for (const [index, row] of rows.entries()) {
        for (const next of rows.slice(opening.length, index + lookAhead)) {
          const page = openPage(sealer, next)
          page.catch(() => {}) // closed meanwhile: said once, where it is awaited
          opening.push(page)
        }
        // The browser draws in between: each decryption ends in a task of its own.
        const page = await opening[index]
        if (page) onPages([page])
        else spoilt.push(row)
      }
      const broken = brokenStreams(rows, held)
      const damaged = new Set([...spoilt.map((row) => row.stream), ...broken.keys()])
      if (damaged.size > 0) await drop(spoilt, broken)
      return { damaged: [...damaged] }
    },

    async cursors() {
      const rows = await cursors.toArray()
      return Object.fromEntries(
        rows.map(({ stream, epoch, version }) => [stream, { epoch, version }]),
      )
    },

    async addPages(lines, received) {
      const gathered = gatherPages(lines)
      const sealed = await Promise.all(
        gathered.map(async ({ stream, pages }) => ({
          stream,
          rows: await Promise.all(
            pages.map((gathered) => sealGathered(sealer, gathered, received)),
          ),
        })),
      )
      if (sealed.length === 0) return
      await db.transaction('rw', [pages, cursors], async () => {
        for (const { stream, rows } of sealed) {
          const [first, last] = [rows[0], rows.at(-1)]
          if (!first || !last) continue
          const cursor = await cursors.get(stream)
          if (first.reset || !cursor) await pages.where('stream').equals(stream).delete()
          if (!first.reset) {
            const version = cursor?.version ?? 0
            const sameEpoch = !cursor || cursor.epoch === first.epoch
            if (!sameEpoch || first.from > version) throw new Error('a page leaves a hole')
            // Had already: a second leader that woke late must not put old states after newer ones.
            if (cursor && last.to <= version) continue
          }
          await pages.bulkAdd(rows)
          await cursors.put({ stream, epoch: last.epoch, version: last.to })
        }
      })
    },

    async dropStream(stream) {
      await db.transaction('rw', [pages, cursors], async () => {
        await pages.where('stream').equals(stream).delete()
        await cursors.delete(stream)
      })
    },
  }
}

function sealGathered(
  sealer: Sealer,
  { page, parts }: GatheredPage,
  received: Received | undefined,
): Promise<PageRow> {
  const lines = parts.map((part) => received?.get(part)).filter((line) => line !== undefined)
  return sealPage(sealer, page, lines.length === parts.length ? linesToBytes(lines) : undefined)
}

export async function sealPage(
  sealer: Sealer,
  page: PageLine,
  content: Bytes = contentToBytes(page),
): Promise<PageRow> {
  const { stream, epoch, from, to } = page
  const count = sizeOf(page)
  const row = { stream, epoch, from, to, reset: page.reset ? 1 : 0, count } as const
  return { ...row, box: await sealer.sealBytes(content, placeOf(row)) }
}

/** Null where its box does not open. */
export async function openPage(sealer: Sealer, row: PageRow): Promise<PageLine | null> {
  const opened = await sealer.unsealBytes(row.box, placeOf(row))
  const content = opened.ok ? bytesToContent(opened.bytes) : null
  if (!content) return null
  const { stream, epoch, from, to, reset } = row
  const line = { type: 'page', stream, epoch, from, to, ...content } as const
  return reset ? { ...line, reset: true } : line
}

function placeOf({ stream, epoch, from, to, reset }: Omit<PageRow, 'box'>): Place {
  return ['pages', stream, epoch, from, to, reset]
}

/** Streams whose rows do not add up to their cursor: something of them was lost without a trace. */
function brokenStreams(rows: readonly PageRow[], held: readonly CursorRow[]) {
  const reached = new Map<string, { readonly epoch: number; readonly version: number } | null>()
  for (const { stream, epoch, from, to, reset } of rows) {
    const at = reached.get(stream)
    const fits =
      reset || (at === undefined ? from === 0 : at?.epoch === epoch && from <= at.version)
    reached.set(stream, fits ? { epoch, version: to } : null)
  }
  const broken = new Map<string, CursorRow>()
  for (const cursor of held) {
    const at = reached.get(cursor.stream)
    if (at?.epoch !== cursor.epoch || at.version !== cursor.version) {
      broken.set(cursor.stream, cursor)
    }
  }
  return broken
}
