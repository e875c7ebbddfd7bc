/** A worker's day: the list, a household, and the check of somebody's papers. */
import type { Page } from 'playwright-core'
import { front } from '../worker-app.ts'

/** The first card of the list; tells its address. */
export async function openFirstHousehold(page: Page): Promise<string> {
  const card = page.locator('a[href^="/household/"]').first()
  const address = (await card.getAttribute('href')) ?? ''
  await card.click()
  return address
}

/** In a resident's form: why somebody wants to see name and numbers in full. */
export async function sayPurpose(page: Page): Promise<void> {
  await front(page).getByRole('button', { name: '核对证件' }).click()
}
