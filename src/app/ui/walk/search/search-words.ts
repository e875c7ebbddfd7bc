import { search as en } from '#app/ui/words/en/search.ts'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import { search as zhCN } from '#app/ui/words/zh-CN/search.ts'

/** Words of the search come with its page, beside those that every screen has. */
export function useSearchWords() {
  return { ...useWords(), search: useScreenWords({ 'zh-CN': zhCN, en }) }
}
