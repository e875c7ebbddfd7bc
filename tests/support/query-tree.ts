/**
 * What PostgreSQL makes of a statement before it plans it: its own tree of nodes, as it prints it for whoever debugs it.
 * Nothing is guessed from the text: names are resolved, functions known by number, and outer columns told from own ones.
 */
import type pg from 'pg'
import { tableNames, type TableName } from '#server/db/placing.ts'

export type Value = string | Node | readonly Value[] | null

export interface Node {
  readonly tag: string
  readonly fields: ReadonlyMap<string, Value>
}

/** How a function answers: always the same, the same within a statement, or anew for each row. */
export type Volatility = 'immutable' | 'stable' | 'volatile'

/** What numbers in a tree stand for, in one database. */
export interface Catalog {
  readonly tables: ReadonlyMap<string, TableName>
  /** By table and name of a column its number. */
  readonly columns: ReadonlyMap<string, number>
  readonly functions: ReadonlyMap<string, { readonly name: string; readonly is: Volatility }>
  /** Operators that say that two values are the same. */
  readonly equals: ReadonlySet<string>
  /** By type the functions that read it from text and write it as text. */
  readonly texts: ReadonlyMap<string, { readonly reads: string; readonly writes: string }>
}

export async function readCatalog(client: pg.Client): Promise<Catalog> {
  const rowsOf = async <Row extends pg.QueryResultRow>(text: string) =>
    (await client.query<Row>(text)).rows
  const columns = await rowsOf<{ oid: string; table: string; column: string; number: number }>(`
    select pg_class.oid::text, relname as table, attname as column, attnum::int as number
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`)
  const functions = await rowsOf<{ oid: string; name: string; is: string }>(
    `select oid::text, proname as name, provolatile as is from pg_proc`,
  )
  const equals = await rowsOf<{ oid: string }>(
    `select oid::text from pg_operator where oprname = '='`,
  )
  const texts = await rowsOf<{ oid: string; reads: string; writes: string }>(`
    select oid::text, typinput::oid::text as reads, typoutput::oid::text as writes from pg_type`)
  const known = new Set<string>(tableNames)
  const words: Readonly<Record<string, Volatility>> = { i: 'immutable', s: 'stable' }
  return {
    tables: new Map(
      columns.flatMap(({ oid, table }) =>
        known.has(table) ? [[oid, table as TableName] as const] : [],
      ),
    ),
    columns: new Map(columns.map(({ table, column, number }) => [`${table}.${column}`, number])),
    functions: new Map(
      functions.map(({ oid, name, is }) => [oid, { name, is: words[is] ?? 'volatile' }]),
    ),
    equals: new Set(equals.map(({ oid }) => oid)),
    texts: new Map(texts.map(({ oid, ...names }) => [oid, names])),
  }
}

/** Trees are sent to this client alone, and do not fill the server's log. */
export async function listenForTrees(client: pg.Client): Promise<void> {
  await client.query(`set log_min_messages = panic; set client_min_messages = log;
    set debug_pretty_print = off; set debug_print_parse = on`)
}

/** The tree of a statement; null where PostgreSQL does not understand it. Throws where no tree is sent. */
export async function treeOf(
  client: pg.Client,
  text: string,
  values: readonly unknown[],
): Promise<Node | null> {
  let printed: string | null = null
  const hear = ({
    message,
    detail,
  }: {
    message?: string | undefined
    detail?: string | undefined
  }) => {
    if (message?.startsWith('parse tree')) printed = detail ?? null
  }
  client.on('notice', hear)
  try {
    await client.query({ text: `explain ${text}`, values: [...values] })
  } catch {
    return null
  } finally {
    client.off('notice', hear)
  }
  if (printed === null) throw new Error('the database sent no tree')
  // Of the question for a plan the statement that is planned.
  const found = nodesIn(parse(printed), 'QUERY').at(1)
  if (!found) throw new Error('there is no statement in the tree')
  return found
}

/** All nodes of a kind, the outermost first. */
export function nodesIn(value: Value, tag: string): Node[] {
  const found: Node[] = []
  walk(value, (node) => {
    if (node.tag === tag) found.push(node)
  })
  return found
}

/** Each node, before what is in it; what is in one that `look` answers with false is left out. */
export function walk(value: Value, look: (node: Node) => unknown): void {
  if (value === null || typeof value === 'string') return
  if (!isNode(value)) {
    for (const one of value) walk(one, look)
    return
  }
  if (look(value) === false) return
  for (const field of value.fields.values()) walk(field, look)
}

export function isNode(value: Value | undefined): value is Node {
  return typeof value === 'object' && value !== null && 'tag' in value
}

/** A field of a node as words, as one node, and as a list of nodes. */
export function wordOf(node: Node, field: string): string {
  const value = node.fields.get(field)
  return typeof value === 'string' ? value : ''
}

export function nodeOf(node: Node, field: string): Node | null {
  const value = node.fields.get(field)
  return isNode(value) ? value : null
}

export function listIn(node: Node, field: string): readonly Node[] {
  const value = node.fields.get(field)
  return value && typeof value !== 'string' && !isNode(value) ? value.filter(isNode) : []
}

export function parse(printed: string): Value {
  const tokens = printed.match(/"(?:\\.|[^"])*"|[{}()[\]]|(?:\\.|[^\s{}()[\]])+/g) ?? []
  let at = 0
  const next = () => tokens[at++] ?? ''
  const value = (): Value => {
    const token = next()
    if (token === '{') return node(next())
    if (token === '(' || token === '[') {
      const all: Value[] = []
      while (at < tokens.length && tokens[at] !== (token === '(' ? ')' : ']')) all.push(value())
      at += 1
      return all
    }
    return token === '<>' ? null : token
  }
  const node = (tag: string): Node => {
    const fields = new Map<string, Value>()
    while (at < tokens.length && tokens[at] !== '}') {
      const name = next().slice(1)
      const all: Value[] = []
      while (at < tokens.length && tokens[at] !== '}' && !tokens[at]?.startsWith(':')) {
        all.push(value())
      }
      fields.set(name, all.length === 1 ? (all[0] ?? null) : all)
    }
    at += 1
    return { tag, fields }
  }
  return value()
}
