import { useScreenWords } from '#app/ui/words/use-words.ts'

const moveOutWords = {
  'zh-CN': {
    agreed: '本人同意登记搬往哪里',
    hint: '凭本人同意登记，用来搬离后续接服务。没有同意就不填。',
  },
  en: {
    agreed: 'The person agrees to record where they go',
    hint: 'It rests on consent, to hand services on. Leave it empty without one.',
  },
}

export const useMoveOutWords = () => useScreenWords(moveOutWords)
