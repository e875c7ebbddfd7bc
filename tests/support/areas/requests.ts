/** What a person does with a request on its page, in the words that they see. */
import type { Page } from 'playwright-core'
import { front, go } from '../worker-app.ts'

type Dialog = ReturnType<Page['locator']>

/** Opens a step by its button, fills what it asks, and saves it. */
export async function step(
  page: Page,
  name: string,
  fill: (dialog: Dialog) => Promise<void>,
): Promise<void> {
  const dialog = page.locator('dialog[open]')
  await openStep(page, name)
  await fill(dialog)
  await dialog.getByRole('button', { name: /^保存/ }).click()
  await dialog.waitFor({ state: 'detached' })
}

export const nothing = (): Promise<void> => Promise.resolve()

/** What another device did may arrive between two looks, and bring the step from behind 更多 to the front. */
async function openStep(page: Page, name: string): Promise<void> {
  const onPage = front(page).getByRole('button', { name, exact: true })
  const more = front(page).getByRole('button', { name: '更多', exact: true })
  const sheet = page.locator('dialog[open]')
  await onPage.or(more).first().waitFor()
  for (;;) {
    if (await onPage.isVisible()) return onPage.click()
    await more.click()
    const inSheet = sheet.getByRole('button', { name, exact: true })
    await sheet.waitFor()
    if (await inSheet.isVisible()) return inSheet.click()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
  }
}

export const openRequests = (page: Page): Promise<void> => go(page, '/requests')
