import { useScreenWords } from '#app/ui/words/use-words.ts'

const guardianFieldsWords = {
  'zh-CN': {
    title: '监护人（未满14周岁）',
    hint: '未满14周岁的，由监护人同意登记（个人信息保护法第31条）。',
    take: (name: string, relation: string) => `用${name}${relation && `（${relation}）`}`,
    unknown: '没有填',
  },
  en: {
    title: 'Guardian (under 14)',
    hint: 'Under 14 a guardian agrees to what is recorded (article 31, PIPL).',
    take: (name: string, relation: string) => `Take ${name}${relation && ` (${relation})`}`,
    unknown: 'not known',
  },
}

export const useGuardianFieldsWords = () => useScreenWords(guardianFieldsWords)
