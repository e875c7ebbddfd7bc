/** Words of a day on which nobody is left to meet. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const nothingDueWords = {
  'zh-CN': {
    none: '今天没有要走的户',
    noneHint: '到期的走访会自动出现在这里。可以去“网格”看看别的楼栋。',
    done: '今天的都走完了',
    doneHint: (done: number) => `今天走了${done}户，辛苦了。`,
    doorsLeft: '要走的户没有了，还有申报的门',
    doorsLeftHint: (doors: number) => `还有${doors}个门，有人说来了人或走了人，在下面。`,
    filtered: '今天没有这样的户',
  },
  en: {
    none: 'Nobody is due today',
    noneHint: 'Visits that fall due come here by themselves. See the other buildings under Grid.',
    done: 'Done for today',
    doneHint: (done: number) => `${done} households today. Well done.`,
    doorsLeft: 'Households are done; doors are left',
    doorsLeftHint: (doors: number) =>
      `At ${doors === 1 ? '1 door' : `${doors} doors`} somebody is said to have come or left: see below.`,
    filtered: 'None of these today',
  },
}

export const useNothingDueWords = () => useScreenWords(nothingDueWords)
