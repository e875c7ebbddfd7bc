import { me as en } from '#app/ui/words/en/me.ts'
import { useScreenWords, useWords } from './use-words.ts'
import { me as zhCN } from '#app/ui/words/zh-CN/me.ts'

/** Words of the worker’s own page come with it, beside those that every screen has. */
export function useMeWords() {
  return { ...useWords(), me: useScreenWords({ 'zh-CN': zhCN, en }) }
}
