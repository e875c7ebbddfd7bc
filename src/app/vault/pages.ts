/** The register's base on disk: sealed pages in the order written, and how far each stream has come. */
import type { Bytes } from '#app/platform/sealing.ts'
import type { PageLine } from '#protocol/pull.ts'
import { gatherPages, sizeOf, type GatheredPage } from './merge-pages.ts'
import { bytesToContent, contentToBytes, linesToBytes } from './page-content.ts'
import { hasAll, readRow, readRows } from './read-rows.ts'
import type { CursorRow, PageRow, VaultDatabase } from './schema.ts'
import type { Place, Sealer } from './sealer.ts'
import type { Received, Vault } from './vault.ts'

/** Pages being decrypted while one is handed over. */
const lookAhead = 4

interface Held {
  readonly rows: readonly PageRow[]
  readonly held: readonly CursorRow[]
  /** Keys of pages that the disk does not give any more. */
  readonly unreadable: readonly number[]
  /** Streams whose cursor it does not give. */
  readonly lost: readonly string[]
}

export type StoredPages = Pick<
  Vault,
  'load' | 'cursors' | 'streams' | 'addPages' | 'prove' | 'dropStream'
>

/** Long: a transaction for each change of the stored pages, over one key. */
export function createPages({ db, pages, cursors }: VaultDatabase, sealer: Sealer): StoredPages {
  /** Rows by their keys, and cursors; null where the disk does not give all of them in one go. */
  const readTogether = (only?: readonly string[]): Promise<Held | null> =>
    // One transaction, so that rows and cursors are of one moment while other tabs write.
    db
      .transaction('r', [pages, cursors], async () => {
        const [keys, rows, held] = await Promise.all([
          written(only),
          only
            ? Promise.all(only.map((stream) => rowsOf(stream).toArray())).then((all) => all.flat())
            : pages.orderBy(':id').toArray(),
          only
            ? Promise.all(only.map((stream) => cursorAt(stream).toArray())).then((all) =>
                all.flat(),
              )
            : cursors.toArray(),
        ])
        if (only && rows.every(isPageRow)) rows.sort((a, b) => (a.n ?? 0) - (b.n ?? 0))
        const isWhole =
          rows.length === keys.length &&
          rows.every((row, index) => isPageRow(row) && row.n === keys[index])
        return isWhole && held.every(isCursorRow) ? { rows, held, unreadable: [], lost: [] } : null
      })
      .catch(() => null)

  /** One by one, and again from the start where another tab wrote meanwhile. */
  const readEach = async (only?: readonly string[]): Promise<Held> => {
    for (let tries = 0; ; tries += 1) {
      const before = await written(only)
      const rows: PageRow[] = []
      const unreadable: number[] = []
      for (const n of before) {
        const row = await readRow(pages, n, isPageRow)
        if (row === 'unreadable' || (row && row.n !== n)) unreadable.push(n)
        else if (row) rows.push(row)
      }
      const at = await readCursors(only)
      const after = await written(only)
      const isSame = after.length === before.length && after.every((n, at) => n === before[at])
      if (isSame || tries > 3) return { rows, held: at.rows, unreadable, lost: at.unreadable }
    }
  }
  const rowsOf = (stream: string) => pages.where('stream').equals(stream)
  const cursorAt = (stream: string) => cursors.where('stream').equals(stream)
  const readCursors = async (only?: readonly string[]) => {
    if (!only) return readRows(cursors, () => cursors.toCollection(), isCursorRow)
    const each = await Promise.all(
      only.map((stream) => readRows(cursors, () => cursorAt(stream), isCursorRow)),
    )
    return {
      rows: each.flatMap(({ rows }) => rows),
      unreadable: each.flatMap(({ unreadable }) => unreadable),
    }
  }
  /** Keys lie in the indexes, in the order of writing. */
  const written = async (only?: readonly string[]) => {
    if (!only) return pages.orderBy(':id').primaryKeys()
    const keys = await Promise.all(only.map((stream) => rowsOf(stream).primaryKeys()))
    return keys.flat().sort((a, b) => a - b)
  }

  /** What cannot be read or opened goes, and its stream's cursor: the next pull then fetches it whole. */
  const drop = (
    spoilt: readonly number[],
    lost: readonly string[],
    broken: ReadonlyMap<string, CursorRow>,
  ) =>
    db.transaction('rw', [pages, cursors], async () => {
      await pages.bulkDelete([...spoilt])
      await cursors.bulkDelete([...lost])
      for (const [stream, { epoch, version }] of broken) {
        const now = await cursorOf(stream)
        // Another tab may have fetched the stream anew already.
        if (now?.epoch === epoch && now.version === version) await cursors.delete(stream)
      }
    })

  /** A cursor that cannot be read is none: its stream is fetched whole. */
  const cursorOf = async (stream: string) => {
    const row = await readRow(cursors, stream, isCursorRow)
    return row === 'unreadable' ? undefined : row
  }

  return {
    async load(onPages, only) {
      const { rows, held, unreadable, lost } = (await readTogether(only)) ?? (await readEach(only))
      const spoilt = [...unreadable]
      const whole: PageRow[] = []
      const opening: Promise<PageLine | null>[] = []
      for (const [index, row] of rows.entries()) {
        for (const next of rows.slice(opening.length, index + lookAhead)) {
          const page = openPage(sealer, next)
          page.catch(() => {}) // closed meanwhile: said once, where it is awaited
          opening.push(page)
        }
        // The browser draws in between: each decryption ends in a task of its own.
        const page = await opening[index]
        if (page) {
          whole.push(row)
          onPages([page])
        } else spoilt.push(row.n ?? 0)
      }
      const broken = brokenStreams(whole, held)
      const damaged = [...broken.keys(), ...lost]
      if (spoilt.length > 0 || damaged.length > 0) await drop(spoilt, lost, broken)
      return { damaged }
    },

    async cursors() {
      const { rows } = await readCursors()
      return Object.fromEntries(rows.map(({ stream, ...cursor }) => [stream, cursor]))
    },

    async streams() {
      // Keys alone, so that what the disk does not give counts too.
      const [ofPages, ofCursors] = await Promise.all([
        pages.orderBy('[stream+count]').keys(),
        cursors.toCollection().primaryKeys(),
      ])
      const named = ofPages.map((key) => (key as unknown as readonly [string, number])[0])
      return [...new Set([...named, ...ofCursors])]
    },

    async addPages(lines, received) {
      const gathered = gatherPages(lines)
      const sealed = await Promise.all(
        gathered.map(async ({ stream, pages }) => ({
          stream,
          proof: proofOf(pages.at(-1)?.page.proof),
          rows: await Promise.all(
            pages.map((gathered) => sealGathered(sealer, gathered, received)),
          ),
        })),
      )
      if (sealed.length === 0) return
      await db.transaction('rw', [pages, cursors], async () => {
        for (const { stream, rows, proof } of sealed) {
          const [first, last] = [rows[0], rows.at(-1)]
          if (!first || !last) continue
          const cursor = await cursorOf(stream)
          if (first.reset || !cursor) await pages.where('stream').equals(stream).delete()
          if (!first.reset) {
            const version = cursor?.version ?? 0
            const sameEpoch = !cursor || cursor.epoch === first.epoch
            if (!sameEpoch || first.from > version) throw new Error('a page leaves a hole')
            // Had already: a second leader that woke late must not put old states after newer ones.
            if (cursor && last.to <= version) continue
          }
          await pages.bulkAdd(rows)
          await cursors.put({ stream, epoch: last.epoch, version: last.to, ...proof })
        }
      })
    },

    async prove(given) {
      const held = await readCursors()
      const proven = held.rows.filter(({ stream, epoch, version, proof }) => {
        const to = given[stream]
        return proof === undefined && to?.epoch === epoch && to.version === version && to.proof
      })
      if (proven.length === 0) return
      await db.transaction('rw', cursors, async () => {
        for (const { stream, epoch, version } of proven) {
          const now = await cursorOf(stream)
          if (now?.epoch !== epoch || now.version !== version) continue
          await cursors.put({ ...now, ...proofOf(given[stream]?.proof) })
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

const proofOf = (proof: string | undefined) => (proof === undefined ? {} : { proof })

export const isPageRow = (row: unknown): row is PageRow =>
  hasAll<PageRow>('n', 'stream', 'epoch', 'from', 'to', 'reset', 'count', 'box')(row) &&
  row.box instanceof Uint8Array

const isCursorRow = hasAll<CursorRow>('stream', 'epoch', 'version')

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
