/**
 * What an engine of several machines does not answer, although PostgreSQL does with the same tables in parts: the rules
 * of Citus 13 and 14, read from its planner, each as a rule on the statement's tree. Stricter than the engine where that
 * is simpler: what one of these refuses can always be asked in two steps.
 */
import { placingOf, type TableName } from '#server/db/placing.ts'
import { listIn, nodeOf, nodesIn, walk, wordOf, type Catalog, type Node } from './query-tree.ts'
import { hasLazyMutable, isStableOfColumn, worst } from './steadiness.ts'

const [isUpdate, isInsert, isDelete] = ['2', '3', '4']
const [ofRelation, ofSubquery, ofJoin, ofFunction, ofGroup] = ['0', '1', '2', '3', '9']

interface Scope {
  readonly query: Node
  readonly above: Scope | null
}

/** Why no machine would answer it; null where nothing stands in its way. `isWide`: it touches more than one part. */
export function refusalOf(query: Node, catalog: Catalog, isWide: boolean): string | null {
  return refusalOfChange(query, catalog) ?? (isWide ? refusalOfWide(query, null, catalog) : null)
}

/** Of what changes rows, on however many parts. */
function refusalOfChange(query: Node, catalog: Catalog): string | null {
  const does = wordOf(query, 'commandType')
  if (![isUpdate, isInsert, isDelete].includes(does)) return null
  const table = targetOf(query, catalog)
  if (table === null) return null
  const mutable = (node: Node | null) => worst(node, catalog) !== 'immutable'
  if (listIn(query, 'returningList').some(mutable)) {
    return 'gives back what a function says that is not always the same'
  }
  if (
    listIn(query, 'cteList').some(
      (cte) => wordOf(nodeOf(cte, 'ctequery') ?? cte, 'commandType') !== '1',
    )
  ) {
    return 'changes rows in a part of a statement'
  }
  if (does === isInsert) {
    if (wordOf(query, 'hasSubLinks') === 'true')
      return 'asks a question within the row that it adds'
    const conflict = nodeOf(query, 'onConflict')
    if (!conflict) return null
    const sets = listIn(conflict, 'onConflictSet')
    if (sets.some((entry) => setsKey(entry, table)))
      return 'changes the column that a table is spread by'
    const isMutable = [...sets, nodeOf(conflict, 'onConflictWhere')].some(mutable)
    return isMutable ? 'settles a conflict by a function that is not always the same' : null
  }
  if (worst(query, catalog) === 'volatile') {
    return 'changes rows by a function that each machine would answer otherwise'
  }
  const targets = does === isUpdate ? listIn(query, 'targetList') : []
  if (
    targets.some((entry) => setsKey(entry, table) && !isSameColumn(entry, query, catalog, table))
  ) {
    return 'changes the column that a table is spread by'
  }
  const said = [...targets, nodeOf(query, 'jointree')]
  if (said.some((node) => node && isStableOfColumn(node, catalog))) {
    return 'changes rows by a column in a function that is not always the same'
  }
  if (said.some((node) => node && hasLazyMutable(node, catalog))) {
    return 'chooses between functions that are not always the same'
  }
  const readsSpread = relationsBelow(query, catalog).some(
    (one) => placingOf(one).by !== 'everywhere',
  )
  if (placingOf(table).by === 'everywhere' && readsSpread) {
    return `changes ${table}, which is everywhere, by rows that are not`
  }
  return null
}

/** Of what several parts answer together. */
function refusalOfWide(query: Node, above: Scope | null, catalog: Catalog): string | null {
  const scope: Scope = { query, above }
  if (wordOf(query, 'commandType') === isInsert) {
    // Rows that are added go where their key says, wherever they were read.
    const asked = listIn(query, 'rtable').flatMap((entry) => nodeOf(entry, 'subquery') ?? [])
    return asked.map((inner) => refusalOfAlone(inner, catalog)).find(Boolean) ?? null
  }
  if (relationsBelow(query, catalog).every((table) => placingOf(table).by === 'everywhere'))
    return null
  if (wordOf(query, 'hasForUpdate') === 'true') return 'locks rows'
  if (wordOf(query, 'hasRecursive') === 'true') return 'climbs a tree'
  if (listIn(query, 'groupingSets').length > 0) return 'groups in several ways at once'
  for (const cte of listIn(query, 'cteList')) {
    const inner = nodeOf(cte, 'ctequery')
    if (!inner) continue
    if (isCorrelated(inner)) return 'names a part of a question that looks outward'
    const refusal = refusalOfWide(inner, null, catalog)
    if (refusal) return refusal
  }
  const entries = listIn(query, 'rtable')
  const spread = entries.filter((entry) => isSpread(entry, catalog))
  for (const entry of entries) {
    const kind = wordOf(entry, 'rtekind')
    if (kind === ofSubquery) {
      const inner = nodeOf(entry, 'subquery')
      if (!inner) continue
      const isLateral = wordOf(entry, 'lateral') === 'true' && isCorrelated(inner)
      if (isLateral && readsSpread(inner, catalog)) return 'looks row by row'
      const refusal = isLateral ? null : refusalOfAlone(inner, catalog)
      if (refusal) return refusal
    }
    if (kind === ofFunction && wordOf(entry, 'lateral') === 'true') {
      const isStable = listIn(entry, 'functions').some((one) => worst(one, catalog) !== 'immutable')
      if (isStable && spread.length > 0)
        return 'takes rows apart by a function that is not always the same'
    }
  }
  const lookups: Scope[] = []
  for (const link of linksOf(query)) {
    const inner = nodeOf(link, 'subselect')
    if (!inner || !readsSpread(inner, catalog)) continue
    if (!isCorrelated(inner)) {
      const refusal = refusalOfAlone(inner, catalog)
      if (refusal) return refusal
      continue
    }
    if (spread.length === 0 && !hasSpreadSubquery(query, catalog)) {
      return 'looks something up for each of a list'
    }
    if (nodeOf(inner, 'setOperations')) return 'looks up several things as one'
    if (listIn(inner, 'cteList').length > 0) return 'names a part of a question that looks outward'
    lookups.push({ query: inner, above: scope })
  }
  if (outerJoinsAList(query, catalog)) return 'joins a whole table to a list that may find nothing'
  const apart = tablesApart([scope, ...lookups], catalog)
  if (apart !== null) return apart
  return refusalOfAggregates(scope, catalog)
}

/** Of a question in a question that is asked by itself. */
function refusalOfAlone(inner: Node, catalog: Catalog): string | null {
  if (!readsSpread(inner, catalog)) return null
  const columns = listIn(inner, 'targetList').filter((entry) => wordOf(entry, 'resjunk') !== 'true')
  if (columns.length === 0) return 'asks for rows without a column'
  return refusalOfWide(inner, null, catalog)
}

/** Joined with each other, and looked up, by the columns that they are spread by: rows of a key are on one machine. */
function tablesApart(scopes: readonly Scope[], catalog: Catalog): string | null {
  const same = new Map<string, string>()
  const rootOf = (id: string): string => {
    const up = same.get(id)
    return up === undefined || up === id ? id : rootOf(up)
  }
  const ids = new Map<Node, number>()
  const idOf = (query: Node) => {
    const known = ids.get(query) ?? ids.size
    ids.set(query, known)
    return known
  }
  const columnOf = (value: Node, scope: Scope): string | null => {
    const found = resolve(value, scope)
    return found && `${idOf(found.scope.query)}.${found.entry}.${found.column}`
  }
  const keys: { readonly table: TableName; readonly at: string }[] = []
  for (const scope of scopes) {
    for (const [at, entry] of listIn(scope.query, 'rtable').entries()) {
      const table = tableAt(entry, catalog)
      if (table === null || !isSpread(entry, catalog)) continue
      const placing = placingOf(table)
      const column = 'key' in placing ? (catalog.columns.get(`${table}.${placing.key}`) ?? 0) : 0
      keys.push({ table, at: `${idOf(scope.query)}.${at + 1}.${column}` })
    }
    const conditions = nodeOf(scope.query, 'jointree')
    if (conditions) {
      walk(conditions, (node) => {
        // What holds in one case of several joins nothing.
        if (node.tag === 'BOOLEXPR' && wordOf(node, 'boolop') !== 'and') return false
        if (node.tag === 'SUBLINK') return false
        if (node.tag !== 'OPEXPR' || !catalog.equals.has(wordOf(node, 'opno'))) return true
        const [left, right] = listIn(node, 'args').map((one) => columnOf(one, scope))
        if (left && right) same.set(rootOf(left), rootOf(right))
        return true
      })
    }
  }
  const [first, ...others] = keys
  const apart = first && others.find(({ at }) => rootOf(at) !== rootOf(first.at))
  return apart
    ? `joins ${first.table} and ${apart.table} by another column than they are spread by`
    : null
}

/** Which column of which table a node means, through joins and groups. */
function resolve(
  value: Node,
  scope: Scope,
): { readonly scope: Scope; readonly entry: number; readonly column: number } | null {
  if (value.tag === 'RELABELTYPE') {
    const inner = nodeOf(value, 'arg')
    return inner && resolve(inner, scope)
  }
  if (value.tag !== 'VAR') return null
  let at: Scope | null = scope
  for (let up = Number(wordOf(value, 'varlevelsup')); up > 0 && at; up -= 1) at = at.above
  if (!at) return null
  const number = Number(wordOf(value, 'varno'))
  const column = Number(wordOf(value, 'varattno'))
  const entry = listIn(at.query, 'rtable')[number - 1]
  if (!entry) return null
  const through = { [ofJoin]: 'joinaliasvars', [ofGroup]: 'groupexprs' }[wordOf(entry, 'rtekind')]
  if (through === undefined) return { scope: at, entry: number, column }
  const inner = listIn(entry, through)[column - 1]
  return inner ? resolve(inner, at) : null
}

/** Lists are put together in an order, and each of what differs once, only where the machine has all of a group. */
function refusalOfAggregates(scope: Scope, catalog: Catalog): string | null {
  const { query } = scope
  const spread = listIn(query, 'rtable').some((entry) => isSpread(entry, catalog))
  if (!spread || groupsByKey(scope, catalog)) return null
  for (const entry of [...listIn(query, 'targetList'), nodeOf(query, 'havingQual')]) {
    let refusal: string | null = null
    walk(entry, (node) => {
      if (node.tag === 'SUBLINK') return false
      if (node.tag !== 'AGGREF') return true
      const name = catalog.functions.get(wordOf(node, 'aggfnoid'))?.name ?? ''
      const isOrdered = listIn(node, 'aggorder').length > 0
      const isDistinct = listIn(node, 'aggdistinct').length > 0
      if ((isOrdered || isDistinct) && /^(?:array|jsonb?)_/.test(name)) {
        refusal = 'puts a list in order that comes from several machines'
      }
      if (isDistinct && name !== 'count') refusal = 'counts what differs on several machines'
      return true
    })
    if (refusal) return refusal
  }
  return null
}

function groupsByKey(scope: Scope, catalog: Catalog): boolean {
  const targets = listIn(scope.query, 'targetList')
  return listIn(scope.query, 'groupClause').some((group) => {
    const target = targets.find(
      (entry) => wordOf(entry, 'ressortgroupref') === wordOf(group, 'tleSortGroupRef'),
    )
    const expression = target && nodeOf(target, 'expr')
    const found = expression && resolve(expression, scope)
    const entry = found && listIn(found.scope.query, 'rtable')[found.entry - 1]
    const table = entry && tableAt(entry, catalog)
    const placing = table && placingOf(table)
    if (!placing || !('key' in placing)) return false
    return catalog.columns.get(`${table}.${placing.key}`) === found.column
  })
}

/** A list, or what is everywhere, on the side that stays whole, and a table of several parts on the other. */
function outerJoinsAList(query: Node, catalog: Catalog): boolean {
  const entries = listIn(query, 'rtable')
  const spreadIn = (side: Node | null) =>
    nodesIn(side, 'RANGETBLREF').some((ref) => {
      const entry = entries[Number(wordOf(ref, 'rtindex')) - 1]
      const inner = entry && nodeOf(entry, 'subquery')
      return Boolean(entry && (isSpread(entry, catalog) || (inner && readsSpread(inner, catalog))))
    })
  return nodesIn(nodeOf(query, 'jointree'), 'JOINEXPR').some((join) => {
    const [left, right] = [spreadIn(nodeOf(join, 'larg')), spreadIn(nodeOf(join, 'rarg'))]
    const kind = wordOf(join, 'jointype')
    return (kind === '1' && !left && right) || (kind === '3' && left && !right)
  })
}

function targetOf(query: Node, catalog: Catalog): TableName | null {
  const entry = listIn(query, 'rtable')[Number(wordOf(query, 'resultRelation')) - 1]
  return entry ? tableAt(entry, catalog) : null
}

function tableAt(entry: Node, catalog: Catalog): TableName | null {
  if (wordOf(entry, 'rtekind') !== ofRelation) return null
  return catalog.tables.get(wordOf(entry, 'relid')) ?? null
}

function isSpread(entry: Node, catalog: Catalog): boolean {
  const table = tableAt(entry, catalog)
  return table !== null && placingOf(table).by !== 'everywhere'
}

function relationsBelow(query: Node, catalog: Catalog): TableName[] {
  return nodesIn(query, 'RANGETBLENTRY').flatMap((entry) => tableAt(entry, catalog) ?? [])
}

function readsSpread(query: Node, catalog: Catalog): boolean {
  return relationsBelow(query, catalog).some((table) => placingOf(table).by !== 'everywhere')
}

function hasSpreadSubquery(query: Node, catalog: Catalog): boolean {
  return listIn(query, 'rtable').some((entry) => {
    const inner = wordOf(entry, 'rtekind') === ofSubquery ? nodeOf(entry, 'subquery') : null
    return inner !== null && readsSpread(inner, catalog)
  })
}

/** Questions in a question, of this level alone. */
function linksOf(query: Node): Node[] {
  const found: Node[] = []
  for (const field of ['targetList', 'jointree', 'havingQual', 'returningList']) {
    walk(query.fields.get(field) ?? null, (node) => {
      if (node.tag !== 'SUBLINK') return true
      found.push(node)
      return false
    })
  }
  return found
}

/** Whether a question names columns of the one that it stands in. */
function isCorrelated(query: Node, depth = 0): boolean {
  let found = false
  for (const value of query.fields.values()) {
    if (found) break
    walk(value, (node) => {
      if (found) return false
      if (node.tag === 'QUERY') {
        found = isCorrelated(node, depth + 1)
        return false
      }
      if (node.tag === 'VAR' && Number(wordOf(node, 'varlevelsup')) > depth) found = true
      return true
    })
  }
  return found
}

function setsKey(entry: Node, table: TableName): boolean {
  const placing = placingOf(table)
  return 'key' in placing && wordOf(entry, 'resname') === placing.key
}

function isSameColumn(entry: Node, query: Node, catalog: Catalog, table: TableName): boolean {
  const value = nodeOf(entry, 'expr')
  const placing = placingOf(table)
  if (!value || value.tag !== 'VAR' || !('key' in placing)) return false
  return (
    wordOf(value, 'varno') === wordOf(query, 'resultRelation') &&
    Number(wordOf(value, 'varattno')) === catalog.columns.get(`${table}.${placing.key}`)
  )
}
