/**
 * Sees every statement that this process sends to a database, with some of its parameters, and leaves them in the run's
 * folder: what they touch on tables in parts is judged when all files are through, see `judge-statements.ts`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import pg from 'pg'
import { afterAll, inject } from 'vitest'

const mostSamples = 4

export type Sample = readonly unknown[]
export type SeenStatements = ReadonlyMap<string, readonly Sample[]>

export interface Sent {
  readonly text: string
  readonly values: Sample
}

/** What a process leaves behind after each of its files. */
export interface Left {
  readonly statements: SeenStatements
  /** Transactions that change what is everywhere and referred to, each as far as that change. */
  readonly changes: readonly (readonly Sent[])[]
}

/** This file is read anew before each test file, and the client of the database is watched once a process. */
interface Watch {
  readonly seen: Map<string, Sample[]>
  readonly listeners: Set<(text: string, values: Sample) => void>
  /** By connection what its transaction has sent so far. */
  readonly open: WeakMap<pg.Client, Sent[]>
  /** By the texts of its statements. */
  readonly changes: Map<string, readonly Sent[]>
}
const kept = globalThis as { wuseWatch?: Watch }
const { seen, listeners, open, changes } = (kept.wuseWatch ??= {
  seen: new Map(),
  listeners: new Set(),
  open: new WeakMap(),
  changes: new Map(),
})

type Query = (this: pg.Client, ...given: unknown[]) => unknown
const prototype = pg.Client.prototype as unknown as { query: Query; isWatched?: boolean }

if (!prototype.isWatched) {
  const query = prototype.query
  prototype.isWatched = true
  prototype.query = function (...given) {
    const [first, second] = given
    const { text, values } =
      typeof first === 'string'
        ? { text: first, values: second }
        : (first as { text?: unknown; values?: unknown })
    if (typeof text === 'string') note(this, text, Array.isArray(values) ? values : [])
    return query.apply(this, given)
  }
}

/** What a test asks by itself, past the product, is judged by nobody. */
function isOfTest(text: string): boolean {
  if (seen.has(text)) return false
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 80
  const stack = new Error().stack ?? ''
  Error.stackTraceLimit = limit
  // A migration runs before tables are laid out, or names each of its statements for all machines.
  if (stack.includes('/db/migrations/') || stack.includes('/db/audit-past')) return true
  return stack.includes('/tests/server/') && !stack.includes('/src/server/')
}

/** Places and accounts: on every machine, and referred to by what is spread. */
const changesEverywhere = /^\s*(?:insert into|update|delete from)\s+"?(?:place|account)"?\s/i

/** Follows a transaction until it changes what is everywhere. */
function follow(client: pg.Client, text: string, values: Sample) {
  if (/^\s*(?:begin|start transaction)\b/i.test(text)) {
    open.set(client, [])
    return
  }
  const sent = open.get(client)
  if (!sent) return
  sent.push({ text, values })
  if (changesEverywhere.test(text)) changes.set(sent.map((one) => one.text).join(';'), [...sent])
  if (changesEverywhere.test(text) || /^\s*(?:commit|rollback)\s*;?$/i.test(text))
    open.delete(client)
}

function note(client: pg.Client, text: string, values: Sample) {
  for (const listener of listeners) listener(text, values)
  if (isOfTest(text)) return
  follow(client, text, values)
  const samples = seen.get(text) ?? []
  if (samples.length < mostSamples) samples.push(values)
  seen.set(text, samples)
}

/** All statements that are sent while `work` runs; of this process, whoever sends them. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Sent[]> {
  const found: Sent[] = []
  const listener = (text: string, values: Sample) => void found.push({ text, values })
  listeners.add(listener)
  try {
    await work()
  } finally {
    listeners.delete(listener)
  }
  return found
}

afterAll(() => {
  const file = join(inject('statementFolder'), `${process.pid}-${Date.now()}-${seen.size}`)
  const left: Left = { statements: seen, changes: [...changes.values()] }
  writeFileSync(file, serialize(left))
  seen.clear()
  changes.clear()
})
