/** A worker's hands: what a person does in the app, in the words that they see. */
import type { Page } from 'playwright-core'
import { demoPassword } from './wuse-server.ts'

export const pin = '258036'
/** Of whoever holds more than a grid. */
export const passphrase = '竹篮 打水 样例 三更'

export async function typePin(page: Page): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
}

/** Signs in with the network there and waits until the register is open. */
export async function signIn(page: Page, url: string, login: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await chooseWayIn(page)
  await page.getByRole('navigation').first().waitFor({ timeout: 60_000 })
}

/** After a sign-in: a passphrase where the account holds more than a grid, and a PIN. */
export async function chooseWayIn(page: Page): Promise<void> {
  const choosePin = page.getByText('设一个6位数字密码')
  const choosePassphrase = page.getByText('设一个口令')
  await choosePin.or(choosePassphrase).first().waitFor()
  if (await choosePassphrase.isVisible()) {
    await page.getByLabel('口令', { exact: true }).fill(passphrase)
    await page.getByLabel('再输一次口令').fill(passphrase)
    await page.getByRole('button', { name: '用这个口令' }).click()
  }
  await choosePin.waitFor()
  await typePin(page)
  await page.getByText('再输一次').waitFor()
  await typePin(page)
}

export async function unlock(page: Page): Promise<void> {
  await typeWayIn(page)
  await page.locator('main > section').first().waitFor({ state: 'attached' })
}

/** What the lock asks for. */
export async function typeWayIn(page: Page): Promise<void> {
  const byPin = page.getByText('输入解锁密码')
  const byPassphrase = page.getByRole('heading', { name: '输入口令' })
  await byPin.or(byPassphrase).first().waitFor()
  if (await byPassphrase.isVisible()) {
    await page.getByLabel('口令', { exact: true }).fill(passphrase)
    await page.getByRole('button', { name: '打开', exact: true }).click()
  } else await typePin(page)
}

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

/** In an office: a job of the rail, and one of the pages at the head of its first. */
export async function openView(page: Page, job: string, name: string): Promise<void> {
  await openTab(page, job)
  const views = page.getByRole('navigation', { name: '同类页面' })
  await views.getByRole('link', { name, exact: true }).click()
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
