/** A real Chromium for tests, benchmarks and screenshots: finds one, or installs it where that is possible. */
import { execFile, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { shiftDates, testClock } from './test-clock.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const usualPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Chromium/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ]),
  ],
  linux: ['/snap/bin/chromium', '/opt/google/chrome/chrome'],
}

let found: Promise<string> | null = null

/** The path of a Chromium's executable. Fails with one line that says what to install. */
export function findChrome(): Promise<string> {
  found ??= search()
  return found
}

async function search(): Promise<string> {
  const chosen = process.env.CHROME_PATH
  if (chosen) {
    if (await isExecutable(chosen)) return chosen
    throw new Error(`CHROME_PATH names no executable file: ${chosen}`)
  }
  const installed = await firstExecutable(candidates())
  if (installed) {
    await installChineseFont()
    return installed
  }
  if (await isDebianAsRoot()) {
    await install(['chromium', 'fonts-noto-cjk'])
    const fresh = await firstExecutable(candidates())
    if (fresh) return fresh
  }
  throw new Error(
    'no Chromium found: install Chromium or Google Chrome (Debian: apt-get install chromium fonts-noto-cjk), or set CHROME_PATH',
  )
}

function candidates(): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const files = process.platform === 'win32' ? names.map((name) => `${name}.exe`) : names
  return [
    ...files.flatMap((file) => folders.map((folder) => join(folder, file))),
    ...(usualPlaces[process.platform] ?? []),
    chromium.executablePath(), // Playwright's own download
  ]
}

async function firstExecutable(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await isExecutable(path)) return path
  return null
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

const isRoot = () => process.getuid?.() === 0

async function isDebianAsRoot(): Promise<boolean> {
  if (process.platform !== 'linux' || !isRoot()) return false
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(release)
}

/** Without one, every Chinese character is drawn as the same box, and layouts are measured wrongly. */
async function installChineseFont(): Promise<void> {
  if (!(await isDebianAsRoot()) || (await hasChineseFont())) return
  await install(['fonts-noto-cjk'])
}

function hasChineseFont(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('fc-list', [':lang=zh'], (fault, list) => resolve(!fault && list.trim() !== ''))
  })
}

async function install(packages: readonly string[]): Promise<void> {
  console.log(`installing ${packages.join(' and ')} with apt-get`)
  await apt(['update'])
  await apt(['install', '-y', '--no-install-recommends', ...packages])
}

/** True where they are there now: only as root on Debian and its like, and only with a network. */
export async function installOnDebian(packages: readonly string[]): Promise<boolean> {
  if (!(await isDebianAsRoot())) return false
  return install(packages).then(
    () => true,
    () => false,
  )
}

function apt(words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', ['-qq', ...words], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`apt-get ${words.join(' ')} ended with ${String(code)}`))
    })
  })
}

type ContextOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>

export interface ChromeOptions extends Omit<ContextOptions, 'executablePath'> {
  /** A folder from `newProfile` that outlives `close`; without it a fresh one is made and removed again. */
  readonly profile?: string
}

export interface Chrome {
  readonly context: BrowserContext
  close(): Promise<void>
}

/** What the browser would otherwise do on its own: calls to its maker that fail slowly behind a closed network. */
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
]

/**
 * For a device whose screens are looked at while the server is there: it keeps none of the app's files. Keeping them costs
 * more than all the rest of opening the app.
 */
export const notInstalled = { serviceWorkers: 'block' } as const

/** Set for a run of tests whose files share a browser process where they need no profile of their own. */
export const sharedChrome = 'WUSE_SHARED_CHROME'

/** Chinese words, Hangzhou's time. */
const hangzhou = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' } as const

/**
 * A browser with nothing in it. With `profile` its storage lies there, as an installed app's does, and its process is
 * its own: it can be killed. Without one, tests get a context of a process that they share.
 */
export async function launchChrome(options: ChromeOptions = {}): Promise<Chrome> {
  const { profile, args = [], ...rest } = options
  if (profile === undefined && args.length === 0 && process.env[sharedChrome]) {
    const context = await (await sharedBrowser()).newContext({ ...hangzhou, ...rest })
    await keepTestDay(context)
    return { context, close: () => context.close() }
  }
  const executablePath = await findChrome()
  const folder = profile ?? (await newProfile())
  const removeFolder = () => (profile === undefined ? removeProfile(folder) : Promise.resolve())
  try {
    const context = await chromium.launchPersistentContext(folder, {
      ...hangzhou,
      ...rest,
      executablePath,
      chromiumSandbox: !isRoot(), // it refuses to start sandboxed as root
      args: [...quiet, ...args],
    })
    await keepTestDay(context)
    return {
      context,
      async close() {
        await context.close()
        await removeFolder()
      },
    }
  } catch (fault) {
    await removeFolder()
    throw fault
  }
}

/** Its pages live on the day of the run, as its server does. */
async function keepTestDay(context: BrowserContext): Promise<void> {
  if (testClock.offset() !== 0) await context.addInitScript(shiftDates, testClock.offset())
}

let browser: Promise<Browser> | null = null

/** One process for all files that a worker of the test runner runs; it ends with that worker. */
async function sharedBrowser(): Promise<Browser> {
  const current = await browser?.catch(() => null)
  if (current?.isConnected()) return current
  browser = findChrome().then((executablePath) =>
    chromium.launch({ executablePath, chromiumSandbox: !isRoot(), args: quiet }),
  )
  return browser
}

export function newProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'wuse-profile-'))
}

/** Retries: the browser's last processes may still write for a moment. */
export function removeProfile(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
