/** Imports in the model of the office: found and kept in maps, decided by the server's own plans. */
import type { Import, ImportItem } from '#domain/import.ts'
import { mayImport } from '#domain/permission.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '#server/db/record-row.ts'
import {
  basesOf,
  itemsToMutations,
  numbersOfNew,
  planImport,
  withVerdict,
  type ImportVerdict,
} from '#server/ledger/import-plan.ts'
import type { Plan } from '#server/ledger/plan.ts'
import { planUndo, type ImportLine } from '#server/ledger/undo-plan.ts'
import type { OfficeAccount } from './model-office.ts'

interface Parts {
  readonly accounts: readonly OfficeAccount[]
  readonly rows: Map<string, RecordRow>
  readonly log: readonly Mutation[]
  readonly ids: () => string
  readonly now: () => number
  readonly heads: () => ReadonlyMap<string, number>
  readonly carryOut: (plan: Plan, account: Pick<OfficeAccount, 'id'>) => void
  readonly write: (row: RecordRow) => void
  readonly poke: () => void
}

interface Span {
  readonly stream: string
  readonly from: number
  readonly to: number
}

/** What an import wrote. */
interface Written {
  readonly spans: readonly Span[]
  readonly lines: readonly ImportLine[]
  /** Records that have a line of it in a stream's log, also where they left. */
  readonly touched: readonly { readonly stream: string; readonly record: string }[]
  readonly made: ReadonlySet<string>
  undone: boolean
}

export function createModelImports(parts: Parts) {
  const { accounts, rows, log, ids, now, heads, carryOut, write, poke } = parts
  const written = new Map<string, Written>()
  const breathe = () => Promise.resolve()

  const partsOf = ({ stream, id, by, created }: RecordRow) =>
    [...rows.values()]
      .filter((row) => row.kind === 'import-part' && row.stream === stream)
      .filter(({ fields }) => fields['import'] === id)
      .filter((part) => part.by === by && part.created.device === created.device)
      .sort((a, b) => Number(a.fields['part']) - Number(b.fields['part']))

  const conclude = (record: RecordRow, verdict: ImportVerdict) => {
    const version = (heads().get(record.stream) ?? 0) + 1
    write(withVerdict(record, verdict, version))
    for (const part of partsOf(record)) rows.delete(`${part.stream}/${part.id}`)
  }

  const isOvertaken = (
    { bases, beside }: ReturnType<typeof basesOf>,
    numbers: readonly string[],
  ) => {
    const isLater = (stream: string, version: number) =>
      version > (bases.get(stream) ?? beside.get(stream) ?? Infinity)
    const byImport = [...written.values()].some(
      ({ spans, undone }) =>
        !undone && spans.some(({ stream, to }) => bases.has(stream) && isLater(stream, to)),
    )
    return (
      byImport ||
      [...rows.values()].some(
        ({ kind, removed, stream, version, fields }) =>
          kind === 'resident' &&
          !removed &&
          isLater(stream, version) &&
          numbers.includes(String(fields['documentNumber'])),
      )
    )
  }

  const apply = async (record: RecordRow, items: readonly ImportItem[]) => {
    const fields = record.fields as Import
    const account = accounts.find(({ id }) => id === record.by)
    if (!account || !mayImport(account.role)) {
      return conclude(record, { outcome: 'refused', reason: 'kind-not-yours' })
    }
    const before = heads()
    const known = new Map(fields.bases.map(({ stream, version }) => [stream, version]))
    const named = items.flatMap(({ stream, to }) => (to ? [stream, to] : [stream]))
    const scope = new Map(account.scope.map((id) => [id, { own: true }]))
    const touched = [...new Set(named)].filter((stream) => scope.has(stream))
    if (isOvertaken(basesOf(known, touched, scope), numbersOfNew(items)))
      return conclude(record, { outcome: 'overtaken' })
    const seq = log.find((one) => one.record === record.id && one.op === 'create')?.seq ?? 0
    const { device } = record.created
    const mutations = itemsToMutations(items, record, { device: device ?? '', seq }, ids)
    const decided = await planImport(
      items,
      mutations,
      {
        ...{ account, records: rows, heads: before, ids, now: now(), skewMs: 0 },
        ...{ applied: new Map(), policies: new Map() },
        scope,
      },
      breathe,
    )
    if ('outcome' in decided) return conclude(record, decided)
    const { plan } = decided
    carryOut(plan, account)
    const changed = [...plan.changes, ...plan.departures]
    written.set(record.id, {
      spans: [...plan.heads].map(([stream, to]) => ({ stream, from: before.get(stream) ?? 0, to })),
      lines: plan.changes.map(({ mutation: { id, record: of, op }, stream, fields }) => ({
        ...{ id, record: of, op, stream, fields },
      })),
      touched: changed.map(({ stream, mutation }) => ({ stream, record: mutation.record })),
      made: new Set(items.flatMap(({ op, record: of }) => (op === 'create' ? [of] : []))),
      undone: false,
    })
    conclude(record, { outcome: 'written' })
  }

  /** Whether what it wrote changed or went since, or something was put into what it made. */
  const isBuiltOn = ({ spans, touched, made }: Written) =>
    spans.some(({ stream, to }) => {
      const mine = new Set(touched.filter((one) => one.stream === stream).map((one) => one.record))
      const parents = ['building', 'dwelling', 'household', 'resident', 'site']
      return [...rows.values()].some(
        (row) =>
          row.stream === stream &&
          row.version > to &&
          (mine.has(row.id) ||
            (!row.removed && parents.some((field) => made.has(String(row.fields[field]))))),
      )
    })

  const takeBack = async (record: RecordRow) => {
    const { undoAsked, outcome } = record.fields as Import
    const asked = log.findLast((one) => one.record === record.id && one.op === 'patch')
    if (!outcome) return conclude(record, { outcome: 'undone' })
    const found = written.get(record.id)
    const account = accounts.find(({ id }) => id === record.marks['undoAsked']?.by)
    const kept = { ...record, fields: { ...record.fields, undoAsked: null } }
    if (!found || !account || !asked) return conclude(kept, { outcome: 'written' })
    const isTheirs = found.spans.every(({ stream }) => account.scope.includes(stream))
    if (!isTheirs) return conclude(kept, { outcome: 'written', reason: 'stream-not-yours' })
    const keep = (builtOn: Import['builtOn']) =>
      conclude({ ...kept, fields: { ...kept.fields, builtOn } }, { outcome: 'written' })
    if (isBuiltOn(found)) return keep([{ kind: 'resident', record: record.id }])
    const clashes = [...rows.values()].filter(
      ({ kind, removed, moves, stream, version }) =>
        kind === 'clash' &&
        !removed &&
        moves === 0 &&
        found.spans.some((span) => {
          return span.stream === stream && version > span.from && version <= span.to
        }),
    )
    const streams = new Set(found.spans.map(({ stream }) => stream))
    const plan = await planUndo(
      found.lines,
      clashes.map(({ id }) => id),
      {
        ids,
        records: rows,
        heads: new Map([...heads()].filter(([stream]) => streams.has(stream))),
      },
      {
        ...{ account: account.id, device: asked.device, seq: asked.seq },
        at: new Date(Math.min(Date.parse(String(undoAsked)), now())).toISOString(),
      },
      breathe,
    )
    if ('builtOn' in plan) return keep([...plan.builtOn])
    carryOut(plan, account)
    found.undone = true
    conclude({ ...record, fields: { ...record.fields, builtOn: null } }, { outcome: 'undone' })
  }

  return {
    /** By import: the streams that it wrote to. */
    places: () =>
      new Map(
        [...written].map(([id, { spans }]) => [id, spans.map(({ stream }) => stream)] as const),
      ),
    /** As the server's keeper does: what has every part and no outcome yet, and what shall be taken back. */
    async decide(): Promise<void> {
      const all = [...rows.values()].filter(({ kind, removed }) => kind === 'import' && !removed)
      let moved = false
      for (const record of all.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1))) {
        const { outcome, undoAsked, parts: count } = record.fields as Import
        const come = partsOf(record)
        if (undoAsked && (!outcome || outcome === 'written')) await takeBack(record)
        else if (!outcome && come.length >= count) {
          await apply(
            record,
            come.flatMap(({ fields }) => fields['items'] as ImportItem[]),
          )
        } else continue
        moved = true
      }
      if (moved) poke()
    },
    /** A copy of this moment; called, it takes the place of what is there. */
    copy() {
      const kept = structuredClone(written)
      return () => {
        written.clear()
        for (const [id, one] of structuredClone(kept)) written.set(id, one)
      }
    },
  }
}
