import { useScreenWords } from '#app/ui/words/use-words.ts'

const openWords = {
  'zh-CN': {
    today: '点左边一户，在这里打开',
    grid: '点左边一栋楼，再点一间房，在这里打开',
    room: '点左边一间房，在这里打开',
    requests: '点左边一件诉求，在这里打开',
    search: '找到以后点一下，在这里打开',
    other: '点左边一项，在这里打开',
  },
  en: {
    today: 'Tap a household on the left: it opens here',
    grid: 'Tap a building on the left and then a room: it opens here',
    room: 'Tap a room on the left: it opens here',
    requests: 'Tap a request on the left: it opens here',
    search: 'Tap what you have found: it opens here',
    other: 'Tap one on the left: it opens here',
  },
}

export const useOpenWords = () => useScreenWords(openWords)
