/** The grid as a map in real Chromium: drawn without the server, filtered, walked by keyboard, on phone and tablet. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { axeSource, cramped, findings } from '#tests/support/looks.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { openTab, signIn, waitUntilInstalled } from '#tests/support/worker-app.ts'

const shots = process.env['WUSE_SHOTS']
const sizes = [
  { name: 'phone', viewport: { width: 390, height: 844 } },
  { name: 'tablet', viewport: { width: 1180, height: 820 } },
] as const

let server: WuseServer

beforeAll(async () => {
  server = await createWuseServer(1_150)
  await server.start()
})
afterAll(() => server.remove())

const pane = (page: Page) => page.locator('main > section:not([inert])').first()
const marks = (page: Page) => pane(page).locator('[data-mark]')
const status = (page: Page) => pane(page).locator('p[role=status]').first()

async function waitForMap(page: Page): Promise<void> {
  await pane(page).locator('[data-map=drawn]').waitFor({ timeout: 30_000 })
  await marks(page).first().waitFor()
}

describe.each(sizes)('at $name size', ({ name, viewport }) => {
  let chrome: Chrome
  let page: Page
  const faults: string[] = []
  const foreign: string[] = []

  const check = async (what: string) => {
    await page.waitForTimeout(300)
    if (shots) await page.screenshot({ path: `${shots}/map-${what}-${name}.png` })
    expect(await findings(page)).toEqual([])
    expect(await cramped(page, 48)).toEqual([])
  }

  beforeAll(async () => {
    chrome = await launchChrome({ viewport, bypassCSP: true, reducedMotion: 'reduce' })
    page = await chrome.context.newPage()
    page.on('pageerror', (fault) => faults.push(fault.message))
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(line.text())
    })
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (/^https?:/.test(url.protocol) && url.origin !== server.url) foreign.push(url.origin)
    })
    await page.addInitScript(axeSource)
    await signIn(page, server.url, 'worker1')
    await waitUntilInstalled(page)
  })
  afterAll(() => chrome.close())

  it('is drawn', async () => {
    await openTab(page, '网格')
    await check('list')
    await pane(page).getByRole('link', { name: '地图' }).click()
    await waitForMap(page)
    await check('map')
    expect(await status(page).textContent()).toMatch(/^共 \d+ 间，\d+ 栋楼$/)
    expect({ faults, foreign }).toEqual({ faults: [], foreign: [] })
  })
})
