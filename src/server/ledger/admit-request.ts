/**
 * What an outside system handed in becomes a request of a stream, because somebody of the office said so: it was
 * submitted by whoever has no account, under a fixed id, and admitted by that person; judged and written as any other.
 */
import type { Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import { idBornIn } from '#domain/born-ids.ts'
import { cleanFields } from '#domain/clean-fields.ts'
import { mayKeepItemIn } from '#domain/requests/catalogue.ts'
import { requestFields, type HotlineWords } from '#domain/requests/hotline.ts'
import type { RequestLevel, RequestStep } from '#domain/requests/step.ts'
import { actorOf } from '#domain/requests/transition.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import type { FieldMark } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { hotlineId } from '../db/audit.ts'
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
  readonly said: HotlineWords
  readonly number: string
  /** The one that the outside system has for it. */
  readonly outsideNumber: string
  /** ISO 8601 UTC: when the person called, and when this office had it. */
  readonly askedAt: string
  readonly receivedAt: string
  readonly item: string | null
  readonly level: RequestLevel
  /** What the hotline said under the same number later, in order. */
  readonly additions: readonly string[]
}

interface By {
  readonly account: { readonly id: string; readonly role: Role }
  readonly device: string
  readonly now: number
  readonly ids: () => string
}

/** The streams that moved and the new request, or why it may not stand there. Nothing is written then. */
export async function admitRequest(
  trx: Transaction<Database>,
  admission: Admission,
  by: By,
): Promise<{ readonly request: string } | { readonly problem: Problem }> {
  const {
    stream,
    said,
    number,
    outsideNumber,
    askedAt,
    receivedAt,
    item: chosen,
    level,
  } = admission
  const locked = await lockStreams(trx, [stream])
  const home = locked.get(stream)
  if (!home || home.closed_at !== null) return { problem: 'place-closed' }
  const rules = await loadRequestRules(trx, [stream])
  const item = rulesFor(stream, { rules }).itemOf(chosen)
  if (chosen !== null && item === null) return { problem: 'reference-missing' }
  if (item && !mayKeepItemIn(rulesFor(stream, { rules }).office, item)) {
    return { problem: 'stream-not-yours' }
  }
  const fields = requestFields(
    { ...said, item: item?.id ?? null },
    { number, at: askedAt, level, itemName: item?.name ?? null },
  )
  if (problemsOfNew('request', fields).length > 0) return { problem: 'invalid-fields' }

  const request = idBornIn(stream, by.ids())
  const context: StepContext = {
    records: new Map(),
    heads: new Map([[stream, home.head]]),
    ...{ now: by.now, ids: by.ids, rules, account: { id: hotlineId } },
  }
  const draft = createDraft(createLayer())
  const changes: ChangeRow[] = []
  const put = (kind: Mutation['kind'], id: string, values: Values, account: string, at: string) => {
    const version = nextHead(stream, draft, context)
    const mutation: Mutation = {
      ...{ id: by.ids(), device: account === hotlineId ? hotlineId : by.device, seq: 0, at },
      ...{ batch: null, stream, kind, record: id, op: 'create', fields: values, seen: 0 },
    }
    const mark: FieldMark = { version, device: null, at, by: account, mutation: mutation.id }
    const row = newRow(stream, id, kind, values, mark, { ...context, account: { id: account } })
    draft.layers[0].written.set(keyOf(stream, id), row)
    changes.push({ mutation, stream, version, correctedAt: at, fields: {} })
  }
  const submit = idBornIn(stream, by.ids())
  put('request', request, fields, hotlineId, receivedAt)
  put(
    'request-step',
    submit,
    {
      ...{ request, step: 'submit', at: askedAt, level, actor: 'asker', received: receivedAt },
      ...{ moved: true, to: 'waiting', unseen: 0, outsideNumber },
      ...(said.until ? { until: said.until } : {}),
    },
    hotlineId,
    receivedAt,
  )
  const { name, telephone, isToldToUnit } = said
  if (name ?? telephone) {
    const asker = cleanFields('asker', { request, name, telephone, isToldToUnit })
    if (problemsOfNew('asker', asker).length > 0) return { problem: 'invalid-fields' }
    put('asker', idBornIn(stream, by.ids()), asker, hotlineId, receivedAt)
  }
  const [mine] = draft.layers
  const first = {
    written: new Map(mine.written),
    heads: new Map(mine.heads),
    changes: [...changes],
  }

  const actor = actorOf(by.account.role)
  if (actor === null) return { problem: 'not-allowed' }
  const at = new Date(by.now).toISOString()
  const step: RequestStep = { request, step: 'admit', at, after: submit, level, item: item?.id }
  const admitted = judgeAs(actor, null, step, stream, draft, context)
  if ('problem' in admitted) return { problem: admitted.problem }
  changes.splice(0)
  put('request-step', idBornIn(stream, by.ids()), admitted.fields, by.account.id, at)
  const second = [...changes]
  changes.splice(0)
  for (const words of admission.additions) {
    const said: RequestStep = { request, step: 'note', at, after: null, words, by: 'telephone' }
    const note = judgeAs('asker', null, said, stream, draft, context)
    if ('problem' in note) return { problem: note.problem }
    put('request-step', idBornIn(stream, by.ids()), note.fields, hotlineId, at)
  }
  const third = [...changes]
  decide(draft)
  const [, decided] = draft.layers
  const system: LogContext = {
    ...{ account: { id: hotlineId, role: null }, device: null, now: by.now },
  }
  const rowsOf = (some: readonly ChangeRow[]) =>
    new Map(
      [...decided.written].filter(([, { id }]) =>
        some.some(({ mutation }) => mutation.record === id),
      ),
    )
  const headOf = (some: readonly ChangeRow[]) =>
    new Map([[stream, Math.max(...some.map(({ version }) => version))]])
  await write(trx, { before: new Map(), ...first }, { ...system, ids: by.ids })
  const before = first.written
  await write(trx, { before, written: rowsOf(second), heads: headOf(second), changes: second }, by)
  if (third.length > 0) {
    await write(
      trx,
      { before, written: rowsOf(third), heads: headOf(third), changes: third },
      { ...system, ids: by.ids },
    )
  }
  return { request }
}
