/** Takes the README's pictures from the app as it runs: a phone, a tablet and an office's desk, sample people only. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchChrome } from '#tests/support/chrome.ts'
import { waitForRest } from '#tests/support/looks.ts'
import { createWuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { front, go, openTab } from '#tests/support/worker-app.ts'

const sizes = [
  { name: 'phone', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  { name: 'tablet', viewport: { width: 1180, height: 820 }, deviceScaleFactor: 1 },
] as const

/** Which of them the browser shows before somebody installs the app, and how they are called there. */
const shownBefore = { 'phone-today': 'phone-today', 'tablet-resident': 'tablet' }

export async function takeScreenshots(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const server = await createWuseServer(1_150)
  await server.start()
  try {
    for (const { name, ...size } of sizes) {
      const chrome = await launchChrome(size)
      const page = await chrome.context.newPage()
      await take(page, server.url, (screen) => join(folder, `${name}-${screen}.png`))
      await chrome.close()
    }
    const desk = await launchChrome({ viewport: { width: 1440, height: 900 } })
    await takeDesk(await desk.context.newPage(), server.url, (screen) =>
      join(folder, `desk-${screen}.png`),
    )
    await desk.close()
    const shown = join(folder, '../../public/screenshots')
    for (const [from, to] of Object.entries(shownBefore)) {
      copyFileSync(join(folder, `${from}.png`), join(shown, `${to}.png`))
    }
  } finally {
    await server.remove()
  }
}

const shooter = (page: Page, fileOf: (screen: string) => string) => async (screen: string) => {
  await waitForRest(page)
  await page.screenshot({ path: fileOf(screen) })
}

async function takeDesk(
  page: Page,
  url: string,
  fileOf: (screen: string) => string,
): Promise<void> {
  await signIn(page, url, 'office2')
  await go(page, '/overview')
  await front(page).getByRole('heading', { name: '各色的原因' }).waitFor()
  await shooter(page, fileOf)('overview')
}

async function take(page: Page, url: string, fileOf: (screen: string) => string): Promise<void> {
  const shoot = shooter(page, fileOf)
  await signIn(page, url, 'worker1')
  await shoot('today')
  const card = page.locator('a[href^="/household/"]').nth(3)
  const household = (await card.getAttribute('href')) ?? ''
  await card.click()
  await shoot('household')
  await front(page).locator('a[href^="/resident/"]').first().click()
  await front(page).getByRole('heading', { name: '身份' }).waitFor()
  await shoot('resident')
  await go(page, `${household}/add`)
  await shoot('add')
  await openTab(page, '网格')
  await shoot('grid')
  await page.locator('a[href^="/building/"]').nth(2).click()
  await shoot('chart')
  await openTab(page, '搜索')
  await page.getByRole('searchbox').fill('wxl')
  await shoot('search')
}
