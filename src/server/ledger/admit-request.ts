/**
 * What came from outside becomes a request of a stream: it was submitted by whoever has no account, under a fixed id,
 * and admitted by a person of the office, unless it went in unasked; judged and written as any other.
 */
import type { Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import { idBornIn } from '#domain/born-ids.ts'
import { cleanFields } from '#domain/clean-fields.ts'
import { mayKeepItemIn, type Item } from '#domain/requests/catalogue.ts'
import type { AskerToken } from '#domain/requests/request.ts'
import type { RequestLevel, RequestStep } from '#domain/requests/step.ts'
import { actorOf } from '#domain/requests/transition.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import type { FieldMark } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { loadRequestRules } from '../db/request-rules.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { createDraft, createLayer, decide, keyOf, type ChangeRow } from './draft.ts'
import { newRow, nextHead } from './errands.ts'
import type { LogContext } from './log.ts'
import { rulesFor, type StepContext, type Values } from './request-steps.ts'
import { judgeAs } from './requests.ts'
import { write } from './write.ts'

export interface Admission {
  readonly stream: string
  /** Under which whoever asked acts: a hotline, or a resident by a page. */
  readonly speaker: string
  /** The request's own fields; the item is that of the catalogue in force there. */
  readonly fieldsOf: (item: Item | null) => Values
  /** How to call back, and what opens the request again; nothing where nothing was said. */
  readonly asker: {
    readonly name: string | null
    readonly telephone: string | null
    readonly isToldToUnit: boolean
    readonly tokens?: readonly AskerToken[]
  }
  /** The day by which another system was promised an answer. */
  readonly until: string | null
  /** The number that another system has for it. */
  readonly outsideNumber: string | null
  /** ISO 8601 UTC: when the person asked, and when this office had it. */
  readonly askedAt: string
  readonly receivedAt: string
  readonly item: string | null
  /** Null: that of the item. */
  readonly level: RequestLevel | null
  /** What was said under the same number later, in order, and by which way. */
  readonly additions: readonly string[]
  readonly by: 'telephone' | 'link'
}

interface By {
  /** Who admits it; null of what goes in unasked. */
  readonly account: { readonly id: string; readonly role: Role } | null
  readonly device: string | null
  readonly now: number
  readonly ids: () => string
}

/** The streams that moved and the new request, or why it may not stand there. Nothing is written then. */
export async function admitRequest(
  trx: Transaction<Database>,
  admission: Admission,
  by: By,
): Promise<{ readonly request: string } | { readonly problem: Problem }> {
  const { stream, speaker, asker: who, askedAt, receivedAt, item: chosen } = admission
  const { until, outsideNumber } = admission
  const { account: admitting, device, now, ids } = by
  const locked = await lockStreams(trx, [stream])
  const home = locked.get(stream)
  if (!home || home.closed_at !== null) return { problem: 'place-closed' }
  const rules = await loadRequestRules(trx, [stream])
  const item = rulesFor(stream, { rules }).itemOf(chosen)
  if (chosen !== null && item === null) return { problem: 'reference-missing' }
  if (item && !mayKeepItemIn(rulesFor(stream, { rules }).office, item)) {
    return { problem: 'stream-not-yours' }
  }
  const level = admission.level ?? item?.level ?? 'ordinary'
  const fields = { ...admission.fieldsOf(item), level }
  if (problemsOfNew('request', fields).length > 0) return { problem: 'invalid-fields' }

  const request = idBornIn(stream, ids())
  const context: StepContext = {
    records: new Map(),
    heads: new Map([[stream, home.head]]),
    ...{ now, ids, rules, account: { id: speaker } },
  }
  const draft = createDraft(createLayer())
  const changes: ChangeRow[] = []
  const put = (kind: Mutation['kind'], id: string, values: Values, account: string, at: string) => {
    const version = nextHead(stream, draft, context)
    const mutation: Mutation = {
      ...{ id: ids(), device: account === speaker ? speaker : (device ?? speaker) },
      ...{ seq: 0, at },
      ...{ batch: null, stream, kind, record: id, op: 'create', fields: values, seen: 0 },
    }
    const mark: FieldMark = { version, device: null, at, by: account, mutation: mutation.id }
    const row = newRow(stream, id, kind, values, mark, { ...context, account: { id: account } })
    draft.layers[0].written.set(keyOf(stream, id), row)
    changes.push({ mutation, stream, version, correctedAt: at, fields: {} })
  }
  const submit = idBornIn(stream, ids())
  put('request', request, fields, speaker, receivedAt)
  put(
    'request-step',
    submit,
    {
      ...{ request, step: 'submit', at: askedAt, level, actor: 'asker', received: receivedAt },
      ...{ moved: true, to: admitting ? 'waiting' : 'submitted', unseen: 0 },
      ...(until ? { until } : {}),
      ...(outsideNumber === null ? {} : { outsideNumber }),
    },
    speaker,
    receivedAt,
  )
  if (who.name ?? who.telephone ?? who.tokens) {
    const asker = cleanFields('asker', { request, ...who })
    if (problemsOfNew('asker', asker).length > 0) return { problem: 'invalid-fields' }
    put('asker', idBornIn(stream, ids()), asker, speaker, receivedAt)
  }
  const [mine] = draft.layers
  const first = {
    written: new Map(mine.written),
    heads: new Map(mine.heads),
    changes: [...changes],
  }

  const at = new Date(now).toISOString()
  changes.splice(0)
  if (admitting) {
    const actor = actorOf(admitting.role)
    if (actor === null) return { problem: 'not-allowed' }
    const step: RequestStep = { request, step: 'admit', at, after: submit, level, item: item?.id }
    const admitted = judgeAs(actor, null, step, stream, draft, context)
    if ('problem' in admitted) return { problem: admitted.problem }
    put('request-step', idBornIn(stream, ids()), admitted.fields, admitting.id, at)
  }
  const second = [...changes]
  changes.splice(0)
  for (const words of admission.additions) {
    const said: RequestStep = { request, step: 'note', at, after: null, words, by: admission.by }
    const note = judgeAs('asker', null, said, stream, draft, context)
    if ('problem' in note) return { problem: note.problem }
    put('request-step', idBornIn(stream, ids()), note.fields, speaker, at)
  }
  const third = [...changes]
  decide(draft)
  const [, decided] = draft.layers
  const system: LogContext = {
    ...{ account: { id: speaker, role: null }, device: null, now },
  }
  const rowsOf = (some: readonly ChangeRow[]) =>
    new Map(
      [...decided.written].filter(([, { id }]) =>
        some.some(({ mutation }) => mutation.record === id),
      ),
    )
  const headOf = (some: readonly ChangeRow[]) =>
    new Map([[stream, Math.max(...some.map(({ version }) => version))]])
  await write(trx, { before: new Map(), ...first }, { ...system, ids })
  const before = first.written
  if (admitting && device !== null) {
    const person = { account: admitting, device, now, ids }
    const written = rowsOf(second)
    await write(trx, { before, written, heads: headOf(second), changes: second }, person)
  }
  if (third.length > 0) {
    await write(
      trx,
      { before, written: rowsOf(third), heads: headOf(third), changes: third },
      { ...system, ids },
    )
  }
  return { request }
}
