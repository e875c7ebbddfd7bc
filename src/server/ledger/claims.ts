/**
 * What can be taken once alone, though not by one row of one stream: the id of a record, among all streams, and the
 * number of a part of an import (docs/decisions/0037).
 */
import { sql, type Transaction } from 'kysely'
import { isBornIn } from '#domain/born-ids.ts'
import type { ImportPart } from '#domain/import.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { keyOf, lookUp, type Claim, type Draft } from './draft.ts'

export type Claims = ReadonlyMap<string, Claim>

const idKey = (id: string) => `id ${id}`
const partKey = (stream: string, whole: string, part: number) => `part ${stream} ${whole} ${part}`

const isOld = (id: string) => isBornIn(id, '') === null

/** The ids of new records that can have stood in their own stream alone. */
export function bornIds(mutations: readonly Mutation[]): readonly string[] {
  return mutations.flatMap(({ op, record }) => (op === 'create' && !isOld(record) ? [record] : []))
}

/**
 * What is taken already of what some mutations would take. `streams`: those that are locked. `known`: of the ids that
 * were born in them those that are spent, where somebody has looked under the lock.
 */
export async function loadClaims(
  trx: Transaction<Database>,
  streams: readonly string[],
  mutations: readonly Mutation[],
  known?: ReadonlySet<string>,
): Promise<Map<string, Claim>> {
  const creates = mutations.filter(({ op }) => op === 'create')
  const ids = creates.map(({ record }) => record)
  const claims = new Map<string, Claim>()
  if (ids.length === 0 || streams.length === 0) return claims
  const [old, born] = [ids.filter(isOld), known ? [] : bornIds(mutations)]
  for (const id of known ?? []) claims.set(idKey(id), 'record-gone')
  // A tombstone that was dropped never frees its id. The id of a born record can have stood in its own stream alone.
  const spent = sql`select id, false as living from spent_id
    where stream = any(${sql.val([...streams])}::uuid[]) and id = any(${sql.val(born)}::uuid[])`
  // Until two versions after 0.2.0: ids that older devices made are looked up wherever they may be.
  const elsewhere = sql`
    select id, not removed or moved_to is not null as living from record
    where id = any(${sql.val(old)}::uuid[])
    union all select id, false from spent_id where id = any(${sql.val(old)}::uuid[])`
  const { rows } =
    old.length + born.length === 0
      ? { rows: [] }
      : await sql<{ id: string; living: boolean }>`${
          old.length === 0
            ? spent
            : born.length === 0
              ? elsewhere
              : sql`${spent} union all ${elsewhere}`
        }`.execute(trx)
  for (const { id, living } of rows) {
    if (living || !claims.has(idKey(id))) {
      claims.set(idKey(id), living ? 'record-exists' : 'record-gone')
    }
  }
  for (const key of await takenParts(trx, streams, creates)) claims.set(key, 'record-exists')
  return claims
}

async function takenParts(
  trx: Transaction<Database>,
  streams: readonly string[],
  creates: readonly Mutation[],
): Promise<string[]> {
  const parts = creates.filter(({ kind }) => kind === 'import-part').map(({ fields }) => fields)
  const numbers = parts.flatMap(({ part }) => (Number.isSafeInteger(part) ? [Number(part)] : []))
  const wholes = parts.flatMap((fields) => (isId(fields['import']) ? [fields['import']] : []))
  if (numbers.length === 0 || wholes.length === 0) return []
  const { rows } = await sql<{ stream: string; parent: string; part: number }>`
    select stream, parent, (fields->>'part')::integer as part from record
    where stream = any(${sql.val([...streams])}::uuid[]) and kind = 'import-part' and not removed
      and parent = any(${sql.val([...new Set(wholes)])}::uuid[])
      and (fields->>'part')::bigint = any(${sql.val(numbers)}::bigint[])`.execute(trx)
  return rows.map(({ stream, parent, part }) => partKey(stream, parent, part))
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
}

interface Claiming {
  readonly draft: Draft
  readonly claimed: Claims
  /** Of the streams that are locked. */
  readonly heads: ReadonlyMap<string, number>
  readonly find: (key: string) => RecordRow | undefined
}

/**
 * Takes the id of a new record; null where nobody has it. `stream`: where the record will stand, which is another
 * stream than the mutation names where its household or door has gone on.
 */
export function claimId(
  { record, stream: born }: Pick<Mutation, 'record' | 'stream'>,
  stream: string,
  { draft, claimed, heads, find }: Claiming,
): Problem | null {
  if (isBornIn(record, born) === false) return 'not-allowed'
  // The stream of birth keeps every trace of the id, so it has to be one that is locked and looked at here.
  if (stream !== born && !heads.has(born)) return 'stream-not-yours'
  const there = stream === born ? undefined : find(keyOf(born, record))
  if (there) return there.removed && !there.movedTo ? 'record-gone' : 'record-exists'
  const key = idKey(record)
  const held = lookUp(draft, (layer) => layer.claimed, claimed, key)
  if (held) return held
  draft.layers[0].claimed.set(key, 'record-exists')
  return null
}

/**
 * Takes the number of a part of an import; null where it is its own: of the import's account and device, one of its
 * parts, and the only one with that number. What is acknowledged here is written or told, and never dropped.
 */
export function claimPart(
  { fields, device }: Pick<Mutation, 'fields' | 'device'>,
  stream: string,
  account: string,
  { draft, claimed, find }: Claiming,
): Problem | null {
  const { import: id, part } = fields as Pick<ImportPart, 'import' | 'part'>
  const whole = find(keyOf(stream, id))
  if (whole?.kind !== 'import' || whole.removed) return 'reference-missing'
  if (whole.by !== account || whole.created.device !== device) return 'not-allowed'
  // It was let go meanwhile, or written without this one.
  if (whole.fields['outcome']) return 'reference-missing'
  if (part > Number(whole.fields['parts'])) return 'not-allowed'
  const key = partKey(stream, id, part)
  const held = lookUp(draft, (layer) => layer.claimed, claimed, key)
  if (held) return held
  draft.layers[0].claimed.set(key, 'record-exists')
  return null
}
