/** What governs a place: the rules that were saved in its own stream and in those of the places above it. */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { listOf } from './place-tree.ts'
import type { RuleKind } from './rule-kinds.ts'
import { contentsOf, keepContents } from './rule-contents.ts'
import type { Database } from './schema.ts'

export interface Rule {
  readonly kind: RuleKind
  readonly id: string
  readonly version: number
  readonly by: string | null
  readonly fields: unknown
}

/** Of a place and those above it, nearest first. */
export interface RulesAt {
  readonly place: string
  /** Of the place as it is called; null where that was never said. */
  readonly placeFields: unknown
  readonly rules: readonly Rule[]
}

/** By place, each that was asked for: what its own stream says first, that of the root last. */
export type RulesAbove = ReadonlyMap<string, readonly RulesAt[]>

/** By place the one next above it, null at the root. */
export type Parents = ReadonlyMap<string, string | null>

/**
 * A rule comes once, however many of the places it governs. Living rules alone, the oldest version first. By tables alone
 * that are on every machine. `known`: what the caller has of the tree; the database is asked for it where a way up is not
 * whole in it.
 */
export async function rulesAbove(
  db: Kysely<Database>,
  places: readonly string[],
  kinds: readonly RuleKind[],
  known: Parents = new Map(),
): Promise<RulesAbove> {
  if (places.length === 0) return new Map()
  const parents = waysIn(known, places) ?? (await parentsAbove(db, places))
  const { rows } = await marksIn(listOf(parents.keys()), kinds).execute(db)
  return alongWays(db, places, kinds, parents, rows)
}

/** A rule without what it says, and the mark that stands for that; of kind `place` what the place is called. */
export interface MarkedRule {
  readonly place: string
  readonly kind: RuleKind | 'place'
  readonly id: string
  readonly version: number
  readonly by: string | null
  readonly mark: string
}

/** `places`: what stands behind `place =`. Of some kinds, and what the places are called. */
export function marksIn(
  places: RawBuilder<unknown>,
  kinds: readonly RuleKind[],
): RawBuilder<MarkedRule> {
  return sql<MarkedRule>`
    select place, kind, id, version, by, mark from place_rule
    where place = ${places} and kind ${oneOf(kinds)}`
}

const oneOf = (kinds: readonly RuleKind[]) =>
  sql`in (${sql.join([...kinds, 'place'].map((kind) => sql.lit(kind)))})`

/** The rules of some places by what was read of them and of all above them; what is not known of their words is read. */
export async function alongWays(
  db: Kysely<Database>,
  places: readonly string[],
  kinds: readonly RuleKind[],
  parents: Parents,
  marked: readonly MarkedRule[],
): Promise<RulesAbove> {
  const found = byPlace(contentsOf(marked) ?? (await readWhole(db, parents, kinds)))
  const above = new Map<string, RulesAt[]>()
  for (const place of places) {
    const way: RulesAt[] = []
    for (let at: string | null = place; at !== null && way.length < mostLevels;) {
      const own = found.get(at)
      way.push({ place: at, placeFields: own?.placeFields ?? null, rules: own?.rules ?? [] })
      at = parents.get(at) ?? null
    }
    above.set(place, way)
  }
  return above
}

/** A tree that ran in a circle would be broken; nobody waits for its end. */
const mostLevels = 64

/** The ways up from some places, where all of them are known as far as the root. */
function waysIn(known: Parents, places: readonly string[]): Parents | null {
  const ways = new Map<string, string | null>()
  for (const place of places) {
    for (let at: string | null = place; at !== null && !ways.has(at);) {
      const above = known.get(at)
      if (above === undefined) return null
      ways.set(at, above)
      at = above
    }
  }
  return ways
}

/** Of some places and all above them: the place next above each. */
async function parentsAbove(db: Kysely<Database>, places: readonly string[]): Promise<Parents> {
  const { rows } = await sql<{ id: string; parent: string | null }>`
    with recursive up as (
      select id, parent from place where id = any(${sql.val([...new Set(places)])}::uuid[])
      union
      select place.id, place.parent from place join up on place.id = up.parent
    )
    select id, parent from up`.execute(db)
  return new Map(rows.map(({ id, parent }) => [id, parent]))
}

/** Anew, with their words: between two questions somebody may have saved one. */
async function readWhole(
  db: Kysely<Database>,
  parents: Parents,
  kinds: readonly RuleKind[],
): Promise<readonly WholeRule[]> {
  const { rows } = await sql<WholeRule>`
    select place, kind, id, version, by, mark, fields from place_rule
    where place = ${listOf(parents.keys())} and kind ${oneOf(kinds)}`.execute(db)
  return keepContents(rows)
}

type WholeRule = MarkedRule & { readonly fields: unknown }

function byPlace(
  rows: readonly WholeRule[],
): ReadonlyMap<string, { placeFields: unknown; rules: Rule[] }> {
  const found = new Map<string, { placeFields: unknown; rules: Rule[] }>()
  for (const { place, kind, ...row } of [...rows].sort((a, b) => a.version - b.version)) {
    const own = found.get(place) ?? { placeFields: null, rules: [] }
    found.set(place, own)
    if (kind === 'place') own.placeFields = row.fields
    else own.rules.push({ kind, ...row })
  }
  return found
}

/** The rules of one kind in the nearest place that has any; empty where none has. */
export function nearestRules(way: readonly RulesAt[], kind: RuleKind): readonly Rule[] {
  for (const { rules } of way) {
    const own = rules.filter((rule) => rule.kind === kind)
    if (own.length > 0) return own
  }
  return []
}

/** The rules of one kind in all places of a way up. */
export function allRules(way: readonly RulesAt[], kind: RuleKind): readonly Rule[] {
  return way.flatMap(({ rules }) => rules.filter((rule) => rule.kind === kind))
}
