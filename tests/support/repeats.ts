/** The same lines in two places of the source: what `house-source.test.ts` asks, so that no logic stands twice. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** So many lines of code that follow each other are logic, and not a way to speak. */
const run = 8

/** Lines that any two files may share: brackets, tables of values and types, properties of an element. */
const shared =
  /^(?:[)\]}>;,/({[]*|\|? ?'[^']*',?|'?[\w-]+'?: '[^']*',|readonly \w+\??: .*|(?:type )?\w+,|'?[\w-]+'?: \{|\.{3}\{.*\},?|[\w-]+=(?:\{[^{}]*\}|"[^"]*"))$/

/** Each pair of files with such a run, with the line at which it begins in each. */
export function repeatsIn(files: readonly SourceText[]): readonly string[] {
  const places = new Map<string, string>()
  const found = new Map<string, string>()
  for (const { path, text } of files) {
    const code = text
      .replaceAll(/\/\*[^]*?\*\//g, blank)
      .replaceAll(/^import [^;]*? from '[^']+'$/gm, blank)
      .split('\n')
      .map((line, index) => ({ line: line.trim(), at: index + 1 }))
      .filter(({ line }) => line !== '' && !line.startsWith('//'))
    for (let index = 0; index + run <= code.length; index += 1) {
      const lines = code.slice(index, index + run)
      const own = lines.filter(({ line }) => !shared.test(line))
      if (own.length < run * 0.6) continue
      const key = lines.map(({ line }) => line).join('\n')
      const here = `${path}:${String(lines[0]?.at)}`
      const other = places.get(key)
      if (other === undefined) places.set(key, here)
      else found.set(`${other.replace(/:\d+$/, '')} ${path}`, `${other} ${here}`)
    }
  }
  return [...found.values()]
}

/** As many lines as before, so that the others keep their numbers. */
function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, '')
}
