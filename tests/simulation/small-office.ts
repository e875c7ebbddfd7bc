/**
 * A few phones and an office in memory for one subject: the server's own plan of a push, the app's own register and its
 * list of what is unsent. What goes between them comes late, twice or in another order; `village.ts` has whole devices.
 */
import { idBornIn } from '#domain/born-ids.ts'
import type { Role } from '#domain/account.ts'
import type { Kind, RegisterRecord } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { PageLine } from '#protocol/pull.ts'
import type { RecordRow } from '#server/db/record-row.ts'
import { keyOf } from '#server/ledger/draft.ts'
import { planPush, type Plan } from '#server/ledger/plan.ts'
import type { PlanContext } from '#server/ledger/plan-context.ts'
import type { Intent } from '#app/acts/intent.ts'
import { intentToMutation } from '#app/acts/intent-to-mutation.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createUnsent } from '#app/sync/unsent.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'

export interface SmallAccount {
  readonly id: string
  readonly role: Role
}

export type SmallOffice = ReturnType<typeof createSmallOffice>

/** `streams`: everybody's own. `more`: what a push of this subject has to know besides the records. */
export function createSmallOffice(
  streams: readonly string[],
  now: () => number,
  more: (rows: ReadonlyMap<string, RecordRow>) => Partial<PlanContext> = () => ({}),
) {
  const rows = new Map<string, RecordRow>()
  const applied = new Map<string, number>()
  const heads = new Map(streams.map((stream) => [stream, 0]))
  const ids = createCountedIds(0xccc)
  const written = (plan: Pick<Plan, 'written' | 'heads'>) => {
    for (const [key, row] of plan.written) rows.set(key, row)
    for (const [stream, head] of plan.heads) heads.set(stream, head)
  }
  return {
    ...{ rows, heads, ids, written },
    put(stream: string, kind: Kind, id: string, fields: RecordRow['fields']) {
      const version = (heads.get(stream) ?? 0) + 1
      const at = new Date(now()).toISOString()
      const created = { version, device: null, at }
      const row: RecordRow = {
        ...{ stream, id, kind, version, fields, marks: {}, removed: false, movedTo: null },
        ...{ created, at, by: null, moves: 0 },
      }
      written({ written: new Map([[keyOf(stream, id), row]]), heads: new Map([[stream, version]]) })
    },
    push(mutations: readonly Mutation[], account: SmallAccount) {
      const plan = planPush(
        mutations.map((mutation) => ({ mutation })),
        {
          ...{ account, scope: new Map(streams.map((stream) => [stream, { own: true }])) },
          ...{ records: rows, applied, heads, policies: new Map() },
          ...{ skewMs: 0, now: now(), ids },
          ...more(rows),
        },
      )
      written(plan)
      for (const { mutation, stream, version } of plan.changes) {
        applied.set(keyOf(stream, mutation.id), version)
      }
      return plan.receipts
    },
    pages: (): PageLine[] =>
      streams.map((stream) => ({
        ...{ type: 'page', stream, epoch: 1, from: 0, to: heads.get(stream) ?? 0, reset: true },
        changes: [],
        records: [...rows.values()]
          .filter((row) => row.stream === stream)
          .map(({ kind, id, version, fields, removed, at: made, by, moves }) => ({
            ...{ kind, id, version, fields, moves },
            ...(removed ? { removed: true as const } : {}),
            ...(made === null ? {} : { at: made }),
            ...(by === null ? {} : { by }),
          })),
      })),
  }
}

/** A phone: the app's register, its list of what is unsent, and the batches that its screens save. */
export function createSmallPhone(
  office: SmallOffice,
  number: number,
  { role = 'worker', now }: { readonly role?: Role; readonly now: () => number },
) {
  const account = `00000000-0000-7000-8000-00000000000${String(number)}`
  const ids = createCountedIds(0x100 * number)
  const register = createRegister()
  const unsent = createUnsent(register, () => {})
  const sent: Mutation[] = []
  let seq = 0
  return {
    ...{ account, register },
    newId: (born: string) => idBornIn(born, ids()),
    /** As a form saves: one batch of what differs from what the screen showed. */
    save(intents: readonly Intent[]) {
      const batch = intents.length > 1 ? ids() : null
      const created = new Map<string, RegisterRecord>()
      const mutations = intents.flatMap((intent) => {
        const held = register.get(intent.kind, intent.record) ?? created.get(intent.record)
        if (intent.op === 'create') {
          created.set(intent.record, { ...intent, id: intent.record, version: 0 })
        }
        const made = intentToMutation(intent, held, {
          ...{ device: account, at: new Date(now()).toISOString(), batch, newId: ids },
          streamOf: (kind, id) => (register.get(kind, id) ?? created.get(id))?.stream,
        })
        return made ? [{ ...made, seq: (seq += 1) }] : []
      })
      const size = batch === null ? {} : { batchSize: mutations.length }
      unsent.saved(mutations.map((mutation) => ({ ...mutation, ...size })))
    },
    pull() {
      const delivered = unsent.delivered()
      register.applyPages(office.pages())
      unsent.settle(delivered)
    },
    push() {
      const mutations = unsent
        .items()
        .filter(({ state }) => state === 'waiting')
        .map(({ mutation }) => mutation)
      sent.push(...mutations)
      if (mutations.length > 0) unsent.answered(office.push(mutations, { id: account, role }))
    },
    /** The answer was lost on the way: all of it comes once more. */
    repeat: () => void office.push(sent, { id: account, role }),
    refused: () => unsent.items().filter(({ state }) => state === 'refused'),
  }
}
export type SmallPhone = ReturnType<typeof createSmallPhone>
