import { forms as en } from '#app/ui/words/en/forms.ts'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import { forms as zhCN } from '#app/ui/words/zh-CN/forms.ts'

/** Words of the forms come with the forms, beside those that every screen has. */
export function useFormWords() {
  return { ...useWords(), forms: useScreenWords({ 'zh-CN': zhCN, en }) }
}
