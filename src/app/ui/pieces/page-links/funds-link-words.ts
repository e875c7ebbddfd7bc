import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = { link: '楼道维修基金' }

const en: typeof zhCN = { link: 'Repair funds of stairwells' }

const fundsLinkWords = { 'zh-CN': zhCN, en }

export const useFundsLinkWords = () => useScreenWords(fundsLinkWords)
