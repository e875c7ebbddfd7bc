/** Protection of residents: what the office owes them, and who looked at what. */
import type { Page } from 'playwright-core'
import { go } from '../worker-app.ts'

export const openProtection = (page: Page): Promise<void> => go(page, '/protection')
export const openAudit = (page: Page): Promise<void> => go(page, '/audit')
