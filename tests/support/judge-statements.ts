/** What the statements of a run would touch on several machines: judged by PostgreSQL's plans of the tables in parts. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize } from 'node:v8'
import pg from 'pg'
import { besideOf, placingOf, tableNames, type TableName } from '#server/db/placing.ts'
import { refusalOf } from './judge-shapes.ts'
import { partCount } from './parts.ts'
import { listenForTrees, readCatalog, treeOf, type Catalog } from './query-tree.ts'
import { severalParts, type Reason } from './several-parts.ts'
import type { Left, Sample, SeenStatements, Sent } from './watch-statements.ts'

export interface Touched {
  /** Parts by the table that others lie beside: the same number is the same machine. */
  readonly parts: ReadonlySet<string>
  /** Those tables, and tables that lie whole on one machine. */
  readonly groups: ReadonlySet<string>
}

const isData = /^\s*(?:select|insert|update|delete|with|declare)\b/i
/** Of the engine and of the tests' own looks at it. */
const isOfEngine = /\bpg_\w+|information_schema|kysely_migration|current_database/i

/** The database whose plans are asked for, and another connection to it that hears what statements are made of. */
export interface Judging {
  readonly plans: pg.Client
  readonly trees: pg.Client
  readonly catalog: Catalog
  end(): Promise<void>
}

export async function openJudging(url: string): Promise<Judging> {
  const [plans, trees] = [url, url].map((connectionString) => new pg.Client({ connectionString }))
  if (!plans || !trees) throw new Error('no connections')
  await plans.connect()
  await preparePlanner(plans)
  await trees.connect()
  const catalog = await readCatalog(trees)
  await listenForTrees(trees)
  const end = async () => void (await Promise.all([plans.end(), trees.end()]))
  return { plans, trees, catalog, end }
}

/**
 * Says how the statements of a run would be answered by an engine of several machines. Throws, with each of them, where
 * there are some that it would not answer, or would ask of all machines without a reason; after a run of all `files`
 * also where a reason is there for no statement.
 */
export async function judgeStatements(
  folder: string,
  url: string,
  { files }: { readonly files: number },
): Promise<void> {
  const { statements, changes } = readSeen(folder)
  if (statements.size === 0) return
  const isWhole = new Set(readdirSync(folder)).size >= files
  const judging = await openJudging(url)
  const count = { one: 0, named: 0, several: 0, unplanned: 0 }
  const faults: string[] = []
  try {
    for (const [text, samples] of statements) {
      const verdict = await judge(judging, text, samples)
      if (verdict === null) continue
      if (verdict.kind === 'fault') faults.push(`${verdict.why}\n    ${brief(text)}`)
      else {
        count[verdict.kind] += 1
        if (verdict.kind === 'unplanned' && process.env['WUSE_UNPLANNED'])
          process.stdout.write(`unplanned: ${brief(text)}\n`)
      }
    }
    faults.push(...(await judgeChanges(judging, changes)))
    if (isWhole) faults.push(...reasonsWithout([...statements.keys()]))
  } finally {
    await judging.end()
  }
  const total = count.one + count.named + count.several
  process.stdout.write(
    `\nstatements: ${total} distinct; ${count.one} touch one part, ${count.named} as many as they name, ` +
      `${count.several} all for a reason that stands in several-parts.ts; ${faults.length} without; ` +
      `${count.unplanned} that a test meant to fail\n`,
  )
  if (faults.length === 0) return
  const told = `statements that machines would not share well:\n  ${faults.join('\n  ')}`
  process.stdout.write(`${told}\n`)
  throw new Error(told)
}

/** Reasons that no statement of a whole run needs: it was mended since, or reads otherwise. */
export function reasonsWithout(texts: readonly string[]): string[] {
  const needed = new Set(texts.map((text) => reasonFor(text)))
  return severalParts.flatMap((reason) =>
    needed.has(reason)
      ? []
      : [`a reason for no statement: ${reason.why}\n    ${String(reason.having)}`],
  )
}

/**
 * What is everywhere and referred to may be changed in a transaction after several parts were asked at once only where
 * they are asked one after the other (`oneAfterTheOther`): Citus says `cannot modify table … because there was a
 * parallel operation`.
 */
export async function judgeChanges(
  { plans }: Judging,
  changes: readonly (readonly Sent[])[],
): Promise<string[]> {
  const faults = new Map<string, string>()
  for (const sent of changes) {
    const change = sent.at(-1)
    if (!change || sent.some(({ text }) => text.includes('multi_shard_modify_mode'))) continue
    for (const { text, values } of sent.slice(0, -1)) {
      const touched = await touchedBy(plans, text, values)
      if (!touched || touched.parts.size <= 1) continue
      faults.set(
        change.text,
        `changes what is everywhere after several parts were asked in one transaction\n    ${brief(text)}\n    ${brief(change.text)}`,
      )
      break
    }
  }
  return [...faults.values()]
}

/** Parts of the same key lie together: joined by it, each is joined with its own alone. */
export async function preparePlanner(client: pg.Client): Promise<void> {
  await client.query('set enable_partitionwise_join = on; set enable_partitionwise_aggregate = on')
}

type Verdict = { kind: 'one' | 'named' | 'several' | 'unplanned' } | { kind: 'fault'; why: string }

/** Why a statement may ask every part. */
export function reasonFor(text: string): Reason | undefined {
  return severalParts.find(({ having }) => having.test(onOneLine(text)))
}

export async function judge(
  { plans, trees, catalog }: Judging,
  text: string,
  samples: readonly Sample[],
): Promise<Verdict | null> {
  if (!isData.test(text) || isOfEngine.test(text)) return null
  const reason = reasonFor(text)
  let [most, mostNamed] = [0, 0]
  let isNamed = true
  let isPlanned = false
  for (const values of samples) {
    const touched = await touchedBy(plans, text, values)
    if (touched === null) continue
    isPlanned = true
    if (touched.groups.size > 1) {
      return {
        kind: 'fault',
        why: `joins ${[...touched.groups].join(' and ')}, which do not lie together`,
      }
    }
    most = Math.max(most, touched.parts.size)
    // A list of one today may be a list of many tomorrow.
    const widened = await touchedBy(plans, text, values.map(withMore))
    mostNamed = Math.max(mostNamed, widened?.parts.size ?? 0)
    if (touched.parts.size > 1 && isNamed) {
      const narrowed = await touchedBy(plans, text, values.map(oneAlone))
      isNamed = narrowed !== null && narrowed.parts.size <= 1
    }
  }
  if (!isPlanned) return { kind: 'unplanned' }
  const query = await treeOf(trees, withoutCursor(text), samples[0] ?? [])
  const refusal = query && refusalOf(query, catalog, Math.max(most, mostNamed) > 1)
  if (refusal) {
    const where = mostNamed > 1 ? ` in ${Math.max(most, mostNamed)} of ${partCount} parts` : ''
    return { kind: 'fault', why: `${refusal}${where}` }
  }
  if (most <= 1) return { kind: 'one' }
  if (isNamed) return { kind: 'named' }
  return reason
    ? { kind: 'several' }
    : { kind: 'fault', why: `touches ${most} of ${partCount} parts` }
}

/** Null where it cannot be planned there: a test meant it to fail. */
export async function touchedBy(
  client: pg.Client,
  text: string,
  values: Sample,
): Promise<Touched | null> {
  const asked = withoutCursor(text)
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': unknown }>({
      text: `explain (format json, costs off) ${asked}`,
      values: [...values],
    })
    const parts = new Set<string>()
    const groups = new Set<string>()
    for (const relation of relationsIn(rows[0]?.['QUERY PLAN'])) {
      const [table, part] = tableOf(relation)
      if (table === null) continue
      const placing = placingOf(table)
      if (placing.by === 'everywhere') continue
      const group = besideOf(table) ?? table
      groups.add(group.startsWith('hotline_') ? 'hotline' : group)
      if (part !== null) parts.add(`${group} ${part}`)
    }
    return { parts, groups }
  } catch {
    return null
  }
}

function tableOf(relation: string): [TableName | null, string | null] {
  const known = (name: string) => tableNames.find((table) => table === name) ?? null
  const part = /^(.+)_(\d)$/.exec(relation)
  const ofPart = part ? known(part[1] ?? '') : null
  return ofPart ? [ofPart, part?.[2] ?? null] : [known(relation), null]
}

/** Names of all relations that a plan reads or writes. A row that is added goes where its key says: that is no scan. */
function relationsIn(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(relationsIn)
  if (typeof plan !== 'object' || plan === null) return []
  const node = plan as Record<string, unknown>
  const isInsert = node['Node Type'] === 'ModifyTable' && node['Operation'] === 'Insert'
  const own = typeof node['Relation Name'] === 'string' && !isInsert ? [node['Relation Name']] : []
  return [...own, ...Object.values(node).flatMap(relationsIn)]
}

function withoutCursor(text: string): string {
  return text.replace(/^\s*declare\s+\w+\s+(?:no scroll\s+)?cursor\s+for\b/i, '')
}

const someId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Of which some lie in each part. */
const manyIds = Array.from(
  { length: 40 },
  (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
)

/** A list of ids with many others. */
function withMore(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value
  const isList = value.every((one) => typeof one === 'string' && someId.test(one))
  return isList ? [...(value as string[]), ...manyIds] : value
}

/** Wherever ids are named one and the same: what still touches several parts asks more than it names. */
function oneAlone(value: unknown): unknown {
  if (typeof value === 'string' && someId.test(value)) return manyIds[0]
  return Array.isArray(value) ? value.slice(0, 1).map(oneAlone) : value
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function brief(text: string): string {
  return onOneLine(text).slice(0, 400)
}

function readSeen(folder: string): Left {
  const all = new Map<string, Sample[]>()
  const changes: (readonly Sent[])[] = []
  for (const file of readdirSync(folder)) {
    const left = deserialize(readFileSync(join(folder, file))) as Left
    for (const [text, samples] of left.statements) {
      all.set(text, [...(all.get(text) ?? []), ...samples].slice(0, 4))
    }
    changes.push(...left.changes)
  }
  const statements: SeenStatements = all
  return { statements, changes }
}
