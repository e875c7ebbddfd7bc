/** Keys of outside systems, and what an office decides about that which they handed in. */
import { sql, type Kysely, type Transaction, type Updateable } from 'kysely'
import { mayAdmit, mayKeepHotline, refusalOfWrite } from '#domain/permission.ts'
import { mayHoldItem } from '#domain/requests/catalogue.ts'
import { requestFields } from '#domain/requests/hotline.ts'
import type { Admit, MakeSystem, SystemAct, TurnAway } from '#protocol/hotline.ts'
import { hotlineId } from '../db/audit.ts'
import { placesBelow } from '../db/places.ts'
import { hashOfText } from '../db/hashing-text.ts'
import type { HotlineSystemTable } from '../db/hotline-tables.ts'
import { additionsOf, emptyAdditions } from '../db/hotline.ts'
import { loadRequestRules } from '../db/request-rules.ts'
import type { Database } from '../db/schema.ts'
import { streamsOf } from '../db/streams.ts'
import { admitRequest } from '../ledger/admit-request.ts'
import { perform, refuseAct, type Acting, type Performed } from './perform.ts'

/** Two characters for each system: 1,296 of them, and none is used twice. */
const tagCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const tagAt = (count: number) =>
  `${tagCharacters[Math.floor(count / 36) % 36]}${tagCharacters[count % 36]}`
const mostSystems = 36 * 36

export function makeSystem(
  db: Kysely<Database>,
  acting: Acting,
  { system: id, name, places, mayWrite }: MakeSystem,
  key: string,
): Promise<Performed> {
  const allow = async (trx: Transaction<Database>, { account }: Acting) => {
    if (!mayKeepHotline(account.role)) refuseAct('not-allowed')
    const own = await placesBelow(trx, account.id)
    if (!places.every((place) => own.has(place))) refuseAct('stream-not-yours')
    if (places.some((place) => own.get(place)?.kind === 'unit')) refuseAct('not-allowed')
  }
  return perform(
    db,
    acting,
    { act: 'hotline-made', subject: id, content: { name, places, mayWrite } },
    {
      allow,
      async work(trx, by) {
        await sql`lock table hotline_system in share row exclusive mode`.execute(trx)
        const held = await trx.selectFrom('hotline_system').select('id').execute()
        if (held.some((one) => one.id === id)) refuseAct('record-exists')
        if (held.length >= mostSystems) refuseAct('too-large')
        const at = new Date(by.now).toISOString()
        await trx
          .insertInto('hotline_system')
          .values({
            ...{ id, name, tag: tagAt(held.length), places: [...places], may_write: mayWrite },
            ...{ key_hash: hashOfText(key), made_at: at, made_by: by.account.id, keyed_at: at },
            ...{ stopped_at: null, used_at: null, used_day: null },
          })
          .execute()
        return { details: { name, places, mayWrite }, moved: [] }
      },
      stateOf: (trx) => stateOfSystem(trx, id),
    },
  )
}

/** Another key; the one before opens nothing any more. Also of a system that was stopped. */
export const renewKey = (
  db: Kysely<Database>,
  acting: Acting,
  { system }: SystemAct,
  key: string,
): Promise<Performed> =>
  changeSystem(db, acting, 'hotline-keyed', system, (at) => ({
    ...{ key_hash: hashOfText(key), keyed_at: at, stopped_at: null },
  }))

export const stopSystem = (
  db: Kysely<Database>,
  acting: Acting,
  { system }: SystemAct,
): Promise<Performed> =>
  changeSystem(db, acting, 'hotline-stopped', system, (at) => ({ key_hash: null, stopped_at: at }))

/** `columns`: what is written into the system's row, by the moment of the act. */
function changeSystem(
  db: Kysely<Database>,
  acting: Acting,
  act: 'hotline-keyed' | 'hotline-stopped',
  id: string,
  columns: (at: Date) => Updateable<HotlineSystemTable>,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act, subject: id, content: {} },
    {
      allow: (trx, by) => ownSystem(trx, by, id),
      async work(trx, by) {
        await trx
          .updateTable('hotline_system')
          .set(columns(new Date(by.now)))
          .where('id', '=', id)
          .execute()
        return { details: {}, moved: [] }
      },
      stateOf: (trx) => stateOfSystem(trx, id),
    },
  )
}

/** A system whose places are all the actor's. */
async function ownSystem(trx: Transaction<Database>, { account }: Acting, id: string) {
  if (!mayKeepHotline(account.role)) refuseAct('not-allowed')
  const row = await trx
    .selectFrom('hotline_system')
    .select('places')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const own = await placesBelow(trx, account.id)
  if (!row?.places.every((place) => own.has(place))) refuseAct('not-found')
}

function stateOfSystem(trx: Transaction<Database>, id: string) {
  return trx
    .selectFrom('hotline_system')
    .select(['name', 'places', 'may_write', 'key_hash'])
    .where('id', '=', id)
    .executeTakeFirst()
}

async function ownWaiting(trx: Transaction<Database>, { account }: Acting, id: string) {
  if (!mayAdmit(account.role)) refuseAct('not-allowed')
  const row = await trx
    .selectFrom('hotline_request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const streams = await streamsOf(trx, account.id)
  if (!row || !streams.some((one) => one.own && one.id === row.place)) return refuseAct('not-found')
  return { row, streams }
}

export function admit(
  db: Kysely<Database>,
  acting: Acting,
  { waiting: id, stream, item, level }: Admit,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'hotline-admitted', subject: id, content: { stream, item, level } },
    {
      async allow(trx, by, isAgain) {
        const { row, streams } = await ownWaiting(trx, by, id)
        if (!isAgain && row.state !== 'waiting') refuseAct('changed-meanwhile')
        const reach = streams.find((one) => one.id === stream)
        if (!reach?.own) return refuseAct('stream-not-yours')
        const write = { kind: 'request', op: 'create', fields: {} } as const
        const refusal = refusalOfWrite(by.account.role, reach.root, write)
        if (refusal) refuseAct(refusal)
        const rules = (await loadRequestRules(trx, [stream])).get(stream)
        const chosen = rules?.itemOf(item)
        if (chosen && !mayHoldItem(by.account.role, chosen)) refuseAct('not-allowed')
      },
      async work(trx, by) {
        const { row } = await ownWaiting(trx, by, id)
        const said = row.said
        if (said === null) return refuseAct('record-gone')
        const additions = await additionsOf(trx, id)
        const done = await admitRequest(
          trx,
          {
            ...{ stream, speaker: hotlineId, until: said.until, item, level },
            outsideNumber: row.outside_number,
            asker: {
              ...{ name: said.name, telephone: said.telephone },
              isToldToUnit: said.isToldToUnit,
            },
            fieldsOf: (chosen) =>
              requestFields(
                { ...said, item: chosen?.id ?? null },
                {
                  ...{ number: row.number, at: row.asked_at.toISOString(), level },
                  itemName: chosen?.name ?? null,
                },
              ),
            by: 'telephone',
            askedAt: row.asked_at.toISOString(),
            receivedAt: row.received_at.toISOString(),
            additions: additions.map(({ words }) => words),
          },
          by,
        )
        if ('problem' in done) return refuseAct(done.problem)
        await emptyAdditions(
          trx,
          id,
          additions.map(({ hash }) => hash),
        )
        await decided(trx, id, by, { state: 'admitted', request: done.request })
        return { details: { request: done.request, stream }, moved: [stream] }
      },
      stateOf: (trx) => stateOfWaiting(trx, id),
    },
  )
}

export function turnAway(
  db: Kysely<Database>,
  acting: Acting,
  { waiting: id, reason, told }: TurnAway,
): Promise<Performed> {
  return perform(
    db,
    acting,
    { act: 'hotline-turned-away', subject: id, content: { reason, told } },
    {
      async allow(trx, by, isAgain) {
        const { row } = await ownWaiting(trx, by, id)
        if (!isAgain && row.state !== 'waiting') refuseAct('changed-meanwhile')
      },
      async work(trx, by) {
        const additions = await additionsOf(trx, id)
        await emptyAdditions(
          trx,
          id,
          additions.map(({ hash }) => hash),
        )
        await decided(trx, id, by, { state: 'turned-away', reason, told })
        return { details: { reason }, moved: [] }
      },
      stateOf: (trx) => stateOfWaiting(trx, id),
    },
  )
}

/** What was handed in goes from the waiting room: the request has it now, or nobody. */
function decided(
  trx: Transaction<Database>,
  id: string,
  { account, now }: Acting,
  more: {
    readonly state: 'admitted' | 'turned-away'
    readonly request?: string
    readonly reason?: string
    readonly told?: string
  },
) {
  return trx
    .updateTable('hotline_request')
    .set({ said: null, decided_at: new Date(now), decided_by: account.id, ...more })
    .where('id', '=', id)
    .execute()
}

function stateOfWaiting(trx: Transaction<Database>, id: string) {
  return trx
    .selectFrom('hotline_request')
    .select(['state', 'request', 'decided_by'])
    .where('id', '=', id)
    .executeTakeFirst()
}
