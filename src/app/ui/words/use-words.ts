import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { zhCN, type Words } from './zh-CN.ts'

/** English is fetched only where somebody chose it; `Root` puts it here. */
export const WordsContext = createContext<Words>(zhCN)

export function useWords(): Words {
  return useContext(WordsContext)
}

/** Words that only one screen needs come with that screen's script, in both languages: they are small. */
export function useScreenWords<T>(own: { readonly 'zh-CN': T; readonly en: NoInfer<T> }): T {
  return own[useWords().language]
}
