/** Words of the page where clashes are settled. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const clashesWords = {
  'zh-CN': {
    title: '核对不一样的',
    explain: '两个人把同一项改得不一样。现在用的是后改的那个，另一个也留着。请选对的那个。',
    now: '现在用的',
    other: '另一个',
    keep: '就用这个',
    take: '改用这个',
    none: '没有要核对的',
    noneHint: '同事和您改得不一样时，两个值都会留在这里，等人核对。',
  },
  en: {
    title: 'Check what differs',
    explain:
      'Two people set the same field differently. The later value is in use, the other one is kept. Choose the right one.',
    now: 'In use',
    other: 'The other',
    keep: 'Keep this',
    take: 'Use this',
    none: 'Nothing to check',
    noneHint:
      'Where a colleague and you set a field differently, both values wait here until somebody checks.',
  },
}

export const useClashesWords = () => useScreenWords(clashesWords)
