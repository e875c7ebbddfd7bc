import { useScreenWords } from '#app/ui/words/use-words.ts'

const noticeDueWords = {
  'zh-CN': {
    due: (names: string) => `还没有告知个人信息怎么用：${names}`,
    again: (names: string) => `告知内容有了新版，请再告知：${names}`,
    read: '看告知内容（可以读给居民听）',
    told: '已告知',
    never: '这个应用没有的功能',
  },
  en: {
    due: (names: string) => `Not told yet how personal data is used: ${names}`,
    again: (names: string) => `There is a new version of the notice to tell: ${names}`,
    read: 'The notice, to be read out',
    told: 'Told',
    never: 'What this app does not have',
  },
}

export const useNoticeDueWords = () => useScreenWords(noticeDueWords)
