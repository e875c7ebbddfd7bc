/** Words of the office's desk. */
import { useScreenWords } from '#app/ui/words/use-words.ts'
import type { Waiting } from './waiting.ts'

const zhCN = {
  title: '工作台',
  waits: '等你处理',
  nothing: '没有等你处理的事',
  nothingHint: '新诉求、要复核的、个人信息请求，会出现在这里。',
  kind: {
    submitted: '新诉求，待受理',
    accepted: '已受理，待分派',
    handled: '已答复，待放行',
    verifying: '待核查、回访',
    asks: '承办单位的申请',
    supervised: '督办',
    inquiries: '个人信息请求',
    complaints: '投诉建议，待答复',
    refused: '没收下的',
    clash: '改得不一样',
    colour: '人工调色，待同意',
    pair: '可能重复的人',
  } satisfies Record<Waiting['kind'], string>,
  by: (moment: string) => `最早 ${moment} 前`,
  late: (moment: string) => `已超时，最早 ${moment}`,
  today: '今天',
  visits: '走访',
  visitsOf: (done: number, total: number) => `已走 ${done}/${total} 户`,
  overdue: '逾期的走访',
  households: (count: number) => `${count} 户`,
}

const en: typeof zhCN = {
  title: 'Desk',
  waits: 'Waiting for you',
  nothing: 'Nothing waits for you',
  nothingHint: 'New requests, reviews and questions about personal data stand here.',
  kind: {
    submitted: 'New requests, to accept',
    accepted: 'Accepted, to assign',
    handled: 'Answered, to release',
    verifying: 'To verify and call back',
    asks: 'Questions of units',
    supervised: 'Supervised',
    inquiries: 'Personal-information requests',
    complaints: 'Complaints to answer',
    refused: 'Not accepted',
    clash: 'Changed twice',
    colour: 'Colours by hand, to confirm',
    pair: 'Perhaps the same person',
  },
  by: (moment) => `first by ${moment}`,
  late: (moment) => `late, first was ${moment}`,
  today: 'Today',
  visits: 'Visits',
  visitsOf: (done, total) => `${done} of ${total} done`,
  overdue: 'Overdue visits',
  households: (count) => (count === 1 ? '1 household' : `${count} households`),
}

export function useDeskWords() {
  return useScreenWords({ 'zh-CN': zhCN, en })
}
