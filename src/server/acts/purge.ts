/** What an office answers to the list of what is purged next. Each answer is on record; repeated, it changes nothing. */
import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import { dayAt } from '#domain/day.ts'
import { mayAgreeToPurge } from '#domain/permission-of-access.ts'
import type { AgreeRequest, KeepRequest, WithdrawRequest } from '#protocol/purge.ts'
import type { Problem } from '#protocol/problem.ts'
import { audit } from '../db/audit.ts'
import { loadGuard, saveGuard, type PurgeGuard, type PurgeHold } from '../db/purge-guard.ts'
import { lockNotices, writeNotices } from '../db/purge-notices.ts'
import { rootsOf } from '../db/purge-read.ts'
import type { Database } from '../db/schema.ts'
import { streamsOf } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { keepsWholeOffice } from '#domain/permission-of-places.ts'

export interface Answering {
  readonly account: { readonly id: string; readonly role: Role }
  readonly device: string
  readonly now: number
}

/** 还留着: the retention of this record runs anew from today. */
export function keepListed(
  db: Kysely<Database>,
  answering: Answering,
  request: KeepRequest,
): Promise<Problem | null> {
  return answerNotice(db, answering, request, 'keep')
}

/** What was kept goes again when its time comes: it stands on the list anew for the whole notice. */
export function letGo(
  db: Kysely<Database>,
  answering: Answering,
  request: KeepRequest,
): Promise<Problem | null> {
  return answerNotice(db, answering, request, 'let-go')
}

async function answerNotice(
  db: Kysely<Database>,
  { account, device, now }: Answering,
  request: KeepRequest,
  answer: 'keep' | 'let-go',
): Promise<Problem | null> {
  const [stream, record] = [request.stream.toLowerCase(), request.record.toLowerCase()]
  const scope = await streamsOf(db, account.id)
  // A stream of others and a record that is on no list are the same to whoever asks.
  if (!scope.some(({ id, own }) => id === stream && own)) return 'not-found'
  const root = (await rootsOf(db, [stream])).get(stream) ?? stream
  return transact(db, async (trx) => {
    const notice = (await lockNotices(trx, stream, [record])).get(record)
    if (!notice) return 'not-found'
    const isKept = notice.kept_on !== null
    if (isKept === (answer === 'keep')) return null
    const today = dayAt(now)
    const run = (await loadGuard(trx, root))?.run ?? 0
    await writeNotices(trx, [
      answer === 'keep'
        ? { ...notice, kept_on: today, kept_by: account.id }
        : { ...notice, kept_on: null, kept_by: null, listed_on: today, listed_run: run },
    ])
    const facts = { role: account.role, answer, rule: notice.rule, kind: notice.kind }
    const at = new Date(now).toISOString()
    await audit(trx, stream, [
      { act: 'purge-kept', at, account: account.id, device, record, facts },
    ])
    return null
  })
}

/**
 * Yes to a purge that waits. An administrator of the office says it first, and then another person who keeps its
 * register: the purge goes on at the next pass after both.
 */
export async function agreeToPurge(
  db: Kysely<Database>,
  answering: Answering,
  request: AgreeRequest,
): Promise<Problem | null> {
  const { account, now } = answering
  return decideHold(db, answering, request, async (trx, guard, hold) => {
    if (request.said !== wantedWord(hold, now)) return 'invalid-fields'
    if (guard.second_by !== null) return null
    if (guard.first_by === null) {
      if (!mayAgreeToPurge(account.role)) return 'not-allowed'
      await saveGuard(trx, { ...guard, first_by: account.id })
      return 'first'
    }
    if (guard.first_by === account.id) return 'second-person-needed'
    await saveGuard(trx, { ...guard, second_by: account.id })
    return 'second'
  })
}

/** No, or not yet: whoever of the office sees it can take the first word back; nothing goes. */
export async function withdrawFromPurge(
  db: Kysely<Database>,
  answering: Answering,
  request: WithdrawRequest,
): Promise<Problem | null> {
  return decideHold(db, answering, request, async (trx, guard) => {
    if (guard.first_by === null) return null
    await saveGuard(trx, { ...guard, first_by: null, second_by: null })
    return 'withdrawn'
  })
}

/** What has to be typed: how many records would go, or which day it is. */
export function wantedWord(hold: PurgeHold, now: number): string {
  return hold.why === 'share'
    ? String(hold.due.people + hold.due.visits + hold.due.requests)
    : dayAt(now)
}

type Said = 'first' | 'second' | 'withdrawn'

async function decideHold(
  db: Kysely<Database>,
  { account, device, now }: Answering,
  request: { readonly place: string; readonly at: string },
  decide: (
    trx: Transaction<Database>,
    guard: PurgeGuard,
    hold: PurgeHold,
  ) => Promise<Problem | Said | null>,
): Promise<Problem | null> {
  const place = request.place.toLowerCase()
  const scope = await streamsOf(db, account.id)
  const reach = scope.find(({ id }) => id === place)
  // The first word is of whoever keeps the whole office; staff of a part of it may be the second person.
  if (!reach || (keepsWholeOffice(account.role) && !reach.own)) return 'not-found'
  return transact(db, async (trx) => {
    const guard = await loadGuard(trx, place, { lock: true })
    if (!guard?.held || guard.held.at !== request.at) return 'changed-meanwhile'
    const said = await decide(trx, guard, guard.held)
    if (said !== 'first' && said !== 'second' && said !== 'withdrawn') return said
    const facts = { role: account.role, said, ...guard.held }
    const at = new Date(now).toISOString()
    await audit(trx, place, [{ act: 'purge-agreed', at, account: account.id, device, facts }])
    return null
  })
}
