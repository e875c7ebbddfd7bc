import { useScreenWords } from './words/use-words.ts'

export const useViewsWords = () =>
  useScreenWords({ 'zh-CN': { pages: '同类页面' }, en: { pages: 'Pages' } })
