/** Words for other records of the person whose file is open. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const samePersonWords = {
  'zh-CN': {
    isMerged: '这一条已并入同一个人的另一条登记，只留作历史，不再算作住户。要改资料请到那一条。',
    merged: '并入这一条的登记',
    mergedHint: '以前的修改记录和走访都在里面。',
    livesAt: '这里只有户口，人住在',
    hukouAt: '人住这里，户口在',
    elsewhere: '那一条在别的网格，不在本机。',
    part: '合并错了，拆开',
    partAsk: '拆开后又是两个人，合并时带过去的内容也退回去。确定吗？',
    partBuiltOn:
      '拆开后又是两个人。合并以后那一条又有人改过，所以带过去的内容留在那里，请自己核对。确定吗？',
    partYes: '确定拆开',
  },
  en: {
    isMerged:
      'This record was merged into another one of the same person. It is kept as history and counts no more. Please change the other one.',
    merged: 'Records merged into this one',
    mergedHint: 'Their history and visits are in them.',
    livesAt: 'Only the hukou is here; lives at',
    hukouAt: 'Lives here; the hukou is at',
    elsewhere: 'That record is in another grid, not on this device.',
    part: 'Wrongly merged: part them',
    partAsk: 'They will be two people again, and what was taken over goes back. Go on?',
    partBuiltOn:
      'They will be two people again. The other record was changed since the merge, so what it took over stays there; please check it. Go on?',
    partYes: 'Part them',
  },
}

export const useSamePersonWords = () => useScreenWords(samePersonWords)
