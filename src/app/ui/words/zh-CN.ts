/**
 * All words of the product in Simplified Chinese, its first language; `en.ts` has the same shape. Those of the first
 * screen are there from the start; all others come with the first page that is fetched later, before it is shown.
 */
import type { laterWords } from './zh-CN/later.ts'
import { problems } from './zh-CN/problems.ts'
import { session } from './zh-CN/session.ts'
import { shell } from './zh-CN/shell.ts'

const firstWords = {
  language: 'zh-CN' as 'zh-CN' | 'en',
  shell,
  session,
  problems,
}
export type Words = typeof firstWords & typeof laterWords

/** `tests/app/ui/first-words.test.ts` sees that no first screen asks for words that come later. */
export const zhCN = { ...firstWords } as Words

/** Puts the other words in their place; rejects where their script cannot be fetched. */
export async function fetchLaterWords(): Promise<void> {
  const { laterWords } = await import('./zh-CN/later.ts')
  Object.assign(zhCN, laterWords)
}
