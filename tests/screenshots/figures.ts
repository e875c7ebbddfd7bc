/** What a person sees without scrolling, measured in the running app: where the work begins, and how much is frame. */
import type { Page } from 'playwright-core'
import { launchChrome } from '#tests/support/chrome.ts'
import { createWuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { front, go } from '#tests/support/worker-app.ts'

const views = [
  { name: '390x844', viewport: { width: 390, height: 844 } },
  { name: '320x568', viewport: { width: 320, height: 568 } },
  { name: '390x844 大字', viewport: { width: 390, height: 844 }, isLarge: true },
  { name: '1180x820', viewport: { width: 1180, height: 820 } },
  { name: '1440x900', viewport: { width: 1440, height: 900 } },
] as const

interface Figures {
  readonly 'first stop y': number
  readonly 'stops seen': number
  readonly 'frame of today %': number
  readonly 'frame of a door %': number
  readonly 'chart y': number
}

/** What the design asks of the first of these views. */
const goal: Partial<Figures> = { 'first stop y': 181, 'stops seen': 6, 'chart y': 184 }

export async function printFigures(): Promise<void> {
  const server = await createWuseServer(1_150)
  await server.start()
  const rows: Record<string, Partial<Figures>> = { [`${views[0].name} goal`]: goal }
  try {
    for (const view of views) {
      const { viewport } = view
      const chrome = await launchChrome({ viewport, reducedMotion: 'reduce' })
      const page = await chrome.context.newPage()
      await signIn(page, server.url, 'worker1')
      rows[view.name] = await measure(page, 'isLarge' in view)
      await chrome.close()
    }
  } finally {
    await server.remove()
  }
  console.table(rows)
}

async function measure(page: Page, isLarge: boolean): Promise<Figures> {
  const enlarge = () =>
    page.evaluate((large) => document.documentElement.toggleAttribute('data-large', large), isLarge)
  await enlarge()
  const stop = page.locator('a[href^="/household/"]').first()
  await stop.waitFor()
  const today = {
    'first stop y': await topOf(page, 'a[href^="/household/"]'),
    'stops seen': await wholeOnes(page, 'a[href^="/household/"]'),
    'frame of today %': await frameShare(page),
  }
  await stop.click()
  await front(page)
    .getByRole('button', { name: /无变化/ })
    .waitFor()
  await enlarge()
  const door = await frameShare(page)
  await go(page, '/grid')
  const building = page.locator('a[href^="/building/"]').nth(1)
  await building.click()
  const chart = 'main > section:not([inert]) tbody td *'
  await page.locator(chart).first().waitFor()
  await enlarge()
  return { ...today, 'frame of a door %': door, 'chart y': await topOf(page, chart) }
}

async function topOf(page: Page, css: string): Promise<number> {
  // What comes after the list has its place by then.
  await page.waitForTimeout(400)
  return page.evaluate((selector) => {
    // The tap that opened the page may have scrolled the pane.
    for (const pane of document.querySelectorAll('main > section')) pane.scrollTo(0, 0)
    const all = [...document.querySelectorAll<HTMLElement>(selector)]
    const seen = all.filter((one) => one.checkVisibility() && !one.closest('[inert]'))
    return Math.round(Math.min(...seen.map((one) => one.getBoundingClientRect().top)))
  }, css)
}

/** How many of them are whole above the tabs or the edge of the window. */
function wholeOnes(page: Page, css: string): Promise<number> {
  return page.evaluate((selector) => {
    const nav = document.querySelector('nav')?.getBoundingClientRect()
    const edge = nav && nav.width > nav.height && nav.height > 0 ? nav.top : innerHeight
    return [...document.querySelectorAll<HTMLElement>(selector)].filter(
      (one) => !one.closest('[inert]') && one.getBoundingClientRect().bottom <= edge,
    ).length
  }, css)
}

/** What of the height bars hold that stay when the page is scrolled: head, foot, tabs below. */
function frameShare(page: Page): Promise<number> {
  return page.evaluate(() => {
    // Beside a list on a wide screen, the pane of a record may be empty.
    const panes = [...document.querySelectorAll('main > section:not([inert])')].filter((one) =>
      one.querySelector('header'),
    )
    const pane = panes.at(-1)
    const nav = document.querySelector('nav')?.getBoundingClientRect()
    const tabs = nav && nav.width > nav.height ? nav.height : 0
    const held = [...(pane?.querySelectorAll('header, footer') ?? [])]
      .filter((bar) => getComputedStyle(bar).position === 'sticky')
      .reduce((sum, bar) => sum + bar.getBoundingClientRect().height, tabs)
    return Math.round((held / innerHeight) * 100)
  })
}
