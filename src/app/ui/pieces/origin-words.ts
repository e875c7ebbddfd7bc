/** Words for where a field came from: in its history, in a person's file, beside an import. */
import type { Origin } from '#app/views/history-lines.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  origin: '来自哪里',
  from: ({ source, entry, on }: Origin) => `来自 ${[source, entry, on].filter(Boolean).join('，')}`,
  source: '名册由哪个单位提供',
  sourceHint: '例如公安、民政、卫健。本单位自己的名册可以不填。',
  entry: '共享目录条目',
  entryHint: '目录名称或编号，没有可以不填。',
  on: '名册是哪一天的',
}

const en: typeof zhCN = {
  origin: 'Came from',
  from: ({ source, entry, on }) => `from ${[source, entry, on].filter(Boolean).join(', ')}`,
  source: 'Which office gave this roster',
  sourceHint: 'Police, civil affairs, health, for example. Leave it empty for your own.',
  entry: 'Catalogue entry',
  entryHint: 'Name or number in the catalogue of shared data, where there is one.',
  on: 'Of which day it is',
}

export const originWords = { 'zh-CN': zhCN, en }

export const useOriginWords = () => useScreenWords(originWords)
