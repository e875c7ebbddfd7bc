/** Words of care: they come with the pages that show it. */
import type { CareNeed } from '#domain/care.ts'
import { careLabels } from '#domain/sheet-labels.ts'
import type { Words } from './zh-CN.ts'
import { useScreenWords } from './use-words.ts'

const zhCN = {
  title: '照护安排',
  hint: '需要什么、谁来做、多久一次，到哪天再看一看。不写病情。',
  add: '加一项照护',
  edit: '看看办得怎样',
  need: '需要什么',
  needs: careLabels,
  who: '谁来做',
  whoHint: '单位、邻居或家人，例如“街道助餐点”“隔壁老李”',
  often: '多久一次（可不填）',
  oftenHint: '例如“每天中午”“每周二”',
  from: '从哪天起',
  until: '到哪天为止（可不填）',
  look: '下次看一看的日子',
  lookHint: '到这一天，这一户会出现在今日。',
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
  full: (most: number) => `这个人已有${most}项照护安排，不能再加。结束满一年的会自动清掉。`,
  endBeforeFrom: '不能早于开始的日子',
  more: (count: number) => `还有${count}项`,
  contact: '有急事打给谁、谁有钥匙',
  contactNone: '还没有登记联系人。下次见面问一问：有急事打给谁、谁有钥匙？',
  contactAdd: '去填联系人',
}

const en: typeof zhCN = {
  title: 'Care',
  hint: 'What is needed, who does it, how often, and when to look again. No illness is written down.',
  add: 'Add care',
  edit: 'See how it goes',
  need: 'What is needed',
  needs: {
    meals: 'Meals',
    bathing: 'Bathing',
    clinic: 'Going to a clinic',
    visits: 'Visits',
    housework: 'Housework',
    nursery: 'Nursery',
    'after-school': 'After school',
    other: 'Other',
  },
  who: 'Who does it',
  whoHint: 'A unit, a neighbour or family',
  often: 'How often (optional)',
  oftenHint: 'e.g. every noon, on Tuesdays',
  from: 'From',
  until: 'Until (optional)',
  look: 'Look at it next on',
  lookHint: 'On that day a visit there is due.',
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
  full: (most) =>
    `There are ${most} entries of care for this person, and no more can be added. What has been over for a year goes by itself.`,
  endBeforeFrom: 'Not before it begins',
  more: (count) => `${count} more`,
  contact: 'Whom to call, who has a key',
  contactNone: 'Nobody is named yet. Ask at the next visit whom to call, and who has a key.',
  contactAdd: 'Name somebody',
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
