/** Coming in: signing in, choosing a way in, the lock. */
import type { Page } from 'playwright-core'
import { demoPassword } from '../wuse-server.ts'

export const pin = '258036'
/** Of whoever holds more than a grid. */
export const passphrase = '竹篮 打水 样例 三更'

export async function typePin(page: Page): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
}

/** Signs in with the network there and waits until the register is open. */
export async function signIn(page: Page, url: string, login: string): Promise<void> {
  await page.goto(url)
  await fillSignIn(page, login)
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

/** Fills the form of a sign-in that is on the screen, and sends it. */
export async function fillSignIn(
  page: Page,
  login: string,
  password: string = demoPassword,
): Promise<void> {
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** The first sign-in of an account: by the password that the office gave once, and at once with one of the own. */
export async function signInFirst(page: Page, url: string, login: string, once: string) {
  await page.goto(url)
  await fillSignIn(page, login, once)
  await page.locator('input[name="new-password"]').fill('样例的一句新密码')
  await page.getByRole('button', { name: '登录' }).click()
}

/** Until the lock asks for the PIN. */
export async function waitForLock(page: Page): Promise<void> {
  await page.getByText('输入解锁密码').waitFor()
}
