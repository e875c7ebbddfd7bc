import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  title: '开源软件声明',
  hint: '五色（Apache-2.0）用到下面这些开源软件。点一个，看它的许可原文（英文）。',
  count: (count: number) => `共${count}个`,
  asking: '正在读取',
  none: '这个软件包没有附许可原文。',
  away: '没有网络，声明要联网才能看。',
  again: '再试一次',
}
const en: typeof zhCN = {
  title: 'Open-source notices',
  hint: 'Wuse (Apache-2.0) carries these packages. Tap one to read the words of its licence.',
  count: (count) => (count === 1 ? '1 package' : `${count} packages`),
  asking: 'Reading',
  none: 'This package brings no text of its licence.',
  away: 'There is no connection: the notices have to be fetched.',
  again: 'Try again',
}

export function useNoticesWords() {
  return useScreenWords({ 'zh-CN': zhCN, en })
}
