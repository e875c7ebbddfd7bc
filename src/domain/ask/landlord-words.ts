/** What the page of a landlord's link says, in both languages. */
import type { DeclarationOutcome, LandlordSays } from '../declaration.ts'
import type { FieldProblemCode } from '../field.ts'
import type { PageLanguage } from './page-words.ts'

interface LandlordWords {
  readonly title: string
  readonly code: string
  readonly codeHint: string
  readonly open: string
  readonly about: string
  readonly now: (count: number) => string
  readonly nobody: string
  readonly ask: (month: number) => string
  readonly says: Readonly<Record<LandlordSays, string>>
  readonly answered: (says: string, day: string) => string
  readonly name: string
  readonly leftName: string
  readonly count: string
  readonly from: Readonly<Record<'arrived' | 'left', string>>
  readonly telephone: string
  readonly send: string
  readonly done: Readonly<Record<LandlordSays, string>>
  readonly same: string
  readonly before: string
  readonly came: (count: number) => string
  readonly went: (count: number) => string
  readonly outcomes: Readonly<Record<DeclarationOutcome | 'open', string>>
  readonly notice: string
  readonly ended: string
  readonly unknown: string
  readonly full: string
  readonly fix: string
  readonly problems: Partial<Readonly<Record<FieldProblemCode, string>>>
  readonly odd: string
}

const zhCN: LandlordWords = {
  title: '房东申报',
  code: '房东码',
  codeHint: '28位字母和数字，网格员给您的',
  open: '打开',
  about: '丢了房东码？请找网格员换一个新的。',
  now: (count) => `现在登记着${count}人`,
  nobody: '现在没有登记着的人',
  ask: (month) => `${month}月有变化吗？`,
  says: { arrived: '来了人', left: '走了人', unchanged: '没变化' },
  answered: (says, day) => `${day} 您已回复：${says}`,
  name: '来的人怎么称呼',
  leftName: '走的人怎么称呼（可不填）',
  count: '一共几人',
  from: { arrived: '哪天来的', left: '哪天走的' },
  telephone: '来的人的电话（可不填）',
  send: '告诉网格员',
  done: {
    arrived: '收到了。网格员三个工作日内上门看一看，再办登记。',
    left: '收到了。网格员三个工作日内上门看一看，再办搬离。',
    unchanged: '收到了，谢谢。有人来或走，随时在这里说一声。',
  },
  same: '这一条已经收到过，没有重复记。',
  before: '您报过的',
  came: (count) => `来${count}人`,
  went: (count) => `走${count}人`,
  outcomes: { open: '等网格员上门', confirmed: '已核实', 'not-so': '核实后不是这样' },
  notice:
    '您写的只用来上门核实，到期删除。请不要写身份证号。这一页改不了登记，也看不到别人的资料。',
  ended: '这个房东码已停用。请找网格员要新的。',
  unknown: '还没有这个房东码：网格员的手机可能还没联网，请晚些再试，或请网格员换一个。',
  full: '今天报得太多了，这一条没有收下。请打社区电话，或找网格员。',
  fix: '没有收下，请改一下：',
  problems: {
    required: '请填写',
    'too-long': '太长了',
    'too-small': '至少1人',
    'too-large': '最多99人',
    'not-a-day': '日期不对',
    'day-in-future': '日期太远了',
    'not-a-telephone': '不像电话号码，请检查，或留空',
  },
  odd: '写得不对，请检查',
}

const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
]

const en: LandlordWords = {
  title: 'For the landlord',
  code: 'Landlord’s code',
  codeHint: '28 letters and digits, which the grid worker gave you',
  open: 'Open',
  about: 'Code lost? Ask the grid worker for a new one.',
  now: (count) => (count === 1 ? '1 person is registered' : `${count} people are registered`),
  nobody: 'Nobody is registered now',
  ask: (month) => `Any change in ${monthNames[month - 1] ?? ''}?`,
  says: { arrived: 'Somebody came', left: 'Somebody left', unchanged: 'No change' },
  answered: (says, day) => `You answered on ${day}: ${says}`,
  name: 'What are they called',
  leftName: 'Who left (optional)',
  count: 'How many in all',
  from: { arrived: 'Came on', left: 'Left on' },
  telephone: 'Their telephone (optional)',
  send: 'Tell the grid worker',
  done: {
    arrived: 'We have it. A worker calls within three working days, and registers then.',
    left: 'We have it. A worker calls within three working days, and moves them out then.',
    unchanged: 'We have it, thank you. Tell us here whenever somebody comes or leaves.',
  },
  same: 'We had this already; nothing was noted twice.',
  before: 'What you told us',
  came: (count) => `${count} ${count === 1 ? 'person' : 'people'} came`,
  went: (count) => `${count} ${count === 1 ? 'person' : 'people'} left`,
  outcomes: { open: 'a worker will call', confirmed: 'looked at', 'not-so': 'found not to be so' },
  notice:
    'What you write is used for the visit alone and deleted in time. Please no identity numbers. This page changes nothing in the register and shows nobody else’s data.',
  ended: 'This code is no longer in use. Ask the grid worker for a new one.',
  unknown:
    'There is no such code yet: the worker’s phone may have no connection. Try again later, or ask for a new one.',
  full: 'Too much was told today, and this was not taken. Please call the community or the worker.',
  fix: 'Not taken. Please mend:',
  problems: {
    required: 'please fill in',
    'too-long': 'too long',
    'too-small': 'at least 1',
    'too-large': 'at most 99',
    'not-a-day': 'no such day',
    'day-in-future': 'too far ahead',
    'not-a-telephone': 'no telephone number: check it, or leave it empty',
  },
  odd: 'not right, please check',
}

export const landlordWords: Readonly<Record<PageLanguage, LandlordWords>> = { 'zh-CN': zhCN, en }
