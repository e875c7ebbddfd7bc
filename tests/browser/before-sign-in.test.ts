/** What somebody meets before the first sign-in: how the app gets onto the device, and what is said where it was lost. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  launchChrome,
  notInstalled,
  type Chrome,
  type ChromeOptions,
} from '#tests/support/chrome.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'

let server: WuseServer
let chrome: Chrome | null = null

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
})
afterEach(async () => {
  await chrome?.close()
  chrome = null
})
afterAll(() => server.remove())

async function open(options: ChromeOptions): Promise<Page> {
  chrome = await launchChrome({ ...notInstalled, reducedMotion: 'reduce', ...options })
  return chrome.context.newPage()
}

describe('before the first sign-in', () => {
  const iPhone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1'

  it('an iPhone’s tab says how the app gets to the home screen, and an app of the home screen does not', async () => {
    for (const standalone of [false, true]) {
      const page = await open({ viewport: { width: 390, height: 844 }, userAgent: iPhone })
      await page.addInitScript((value) => {
        Object.defineProperty(navigator, 'standalone', { value })
      }, standalone)
      await page.goto(server.url)
      await page.getByLabel('账号').waitFor()
      if (standalone) {
        await page.waitForLoadState('networkidle')
        expect(await page.getByText('添加到主屏幕').count()).toBe(0)
      } else await page.getByText('添加到主屏幕').waitFor()
      await chrome?.close()
    }
    chrome = null
  })

  it('WeChat is left first', async () => {
    const page = await open({
      viewport: { width: 390, height: 844 },
      userAgent: `${iPhone} MicroMessenger/8.0.49`,
    })
    await page.goto(server.url)
    await page.getByText('先离开微信').waitFor()
    expect(await page.getByText('添加到主屏幕').count()).toBe(0)
  })

  it('a device whose storage was cleared says so; a new one does not', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } })
    await page.goto(server.url)
    await page.getByLabel('账号').waitFor()
    expect(await page.getByText('手机清掉了').count()).toBe(0)
    await signIn(page, server.url, 'worker1')
    const session = await page.context().newCDPSession(page)
    await page.goto('about:blank')
    // As browsers evict: what scripts have stored, and no cookies.
    await session.send('Storage.clearDataForOrigin', {
      origin: server.url,
      storageTypes: 'indexeddb,service_workers,cache_storage,local_storage',
    })
    expect((await page.context().cookies(server.url)).map(({ name }) => name)).toContain(
      'wuse-was-here',
    )
    await page.goto(server.url)
    await page.getByText('手机清掉了五色存在这里的资料').waitFor()
  })
})

it('can be installed: screenshots, shortcuts and one window', async () => {
  const page = await open({ viewport: { width: 390, height: 844 } })
  await page.goto(server.url)
  await page.getByLabel('账号').waitFor()
  const session = await page.context().newCDPSession(page)
  const { errors, data } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const manifest = JSON.parse(data ?? '{}') as {
    readonly screenshots: readonly { readonly src: string }[]
    readonly launch_handler: unknown
  }
  expect(manifest.launch_handler).toEqual({ client_mode: 'focus-existing' })
  for (const { src } of manifest.screenshots) {
    expect((await fetch(new URL(src, server.url))).status).toBe(200)
  }
})
