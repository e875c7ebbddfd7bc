import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  link: '楼道维修基金',
  make: '给这件事开一本账',
  ofTopic: (name: string) => `维修基金：${name}`,
}

const en: typeof zhCN = {
  link: 'Repair funds of stairwells',
  make: 'Open its account',
  ofTopic: (name) => `Repair fund: ${name}`,
}

const fundsLinkWords = { 'zh-CN': zhCN, en }

export const useFundsLinkWords = () => useScreenWords(fundsLinkWords)
