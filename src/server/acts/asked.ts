/** What an office decides about that which waits before every stream: some of it, or all of one code and hour. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { mayAdmit, refusalOfWrite } from '#domain/permission.ts'
import { mayHoldItem } from '#domain/requests/catalogue.ts'
import type { AdmitAsked, TakeBackAsked, TurnAwayAsked } from '#protocol/ask.ts'
import { additionsToAsked, emptyAsked, stickerAt, takeBackDays, type AskRow } from '../db/ask.ts'
import { loadRequestRules } from '../db/request-rules.ts'
import type { Database } from '../db/schema.ts'
import { streamsOf } from '../db/streams.ts'
import { admitRequest } from '../ledger/admit-request.ts'
import { admissionOf } from '../ledger/receive-asked.ts'
import { perform, refuseAct, type Acting, type Performed } from './perform.ts'

type Chosen = Pick<TakeBackAsked, 'place' | 'waiting' | 'group'>
/** Each is written by itself: more than this at once would hold its grid for long. */
const mostAdmitted = 200
const hourMs = 3_600_000

export function admitAsked(
  db: Kysely<Database>,
  acting: Acting,
  { place, waiting, group, stream: to, item, level }: AdmitAsked,
): Promise<Performed> {
  return perform(
    db,
    acting,
    {
      ...{ act: 'asks-admitted', subject: place },
      content: { waiting, group, stream: to, item, level },
    },
    {
      allow: (trx, by) => ownPlace(trx, by, place),
      async work(trx, by) {
        const streams = await streamsOf(trx, by.account.id)
        const rows = await chosenRows(trx, { place, waiting, group }, 'waiting', mostAdmitted)
        if (rows.length === 0) refuseAct('changed-meanwhile')
        const moved = new Set<string>()
        // In order of stream, as everything that locks several.
        for (const row of [...rows].sort((a, b) => (a.stream < b.stream ? -1 : 1))) {
          const sticker = (await stickerAt(trx, row.stream, row.code)) ?? refuseAct('record-gone')
          const { said } = row
          if (said === null) return refuseAct('record-gone')
          const stream = to ?? sticker.stream
          const reach = streams.find((one) => one.id === stream)
          if (!reach?.own) return refuseAct('stream-not-yours')
          const write = { kind: 'request', op: 'create', fields: {} } as const
          const refusal = refusalOfWrite(by.account.role, reach.root, write)
          if (refusal) refuseAct(refusal)
          const chosen = item === undefined ? said.item : item
          const known = (await loadRequestRules(trx, [stream])).get(stream)?.itemOf(chosen)
          if (known && !mayHoldItem(by.account.role, known)) refuseAct('not-allowed')
          const additions = await additionsToAsked(trx, place, [row.id])
          const admission = await admissionOf(trx, sticker, said, {
            ...{ number: row.number, at: row.received_at.toISOString(), token: row.token_hash },
            ...{ level, stream, additions: additions.get(row.id) ?? [] },
            // What the catalogue has no more is chosen later, by a person who knows what it is now.
            item: known ? chosen : null,
          })
          const isSayable = known !== null || said.words !== null
          if (!isSayable) refuseAct('invalid-fields')
          const done = await admitRequest(trx, admission, by)
          if ('problem' in done) return refuseAct(done.problem)
          await emptyAsked(trx, row)
          await trx
            .updateTable('ask_request')
            .set({
              ...{ state: 'admitted', said: null, request: done.request },
              ...{ decided_at: new Date(by.now), decided_by: by.account.id },
            })
            .where('place', '=', place)
            .where('id', '=', row.id)
            .execute()
          moved.add(stream)
        }
        return { details: { count: rows.length }, moved: [...moved] }
      },
      stateOf: null,
    },
  )
}

/** Its words stay for 30 days, in which it can be taken back. */
export function turnAwayAsked(
  db: Kysely<Database>,
  acting: Acting,
  { place, waiting, group, reason, told }: TurnAwayAsked,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'asks-turned-away', subject: place, content: { waiting, group, reason, told } },
    {
      allow: (trx, by) => ownPlace(trx, by, place),
      async work(trx, by) {
        const { numUpdatedRows } = await trx
          .updateTable('ask_request')
          .set({
            ...{ state: 'turned-away', reason, told },
            ...{ decided_at: new Date(by.now), decided_by: by.account.id },
          })
          .where('place', '=', place)
          .where('state', '=', 'waiting')
          .where(among({ place, waiting, group }))
          .executeTakeFirst()
        if (numUpdatedRows === 0n) refuseAct('changed-meanwhile')
        return { details: { reason, count: Number(numUpdatedRows) }, moved: [] }
      },
      stateOf: null,
    },
  )
}

export function takeBackAsked(
  db: Kysely<Database>,
  acting: Acting,
  { place, waiting, group }: TakeBackAsked,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'asks-taken-back', subject: place, content: { waiting, group } },
    {
      allow: (trx, by) => ownPlace(trx, by, place),
      async work(trx, by) {
        const since = new Date(by.now - takeBackDays * 24 * hourMs)
        const { numUpdatedRows } = await trx
          .updateTable('ask_request')
          .set({
            ...{ state: 'waiting', reason: null, told: null, decided_at: null },
            decided_by: null,
          })
          .where('place', '=', place)
          .where('state', '=', 'turned-away')
          .where('said', 'is not', null)
          .where('decided_at', '>', since)
          .where(among({ place, waiting, group }))
          .executeTakeFirst()
        if (numUpdatedRows === 0n) refuseAct('changed-meanwhile')
        return { details: { count: Number(numUpdatedRows) }, moved: [] }
      },
      stateOf: null,
    },
  )
}

/** Those that are named, and those of the code and hour; of none named, none. */
function among({ waiting = [], group }: Chosen) {
  const named = sql<boolean>`id = any(${sql.val([...waiting])}::uuid[])`
  if (!group) return named
  const from = new Date(group.hour)
  const to = new Date(from.getTime() + hourMs)
  return sql<boolean>`(${named} or (code = ${group.code}::uuid
    and received_at >= ${from.toISOString()}::timestamptz
    and received_at < ${to.toISOString()}::timestamptz))`
}

async function chosenRows(
  trx: Transaction<Database>,
  chosen: Chosen,
  state: 'waiting',
  most: number,
): Promise<readonly AskRow[]> {
  const rows = await trx
    .selectFrom('ask_request')
    .selectAll()
    .where('place', '=', chosen.place)
    .where('state', '=', state)
    .where(among(chosen))
    .orderBy('received_at')
    .limit(most)
    .forUpdate()
    .execute()
  return rows
}

async function ownPlace(trx: Transaction<Database>, { account }: Acting, place: string) {
  if (!mayAdmit(account.role)) refuseAct('not-allowed')
  const streams = await streamsOf(trx, account.id)
  if (!streams.some((one) => one.own && one.id === place)) refuseAct('not-found')
}
