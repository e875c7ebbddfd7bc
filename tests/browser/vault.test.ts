/** The vault in a real browser: what it said was saved outlives a killed browser, and nobody can read it there. */
import { execFileSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchChrome, newProfile, removeProfile, type Chrome } from '#tests/support/chrome.ts'
import { serveVaultPage, type ServedVaultPage, type VaultPage } from './serve-vault-page.ts'

let served: ServedVaultPage
let profile: string
let chrome: Chrome

beforeAll(async () => {
  served = await serveVaultPage()
})

afterAll(() => served.close())

beforeEach(async () => {
  profile = await newProfile()
})

afterEach(async () => {
  await chrome.close()
  await removeProfile(profile)
})

it('has everything that it called saved after the browser was killed in the middle of it', async () => {
  let tab = await open()
  await inPage(tab, (page) => page.choosePin('280417'))
  const acknowledged: number[] = []
  await tab.exposeFunction('acknowledge', (seq: number) => acknowledged.push(seq))
  await inPage(tab, (page) => page.saveForEver())
  await expect.poll(() => acknowledged.length).toBeGreaterThan(200)
  kill()
  const told = [...acknowledged]
  await chrome.close().catch(() => {})

  tab = await open()
  expect(await inPage(tab, (page) => page.unlock('280418'))).toEqual({ ok: false, triesLeft: 9 })
  expect(await inPage(tab, (page) => page.unlock('280417'))).toEqual({ ok: true, triesLeft: 10 })
  const kept = await inPage(tab, (page) => page.seqs())
  expect(kept.slice(0, told.length)).toEqual(told)
  expect(kept).toEqual(kept.map((_, index) => index + 1))
  expect(await inPage(tab, (page) => page.damaged())).toEqual([])
})

it('looks at a PIN beside the page, which goes on drawing', async () => {
  const tab = await open()
  const scripts: string[] = []
  tab.on('request', (request) => scripts.push(new URL(request.url()).pathname))
  const worker = tab.waitForEvent('worker')
  await inPage(tab, (page) => page.choosePin('280417'))
  expect((await worker).url()).toContain('/assets/argon-worker')
  // The page itself would have had to load the WebAssembly too, had the worker failed under the policy.
  expect(scripts.filter((path) => /argon2id/.test(path))).toEqual([])
  expect(await inPage(tab, (page) => page.unlock('280417'))).toEqual({ ok: true, triesLeft: 10 })
})

it('gives the try of a killed browser back to nobody', async () => {
  let tab = await open()
  await inPage(tab, (page) => page.choosePin('280417'))
  void inPage(tab, (page) => page.guess('280418')).catch(() => {})
  await expect.poll(() => inPage(tab, (page) => page.triesLeft())).toBe(9)
  kill()
  await chrome.close().catch(() => {})
  tab = await open()
  expect(await inPage(tab, (page) => page.triesLeft())).toBe(9)
})

it('leaves no name, number or draft of a person in the browser’s files', async () => {
  const tab = await open()
  await inPage(tab, (page) => page.choosePin('280417'))
  const person = { name: '样本欧阳', documentNumber: '200101199001011234', phone: '10012345678' }
  const visible = await tab.evaluate((one) => window.vaultPage.fill(one), person)
  await chrome.close()
  const files = await filesBelow(profile)
  const found = (text: string) =>
    files.filter((file) => file.includes(text) || file.includes(Buffer.from(text, 'utf16le')))
  expect(found(visible).length).toBeGreaterThan(0) // it does see what lies there
  for (const secret of Object.values(person)) expect(found(secret).length, secret).toBe(0)
})

it('lets one tab lead, and another one when that is closed', async () => {
  const [one, two] = [await open(), await chrome.context.newPage()]
  await two.goto(served.address)
  await inPage(one, (page) => page.askToLead())
  await expect.poll(() => inPage(one, (page) => page.leads())).toBe(true)
  await inPage(two, (page) => page.askToLead())
  await inPage(two, (page) => page.say('hello'))
  await expect.poll(() => inPage(one, (page) => page.heard())).toEqual(['hello'])
  expect(await inPage(two, (page) => page.leads())).toBe(false)
  await one.close()
  await expect.poll(() => inPage(two, (page) => page.leads())).toBe(true)
  expect(await inPage(two, (page) => page.heard())).toEqual([])
})

it('takes numbers in two tabs at once without a gap', async () => {
  const one = await open()
  await inPage(one, (page) => page.choosePin('280417'))
  const two = await chrome.context.newPage()
  await two.goto(served.address)
  await inPage(two, (page) => page.unlock('280417'))
  const saved = await Promise.all([one, two].map((tab) => inPage(tab, (page) => page.saveMany(60))))
  const all = saved.flat().sort((a, b) => a - b)
  expect(all).toEqual(all.map((_, index) => index + 1))
  expect(all).toHaveLength(120)
})

/** A browser over this test’s profile, at the page. */
async function open(): Promise<Page> {
  chrome = await launchChrome({ profile })
  const tab = await chrome.context.newPage()
  await tab.goto(served.address)
  await tab.waitForFunction(() => 'vaultPage' in window)
  return tab
}

function inPage<Value>(tab: Page, act: (page: VaultPage) => Value | Promise<Value>) {
  return tab.evaluate<Value>(`(${act.toString()})(window.vaultPage)`)
}

/** As a dead battery does: no process of this browser gets a last word. The profile's path is this test's own. */
function kill() {
  const processes = execFileSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  const own = processes.filter((line) => line.includes(`--user-data-dir=${profile}`))
  expect(own.length).toBeGreaterThan(0)
  for (const line of own) {
    try {
      process.kill(Number.parseInt(line, 10), 'SIGKILL')
    } catch {
      // It went with its parent.
    }
  }
}

async function filesBelow(path: string): Promise<Buffer[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))))
}
