/** Where the app does not start, a person reads why: never a white page, never a button that does nothing. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'

let server: WuseServer
let chrome: Chrome

beforeAll(async () => {
  server = await createWuseServer(60)
  await server.start()
  chrome = await launchChrome({ viewport: { width: 360, height: 640 } })
})

afterAll(async () => {
  await chrome?.close()
  await server.remove()
})

/** What stands in the middle of the screen, as a person sees it. */
const seen = (page: Page) =>
  page.evaluate(
    () => document.elementFromPoint(180, 120)?.closest('.before-start')?.textContent ?? '',
  )

it('a browser below the floor says in both languages that it is too old, at once, and starts nothing', async () => {
  const page = await chrome.context.newPage()
  await page.addInitScript(() => {
    Reflect.deleteProperty(Array.prototype, 'at')
  })
  await page.goto(server.url)
  await expect.poll(() => seen(page), { timeout: 3_000 }).toContain('这个浏览器太旧')
  expect(await seen(page)).toContain('What you saved on this device is untouched.')
  await expect.poll(() => page.getByText('网络慢时').isVisible()).toBe(false)
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([])
  await page.close()
})

it('a script that cannot be read or does not come leaves words and no white page', async () => {
  const page = await chrome.context.newPage()
  await page.route('**/assets/index-*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'const a = ;' }),
  )
  await page.goto(server.url)
  await expect.poll(() => seen(page), { timeout: 15_000 }).toContain('一直停在这里')
  expect(await seen(page)).toContain('五色还没有打开')
  await page.close()
})

it('nobody sees these words while the app starts', async () => {
  const page = await chrome.context.newPage()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  let finish = () => {}
  const held = new Promise<void>((resolve) => (finish = resolve))
  await page.route('**/assets/index-*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(server.url, { waitUntil: 'commit' })
  await page.locator('.before-start').waitFor({ state: 'attached' })
  expect(await seen(page)).toBe('')
  finish()
  await page.getByLabel('账号').waitFor()
  await expect.poll(() => page.locator('.before-start').count()).toBe(0)
  await page.close()
})
