/** Words of care: they come with the pages that show it. */
import type { CareNeed } from '#domain/care.ts'
import type { Words } from './zh-CN.ts'
import { useScreenWords } from './use-words.ts'

const zhCN = {
  title: '照护安排',
  hint: '需要什么、谁来做、多久一次，到哪天再看一看。不写病情。',
  add: '加一项照护',
  edit: '看看办得怎样',
  need: '需要什么',
  needs: {
    meals: '助餐',
    bathing: '助浴',
    clinic: '陪诊',
    visits: '探访',
    housework: '家务',
    nursery: '托育',
    'after-school': '课后',
    other: '其他',
  } satisfies Record<CareNeed, string> as Record<CareNeed, string>,
  who: '谁来做',
  whoHint: '单位、邻居或家人，例如“街道助餐点”“隔壁老李”',
  often: '多久一次（可不填）',
  oftenHint: '例如“每天中午”“每周二”',
  from: '从哪天起',
  until: '到哪天为止（可不填）',
  look: '下次看一看的日子',
  lookHint: '到这一天，它会出现在今日。',
  save: '保存照护安排',
  end: '结束这项安排',
  endHint: '结束后不再提醒，记录还在。',
  ended: (day: string) => `${day} 结束`,
  lookOn: (day: string) => `${day} 看一看`,
  untilOn: (day: string) => `到 ${day}`,
  lapsed: '照护到期',
  due: (count: number) => `照护到期${count}项`,
  fromRequest: '由一件诉求安排',
  off: '这里不登记照护安排。由街道管理员在“个人信息保护”里打开。',
  endBeforeFrom: '不能早于开始的日子',
  more: (count: number) => `还有${count}项`,
}

const en: typeof zhCN = {
  title: 'Care',
  hint: 'What is needed, who does it, how often, and when to look again. No illness is written down.',
  add: 'Add care',
  edit: 'See how it goes',
  need: 'What is needed',
  needs: {
    meals: 'meals',
    bathing: 'bathing',
    clinic: 'going to a clinic',
    visits: 'visits',
    housework: 'housework',
    nursery: 'nursery',
    'after-school': 'after school',
    other: 'other',
  },
  who: 'Who does it',
  whoHint: 'A unit, a neighbour or family',
  often: 'How often (optional)',
  oftenHint: 'e.g. every noon, on Tuesdays',
  from: 'From',
  until: 'Until (optional)',
  look: 'Look at it next on',
  lookHint: 'On that day it stands on the list of today.',
  save: 'Save care',
  end: 'End it',
  endHint: 'Nobody is reminded any more; the record stays.',
  ended: (day) => `ended ${day}`,
  lookOn: (day) => `look on ${day}`,
  untilOn: (day) => `until ${day}`,
  lapsed: 'care has lapsed',
  due: (count) => `Care to look at: ${count}`,
  fromRequest: 'made from a request',
  off: 'Care is not recorded here. An administrator turns it on under Personal information.',
  endBeforeFrom: 'Not before it begins',
  more: (count) => `${count} more`,
}

export type CareWords = typeof zhCN
const careWords = { 'zh-CN': zhCN, en }

export function useCareWords(): CareWords {
  return useScreenWords(careWords)
}

/** `助餐 街道助餐点 每天中午`. */
export function careToText(
  words: Words,
  care: {
    readonly need: CareNeed
    readonly who: string
    readonly often?: string | null | undefined
  },
): string {
  const { needs } = careWords[words.language]
  return [needs[care.need], care.who, care.often].filter(Boolean).join(' ')
}
