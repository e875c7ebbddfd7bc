/** Drives the app in the browsers that people have, old ones too, and prints how long each step took. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { writeWorkbook } from '#app/platform/workbook-file.ts'
import { findChrome, installOnDebian } from '#tests/support/chrome.ts'
import { createWuseServer, freePort } from '#tests/support/wuse-server.ts'
import type { BrowserKind } from './browser.ts'
import { chromium, oldChromium } from './chromium.ts'
import { officesDay, residentsTap, workersDay, type Step } from './days.ts'
import { firefox } from './firefox.ts'
import { createRelay } from './relay.ts'
import { makeWallCode } from './wall-code.ts'
import { webkit } from './webkit.ts'

const folder = fileURLToPath(new URL('old/', import.meta.url))
export const browserNames = ['88', '92', '103', '109', 'today', 'firefox', 'webkit'] as const
type BrowserName = (typeof browserNames)[number]

/** True where every step went through in every browser that could be had. */
export async function testBrowsers(only: readonly BrowserName[]): Promise<boolean> {
  const wanted = browserNames.filter((name) => only.length === 0 || only.includes(name))
  if (wanted.some((name) => /^\d/.test(name))) await installOldOnes()
  const table = new Map<string, Map<string, string>>()
  let isWhole = true
  for (const name of wanted) {
    const kind = await kindOf(name)
    if (typeof kind === 'string') {
      console.log(`${name}: ${kind}`)
      continue
    }
    const seconds = new Map<string, string>()
    table.set(kind.name, seconds)
    isWhole = (await run(kind, seconds)) && isWhole
  }
  print(table)
  return isWhole
}

async function run(kind: BrowserKind, seconds: Map<string, string>): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'wuse-browsers-'))
  const askPort = await freePort()
  const server = await createWuseServer(400, 120, { ASK_PORT: String(askPort) })
  const step: Step = async (name, act) => {
    const start = Date.now()
    try {
      await act()
      seconds.set(name, ((Date.now() - start) / 1000).toFixed(1))
      console.log(`${kind.name} · ${name}: ${seconds.get(name) ?? ''} s`)
    } catch (error) {
      seconds.set(name, '✗')
      throw error
    }
  }
  let isWhole = true
  try {
    await server.start()
    const relay = await createRelay(server.url)
    const workbook = join(work, 'roster.xlsx')
    await writeFile(workbook, await sampleRoster())
    const code = await makeWallCode(server.url, server.databaseUrl())
    const codePage = `http://localhost:${askPort}/${code}`
    // The floor of the app is 92; residents have what they have.
    const days = kind.isBelowFloor ? [residentsTap] : [workersDay, officesDay, residentsTap]
    for (const [at, day] of days.entries()) {
      const profile = await mkdtemp(join(work, `profile-${at}-`))
      try {
        await day({ kind, profile, relay, workbook, codePage }, step)
      } catch (error) {
        isWhole = false
        console.error(`${kind.name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    await relay.down()
  } finally {
    await server.remove()
    await rm(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  return isWhole
}

async function sampleRoster(): Promise<Uint8Array> {
  const columns = ['姓名', '性别', '小区名称', '楼栋', '房间号'].map((header) => ({
    header,
    width: 12,
  }))
  const rows = Array.from({ length: 30 }, (_, at) => [
    `样例${String(at)}`,
    '男',
    '样例苑',
    '1幢',
    `${101 + at}`,
  ])
  const book = await writeWorkbook([{ name: '花名册', above: [], columns, rows }])
  return new Uint8Array(await book.arrayBuffer())
}

/** Its own packages, which no other command needs. */
async function installOldOnes(): Promise<void> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  await promisify(execFile)(npm, ['ci', '--ignore-scripts', '--prefer-offline'], {
    cwd: folder,
    shell: process.platform === 'win32',
    timeout: 600_000,
  })
}

/** A line that says what is missing, where it cannot be had here. */
async function kindOf(name: BrowserName): Promise<BrowserKind | string> {
  if (name === 'today') return chromium('Chromium of today', await findChrome())
  if (name === 'firefox') {
    const binary = await found(['/usr/bin/firefox-esr', '/usr/bin/firefox'], ['firefox-esr'])
    return binary
      ? firefox(binary)
      : 'not tested, Firefox is missing (Debian: apt-get install firefox-esr)'
  }
  if (name === 'webkit') {
    const parts = await Promise.all([
      found(['/usr/bin/WebKitWebDriver'], ['webkit2gtk-driver', 'xvfb']),
      found(['/usr/bin/Xvfb'], []),
      found(
        ['4.1', '4.0'].flatMap((version) =>
          ['x86_64', 'aarch64'].map(
            (machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`,
          ),
        ),
        [],
      ),
    ])
    const [driver, screen, miniBrowser] = parts
    return driver && screen && miniBrowser
      ? webkit(driver, screen, miniBrowser)
      : 'not tested, WebKitGTK is missing (Debian: apt-get install webkit2gtk-driver xvfb)'
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `not tested, Chromium ${name} is packed for Linux on x64 alone`
  }
  return oldChromium(folder, name)
}

async function found(
  paths: readonly string[],
  packages: readonly string[],
): Promise<string | null> {
  const there = () => paths.find((path) => existsSync(path)) ?? null
  if (there() === null && packages.length > 0) await installOnDebian(packages)
  return there()
}

function print(table: ReadonlyMap<string, ReadonlyMap<string, string>>): void {
  const steps = [...new Set([...table.values()].flatMap((seconds) => [...seconds.keys()]))]
  console.log(`\n| step | ${[...table.keys()].join(' | ')} |`)
  console.log(`| --- | ${[...table.keys()].map(() => '---').join(' | ')} |`)
  for (const step of steps) {
    const cells = [...table.values()].map((seconds) => seconds.get(step) ?? '–')
    console.log(`| ${step} | ${cells.join(' | ')} |`)
  }
}
