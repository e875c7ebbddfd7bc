/** What the steps of a push need from streams that they do not name: the request behind an errand, and units' errands. */
import type { Transaction } from 'kysely'
import type { Mutation } from '#protocol/mutation.ts'
import { isId, loadChildren, loadRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { keyOf } from './draft.ts'
import { errandId, type Errand } from '#domain/requests/errand.ts'
import { namedUnits } from '#domain/requests/errand-of.ts'
import type { Values } from './request-steps.ts'

const concerned: ReadonlySet<string> = new Set(['request', 'request-step', 'asker', 'errand-step'])
const deciding: ReadonlySet<string> = new Set(['catalogue', 'calendar'])

/** Whether some mutations say anything of requests, or of what decides about them. */
export function saysRequests(mutations: readonly Pick<Mutation, 'kind'>[]): boolean {
  return mutations.some(({ kind }) => concerned.has(kind) || deciding.has(kind))
}

/**
 * Adds to `records` what is needed. Streams that have to be locked before anything is decided are returned: the work
 * then begins anew with them. Empty where nothing is missing.
 */
export async function loadBehind(
  trx: Transaction<Database>,
  mutations: readonly Mutation[],
  records: Map<string, RecordRow>,
  locked: ReadonlySet<string>,
): Promise<readonly string[]> {
  const keep = (rows: readonly RecordRow[]) => {
    for (const row of rows) records.set(keyOf(row.stream, row.id), row)
  }
  for (const [stream, errands] of photographedErrands(mutations)) {
    if (locked.has(stream)) keep(await loadChildren(trx, stream, errands, ['errand-photo']))
  }
  if (!mutations.some(({ kind }) => concerned.has(kind))) return []
  const asked = new Set<string>()
  let { requests } = idsBehind(mutations, records)
  for (let hop = 0; hop < mostHops && requests.length > 0; hop += 1) {
    for (const id of requests) asked.add(id)
    keep(await loadRecords(trx, [...locked], requests))
    for (const stream of locked) {
      keep(await loadChildren(trx, stream, requests, ['request-step', 'asker']))
    }
    // What a request was merged into, or shall be, is told as well, wherever it stands.
    requests = survivorsOf(mutations, records).filter((id) => !asked.has(id))
    const homes = await streamsOfRequests(trx, requests)
    const away = homes.filter((stream) => !locked.has(stream))
    if (away.length > 0) return away
  }
  const missing = await onlyStreams(trx, streamsBehind(mutations, records), locked)
  if (missing.length > 0) return missing
  keep(await loadRecords(trx, [...locked], idsBehind(mutations, records).errands))
  return []
}

const mostHops = 10

/** Errands of which a unit brings photographs: how many it has of each already decides. */
function photographedErrands(
  mutations: readonly Mutation[],
): ReadonlyMap<string, readonly string[]> {
  const errands = new Map<string, string[]>()
  for (const { kind, op, stream, fields } of mutations) {
    const { errand } = fields
    if (kind !== 'errand-photo' || op !== 'create') continue
    if (typeof errand !== 'string' || !isId(errand)) continue
    errands.set(stream, [...(errands.get(stream) ?? []), errand])
  }
  return errands
}

function survivorsOf(
  mutations: readonly Mutation[],
  records: ReadonlyMap<string, RecordRow>,
): readonly string[] {
  const steps = [...mutations, ...records.values()].filter(({ kind }) => kind === 'request-step')
  const named = steps.flatMap(({ fields }) =>
    fields['step'] === 'merge' && typeof fields['into'] === 'string' ? [fields['into']] : [],
  )
  return [...new Set(named)].filter(isId)
}

async function streamsOfRequests(
  trx: Transaction<Database>,
  requests: readonly string[],
): Promise<readonly string[]> {
  if (requests.length === 0) return []
  const rows = await trx
    .selectFrom('request_state')
    .select('stream')
    .where('request', 'in', [...requests])
    .execute()
  return [...new Set(rows.map(({ stream }) => stream))]
}

/** Of some ids those that are streams and not locked; a step may name anything. */
async function onlyStreams(
  trx: Transaction<Database>,
  ids: readonly string[],
  locked: ReadonlySet<string>,
): Promise<readonly string[]> {
  const wanted = ids.filter((id) => !locked.has(id) && isId(id))
  if (wanted.length === 0) return []
  const rows = await trx.selectFrom('stream').select('id').where('id', 'in', wanted).execute()
  return rows.map(({ id }) => id)
}

/** For which request somebody asked: a patch of who it was does not say it again. */
function requestOfAsker(
  { fields, stream, record }: Pick<Mutation, 'fields' | 'stream' | 'record'>,
  records: ReadonlyMap<string, RecordRow>,
): string | null {
  const request = fields['request'] ?? records.get(keyOf(stream, record))?.fields['request']
  return typeof request === 'string' ? request : null
}

/** Streams that have to be locked for the steps of a push although they are not the account's; empty of none. */
function streamsBehind(
  mutations: readonly Mutation[],
  records: ReadonlyMap<string, RecordRow>,
): readonly string[] {
  const streams = new Set<string>()
  const requests = new Set<string>()
  for (const { kind, fields, stream, record } of mutations) {
    if (kind === 'request-step') {
      for (const unit of namedUnits(fields)) streams.add(unit)
      if (typeof fields['request'] === 'string') requests.add(fields['request'])
    }
    if (kind === 'asker') {
      const of = requestOfAsker({ fields, stream, record }, records)
      if (of) requests.add(of)
    }
    if (kind === 'errand-step') {
      const errand = records.get(keyOf(stream, String(fields['errand'])))
      if (errand?.kind !== 'errand') continue
      const of = errand.fields as unknown as Errand
      streams.add(of.stream)
      requests.add(of.request)
    }
  }
  for (const id of survivorsOf(mutations, records)) requests.add(id)
  for (const record of records.values()) {
    if (record.kind === 'request-step' && requests.has(String(record.fields['request']))) {
      for (const unit of namedUnits(record.fields)) streams.add(unit)
    }
    // A request that moved on with its door.
    if (requests.has(record.id) && record.movedTo) streams.add(record.movedTo)
  }
  return [...streams]
}

/** Ids that have to be loaded for the steps of a push in the streams behind it: requests, and what units have of them. */
function idsBehind(
  mutations: readonly Mutation[],
  records: ReadonlyMap<string, RecordRow>,
): { readonly requests: readonly string[]; readonly errands: readonly string[] } {
  const requests = new Set<string>()
  for (const { kind, fields, stream, record } of mutations) {
    if (kind === 'request-step') requests.add(String(fields['request']))
    if (kind === 'request') requests.add(record)
    if (kind === 'asker') {
      const of = requestOfAsker({ fields, stream, record }, records)
      if (of) requests.add(of)
    }
    if (kind === 'errand-step') {
      const errand = records.get(keyOf(stream, String(fields['errand'])))
      if (errand) requests.add(String(errand.fields['request']))
    }
  }
  for (const id of survivorsOf(mutations, records)) requests.add(id)
  const errands = new Set<string>()
  const units = new Map<string, Set<string>>()
  const rounds = new Map<string, number>()
  const note = (request: string, fields: Values) => {
    const named = units.get(request) ?? new Set()
    for (const unit of namedUnits(fields)) named.add(unit)
    units.set(request, named)
    if (fields['step'] === 'not-solved') rounds.set(request, (rounds.get(request) ?? 1) + 1)
  }
  for (const record of records.values()) {
    if (record.kind === 'request-step') note(String(record.fields['request']), record.fields)
  }
  for (const { kind, fields } of mutations) {
    if (kind === 'request-step') note(String(fields['request']), fields)
  }
  for (const [request, named] of units) {
    if (!requests.has(request)) continue
    for (const unit of named) {
      for (let round = 1; round <= (rounds.get(request) ?? 1) + 1; round += 1) {
        errands.add(errandId(request, unit, round))
      }
    }
  }
  return { requests: [...requests], errands: [...errands] }
}
