/** Mutations on disk, each sealed for itself; the server's receipts alone change their state. */
import type { FieldProblem } from '#domain/field.ts'
import { maxBatch, type Mutation, type Receipt } from '#protocol/mutation.ts'
import { createPause } from '#app/platform/pause.ts'
import { hasAll, readRow, readRows } from './read-rows.ts'
import type { MetaRow, OutboxRow, VaultDatabase } from './schema.ts'
import type { Place, Sealer } from './sealer.ts'
import type { DamagedEntry, OutboxEntry, Unnumbered, Vault } from './vault.ts'

export type Outbox = Pick<
  Vault,
  | 'save'
  | 'outbox'
  | 'damagedOutbox'
  | 'giveUpDamaged'
  | 'nextWaiting'
  | 'settle'
  | 'giveUp'
  | 'resend'
  | 'renumber'
  | 'forgetDelivered'
>

/** Long: a transaction for each change of the outbox, over one key. */
export function createOutbox({ db, outbox, meta }: VaultDatabase, sealer: Sealer): Outbox {
  /** Null where the box does not open. */
  const open = async ({ seq, id, box }: OutboxRow): Promise<Mutation | null> => {
    const opened = await sealer.unseal(box, mutationPlace(id))
    return opened.ok ? { ...(opened.value as Unnumbered), seq } : null
  }

  const rowToEntry = async (row: OutboxRow): Promise<OutboxEntry | null> => {
    const mutation = await open(row)
    if (!mutation) return null
    const said = row.fields ? await sealer.unseal(row.fields, answerPlace(row.id)) : null
    const fields = said?.ok ? (said.value as readonly FieldProblem[]) : []
    const { state, answeredAt, problem } = row
    return {
      mutation,
      state: state === 'given-up' ? 'delivered' : state,
      answeredAt,
      problem,
      fields,
    }
  }

  const read = (select: () => Selection) => readRows(outbox, select, isOutboxRow)
  const bySeq = (rows: readonly OutboxRow[]) => [...rows].sort((a, b) => a.seq - b.seq)

  /** In order of state: delivered, given-up, refused, waiting. */
  const unsent = () => outbox.where('[state+seq]').between(['refused', 0], ['waiting', Infinity])

  /** What a lost row still says in the indexes. */
  const lostEntries = async (seqs: readonly number[]): Promise<DamagedEntry[]> => {
    if (seqs.length === 0) return []
    const ids = new Map<unknown, string>()
    await outbox
      .orderBy('id')
      .eachKey((id, { primaryKey }) => void ids.set(primaryKey, id as string))
    const refused = new Set(await inState('refused').primaryKeys())
    return seqs.map((seq) => ({
      seq,
      mutation: ids.get(seq) ?? '',
      state: refused.has(seq) ? 'refused' : 'waiting',
    }))
  }

  const damaged = async (): Promise<DamagedEntry[]> => {
    // What was delivered is on the server, whole.
    const { rows, unreadable } = await read(unsent)
    const opened = await Promise.all(rows.map(open))
    const entries = rows
      .filter((_, index) => opened[index] === null)
      .map(({ seq, id, state }) => ({
        seq,
        mutation: id,
        state: state === 'given-up' ? ('delivered' as const) : state,
      }))
    return [...entries, ...(await lostEntries(unreadable))].sort((a, b) => a.seq - b.seq)
  }

  const inState = (state: OutboxRow['state'], fromSeq = 0) =>
    outbox.where('[state+seq]').between([state, fromSeq], [state, Infinity])

  /** Within a transaction. Where the disk lost the number, it follows from what has one; the server's word raises it. */
  const nextSeq = async (): Promise<number> => {
    const row = await readRow(meta, 'next-seq', hasAll<MetaRow>('key', 'value'))
    if (row === undefined) return 1
    if (row !== 'unreadable') return row.value
    const last = await outbox.orderBy(':id').reverse().limit(1).primaryKeys()
    return (last[0] ?? 0) + 1
  }

  /**
   * The rows that these receipts speak of, by id; within a transaction. A push takes rows that stand together, so they
   * are read by their numbers in one go: found by id one after the other, those of a full outbox take seconds.
   */
  const answered = async (receipts: readonly Receipt[]): Promise<Map<string, OutboxRow>> => {
    const ids = new Set(receipts.map(({ id }) => id))
    const seqs = receipts.map(({ seq }) => seq)
    const together = () =>
      outbox.where('seq').between(Math.min(...seqs), Math.max(...seqs), true, true)
    const found = new Map<string, OutboxRow>()
    const take = (rows: readonly OutboxRow[]) => {
      for (const row of rows) if (ids.delete(row.id)) found.set(row.id, row)
    }
    if ((await together().count()) <= 2 * ids.size) take((await read(together)).rows)
    // What got another number meanwhile, or stands far from the others.
    if (ids.size > 0) take((await read(() => outbox.where('id').anyOf([...ids]))).rows)
    return found
  }

  /** As many as a push may take, and the rest of a batch that goes on behind them. */
  const waitingRows = async (fromSeq: number, limit: number) => {
    const rows: OutboxRow[] = []
    let bytes = 0
    let fullAt = Infinity
    let from = fromSeq
    for (let wanted = Math.min(limit, readAtOnce); ; wanted = restOf(rows.length, bytes, limit)) {
      const start = from
      const { rows: more, unreadable } = await read(() => inState('waiting', start).limit(wanted))
      from = Math.max(from - 1, ...more.map(({ seq }) => seq), ...unreadable) + 1
      rows.push(...more)
      for (const { box } of more) bytes += box.length
      if (rows.length >= limit || bytes > mostBytes) fullAt = Math.min(fullAt, rows.length)
      const isBetween = (rows.at(-1)?.batch ?? null) === null
      if (
        more.length + unreadable.length < wanted ||
        rows.length >= fullAt + (isBetween ? 0 : maxBatch)
      )
        return rows
    }
  }

  return {
    async save(mutations) {
      if (mutations.length === 0) return []
      const boxes: Awaited<ReturnType<Sealer['seal']>>[] = []
      const pause = createPause()
      // In slices: a roster is some thousand mutations, and the screen is drawn in between.
      for (let from = 0; from < mutations.length; from += sealedAtOnce) {
        await pause()
        const slice = mutations.slice(from, from + sealedAtOnce)
        boxes.push(
          ...(await Promise.all(
            slice.map((mutation) => sealer.seal(mutation, mutationPlace(mutation.id))),
          )),
        )
      }
      return db.transaction('rw', [outbox, meta], async () => {
        // Tabs take turns here: IndexedDB runs one writing transaction on a table at a time.
        const first = await nextSeq()
        const numbered = mutations.map((mutation, index) => ({ ...mutation, seq: first + index }))
        const rows = numbered.map(({ seq, id, batch }, index): OutboxRow => ({
          seq,
          id,
          batch,
          state: 'waiting',
          answeredAt: null,
          problem: null,
          box: boxes[index] as OutboxRow['box'],
          fields: null,
        }))
        for (let from = 0; from < rows.length; from += sealedAtOnce) {
          await outbox.bulkAdd(rows.slice(from, from + sealedAtOnce))
        }
        await meta.put({ key: 'next-seq', value: first + numbered.length })
        return numbered
      })
    },

    async outbox(delivered = false) {
      const since =
        delivered === true ? -Infinity : delivered === false ? Infinity : delivered.since
      const { rows } = await read(since < Infinity ? () => outbox.toCollection() : unsent)
      const wanted = bySeq(rows).filter(
        ({ state, answeredAt }) =>
          state === 'waiting' || state === 'refused' || (answeredAt ?? 0) >= since,
      )
      const entries = await Promise.all(wanted.map(rowToEntry))
      return entries.filter((entry) => entry !== null)
    },

    damagedOutbox: damaged,

    async giveUpDamaged() {
      const lost = await damaged()
      await db.transaction('rw', outbox, async () => {
        for (const { seq, mutation } of lost) {
          const row = await readRow(outbox, seq, isOutboxRow)
          if (row === undefined) continue
          const kept = row === 'unreadable' ? emptyRow(seq, mutation) : row
          await outbox.put({ ...kept, state: 'given-up', answeredAt: 0 })
        }
      })
    },

    async nextWaiting(limit) {
      for (let from = 0; ;) {
        const rows = await waitingRows(from, limit)
        const taken = rows.slice(0, cutAt(rows, limit))
        const last = taken.at(-1)
        if (!last) return []
        const opened = (await Promise.all(taken.map(open))).filter((one) => one !== null)
        if (opened.length > 0) return opened
        // None of them opens any more: what stands behind them must not wait for it.
        from = last.seq + 1
      }
    },

    async settle(receipts, at, heardAt = at) {
      const answers = await Promise.all(
        receipts.map(async (receipt) => {
          const said = receipt.ok ? [] : (receipt.fields ?? [])
          const fields = said.length > 0 ? await sealer.seal(said, answerPlace(receipt.id)) : null
          return { receipt, fields }
        }),
      )
      await db.transaction('rw', outbox, async () => {
        const waiting = await answered(receipts)
        const settled: OutboxRow[] = []
        for (const { receipt, fields } of answers) {
          const row = waiting.get(receipt.id)
          // The first answer counts: a late copy of it changes nothing that was decided since.
          if (row?.state !== 'waiting') continue
          waiting.delete(receipt.id)
          settled.push({
            ...row,
            state: receipt.ok ? 'delivered' : 'refused',
            answeredAt: at,
            heardAt,
            problem: receipt.ok ? null : receipt.problem,
            fields,
          })
        }
        await outbox.bulkPut(settled)
      })
    },

    async giveUp(mutation) {
      await outbox.where('id').equals(mutation).and(isRefused).modify({ state: 'given-up' })
    },

    resend: (fromSeq) =>
      db.transaction('rw', outbox, async () => {
        const { rows } = await read(() => inState('delivered', fromSeq))
        await outbox.bulkPut(rows.map((row) => ({ ...row, state: 'waiting', answeredAt: null })))
        return rows.length
      }),

    async renumber(mutations, from) {
      await db.transaction('rw', [outbox, meta], async () => {
        const held = await nextSeq()
        const named = await read(() => outbox.where('id').anyOf([...mutations]))
        const rows = bySeq(named.rows).filter(({ state }) => state === 'waiting')
        const first = Math.max(held, from)
        for (const { seq } of rows) await outbox.delete(seq)
        // The box does not hold the seq, so it moves as it is.
        await outbox.bulkAdd(rows.map((row, index) => ({ ...row, seq: first + index })))
        if (first + rows.length > held) {
          await meta.put({ key: 'next-seq', value: first + rows.length })
        }
      })
    },

    async forgetDelivered(before, heardBefore = before) {
      const isOld = ({ answeredAt, heardAt = answeredAt ?? 0 }: OutboxRow) =>
        answeredAt !== null && answeredAt < before && heardAt < heardBefore
      await db.transaction('rw', outbox, async () => {
        for (const state of ['delivered', 'given-up'] as const) {
          const { rows } = await read(() => inState(state))
          await outbox.bulkDelete(rows.filter(isOld).map(({ seq }) => seq))
        }
      })
    },
  }
}

type Selection = ReturnType<VaultDatabase['outbox']['toCollection']>

const isOutboxRow = hasAll<OutboxRow>('seq', 'id', 'batch', 'state', 'answeredAt', 'box')

/** Stands where a row was that the disk does not give any more: its number and id stay used. */
const emptyRow = (seq: number, id: string): OutboxRow => ({
  seq,
  id,
  batch: null,
  state: 'given-up',
  answeredAt: 0,
  problem: null,
  box: new Uint8Array(),
  fields: null,
})

const sealedAtOnce = 20
/** Ordinary rows are half a kilobyte, those of a roster fifteen. */
const readAtOnce = 64
/** Twice what a full push of ordinary mutations is: parts of a roster are larger, and go in more pushes. */
const mostBytes = 512 * 1024
const mutationPlace = (id: string): Place => ['outbox', id]
const answerPlace = (id: string): Place => ['answer', id]
const isRefused = ({ state }: OutboxRow) => state === 'refused'

/** How many rows to read behind so many: the rest of a push, where they go on as large as these. */
function restOf(count: number, bytes: number, limit: number): number {
  const fitting = Math.floor((count * mostBytes) / Math.max(1, bytes))
  return Math.max(readAtOnce, Math.min(limit, fitting) - count)
}

/**
 * How many of the waiting rows to take: at most `limit` and `mostBytes`, and no part of a batch. A batch that is
 * longer comes whole all the same, or it would wait for ever.
 */
function cutAt(rows: readonly OutboxRow[], limit: number): number {
  let cut = 0
  let bytes = 0
  for (let start = 0; start < rows.length && start < limit;) {
    const batch = rows[start]?.batch ?? null
    let end = start + 1
    while (batch !== null && rows[end]?.batch === batch) end++
    for (let at = start; at < end; at++) bytes += rows[at]?.box.length ?? 0
    if ((end > limit || bytes > mostBytes) && start > 0) break
    cut = end
    start = end
  }
  return cut
}
