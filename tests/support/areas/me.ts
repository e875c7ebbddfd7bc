/** One's own page: the account, the device, the lock. */
import type { Page } from 'playwright-core'
import { go, openTab } from '../worker-app.ts'

export const openMe = (page: Page): Promise<void> => openTab(page, '我的')

/** Locks at once, as somebody does who lays the device aside. */
export async function lockNow(page: Page): Promise<void> {
  await go(page, '/me')
  await page.getByRole('button', { name: '立即锁定' }).first().click()
}
