/**
 * Up to this version and back, as docs/deploy.md tells it: an older version with its database, its backup command and a
 * phone in Chromium; this version on the same data; then the older one over its own backup. WUSE_FROM names the older
 * version by its commit; the history must hold it.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { go, openTab, save, waitForSync, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** The version that was first taken into use. */
const from = process.env['WUSE_FROM'] ?? '121cad0'

let older: string
let server: WuseServer
let chrome: Chrome
beforeAll(async () => {
  older = mkdtempSync(join(tmpdir(), 'wuse-older-'))
  const archive = execFileSync('git', ['archive', from], { cwd: root, maxBuffer: 1 << 28 })
  execFileSync('tar', ['x', '-C', older], { input: archive })
  symlinkSync(join(root, 'node_modules'), join(older, 'node_modules'))
  execFileSync(process.execPath, ['build.mjs', '--quiet'], { cwd: older, stdio: 'inherit' })
  server = await createWuseServer(60)
  chrome = await launchChrome({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' })
})
afterAll(async () => {
  await chrome.close()
  await server.remove()
  for (const folder of [older, `${server.dataDir}-newer`]) {
    rmSync(folder, { recursive: true, force: true })
  }
})

const ofOlder = (name: string) => join(older, 'dist', 'server', `${name}.js`)
const visits = async () => (await copyOffice(server.url, 'worker1')).all('visit').length

/** A command of the older version on this server's data. */
function command(name: string, ...words: string[]) {
  const ended = spawnSync(process.execPath, [ofOlder(name), ...words], {
    env: { PATH: process.env['PATH'], DATA_DIR: server.dataDir, DEMO_PASSWORD: demoPassword },
    encoding: 'utf8',
  })
  expect(ended.status, ended.stdout + ended.stderr).toBe(0)
}

async function call(page: Page, household: string): Promise<void> {
  await go(page, `/household/${household}`)
  await save(page, /无变化/)
}

it('goes up with unsent work, and back over the backup', async () => {
  await server.start(ofOlder('main'))
  const households = (await copyOffice(server.url, 'worker1')).all('household').map(({ id }) => id)
  const before = await visits()
  const page = await chrome.context.newPage()
  page.setDefaultTimeout(60_000)
  await signIn(page, server.url, 'worker1')
  await waitUntilInstalled(page)
  await page.reload()
  await unlock(page)
  await call(page, households[0] ?? '')
  await waitForSync(page, 'up-to-date')
  await expect.poll(visits).toBe(before + 1)
  await server.stop()
  const file = join(older, 'before.backup')
  command('backup', file)

  // Saved while the server was away.
  await call(page, households[1] ?? '')
  await server.start()
  await expect.poll(visits).toBe(before + 2)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await openTab(page, '我的')
  const button = page.getByRole('button', { name: '有新版本，点这里更新' })
  await button.waitFor()
  await Promise.all([page.waitForEvent('load'), button.click()])
  await unlock(page)
  await call(page, households[2] ?? '')
  await expect.poll(visits).toBe(before + 3)
  await server.stop()

  // Back: the older version does not touch the newer database, and opens its own copy in a folder of its own.
  await expect(server.start(ofOlder('main'))).rejects.toThrow(/made by a newer Wuse/)
  renameSync(server.dataDir, `${server.dataDir}-newer`)
  mkdirSync(server.dataDir, { mode: 0o755 })
  command('restore', file)
  await server.start(ofOlder('main'))
  expect(await visits()).toBe(before + 1)
  // A phone that has taken the newer app says what it waits for, and works on.
  await page.reload()
  await unlock(page)
  await call(page, households[3] ?? '')
  await page.locator('main > section:not([inert]) button[data-sync]').first().click()
  await page.getByText('服务器还没有更新，请过一会儿再试。').waitFor()
  await page.goBack()
  await server.stop()

  // Up again: the backup knows nothing of the sign-in of today. After it the phone gives back what came after the
  // backup, and what it saved meanwhile.
  await server.start()
  await page.reload()
  await unlock(page)
  await page.locator('main > section:not([inert]) button[data-sync]').first().click()
  await page.getByLabel('密码', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: '继续同步' }).click()
  await expect.poll(visits, { timeout: 60_000 }).toBe(before + 4)
})
