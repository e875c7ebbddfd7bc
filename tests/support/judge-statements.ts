/** What the statements of a run would touch on several machines: judged by PostgreSQL's plans of the tables in parts. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize } from 'node:v8'
import pg from 'pg'
import { besideOf, placingOf, tableNames, type TableName } from '#server/db/placing.ts'
import { partCount } from './parts.ts'
import { severalParts, type Reason } from './several-parts.ts'
import type { Sample, SeenStatements } from './watch-statements.ts'

export interface Touched {
  /** Parts by the table that others lie beside: the same number is the same machine. */
  readonly parts: ReadonlySet<string>
  /** Those tables, and tables that lie whole on one machine. */
  readonly groups: ReadonlySet<string>
}

const isData = /^\s*(?:select|insert|update|delete|with|declare)\b/i
/** Of the engine and of the tests' own looks at it. */
const isOfEngine = /\bpg_\w+|information_schema|kysely_migration|current_database/i

/**
 * Says how the statements of a run would be answered by an engine of several machines, and lists those that it would not
 * answer or would ask of all of them without a reason. The run goes on: who reads its output mends them.
 */
export async function judgeStatements(folder: string, url: string): Promise<void> {
  const seen = readSeen(folder)
  if (seen.size === 0) return
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await preparePlanner(client)
  const count = { one: 0, named: 0, several: 0 }
  const faults: string[] = []
  try {
    for (const [text, samples] of seen) {
      const verdict = await judge(client, text, samples)
      if (verdict === null) continue
      if (verdict.kind === 'fault') faults.push(`${verdict.why}\n    ${brief(text)}`)
      else count[verdict.kind] += 1
    }
  } finally {
    await client.end()
  }
  const total = count.one + count.named + count.several
  process.stdout.write(
    `\nstatements: ${total} distinct; ${count.one} touch one part, ${count.named} as many as they name, ` +
      `${count.several} all for a reason that stands in several-parts.ts; ${faults.length} without\n`,
  )
  if (faults.length > 0) {
    process.stdout.write(
      `statements that machines would not share well:\n  ${faults.join('\n  ')}\n`,
    )
  }
}

/** Parts of the same key lie together: joined by it, each is joined with its own alone. */
export async function preparePlanner(client: pg.Client): Promise<void> {
  await client.query('set enable_partitionwise_join = on; set enable_partitionwise_aggregate = on')
}

type Verdict = { kind: 'one' | 'named' | 'several' } | { kind: 'fault'; why: string }

/** Why a statement may ask every part. */
export function reasonFor(text: string): Reason | undefined {
  return severalParts.find(({ having }) => having.test(onOneLine(text)))
}

export async function judge(
  client: pg.Client,
  text: string,
  samples: readonly Sample[],
): Promise<Verdict | null> {
  if (!isData.test(text) || isOfEngine.test(text)) return null
  const reason = reasonFor(text)
  let most = 0
  let isNamed = true
  for (const values of samples) {
    const touched = await touchedBy(client, text, values)
    if (touched === null) continue
    if (touched.groups.size > 1) {
      return {
        kind: 'fault',
        why: `joins ${[...touched.groups].join(' and ')}, which do not lie together`,
      }
    }
    most = Math.max(most, touched.parts.size)
    if (touched.parts.size > 1 && isNamed) {
      const narrowed = await touchedBy(client, text, values.map(firstAlone))
      isNamed = narrowed !== null && narrowed.parts.size <= 1
    }
  }
  if (
    /\b(?:clock_timestamp|random|gen_random_uuid)\s*\(/i.test(text) &&
    /\b(?:update|delete)\b/i.test(text)
  ) {
    return {
      kind: 'fault',
      why: 'changes rows by a function that each machine would answer otherwise',
    }
  }
  if (most <= 1) return { kind: 'one' }
  const never = /\bfor update\b|\bfor share\b/i.test(text)
    ? 'locks rows'
    : /\bwith recursive\b/i.test(text)
      ? 'climbs a tree'
      : /\blateral\b/i.test(text)
        ? 'looks row by row'
        : null
  if (never !== null) return { kind: 'fault', why: `${never} in ${most} of ${partCount} parts` }
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
  const asked = text.replace(/^\s*declare\s+\w+\s+(?:no scroll\s+)?cursor\s+for\b/i, '')
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

function firstAlone(value: unknown): unknown {
  return Array.isArray(value) ? value.slice(0, 1) : value
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function brief(text: string): string {
  return onOneLine(text).slice(0, 400)
}

function readSeen(folder: string): SeenStatements {
  const all = new Map<string, Sample[]>()
  for (const file of readdirSync(folder)) {
    const seen = deserialize(readFileSync(join(folder, file))) as SeenStatements
    for (const [text, samples] of seen) {
      all.set(text, [...(all.get(text) ?? []), ...samples].slice(0, 4))
    }
  }
  return all
}
