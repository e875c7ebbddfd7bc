import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { zhCN, type Words } from './zh-CN.ts'

/** English is fetched only where somebody chose it; `Root` puts it here. */
export const WordsContext = createContext<Words>(zhCN)

export function useWords(): Words {
  return useContext(WordsContext)
}
