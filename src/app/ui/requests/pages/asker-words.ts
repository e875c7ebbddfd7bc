/** Words of the form in which it is mended who asked. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  title: '更正联系人',
  mend: '更正或清除',
  history: (count: number) => `改过${count}次`,
  cleared: '清除了称呼和电话',
  mended: (fields: string) => `改了${fields}`,
  field: {
    name: '称呼',
    telephone: '电话',
    isToldToUnit: '是否告诉承办单位',
    tokens: '查询码',
  },
  known: (masked: string) => `现在是${masked}，不改就空着`,
  unknown: '没有记，可以补上',
  clear: '清除称呼和电话',
  clearHint: '诉求人要求删除时用。清除以后，谁也看不到，承办单位也看不到。',
}

const en: typeof zhCN = {
  title: 'Mend who asked',
  mend: 'Mend or clear',
  history: (count) => (count === 1 ? 'Changed once' : `Changed ${count} times`),
  cleared: 'cleared name and number',
  mended: (fields) => `changed ${fields}`,
  field: {
    name: 'name',
    telephone: 'telephone',
    isToldToUnit: 'whether the unit is told',
    tokens: 'follow-up code',
  },
  known: (masked) => `Now ${masked}; leave empty to keep it`,
  unknown: 'Not known; can be added',
  clear: 'Clear name and number',
  clearHint: 'Where the person asks for it. Nobody sees them any more, nor does the unit.',
}

export const useAskerWords = () => useScreenWords({ 'zh-CN': zhCN, en })
