/** Words of sending again what was refused. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const sendAgainWords = {
  'zh-CN': {
    without: (fields: readonly string[]) => `不带“${fields.join('、')}”再发`,
    other: '是另一个人，照样登记',
    same: (name: string) => `就是${name}，同一个人`,
    otherwise: '这条申报已有别的核实结果，这里什么都没有改。请先打开看看。',
  },
  en: {
    without: (fields: readonly string[]) => `Send again without: ${fields.join(', ')}`,
    other: 'Somebody else: register all the same',
    same: (name: string) => `It is ${name}: the same person`,
    otherwise:
      'This declaration has been answered otherwise, and nothing was changed here. Open it to see how it stands.',
  },
}

export const useSendAgainWords = () => useScreenWords(sendAgainWords)
