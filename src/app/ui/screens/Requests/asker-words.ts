/** Words of the form in which it is mended who asked. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  title: '更正联系人',
  mend: '更正或清除',
  known: (masked: string) => `现在是 ${masked}，不改就空着`,
  unknown: '没有记，可以补上',
  clear: '清除称呼和电话',
  clearHint: '诉求人要求删除时用。清除以后，谁也看不到，承办单位也看不到。',
}

const en: typeof zhCN = {
  title: 'Mend who asked',
  mend: 'Mend or clear',
  known: (masked) => `Now ${masked}; leave empty to keep it`,
  unknown: 'Not known; can be added',
  clear: 'Clear name and number',
  clearHint: 'Where the person asks for it. Nobody sees them any more, nor does the unit.',
}

export const useAskerWords = () => useScreenWords({ 'zh-CN': zhCN, en })
