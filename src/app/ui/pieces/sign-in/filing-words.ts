import { useScreenWords } from '#app/ui/words/use-words.ts'

const filingWords = {
  'zh-CN': {
    number: (number: string) => `备案号：${number}`,
    owner: (owner: string) => `主办单位：${owner}`,
    none: '尚未备案，仅供测试。请不要登记真实的人。',
  },
  en: {
    number: (number: string) => `Filing number: ${number}`,
    owner: (owner: string) => `Responsible: ${owner}`,
    none: 'Not filed yet, for tests only. Please register no real people.',
  },
}

export const useFilingWords = () => useScreenWords(filingWords)
