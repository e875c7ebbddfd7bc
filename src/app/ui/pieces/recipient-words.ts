/** Words for whose hands data goes into and on which ground: where it goes out, and in the audit log. */
import type { HandOutGround, Recipient } from '#domain/export.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  recipient: '交给谁',
  recipients: {
    own: '本单位自用',
    subject: '本人或监护人',
    office: '其他单位',
  } satisfies Record<Recipient, string>,
  name: '接收单位',
  nameHint: '写单位全称，不写个人姓名。',
  nameMissing: '请填接收单位',
  ground: '法律依据',
  groundOpen: '请选择',
  groundMissing: '请选法律依据',
  grounds: {
    duty: '履行法定职责',
    request: '本人或监护人请求',
    law: '法律、行政法规规定',
    sharing: '政务数据共享',
    consent: '本人单独同意',
    emergency: '突发公共卫生事件、紧急救助',
  } satisfies Record<HandOutGround, string>,
  articles: {
    duty: '个保法第13条第1款第3项、第34条',
    request: '个保法第45条',
    law: '个保法第13条第1款第7项',
    sharing: '政务数据共享条例',
    consent: '个保法第13条第1款第1项、第23条',
    emergency: '个保法第13条第1款第4项',
  } satisfies Record<HandOutGround, string>,
  inFull: (ground: string, article: string) => `${ground}（${article}）`,
  goesTo: (recipient: string, ground: string) => `交给：${recipient} · 依据：${ground}`,
}

const en: typeof zhCN = {
  recipient: 'Who gets it',
  recipients: {
    own: 'This office itself',
    subject: 'The person or the guardian',
    office: 'Another office',
  },
  name: 'Which office',
  nameHint: 'The office’s full name, no person’s.',
  nameMissing: 'Name the office',
  ground: 'Legal ground',
  groundOpen: 'Choose',
  groundMissing: 'Choose the legal ground',
  grounds: {
    duty: 'A statutory duty',
    request: 'The person or guardian asked',
    law: 'Another law or regulation',
    sharing: 'Sharing among offices',
    consent: 'Separate consent',
    emergency: 'An emergency',
  },
  articles: {
    duty: 'PIPL 13 (3), 34',
    request: 'PIPL 45',
    law: 'PIPL 13 (7)',
    sharing: '政务数据共享条例',
    consent: 'PIPL 13 (1), 23',
    emergency: 'PIPL 13 (4)',
  },
  inFull: (ground, article) => `${ground} (${article})`,
  goesTo: (recipient, ground) => `To: ${recipient} · ground: ${ground}`,
}

export const recipientWords = { 'zh-CN': zhCN, en }
export type RecipientWords = typeof zhCN

export const useRecipientWords = () => useScreenWords(recipientWords)
