/** House rules of the source that neither the compiler nor the linter keeps: rings of types, timers, heights. */
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { expectCount } from './support/counts.ts'
import { importToFile, readImports } from './support/imports.ts'
import { repeatsIn } from './support/repeats.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
const code = source.filter(({ path }) => /\.tsx?$/.test(path))

/** Groups of files that reach each other by imports, types included (Tarjan 1972). */
function findRings(files: readonly { readonly path: string; readonly text: string }[]) {
  const targets = new Map(
    files.map(({ path, text }) => [
      path,
      readImports(path, text)
        .filter(({ when }) => when !== 'lazy')
        .map(({ specifier }) => importToFile(path, specifier)),
    ]),
  )
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const rings: string[][] = []
  const visit = (file: string) => {
    order.set(file, order.size)
    low.set(file, order.size - 1)
    open.push(file)
    for (const target of targets.get(file) ?? []) {
      if (target === null || !targets.has(target)) continue
      if (!order.has(target)) visit(target)
      if (open.includes(target)) low.set(file, Math.min(low.get(file) ?? 0, low.get(target) ?? 0))
    }
    if (low.get(file) !== order.get(file)) return
    const ring = open.splice(open.indexOf(file))
    if (ring.length > 1) rings.push(ring.sort())
  }
  for (const { path } of files) if (!order.has(path)) visit(path)
  return rings
}

it('no files import each other in a ring, types included', () => {
  const ring = [
    { path: 'src/a.ts', text: "import type { B } from './b.ts'" },
    { path: 'src/b.ts', text: "import { c } from './c.ts'\nexport type B = 1" },
    { path: 'src/c.ts', text: "import './b.ts'\nimport type { A } from './a.ts'" },
    { path: 'src/d.ts', text: "import './a.ts'" },
  ]
  expect(findRings(ring)).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts']])
  // What two files share has a file of its own; a ring that must be is named here with its reason, at most two.
  expect(findRings(code)).toEqual([])
})

/** Who keeps time or makes addresses of files outside `platform/`, and why. */
const keepers: Readonly<Record<string, string>> = {
  'polyfills.ts': 'stands in for what the oldest browsers lack',
  'roster-worker.ts': 'a thread that hears between two rows whether it is to stop',
  'OnDevice.tsx': 'lets the page draw between two grids that it counts',
  'Root.tsx': 'a script that hangs keeps nobody from the register',
  'Shell.tsx': 'fetches further pages after the first list is painted',
  'use-more-routes.ts': 'the same, for the routes of an office',
  'toasts.ts': 'a word that goes away by itself',
  'reveals.ts': 'a value that is masked again by itself',
  'use-row-reveal.ts': 'the same, in a row of a roster',
  'use-asked.ts': 'asks again where no answer came',
  'use-unchanged.ts': 'says that it is busy only where it lasts',
  'ReviewBadge.tsx': 'counts once after many changes',
  'use-waiting.ts': 'counts once after many changes',
  'use-sheet.ts': 'reads the table once after many changes',
}

it('timers and addresses of files are the platform’s, but for those named here with their reason', () => {
  const kept = /\b(?:setTimeout|setInterval|requestIdleCallback)\(|\bcreateObjectURL\(/
  expect(kept.test('const timer = setTimeout(look, 10)')).toBe(true)
  const device = code.filter(
    ({ path }) => /^src\/(?:app|domain|protocol)\//.test(path) && !path.includes('/platform/'),
  )
  expectCount('files of the device outside platform', device.length)
  const strangers = device
    .filter(({ path, text }) => kept.test(text) && !(basename(path) in keepers))
    .map(({ path }) => path)
  expect(strangers).toEqual([])
})

it('the same logic never stands twice: no eight lines of code do', () => {
  const lines = (name: string) =>
    Array.from({ length: 8 }, (_, at) => `const ${name}${String(at)} = ask(${String(at)})`).join(
      '\n',
    )
  const file = (path: string, text: string) => ({ path, text })
  const twice = repeatsIn([file('a.ts', `// first\n${lines('x')}`), file('b.ts', lines('x'))])
  expect(twice).toEqual(['a.ts:2 b.ts:1'])
  expect(repeatsIn([file('a.ts', lines('x')), file('b.ts', lines('y'))])).toEqual([])
  // Words, tables of fields and migrations, which are never edited, may say the same.
  const free = /-words\.ts$|\/words\/|\/migrations\//
  const looked = code.filter(({ path }) => !free.test(path))
  expectCount('files of code without words', looked.length)
  expect(repeatsIn(looked)).toEqual([])
})

describe('styles', () => {
  /** Heights in `dvh` without the same in `vh` before them, or a question whether the browser knows them. */
  const bare = (text: string) =>
    text.split('\n').filter((line, at, lines) => {
      if (!/\d(?:dvh|svh|lvh)\b/.test(line) || line.includes('@supports')) return false
      const fallback = line.trim().replaceAll(/(\d)[dsl]vh\b/g, '$1vh')
      const asked = lines.slice(Math.max(0, at - 3), at).some((one) => one.includes('@supports'))
      return !asked && lines[at - 1]?.trim() !== fallback
    })

  it('give a height before each one that Chromium below 108 does not know', () => {
    expect(bare('  height: 90vh;\n  height: 90dvh;')).toEqual([])
    expect(bare('  height: 90dvh;')).toHaveLength(1)
    expect(bare('@supports (height: 100dvh) {\n  a {\n    height: 100dvh;')).toEqual([])
    const styles = source.filter(({ path }) => path.endsWith('.css'))
    expectCount('style sheets', styles.length)
    expect(styles.some(({ text }) => text.includes('dvh'))).toBe(true)
    expect(
      styles.flatMap(({ path, text }) => bare(text).map((line) => `${path}: ${line}`)),
    ).toEqual([])
  })
})

it('words carry no hand-made space beside a number, a measure or a Latin word: browsers that know how set one', () => {
  const spaced = [
    /(?:\d|\$\{[^}]*\}) (?:[人户条个天年次处栋套间件秒分版行项列组名岁级张]|位(?!置))/,
    /[\u4e00-\u9fff] [\dA-Za-z]|[\dA-Za-z%] [\u4e00-\u9fff]/,
  ]
  // An English sentence may name a Chinese word; a choice of languages names both.
  const isApart = /(?:[A-Za-z]{2,}[,’]? ){2}|语言 Language/
  const isSpaced = (line: string) =>
    spaced.some((one) => one.test(line)) && !(isApart.test(line) && !spaced[0]?.test(line))
  for (const bad of ['`${count} 户`', "'6 位数字'", "'存为 PDF'", "'A4 一页'", "'5% 以上'"]) {
    expect(isSpaced(bad), bad).toBe(true)
  }
  for (const good of ['`${count}户`', "'存为PDF'", "'Such as 样例苑 and others'"]) {
    expect(isSpaced(good), good).toBe(false)
  }
  const own = (text: string) =>
    text.split('\n').filter((line) => !/^\s*(?:\*|\/\*|\/\/)/.test(line))
  const screens = code.filter(({ path }) => path.startsWith('src/app/ui/'))
  expectCount('scripts of screens', screens.length)
  expect(
    screens.flatMap(({ path, text }) =>
      own(text).flatMap((line) => (isSpaced(line) ? [`${path}: ${line.trim()}`] : [])),
    ),
  ).toEqual([])
})

it('a page that leads on by itself does so before the next tap: none routes from an effect that waits', () => {
  const waits = /\buseEffect\(\(\) => \{?\s*(?:if \([^\n]*\)\s*)?(?:\w+\.)?route\(/
  expect(waits.test('useEffect(() => {\n    if (at !== path) route(at, true)\n')).toBe(true)
  const screens = code.filter(({ path }) => path.startsWith('src/app/ui/'))
  expectCount('scripts of screens', screens.length)
  expect(screens.filter(({ text }) => waits.test(text)).map(({ path }) => path)).toEqual([])
})

describe('the words of screens', () => {
  const screens = code.filter(({ path }) => path.startsWith('src/app/ui/'))
  const isOfWords = (path: string) =>
    /^src\/app\/ui\/words\/|-words\.ts$|-(?:zh|en)\.ts$/.test(path)

  it('come by the hook of their file: no component hands over a table of its own', () => {
    const named = screens.filter(({ text }) => /\buseScreenWords\b/.test(text))
    expectCount('files with words of screens', named.length)
    expect(named.filter(({ path }) => !isOfWords(path)).map(({ path }) => path)).toEqual([])
    const words = named.filter(({ path }) => path.endsWith('-words.ts'))
    const hooks = words.filter(({ text }) => /export (?:const|function) use[A-Z]\w*/.test(text))
    expect(words.filter((file) => !hooks.includes(file)).map(({ path }) => path)).toEqual([])
  })

  it('stand in files of words, beside the screens that say them, and nowhere else', () => {
    const chinese = /\p{Script=Han}/u
    /** Labels of tabs stand beside the tab. */
    const isTabs = (path: string) => /\/pages\.ts$|\/jobs\.tsx$/.test(path)
    /** What it is that is no word of the screen. */
    const exceptions: Readonly<Record<string, string>> = {
      'src/app/ui/me/own/Me.tsx': 'a language by its own name',
      'src/app/ui/office/import/QuestionCard.tsx': 'what a roster writes behind a number',
    }
    const spoken = (text: string) =>
      text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(?<!:)\/\/.*$/gm, '')
    expect(chinese.test(spoken("/** 楼栋图 */ const a = 'b' // 楼"))).toBe(false)
    expect(chinese.test(spoken("const a = '楼'"))).toBe(true)
    const strangers = screens.filter(
      ({ path, text }) =>
        !isOfWords(path) && !isTabs(path) && !(path in exceptions) && chinese.test(spoken(text)),
    )
    expect(strangers.map(({ path }) => path)).toEqual([])
  })
})
