/** What is built, held against the oldest browsers that Wuse promises (`src/app/floor/browsers.ts`). */
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { oldestBrowsers } from '#app/floor/browsers.ts'
import { fillGaps } from '#app/floor/polyfills.ts'
import { expectCount } from './support/counts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

interface BuiltFile {
  readonly name: string
  readonly text: string
}

function built(ending: string): readonly BuiltFile[] {
  const names = readdirSync(join(root, 'dist/app'), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, text: read(`dist/app/${name}`) }))
}

beforeAll(() => {
  // `npm test` has built it by now; a test that is run alone builds it first.
  execFileSync(process.execPath, [join(root, 'build.mjs'), '--quiet', '--if-changed'])
}, 180_000)

describe('the built styles', () => {
  it('give a height before each one that Chromium below 108 does not know', () => {
    const styles = built('.css')
    expectCount('built style sheets', styles.length)
    expect(bareHeights('.a{height:100dvh}.b{height:100vh;height:100dvh}')).toEqual([
      'height:100dvh',
    ])
    expect(bareHeights('.a{height:1vh;height:calc(1dvh - var(--b))}')).toHaveLength(1)
    expect(styles.flatMap(({ text }) => bareHeights(text))).toEqual([])
    // A check that finds none of them would not notice one.
    expect(styles.some(({ text }) => text.includes('dvh'))).toBe(true)
  })

  it('use nothing that came after the floor and has no other line to fall back on', () => {
    const newer: Readonly<Record<string, RegExp>> = {
      'translate, rotate and scale as properties (Chromium 104)': /[{;](?:translate|rotate|scale):/,
      ':has() (105)': /:has\(/,
      'ranges in media queries (104)': /@media[^{]*[<>]/,
      'layers (99)': /@layer/,
      'container queries (105)': /@container|container-type:/,
      'color-mix(), oklch(), light-dark() (111, 123)': /color-mix\(|okl(?:ch|ab)\(|light-dark\(/,
      'nesting (112)': /[{;]\s*&|\{[^{}]*\{[^{}]*\}[^{}]*:/,
      'subgrid (117)': /subgrid/,
      ':user-invalid (119)': /:user-(?:in)?valid/,
      '@starting-style (117)': /@starting-style/,
    }
    const found = built('.css').flatMap(({ name, text }) =>
      Object.entries(newer)
        .filter(([, pattern]) => pattern.test(withoutGroups(text)))
        .map(([what]) => `${name}: ${what}`),
    )
    expect(found).toEqual([])
    expect(newer[':has() (105)']?.test('.a:has(b){c:d}')).toBe(true)
  })
})

/** Names that came after the floor, and whether `polyfills.ts` adds them. */
const newerNames: readonly {
  readonly name: string
  readonly pattern: RegExp
  readonly added: boolean
}[] = [
  { name: 'hasOwn', pattern: /\bObject\.hasOwn\b/, added: true },
  { name: 'reportError', pattern: /(?<![.\w])reportError\b/, added: true },
  { name: 'structuredClone', pattern: /\bstructuredClone\b/, added: true },
  { name: 'throwIfAborted', pattern: /\bthrowIfAborted\b/, added: true },
  { name: 'findLast', pattern: /\.findLast\(/, added: true },
  { name: 'findLastIndex', pattern: /\.findLastIndex\(/, added: true },
  { name: 'toSorted', pattern: /\.toSorted\(/, added: true },
  { name: 'toReversed', pattern: /\.toReversed\(/, added: true },
  ...[
    /\.(?:toSpliced|groupBy|withResolvers)\(/,
    /\.(?:isWellFormed|toWellFormed|isSubsetOf|symmetricDifference|checkVisibility)\(/,
    /\bAbortSignal\.(?:any|timeout)\b|\bArray\.fromAsync\b|\bPromise\.try\b|\bIterator\.from\b/,
    /\bIntl\.(?:DurationFormat|supportedValuesOf)\b|\bURL\.canParse\b|\bResponse\.json\(/,
    /\.(?:showPicker|showPopover|togglePopover|startViewTransition|setHTMLUnsafe)\(/,
    /\bstatic\s*\{/, // blocks of classes, which the build has to lower
  ].map((pattern) => ({ name: pattern.source, pattern, added: false })),
]

describe('the built scripts', () => {
  it('call nothing that came after the floor, or add it first: the page and each worker', () => {
    const scripts = built('.js').filter(({ name }) => name !== 'below-floor.js')
    const roots = scripts.filter(
      ({ name }) =>
        read('dist/app/index.html').includes(name) ||
        // What a thread fetches on demand may import its own script.
        /-worker-/.test(name) ||
        !scripts.some(({ text }) => imports(text, name)),
    )
    // The page, four workers (PIN, workbook, roster, map) and the service worker.
    expectCount('roots of built scripts', roots.length)
    const missing = roots.flatMap((start) => {
      const all = closureOf(start, scripts)
      return newerNames
        .filter(({ pattern }) => all.some(({ text }) => pattern.test(text)))
        .filter(({ name, added }) => !added || !addsGap(start, name))
        .map(({ name }) => `${start.name}: ${name}`)
    })
    expect(missing).toEqual([])
  })

  it('find in the page what they add', () => {
    const page = built('.js').find(({ name }) => /index-[^/]+\.js$/.test(name))
    expect(page && addsGap(page, 'hasOwn')).toBe(true)
  })
})

describe('what the oldest browsers lack', () => {
  const bare = () => {
    class Signal {
      aborted = false
    }
    const world = { Object: {}, AbortSignal: Signal, Array: { prototype: {} } }
    fillGaps(world)
    return world as unknown as typeof globalThis
  }

  it('is added where it is missing', () => {
    const world = bare()
    expect(world.Object.hasOwn({ a: 1 }, 'a')).toBe(true)
    expect(world.Object.hasOwn({ a: 1 }, 'toString')).toBe(false)
    const plain = { list: [1, { deep: null }], text: 'a' }
    const copy = world.structuredClone(plain)
    expect(copy).toEqual(plain)
    expect(copy.list[1]).not.toBe(plain.list[1])
    const signal = new world.AbortSignal()
    expect(() => signal.throwIfAborted()).not.toThrow()
    expect(() => Object.assign(signal, { aborted: true }).throwIfAborted()).toThrow(DOMException)
    const lists = world.Array.prototype as unknown[]
    const list = [3, 1, 2]
    const isOdd = (value: unknown) => Number(value) % 2 === 1
    expect(lists.findLastIndex.call(list, isOdd)).toBe(1)
    expect(lists.findLastIndex.call(list, (value) => value === 9)).toBe(-1)
    expect(lists.findLast.call(list, isOdd)).toBe(1)
    expect(lists.toSorted.call(list)).toEqual([1, 2, 3])
    expect(lists.toReversed.call(list)).toEqual([2, 1, 3])
    expect(list).toEqual([3, 1, 2])
    expect(typeof world.reportError).toBe('function')
  })

  it('is left alone where it is there', () => {
    const hasOwn = () => true
    const world = { Object: { hasOwn }, Array }
    fillGaps(world)
    expect(world.Object.hasOwn).toBe(hasOwn)
  })
})

describe('the words below the floor', () => {
  const marks = (world: Record<string, unknown>): boolean => {
    let isMarked = false
    const document = {
      createElement: () => ({ noModule: false }),
      documentElement: { setAttribute: () => (isMarked = true) },
    }
    const window = { HTMLDialogElement: class {}, indexedDB: {}, ...world }
    runInNewContext(read('public/below-floor.js'), { document, window, ...world })
    return isMarked
  }

  it('come at once where the browser lacks what the app cannot start without', () => {
    expect(marks({})).toBe(false)
    class OldArray {}
    expect(marks({ Array: OldArray })).toBe(true)
  })

  it('stand in the page itself, in both languages, and are kept for a start without a network', () => {
    const page = read('index.html')
    expect(page).toMatch(/这个浏览器太旧/)
    expect(page).toMatch(/lang="en"[^]*too old/)
    const worker = read('dist/app/sw.js')
    expect(worker).toContain('/below-floor.js')
    expect(worker).toContain('/index.html')
  })

  it('and both READMEs name the browsers that are built for', () => {
    const { chrome, safari, firefox } = oldestBrowsers
    const list = [`Chromium ${chrome}`, `Safari ${safari}`, `Firefox ${firefox}`]
    for (const file of ['index.html', 'README.md', 'README.zh-CN.md']) {
      const text = read(file).replace(/\s+/g, ' ')
      for (const name of list) expect(text, file).toContain(name)
    }
  })
})

/** Declarations in the units of 2022 without the same property before them in the same rule. */
function bareHeights(css: string): string[] {
  // Within `@supports` the browser was asked whether it knows them.
  const unasked = css.replace(/@supports[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')
  return [...unasked.matchAll(/\{([^{}]*)\}/g)].flatMap(([, block = '']) => {
    const known = new Set<string>()
    return block.split(';').filter((declaration) => {
      const property = declaration.slice(0, declaration.indexOf(':')).trim()
      const isNewer = /\d[dsl]v(?:h|w|min|max|b|i)\b/.test(declaration)
      if (!isNewer) known.add(property)
      // Beside a variable it takes the other's place before the browser sees that it cannot read it.
      return isNewer && (!known.has(property) || declaration.includes('var('))
    })
  })
}

/** Without the groups whose rules stand inside other braces by right. */
function withoutGroups(css: string): string {
  return css.replace(
    /@(?:media|supports|keyframes|-webkit-keyframes|page|font-face)[^{]*\{/g,
    (head) => (/[<>]/.test(head) ? head : ''),
  )
}

const baseName = (name: string) => name.slice(name.lastIndexOf('/') + 1)

/** Statically or when needed; a worker's file is named as an address, and not imported. */
function imports(text: string, name: string): boolean {
  const quoted = baseName(name).replaceAll('.', '\\.').replaceAll('$', '\\$')
  return new RegExp(`(?:from|import)\\s*\\(?\\s*[\`'"]\\./${quoted}[\`'"]`).test(text)
}

function closureOf(start: BuiltFile, scripts: readonly BuiltFile[]): readonly BuiltFile[] {
  const found = new Set([start])
  for (const file of found) {
    for (const other of scripts) if (imports(file.text, other.name)) found.add(other)
  }
  return [...found]
}

/** A name between quotes is one that `fillGaps` adds. */
function addsGap({ text }: BuiltFile, name: string): boolean {
  return new RegExp(`[\`'"]${name}[\`'"]`).test(text)
}
