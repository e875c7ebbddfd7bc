/** Words of the paper that tells somebody why a request about their data was refused, or granted in part. */
import type { Inquiry } from '#domain/inquiry.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'

type Wants = Inquiry['wants']
type Negative = 'partly' | 'refused'

const zhCN = {
  title: '书面答复',
  open: '打印书面答复',
  print: '打印或存为PDF',
  nothing: '只有不予办理、部分办理的请求才有书面答复。先保存答复。',
  heading: '关于个人信息请求的答复',
  to: (name: string) => `致：${name}（交给本人时手写全名）`,
  by: (name: string, authority: string) => `由${name}提出${authority && `，凭${authority}`}`,
  asked: '您的请求',
  wanted: (wants: string, day: string) => `${day}提出：${wants}`,
  outcome: '答复',
  said: { refused: '不予办理。', partly: '部分办理。' } as Readonly<Record<Negative, string>>,
  reason: (text: string) => `理由：${text}`,
  ground: '依据',
  article: {
    see: '第四十五条（查阅；有法律规定应当保密或者不需要告知情形的除外）',
    copy: '第四十五条（复制、转移；有法律规定应当保密或者不需要告知情形的除外）',
    correct: '第四十六条（更正、补充：核实后办理）',
    delete: '第四十七条（删除；法律规定的保存期限未届满的除外）',
    explain: '第四十八条（解释说明）',
    restrict: '第四十四条（限制、拒绝处理；法律另有规定的除外）',
    withdraw: '第十五条（撤回同意，不影响撤回前的处理；凭法定职责登记的不靠同意）',
    human: '第二十四条（自动化决策的说明和拒绝）',
  } as Readonly<Record<Wants, string>>,
  law: (article: string) => `《个人信息保护法》${article}；拒绝请求应当说明理由（第五十条）。`,
  complain: '不同意怎么办',
  ways: (owner: string) =>
    `可以请本单位重新办理，或者向${owner}投诉；可以向履行个人信息保护职责的部门投诉、举报（第六十五条）；也可以依法向人民法院起诉（第五十条）。`,
  ownerUnnamed: '主办单位',
  contact: '联系方式',
  unnamed: '（单位尚未填写）',
  day: '答复日期',
}

const en: typeof zhCN = {
  title: 'Written answer',
  open: 'Print the written answer',
  print: 'Print or save as PDF',
  nothing: 'Only a request that was refused or granted in part has one. Save the answer first.',
  heading: 'Answer to a request about personal data',
  to: (name) => `To: ${name} (write the full name when it is handed over)`,
  by: (name, authority) => `Asked by ${name}${authority && `, by ${authority}`}`,
  asked: 'Your request',
  wanted: (wants, day) => `Of ${day}: ${wants}`,
  outcome: 'Answer',
  said: { refused: 'Refused. ', partly: 'Granted in part. ' },
  reason: (text) => `Reason: ${text}`,
  ground: 'Ground',
  article: {
    see: 'article 45 (to see; but for what a law keeps secret or need not be told)',
    copy: 'article 45 (to copy, to hand over; but for what a law keeps secret or need not be told)',
    correct: 'article 46 (to correct and complete, after a check)',
    delete: 'article 47 (to delete; but for what a law wants kept for a time)',
    explain: 'article 48 (explanation)',
    restrict: 'article 44 (to restrict or refuse; but for what another law says)',
    withdraw: 'article 15 (to withdraw consent, for the future; a duty rests on no consent)',
    human: 'article 24 (automated decisions: explanation and refusal)',
  },
  law: (article) =>
    `Personal Information Protection Law, ${article}; a refusal gives its reasons (article 50).`,
  complain: 'If you disagree',
  ways: (owner) =>
    `Ask this office again, or complain to ${owner}; complain to the authority in charge of personal data (article 65); or go to court (article 50).`,
  ownerUnnamed: 'the responsible authority',
  contact: 'Whom to ask',
  unnamed: '(not named yet)',
  day: 'Answered on',
}

export const useAnswerWords = () => useScreenWords({ 'zh-CN': zhCN, en })

/** Whether an answer has a paper: it says no, wholly or in part. */
export function isNegative(outcome: Inquiry['outcome']): outcome is Negative {
  return outcome === 'refused' || outcome === 'partly'
}
