/** The pages to hand out, as an office opens and prints them. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { goOffline } from '#tests/support/offline.ts'

let server: WuseServer
let chrome: Chrome
let page: Page

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
  chrome = await launchChrome({
    ...{ ...notInstalled, viewport: { width: 1280, height: 800 } },
    ...{ bypassCSP: true, reducedMotion: 'reduce' },
  })
  page = await chrome.context.newPage()
  await signIn(page, server.url, 'office2')
})
afterAll(async () => {
  await chrome.close()
  await server.remove()
})

const sheets = async () =>
  (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type ?\/Page\b/g)
    ?.length

it('are one sheet each, also without a connection', async () => {
  await page.getByRole('link', { name: '我的' }).first().click()
  await page.getByRole('link', { name: '使用说明（可打印）' }).click()
  await page.getByRole('heading', { name: /社区和街道一页通$/ }).waitFor()
  await goOffline(chrome.context)
  await look(page, 'howto-tablet')
  expect(await sheets()).toBe(1)
  await page.getByLabel('网格员').check({ force: true })
  await page.getByRole('heading', { name: /网格员一页通$/ }).waitFor()
  expect(await sheets()).toBe(1)
})
