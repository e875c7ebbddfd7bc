import { posix } from 'node:path'
import ts from 'typescript'

export interface Import {
  readonly specifier: string
  /**
   * `type` is gone when the file runs; `lazy` is fetched when it is run: import(…), or
   * new URL(…, import.meta.url) of a worker.
   */
  readonly when: 'load' | 'lazy' | 'type'
}

/** Every module that a file names, types included: a type is an arrow as well. */
export function readImports(file: string, text: string): readonly Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Import[] = []
  const add = (node: ts.Node | undefined, when: Import['when']) => {
    if (node && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, when })
  }
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node)) {
      const phase = node.importClause?.phaseModifier
      add(node.moduleSpecifier, phase === ts.SyntaxKind.TypeKeyword ? 'type' : 'load')
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'load')
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, 'type')
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'lazy')
    } else if (isUrlOfModule(node)) {
      const address = node.arguments?.[0]
      if (address && ts.isStringLiteralLike(address)) {
        found.push({ specifier: relative(address.text), when: 'lazy' })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** An address relative to the module may leave out the dot that an import needs. */
function relative(address: string): string {
  return /^\.{0,2}\//.test(address) ? address : `./${address}`
}

function isUrlOfModule(node: ts.Node): node is ts.NewExpression {
  return (
    ts.isNewExpression(node) &&
    node.expression.getText() === 'URL' &&
    node.arguments?.[1]?.getText() === 'import.meta.url'
  )
}

/** The file in the project that an import names, or null for a package. */
export function importToFile(from: string, specifier: string): string | null {
  const path = specifier.split('?')[0] ?? specifier // Vite's ?worker, ?url, ?raw
  if (/^#(?:tests|sw)\//.test(path)) return path.slice(1)
  if (path.startsWith('#')) return `src/${path.slice(1)}`
  if (path.startsWith('.')) return posix.join(posix.dirname(from), path)
  if (path.startsWith('/')) return path.slice(1)
  return null
}

/** `@hono/node-server/serve-static` → `@hono/node-server`, `node:fs/promises` → `node`. */
export function importToPackage(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node'
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
