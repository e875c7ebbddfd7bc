/** Places and colleagues, as an office keeps them. */
import type { Page } from 'playwright-core'
import { front, go } from '../worker-app.ts'

export const openPlaces = (page: Page): Promise<void> => go(page, '/places')
export const openPeople = (page: Page): Promise<void> => go(page, '/people')

/** The password that is shown once. */
export async function readOneTime(page: Page): Promise<string> {
  return (await front(page).locator('[data-secret]').textContent()) ?? ''
}
