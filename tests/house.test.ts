/** The house rules that neither the compiler nor the linter keeps: doors, sizes, names, colours, origins. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { expectAbout, expectCount } from './support/counts.ts'
import { doors, layerOf, type Layer } from './support/doors.mjs'
import { importToFile, importToPackage, readImports } from './support/imports.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

interface SourceFile {
  readonly path: string
  readonly text: string
}

/** Paths from the project's root, with `/` on every system. */
function filesBelow(folder: string, pattern: RegExp): readonly SourceFile[] {
  return (
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && pattern.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
      // What the benchmark installs for the peers that it measures against.
      .filter((path) => !path.includes('node_modules/'))
      .sort()
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  )
}

const source = [...filesBelow('src', /\./), ...filesBelow('sw', /\./)]
const code = source.filter(({ path }) => /\.(?:ts|tsx|mjs|js)$/.test(path))
const tests = filesBelow('tests', /\.(?:ts|tsx|mjs|js)$/)

const imports = code.flatMap(({ path, text }) =>
  readImports(path, text).map((found) => ({ ...found, from: path })),
)

const mostLines = 120

/** Functions of a file that are longer, and whose comment does not say why. */
function longFunctions({ path, text }: SourceFile): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1
  const found: string[] = []
  const look = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const [first, last] = [lineAt(node.getStart()), lineAt(node.end)]
      const words = text.slice(node.pos, node.getStart())
      if (last - first >= mostLines && !/\bLong: /.test(words)) found.push(`${path}:${first}`)
    }
    ts.forEachChild(node, look)
  }
  look(file)
  return found
}

const arrow = (found: { readonly from: string; readonly specifier: string }) =>
  `${found.from} > ${found.specifier}`

describe('the doors between the layers', () => {
  it('sees the whole house', () => {
    expectCount('files of code', code.length)
    expectCount('imports of code', imports.length)
    for (const [path, { files }] of Object.entries(doors)) {
      const seen = code.filter((file) => layerOf(file.path) === path)
      expectAbout(`tests/support/doors.mjs, files of ${path}`, files, seen.length)
    }
  })

  it('knows the layer of every file', () => {
    const homeless = code.filter(({ path }) => layerOf(path) === null)
    expect(homeless.map(({ path }) => path)).toEqual([])
  })

  it('names only files that are there', () => {
    const there = new Set(source.map(({ path }) => path))
    const missing = imports.filter(({ from, specifier }) => {
      const target = importToFile(from, specifier)
      return target !== null && !there.has(target)
    })
    expect(missing.map(arrow)).toEqual([])
  })

  it('lets nobody through a door that is not in the table', () => {
    const forbidden = imports.filter(({ from, specifier }) => {
      const target = importToFile(from, specifier)
      return target !== null && !mayImport(from, target)
    })
    expect(forbidden.map(arrow)).toEqual([])
  })

  it('keeps packages in the layers that they belong to', () => {
    const forbidden = imports.filter(({ from, specifier }) => {
      if (importToFile(from, specifier) !== null) return false
      return !doorsOf(from).packages.includes(importToPackage(specifier))
    })
    expect(forbidden.map(arrow)).toEqual([])
  })

  it('lets no area of the screens import another: it links by address, and what two draw stands in pieces/', () => {
    /** And how many files each has. */
    const sizes = {
      entry: 15,
      walk: 74,
      requests: 71,
      office: 86,
      places: 60,
      colours: 14,
      privacy: 42,
      me: 17,
      topics: 12,
    }
    const areas = Object.keys(sizes)
    const areaOf = (path: string) => /^src\/app\/ui\/([^/]+)\//.exec(path)?.[1] ?? ''
    for (const [area, size] of Object.entries(sizes)) {
      const files = code.filter(({ path }) => areaOf(path) === area)
      expectAbout(`tests/house.test.ts, files of ${area}`, size, files.length)
    }
    const crossing = imports.filter(({ from, specifier }) => {
      const target = importToFile(from, specifier)
      // The frame puts the areas together; its files stand in no room.
      if (target === null || !/^src\/app\/ui\/[^/]+\//.test(from)) return false
      return areas.includes(areaOf(target)) && areaOf(from) !== areaOf(target)
    })
    expect(crossing.map(arrow)).toEqual([])
  })

  it('lets no component import the register, sync or the vault, types included: views/ computes, acts/ does', () => {
    const isComponent = (path: string) => /^src\/app\/ui\/.*\.tsx$/.test(path)
    expectCount('components', code.filter(({ path }) => isComponent(path)).length)
    const reaching = imports.filter(({ from, specifier }) => {
      const target = importToFile(from, specifier)
      return isComponent(from) && /^src\/app\/(?:register|sync|vault)\//.test(target ?? '')
    })
    expect(reaching.map(arrow)).toEqual([])
  })

  it('types the address of a page once, in links/: whoever leads to a page asks there', () => {
    const patterns = code
      .filter(({ path }) => path.startsWith('src/app/links/'))
      .flatMap(({ text }) => [...text.matchAll(/address\('([^']+)'\)/g)].map(([, at = '']) => at))
    expectCount('addresses of pages', patterns.length)
    const first = [...new Set(patterns.map((at) => at.split('/')[1] ?? ''))].filter(Boolean)
    const typed = new RegExp(`['"\`]/(?:${first.join('|')})(?:['"\`/?])`)
    expect(typed.test('<a href="/household/1">') && typed.test('`/grid?x`')).toBe(true)
    const files = code.filter(({ path }) => /^src\/app\/(?:ui|views|acts)\//.test(path))
    expectCount('files that link', files.length)
    expect(files.filter(({ text }) => typed.test(text)).map(({ path }) => path)).toEqual([])
  })

  it('has no ring of imports', () => {
    expect(findRings(imports.filter(({ when }) => when === 'load'))).toEqual([])
  })

  it('finds what it looks for', () => {
    const text = `
      import a from '#app/vault/vault.ts'
      import type { B } from './b.ts'
      export * from '../c.ts'
      type D = import('node:fs').Stats
      const e = () => import('#domain/e.ts')
      const f = new URL('f.ts', import.meta.url)
      const none = "import x from 'x'" // import y from 'y'
    `
    expect(readImports('src/app/ui/x.ts', text)).toEqual([
      { specifier: '#app/vault/vault.ts', when: 'load' },
      { specifier: './b.ts', when: 'type' },
      { specifier: '../c.ts', when: 'load' },
      { specifier: 'node:fs', when: 'type' },
      { specifier: '#domain/e.ts', when: 'lazy' },
      { specifier: './f.ts', when: 'lazy' },
    ])
    expect(mayImport('src/app/ui/Root.tsx', 'src/app/stores/app.ts')).toBe(true)
    expect(mayImport('src/app/ui/Root.tsx', 'src/app/vault/vault.ts')).toBe(false)
    expect(mayImport('src/app/ui/Root.tsx', 'src/app/platform/clock.ts')).toBe(false)
    expect(mayImport('src/app/vault/vault.ts', 'src/app/register/register.ts')).toBe(false)
    expect(mayImport('src/app/main.tsx', 'src/server/server.ts')).toBe(false)
    expect(mayImport('src/server/server.ts', 'src/app/sync/plan.ts')).toBe(false)
    expect(mayImport('src/server/db/a.ts', 'src/server/routes/b.ts')).toBe(false)
    expect(mayImport('src/domain/day.ts', 'src/protocol/pull.ts')).toBe(false)
    expect(mayImport('sw/worker.ts', 'src/domain/day.ts')).toBe(false)
    expect(layerOf('src/app/main.tsx')).toBe('src/app/*')
    expect(layerOf('src/app/elsewhere/a.ts')).toBeNull()
    expect(mayImport('src/app/main.tsx', 'sw/worker.ts')).toBe(false)
    expect(mayImport('src/domain/day.ts', 'tests/support/chrome.ts')).toBe(false)
    const ring = [
      { from: 'src/a.ts', specifier: './b.ts' },
      { from: 'src/b.ts', specifier: './c.ts' },
      { from: 'src/c.ts', specifier: './b.ts' },
    ]
    expect(findRings(ring)).toEqual(['src/b.ts > src/c.ts > src/b.ts'])
  })
})

describe('files', () => {
  it('stay below 400 lines', () => {
    const long = [...code, ...source.filter(({ path }) => path.endsWith('.css'))]
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400)
    expect(long).toEqual([])
  })

  it('are named as the house names them', () => {
    const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|d))?\.(?:ts|tsx|mjs)$/
    const component = /^[A-Z][A-Za-z0-9]*(?:\.test)?\.tsx$/
    const style = /^(?:[A-Z][A-Za-z0-9]*\.module|[a-z]+(?:-[a-z]+)*)\.css$/
    const language = /\/words\/(?:zh-CN|en)\.ts$/ // by their BCP 47 tags
    const odd = [...code, ...tests, ...source.filter(({ path }) => path.endsWith('.css'))].filter(
      ({ path }) =>
        ![kebab, component, style].some((pattern) => pattern.test(basename(path))) &&
        !language.test(path),
    )
    expect(odd.map(({ path }) => path)).toEqual([])
  })

  it('have no function above 120 lines without a word why', () => {
    const long = code.filter(({ path }) => path.startsWith('src/')).flatMap(longFunctions)
    expect(long).toEqual([])
    const body = 'a()\n'.repeat(mostLines)
    const found = (words: string) =>
      longFunctions({ path: 'long.ts', text: `${words}\nfunction long() {\n${body}}` })
    expect(found('/** Does it. */')).toEqual(['long.ts:2'])
    expect(found('/** Does it. Long: a list. */')).toEqual([])
  })

  it('avoid names that say nothing', () => {
    const empty = /(?:^|[-/.])(?:utils?|helpers?|common|misc|managers?|services?)(?:[-/.]|$)/i
    expect(empty.test('src/app/date-utils.ts')).toBe(true)
    const odd = [...source, ...tests].filter(({ path }) => empty.test(path))
    expect(odd.map(({ path }) => path)).toEqual([])
  })
})

describe('colours', () => {
  const tokens = read('src/app/ui/tokens.css')

  it('are tokens: no hex value elsewhere', () => {
    const hex = /(?<=['"`\s:(,])#(?:[\da-f]{8}|[\da-f]{6}|[\da-f]{3,4})(?=['"`\s;,)]|$)/im
    expect([`'#fff'`, 'color: #a3150b;'].every((text) => hex.test(text))).toBe(true)
    expect(hex.test(`import '#app/ui/a.ts'`)).toBe(false)
    const coloured = source.filter(
      ({ path, text }) => !path.endsWith('tokens.css') && hex.test(text),
    )
    expect(coloured.map(({ path }) => path)).toEqual([])
  })

  it('of the page and the installed app are the ground of the tokens', () => {
    const [light, dark] = [...tokens.matchAll(/--paper:\s*(#[\da-f]{6})/g)].map((match) => match[1])
    expect(light).toBeDefined()
    const themes = [...read('index.html').matchAll(/name="theme-color" content="([^"]+)"/g)]
    expect(themes.map((match) => match[1])).toEqual([light, dark])
    const manifest: unknown = JSON.parse(read('public/manifest.webmanifest'))
    expect(manifest).toMatchObject({ theme_color: light, background_color: light })
  })
})

describe('the app', () => {
  it('names no other origin', () => {
    const page = [
      { path: 'index.html', text: read('index.html') },
      ...filesBelow('public', /\.(?:svg|webmanifest|json|txt)$/),
    ]
    const all = [...source.filter(({ path }) => /^(?:src\/app|sw)\//.test(path)), ...page]
    // An XML namespace is a name and never fetched.
    const other =
      /\b(?:https?|wss?):\/\/(?!www\.w3\.org\/|schemas\.openxmlformats\.org\b)|(?:src|href)=["']\/\//
    expect(other.test('fetch("https://example.org")')).toBe(true)
    expect(all.filter(({ text }) => other.test(text)).map(({ path }) => path)).toEqual([])
    expectCount('files of the page itself', page.length)
  })

  it('starts without inline script or style, which its Content-Security-Policy refuses', () => {
    const page = read('index.html')
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i)
    for (const [tag] of page.matchAll(/<script\b[^>]*>/g)) expect(tag).toMatch(/\ssrc="\//)
  })

  it('has the icons that its manifest and its page name', () => {
    const manifest = JSON.parse(read('public/manifest.webmanifest')) as {
      readonly icons: readonly { readonly src: string; readonly sizes: string }[]
    }
    expectCount('icons of the manifest', manifest.icons.length)
    for (const { src, sizes } of manifest.icons) expect(sizeOfPng(`public${src}`)).toBe(sizes)
    expect(sizeOfPng('public/icons/apple-touch-180.png')).toBe('180x180')
    const { screenshots, shortcuts } = JSON.parse(read('public/manifest.webmanifest')) as {
      readonly screenshots: readonly {
        readonly src: string
        readonly sizes: string
        readonly form_factor: string
      }[]
      readonly shortcuts: readonly { readonly url: string }[]
    }
    for (const { src, sizes } of screenshots) expect(sizeOfPng(`public${src}`)).toBe(sizes)
    expect(screenshots.map(({ form_factor: form }) => form)).toEqual(['narrow', 'wide'])
    expect(shortcuts.map(({ url }) => url)).toEqual(['/', '/search'])
    const links = [...read('index.html').matchAll(/<link\b[^>]*href="([^"]+)"/g)]
    expectCount('links of the page', links.length)
    for (const [, href] of links) expect(() => read(`public${String(href)}`)).not.toThrow()
  })
})

it('no screen holds the name of a role: what it may is asked of domain/permission.ts', () => {
  const named = /role === '|'(?:worker|staff|admin|auditor|handler)'/
  expect(named.test("if (role === 'admin') return null")).toBe(true)
  const screens = source.filter(
    ({ path }) => path.startsWith('src/app/ui/') && !path.startsWith('src/app/ui/words/'),
  )
  expectCount('files that name no role', screens.length)
  expect(screens.filter(({ text }) => named.test(text)).map(({ path }) => path)).toEqual([])
})

it('no rule outside of domain/permission*.ts compares a role', () => {
  const compared = /\brole\s*[!=]==?\s*'[a-z]|[a-z]'\s*[!=]==?\s*\w*\.?role\b/
  expect(compared.test("account.role !== 'admin'")).toBe(true)
  const rules = code.filter(({ path }) => /^src\/domain\/permission[a-z-]*\.ts$/.test(path))
  expect(rules.length).toBe(5)
  // The demo gives its own people something to do.
  const others = code.filter(({ path }) => /^src\/(?!domain\/permission|server\/demo)/.test(path))
  expect(others.filter(({ text }) => compared.test(text)).map(({ path }) => path)).toEqual([])
})

describe('the tests', () => {
  it('are all run', () => {
    const files = tests.filter(({ path }) => /\.test\.tsx?$/.test(path))
    expectCount('test files', files.length)
    const switchedOff =
      /\b(?:it|test|describe|bench)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b|\bx(?:it|test|describe)\(/
    expect(switchedOff.test(['it', 'skip("a")'].join('.'))).toBe(true)
    expect(files.filter(({ text }) => switchedOff.test(text)).map(({ path }) => path)).toEqual([])
  })

  it('draw what they generate from one seed, which a long run changes', () => {
    const itself = 'tests/support/fast-check.ts'
    const drawing = tests.filter(({ text }) => text.includes(`from '${'fast-check'}'`))
    expect(drawing.map(({ path }) => path)).toEqual([itself])
  })

  it('stand where a part of the run finds them', () => {
    const stray = tests.filter(({ path }) => /\.(?:spec)\.|__tests__/.test(path))
    expect(stray.map(({ path }) => path)).toEqual([])
    expect(source.filter(({ path }) => /\.test\./.test(path)).map(({ path }) => path)).toEqual([])
  })
})

it('every decision stands once in the list of decisions, in the order of their numbers', () => {
  const list = readFileSync(join(root, 'docs/decisions/README.md'), 'utf8')
  const listed = [...list.matchAll(/^\| \[\d{4}\]\(([^)]+)\)/gm)].map(([, name]) => name)
  const files = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name))
  expect(listed).toEqual(files.sort())
  expect(list.match(/^\| -/gm)).toHaveLength(1)
})

it('the pages of the house name every folder that is there', () => {
  const foldersOf = (folder: string) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map((entry) => entry.name)
  const drawn = read('docs/architecture.md')
  const source = ['src', 'src/app', 'src/app/ui', 'src/server'].flatMap((folder) =>
    foldersOf(folder).map((name) => ({ name, path: `${folder}/${name}` })),
  )
  expectCount('folders of the house', source.length)
  const missing = source.filter(
    ({ name, path }) => !drawn.includes(`\`${path}\``) && !drawn.includes(`\`${name}\``),
  )
  expect(missing.filter(({ name }) => name !== 'app' && name !== 'server')).toEqual([])
  const told = read('tests/README.md')
  expect(foldersOf('tests').filter((name) => !told.includes(`\`${name}/`))).toEqual([])
})

it('every failure that docs/reliability.md tells of names the test that shows it, and that one is there', () => {
  const rows = read('docs/reliability.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:what|-)/.test(line))
  expectCount('failures of docs/reliability.md', rows.length)
  for (const row of rows) {
    const named = [...row.matchAll(/`(tests\/[^`]+)`/g)].map(([, path = '']) => path)
    expect(named, row.slice(0, 80)).not.toEqual([])
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  }
})

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

const nothing: Layer = { layers: [], packages: [], files: 0 }

function doorsOf(file: string): Layer {
  return doors[layerOf(file) ?? ''] ?? nothing
}

function mayImport(from: string, target: string): boolean {
  const layer = layerOf(target)
  return layer !== null && (layer === layerOf(from) || doorsOf(from).layers.includes(layer))
}

/** Each ring once, as a path that ends where it begins. */
function findRings(arrows: readonly { readonly from: string; readonly specifier: string }[]) {
  const targets = new Map<string, string[]>()
  for (const { from, specifier } of arrows) {
    const target = importToFile(from, specifier)
    if (target !== null) targets.set(from, [...(targets.get(from) ?? []), target])
  }
  const rings: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file)
    if (start >= 0) rings.push([...path.slice(start), file].join(' > '))
    if (start >= 0 || done.has(file)) return
    for (const target of targets.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of targets.keys()) visit(file, [])
  return rings
}

/** Width and height as a manifest writes them; read from the header (PNG, ISO/IEC 15948). */
function sizeOfPng(path: string): string {
  const header = readFileSync(join(root, path)).subarray(0, 24)
  expect(header.toString('latin1', 1, 4), path).toBe('PNG')
  return `${String(header.readUInt32BE(16))}x${String(header.readUInt32BE(20))}`
}

describe('what is typed', () => {
  it('is kept by no browser for its own memory: every control of the screens says so', () => {
    const screens = code.filter(({ path }) => /^src\/(?:app|ask)\/.*\.tsx$/.test(path))
    const seen: string[] = []
    const open: string[] = []
    for (const { path, text } of screens) {
      const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
      const look = (node: ts.Node): void => {
        if (ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node)) {
          if (['input', 'textarea', 'select'].includes(node.tagName.getText(file))) {
            const names = node.attributes.properties.map((one) => one.name?.getText(file))
            const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
            seen.push(path)
            if (!names.includes('autocomplete')) open.push(`${path}:${line}`)
          }
          // A browser keeps what stands in such an element as it keeps a field.
          const isEditable = node.attributes.properties.some((one) =>
            /^contenteditable$/i.test(one.name?.getText(file) ?? ''),
          )
          if (isEditable) open.push(`${path}: contenteditable`)
        }
        ts.forEachChild(node, look)
      }
      look(file)
    }
    expectCount('controls of screens', seen.length)
    expect(open).toEqual([])
  })
})
