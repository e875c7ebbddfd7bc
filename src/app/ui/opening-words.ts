/** While the rest of the register is read from the disk, behind a list that is there already. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const openingWords = {
  'zh-CN': {
    title: '还在打开…',
    hint: '本机的登记正在打开，马上就好。',
    list: '还在打开，后面的马上就到。',
    earlier: (day: string) => `${day}没走完的，今天的马上就到。`,
  },
  en: {
    title: 'Still opening …',
    hint: 'What is on this device is being opened; it takes a moment.',
    list: 'Still opening: the rest of the list comes in a moment.',
    earlier: (day: string) => `Left from ${day}; today’s list comes in a moment.`,
  },
}

export const useOpeningWords = () => useScreenWords(openingWords)
