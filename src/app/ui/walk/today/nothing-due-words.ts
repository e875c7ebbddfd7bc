/** Words of a day on which nobody is left to meet. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const nothingDueWords = {
  'zh-CN': {
    none: '今天没有要走的户',
    noneHint: '到期的走访会自动出现在这里。可以去“网格”看看别的楼栋。',
    done: '今天的都走完了',
    doneHint: (done: number) => `今天走了${done}户，辛苦了。`,
    filtered: '今天没有这样的户',
  },
  en: {
    none: 'Nobody is due today',
    noneHint: 'Visits that fall due come here by themselves. See the other buildings under Grid.',
    done: 'Done for today',
    doneHint: (done: number) => `${done} households today. Well done.`,
    filtered: 'None of these today',
  },
}

export const useNothingDueWords = () => useScreenWords(nothingDueWords)
