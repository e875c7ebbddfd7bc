/** What everybody does in the app, in the words that they see; what belongs to an area stands in `areas/`. */
import type { Page } from 'playwright-core'

/** Until everything that the app needs offline lies in the service worker's cache. */
export async function waitUntilInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

/** On a phone a record and a form have no tabs, since they have a way back: there it goes by the tab's address. */
export async function openTab(page: Page, name: string): Promise<void> {
  const tabs = page.getByRole('navigation', { includeHidden: true }).first()
  const tab = tabs.getByRole('link', { name, includeHidden: true })
  await tab.waitFor({ state: 'attached' })
  if (await tab.isVisible()) await tab.click()
  else await tab.dispatchEvent('click')
}

/** Goes to a page of the app as a tapped link does, without loading it anew. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const link = document.createElement('a')
    link.href = to
    document.body.append(link)
    link.click()
    link.remove()
  }, path)
}

/** The detail page in front, or the list where none is open. */
export function front(page: Page) {
  return page.locator('main > section:not([inert])').last()
}

/** In a form: the person agrees to what was filled in on consent. */
export async function agree(page: Page): Promise<void> {
  await front(page)
    .getByRole('switch', { name: /本人同意登记/ })
    .check()
}

/**
 * Saves and waits until it is on disk and the form has closed. A form closes by a step back in the history, which the
 * browser takes a moment later: whoever goes elsewhere before that is taken back.
 */
export async function save(page: Page, name: string | RegExp): Promise<void> {
  const button = await front(page).getByRole('button', { name }).elementHandle()
  await button?.click()
  await page.getByText('已保存到本机').waitFor()
  await button?.waitForElementState('hidden')
}

/** Until the sync button says so by itself. */
export async function waitForSync(page: Page, phase: string): Promise<void> {
  await page.locator(`main > section:not([inert]) button[data-sync="${phase}"]`).first().waitFor()
}
