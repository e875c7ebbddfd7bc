/** Words of acts that wait, of acts that came too late and are proposals now, and of what is kept by an office alone. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  waits: (act: string) => `已存，联网后${act}`,
  proposals: '没有生效的操作',
  changed: '这之前诉求已有进展，所以没有生效。看过现在的情况，再决定办不办。',
  notNow: '现在不能这样办了。',
  confirm: '按现在的情况办',
  drop: '不办了',
  last: (step: string, moment: string) => `最近一步：${step}，${moment}`,
  confine: '只留在办公室',
  confineHint:
    '投诉、举报别人、反映工作人员的，移到办公室：网格员和承办单位的设备上不再有，也不再写是哪一户。',
  confineKind: '哪一类',
  confineSave: '移到办公室',
  confineNone: '清单里没有只限办公室的事项，由街道管理员添加。',
  instead: '这类事不归这里管：',
  save: '存为表格',
  saved: '已存到“下载”',
  failed: '没能做成表格，请再试一次。',
}

const en: typeof zhCN = {
  waits: (act) => `Kept; once online: ${act}`,
  proposals: 'Acts that did not count',
  changed:
    'Something had happened by then, so it did not count. See how it stands and decide again.',
  notNow: 'As it stands now, this cannot be done any more.',
  confirm: 'Do it as it stands now',
  drop: 'Leave it',
  last: (step, moment) => `Last step: ${step}, ${moment}`,
  confine: 'Keep it in the office',
  confineHint:
    'Complaints, reports on others and on staff go to the office: no worker’s and no unit’s device has them any more, and no household is named.',
  confineKind: 'Which kind',
  confineSave: 'Move it to the office',
  confineNone:
    'The catalogue has no matter that is kept by the office alone; the administrator adds it.',
  instead: 'This is not for this office: ',
  save: 'Save as a workbook',
  saved: 'Saved among your downloads',
  failed: 'The workbook could not be made. Try again.',
}

export const useProposalWords = () => useScreenWords({ 'zh-CN': zhCN, en })
