/** The office: its desk, its table, and the pages of a job. */
import type { Page } from 'playwright-core'
import { openTab } from '../worker-app.ts'

export const openDesk = (page: Page): Promise<void> => openTab(page, '工作台')

/** The table of residents, dwellings and the rest. */
export const openTable = (page: Page): Promise<void> => openTab(page, '登记')

/** In an office: a job of the rail, and one of the pages at the head of its first. */
export async function openView(page: Page, job: string, name: string): Promise<void> {
  await openTab(page, job)
  const views = page.getByRole('navigation', { name: '同类页面' })
  await views.getByRole('link', { name, exact: true }).click()
}
