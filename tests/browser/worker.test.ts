/** The service worker and the page's half of it in a real browser, on a small app of two versions. */
import { createServer, type Server } from 'node:http'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { serviceWorker } from '#sw/plugin.ts'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'

const updateModule = fileURLToPath(new URL('../../src/app/platform/update.ts', import.meta.url))

const page = `<!doctype html><html><body><p id="version"></p><script type="module" src="/main.ts"></script></body></html>`

/** `offers` counts how often the page was told that a newer version is ready. */
const script = (version: string) => `
  import { watchForUpdate } from ${JSON.stringify(updateModule)}
  window.offers = 0
  const update = watchForUpdate(() => { window.offers += 1 })
  window.activate = () => update.activate()
  window.later = () => import('./later.ts').then((module) => module.version)
  document.getElementById('version').textContent = ${JSON.stringify(version)}
`

interface TestWindow {
  offers: number
  activate(): void
  later(): Promise<string>
}

let folder: string
let served: string
let server: Server | null = null
let port = 0
/** What a network in between answers with a page of its own. */
let changed: RegExp | null = null
let asked: string[] = []
/** What a slow network keeps back until it is let go. */
let held: { readonly path: RegExp; readonly gone: Promise<void> } | null = null
let chrome: Chrome

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuse-worker-'))
  // A test run's NODE_ENV would build for development, where no service worker is registered.
  vi.stubEnv('NODE_ENV', 'production')
  for (const version of ['one', 'two']) {
    const root = join(folder, version)
    await mkdir(join(root, 'public'), { recursive: true })
    await writeFile(join(root, 'index.html'), page)
    await writeFile(join(root, 'main.ts'), script(version))
    await writeFile(join(root, 'later.ts'), `export const version = ${JSON.stringify(version)}`)
    await writeFile(join(root, 'public/robots.txt'), version)
    await build({ configFile: false, root, logLevel: 'warn', plugins: [serviceWorker()] })
  }
  vi.unstubAllEnvs()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

afterEach(async () => {
  await chrome.close()
  await stop()
})

it('starts the app with the server gone, at every address but the server’s own', async () => {
  const tab = await openFirst()
  await stop()

  await tab.goto(address('/household/1'))
  expect(await versionOf(tab)).toBe('one')
  expect(await inPage(tab, (window) => window.later())).toBe('one')
  await expect(tab.goto(address('/api/page'))).rejects.toThrow('ERR_CONNECTION_REFUSED')
  await expect(tab.goto(address('/healthz'))).rejects.toThrow('ERR_CONNECTION_REFUSED')
})

it('keeps files and never data', async () => {
  const tab = await openFirst()
  const asked = () => tab.evaluate(async () => (await fetch('/api/secret')).text())
  expect([await asked(), await asked()]).toEqual(['answer 1', 'answer 2'])

  const kept = await keptPaths(tab)
  expect(kept).toContain('/index.html')
  expect(kept).toContain('/robots.txt')
  expect(kept.some((path) => /^\/assets\/later-.+\.js$/.test(path))).toBe(true)
  expect(kept.filter((path) => path.startsWith('/api') || path === '/sw.js')).toEqual([])
})

it('lets a newer version wait until the page asks for it', async () => {
  const tab = await openFirst()
  const before = await keptPaths(tab)
  served = join(folder, 'two/dist')

  await tab.reload()
  await expect.poll(() => inPage(tab, (window) => window.offers)).toBe(1)
  expect(await versionOf(tab)).toBe('one')
  // Closing a form by reloading is no consent either.
  await tab.reload()
  await expect.poll(() => inPage(tab, (window) => window.offers)).toBe(1)
  expect(await versionOf(tab)).toBe('one')

  await Promise.all([tab.waitForEvent('load'), inPage(tab, (window) => window.activate())])
  await expect.poll(() => versionOf(tab)).toBe('two')
  expect(await inPage(tab, (window) => window.offers)).toBe(0)
  await expect
    .poll(async () => {
      const kept = (await keptPaths(tab)).filter((path) => before.includes(path)).sort()
      // What both versions hold alike, by the hash in its name, need not come again.
      return kept.filter((path) => !/^\/assets\/workbox-window/.test(path))
    })
    .toEqual(['/index.html', '/robots.txt'])
})

it('takes nothing for the app that a network put in its place; the version that is there goes on', async () => {
  const tab = await openFirst()
  const before = await keptPaths(tab)
  served = join(folder, 'two/dist')
  // As a portal or a proxy in the middle of an update: the worker comes as it is, a script of the app does not.
  changed = /^\/assets\/later-.+\.js$/
  asked = []
  await tab.reload()
  await expect.poll(() => asked.filter((path) => changed?.test(path)).length).toBeGreaterThan(0)
  await expect.poll(() => stateOf(tab)).toEqual({ installing: false, waiting: false })
  expect(await inPage(tab, (window) => window.offers)).toBe(0)
  await stop()
  await tab.goto(address('/household/1'))
  expect(await versionOf(tab)).toBe('one')
  expect(await inPage(tab, (window) => window.later())).toBe('one')

  // Out of its reach the update comes whole.
  changed = null
  await start()
  await tab.reload()
  await expect.poll(() => inPage(tab, (window) => window.offers)).toBe(1)
  await Promise.all([tab.waitForEvent('load'), inPage(tab, (window) => window.activate())])
  await expect.poll(() => versionOf(tab)).toBe('two')
  await stop()
  await tab.reload()
  expect(await versionOf(tab)).toBe('two')
  expect(await inPage(tab, (window) => window.later())).toBe('two')
  await expect.poll(async () => (await keptPaths(tab)).length).toBe(before.length)
})

it('offers a version whose installation began before the page did', async () => {
  const tab = await openFirst()
  served = join(folder, 'two/dist')
  let release = () => {}
  const gone = new Promise<void>((resolve) => (release = resolve))
  held = { path: /^\/assets\/later-.+\.js$/, gone }
  await tab.reload()
  await expect.poll(() => stateOf(tab)).toEqual({ installing: true, waiting: false })
  await tab.reload()
  await expect.poll(() => versionOf(tab)).toBe('one')
  expect(await stateOf(tab)).toEqual({ installing: true, waiting: false })
  // The page listens once its own registration has answered.
  await tab.waitForFunction(() => navigator.serviceWorker.ready.then(() => true))
  release()
  await expect.poll(() => inPage(tab, (window) => window.offers)).toBe(1)
})

it('passes the word on when the connection comes back', async () => {
  const tab = await openFirst()
  const devtools = await chrome.context.newCDPSession(tab)
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) resolve(registrations[0].registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  const heard = tab.evaluate(
    () =>
      new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('message', (event) => resolve(event.data))
      }),
  )
  await devtools.send('ServiceWorker.dispatchSyncEvent', {
    origin: address(''),
    registrationId: await registered,
    tag: 'any',
    lastChance: false,
  })
  expect(await heard).toEqual({ type: 'sync' })
})

it('does not load another tab anew, but offers it the version that the first one started', async () => {
  const tab = await openFirst()
  served = join(folder, 'two/dist')
  await tab.reload()
  await expect.poll(() => inPage(tab, (window) => window.offers)).toBe(1)
  const other = await chrome.context.newPage()
  await other.goto(address('/'))
  await expect.poll(() => inPage(other, (window) => window.offers)).toBe(1)
  await other.evaluate(() => document.body.append('half a form'))

  await Promise.all([tab.waitForEvent('load'), inPage(tab, (window) => window.activate())])
  await expect.poll(() => inPage(other, (window) => window.offers)).toBe(2)
  await expect.poll(() => other.textContent('body')).toContain('half a form')

  await Promise.all([other.waitForEvent('load'), inPage(other, (window) => window.activate())])
  await expect.poll(() => versionOf(other)).toBe('two')
})

/** A fresh browser with version one installed: the first page is served by its worker without a reload. */
async function openFirst(): Promise<Page> {
  served = join(folder, 'one/dist')
  changed = null
  held = null
  await start()
  chrome = await launchChrome()
  const tab = await chrome.context.newPage()
  await tab.goto(address('/'))
  await tab.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
  expect(await inPage(tab, (window) => window.offers)).toBe(0)
  return tab
}

const address = (path: string) => `http://localhost:${String(port)}${path}`

/** What the browser is at with the worker. */
const stateOf = (tab: Page) =>
  tab.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    return {
      installing: (registration?.installing ?? null) !== null,
      waiting: (registration?.waiting ?? null) !== null,
    }
  })

const versionOf = (tab: Page) => tab.textContent('#version')

function inPage<Value>(tab: Page, act: (window: TestWindow) => Value | Promise<Value>) {
  return tab.evaluate<Value>(`(${act.toString()})(window)`)
}

function keptPaths(tab: Page): Promise<string[]> {
  return tab.evaluate(async () => {
    const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const requests = await Promise.all(stores.map((store) => store.keys()))
    return requests.flat().map((request) => new URL(request.url).pathname)
  })
}

async function start(): Promise<void> {
  let answers = 0
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
  const created = createServer((request, response) => {
    const path = request.url ?? '/'
    if (path.startsWith('/api')) {
      response.end(`answer ${String((answers += 1))}`)
      return
    }
    asked.push(path)
    if (changed?.test(path)) {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>Wi-Fi</title>')
      return
    }
    const file = extname(path) === '' ? '/index.html' : path
    const wait = held?.path.test(path) ? held.gone : Promise.resolve()
    wait
      .then(() => readFile(join(served, file)))
      .then(
        (content) => {
          response.setHeader('content-type', types[extname(file)] ?? 'text/plain')
          response.end(content)
        },
        () => response.writeHead(404).end(),
      )
  })
  await new Promise<void>((resolve) => created.listen(port, 'localhost', resolve))
  port = (created.address() as AddressInfo).port
  server = created
}

async function stop(): Promise<void> {
  const stopping = server
  server = null
  if (!stopping) return
  await new Promise((resolve) => {
    stopping.close(resolve)
    stopping.closeAllConnections()
  })
}
