/** How steady the functions in a node are: what several machines may reckon by themselves, and what not. */
import {
  nodeOf,
  nodesIn,
  walk,
  wordOf,
  type Catalog,
  type Node,
  type Volatility,
} from './query-tree.ts'

const order: readonly Volatility[] = ['immutable', 'stable', 'volatile']

/** The least steady of all functions in a node. */
export function worst(value: Node | null, catalog: Catalog): Volatility {
  let found = 0
  walk(value, (node) => {
    found = Math.max(found, order.indexOf(ownVolatility(node, catalog)))
  })
  return order[found] ?? 'volatile'
}

function ownVolatility(node: Node, catalog: Catalog): Volatility {
  if (node.tag === 'SQLVALUEFUNCTION') return 'stable'
  if (node.tag === 'NEXTVALUEEXPR') return 'volatile'
  if (node.tag === 'COERCEVIAIO') {
    const arg = nodeOf(node, 'arg')
    const reads = catalog.texts.get(wordOf(node, 'resulttype'))?.reads
    const writes = arg && catalog.texts.get(typeOf(arg))?.writes
    const all = [reads, writes].map((one) => (one ? catalog.functions.get(one)?.is : undefined))
    return order[Math.max(0, ...all.map((is) => (is ? order.indexOf(is) : 0)))] ?? 'volatile'
  }
  const number = ['funcid', 'opfuncid', 'aggfnoid', 'winfnoid']
    .map((field) => wordOf(node, field))
    .find((word) => word !== '')
  return (number && catalog.functions.get(number)?.is) || 'immutable'
}

function typeOf(node: Node): string {
  const fields = [
    'vartype',
    'paramtype',
    'consttype',
    'funcresulttype',
    'opresulttype',
    'resulttype',
  ]
  return fields.map((field) => wordOf(node, field)).find((word) => word !== '') ?? ''
}

/** A function that is the same within a statement alone, given a column: each machine would have to reckon it. */
export function isStableOfColumn(value: Node, catalog: Catalog): boolean {
  let found = false
  walk(value, (node) => {
    if (found || node.tag === 'QUERY') return false
    if (node.tag === 'COALESCEEXPR' || node.tag === 'CASEEXPR') return false
    if (ownVolatility(node, catalog) !== 'stable') return true
    const columns = nodesIn(node, 'VAR')
    if (columns.length > 0) found = true
    return !found
  })
  return found
}

export function hasLazyMutable(value: Node, catalog: Catalog): boolean {
  const lazy = [...nodesIn(value, 'COALESCEEXPR'), ...nodesIn(value, 'CASEEXPR')]
  return lazy.some((node) => worst(node, catalog) !== 'immutable')
}
