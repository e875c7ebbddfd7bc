/** Which test holds a file of the source: `house-of-tests.test.ts` asks it, README tells it. */
import ts from 'typescript'
import { importToFile } from './imports.ts'

export interface SourceText {
  readonly path: string
  readonly text: string
}

/** `src/app/views/Door.ts` has its test at `tests/app/views/door.test.ts`, of a component `.tsx`. */
export function mirrorsOf(path: string): readonly string[] {
  const [, folder = '', name = ''] = /^src\/(.*\/)([^/]+)\.tsx?$/.exec(path) ?? []
  const kebab = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
  return ['ts', 'tsx'].map((ending) => `tests/${folder}${kebab}.test.${ending}`)
}

/** Files of the source that a test imports to run them, and those that its first comment says it holds. */
export function heldBy({ path, text }: SourceText): readonly string[] {
  const imports = text.matchAll(/^import (?!type\b)([^;]*?) from '([^']+)'/gm)
  const run = [...imports].flatMap(([, names = '', specifier = '']) => {
    const isOfTypes = /^\{(?:\s*type \w+,?)+\s*\}$/.test(names)
    return isOfTypes ? [] : [importToFile(path, specifier) ?? '']
  })
  const [comment = ''] = /^\/\*\*[^]*?\*\//.exec(text) ?? []
  const said = [...comment.matchAll(/`(src\/[^`]+\.tsx?)`/g)].map(([, file = '']) => file)
  return [...run, ...said]
}

/** Whether something in a file can go wrong by itself: one of types, or a table of values, has no function. */
export function hasFunctions({ path, text }: SourceText): boolean {
  const look = (node: ts.Node): boolean =>
    (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) ||
    ts.forEachChild(node, look) === true
  return look(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true))
}
