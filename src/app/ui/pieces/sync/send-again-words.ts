/** Words of sending again what was refused. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const sendAgainWords = {
  'zh-CN': {
    without: (fields: readonly string[]) => `不带“${fields.join('、')}”再发`,
  },
  en: {
    without: (fields: readonly string[]) => `Send again without: ${fields.join(', ')}`,
  },
}

export const useSendAgainWords = () => useScreenWords(sendAgainWords)
