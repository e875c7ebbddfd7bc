/** What a person does with a request on its page, in the words that they see. */
import type { Page } from 'playwright-core'
import { front } from './worker-app.ts'

type Dialog = ReturnType<Page['locator']>

/** Opens a step by its button, fills what it asks, and saves it. */
export async function step(
  page: Page,
  name: string,
  fill: (dialog: Dialog) => Promise<void>,
): Promise<void> {
  const button = front(page).getByRole('button', { name, exact: true })
  if (!(await button.isVisible())) {
    await front(page).getByRole('button', { name: '更多', exact: true }).click()
  }
  await button.click()
  const dialog = page.locator('dialog[open]')
  await fill(dialog)
  await dialog.getByRole('button', { name: /^保存/ }).click()
  await dialog.waitFor({ state: 'detached' })
}

export const nothing = (): Promise<void> => Promise.resolve()
