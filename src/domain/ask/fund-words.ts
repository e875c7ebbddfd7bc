/** What the page of a stairwell's fund says, in both languages. */
import type { EntryKind } from '../funds/fund.ts'
import type { SumKind } from '../funds/ledger.ts'
import type { PageLanguage } from './page-words.ts'

const zhCN = {
  title: '楼道维修基金',
  code: '账目页的码',
  codeHint: '写在楼道账单上，7 组，每组 4 个字母或数字。',
  look: '看账',
  aboutCode: '这一页只给这些住户看。码在社区打印的账单上；没有的话，请问社区。',
  unknown: '没有这个码的账目。码换过的话，请看最新的账单，或者问社区。',
  mistyped: '码里有字不对，请对着账单再看一遍。',
  whose: (community: string) => `${community}记的账`,
  agreed: '怎么商定的',
  closed: (day: string) => `${day} 结账，不再变动。`,
  sums: '合计',
  sum: { pledged: '认捐', received: '收到', spent: '支出', returned: '退还' } satisfies Record<
    SumKind,
    string
  > as Record<SumKind, string>,
  left: '结余',
  over: '花的比收的多',
  yuan: (sum: string) => `${sum} 元`,
  spent: (n: number) => `支出（${n}）`,
  given: (n: number) => `认捐、收到和退还（${n}）`,
  nothing: '还没有入账的账目。',
  kinds: {
    pledged: '认捐',
    received: '收到',
    spent: '支出',
    returned: '退还',
    corrected: '冲正',
  } satisfies Record<EntryKind, string> as Record<EntryKind, string>,
  no: (n: number) => `第${n}号`,
  to: (payee: string) => `付给 ${payee}`,
  back: (n: number) => `冲正第${n}号`,
  reversed: (n: number) => `已由第${n}号冲正`,
  voucher: (n: number) => `凭证${n}`,
  noVoucher: '没有凭证照片',
  onWay: '凭证照片还没到',
  waiting: (n: number) => `另有 ${n} 笔等第二个人确认，没有算进来。`,
  twoPeople: '每一笔都由一个人登记、另一个人确认，才算数。',
  check: '核对码',
  checkHint: '打印的账单上也有这一串。两边一样，就是同一本账；不一样，请联系社区。',
  broken: (n: number) => `第${n}号起对不上，这本账被人改过。请不要相信这一页，联系社区。`,
  noMoney: '这一页只记账，不收钱，没有收款码，也没有账号。有人凭这一页收钱，请告诉社区。',
}

const en: typeof zhCN = {
  title: 'Repair fund of the stairwell',
  code: 'Code of the account',
  codeHint: 'On the printed account: 7 groups of 4 letters or digits.',
  look: 'See the account',
  aboutCode:
    'This page is for these doors alone. The code stands on the account that the community prints; ask the community where you have none.',
  unknown: 'No account has this code. If it was changed, see the newest printed account or ask.',
  mistyped: 'A letter of the code is wrong: please compare it with the printed account.',
  whose: (community) => `Kept by ${community}`,
  agreed: 'How it was agreed',
  closed: (day) => `Closed on ${day}; nothing changes any more.`,
  sums: 'Sums',
  sum: { pledged: 'Pledged', received: 'Received', spent: 'Spent', returned: 'Returned' },
  left: 'Left',
  over: 'More spent than received',
  yuan: (sum) => `¥${sum}`,
  spent: (n) => `Spent (${n})`,
  given: (n) => `Pledged, received and returned (${n})`,
  nothing: 'Nothing counts yet.',
  kinds: {
    pledged: 'Pledged',
    received: 'Received',
    spent: 'Spent',
    returned: 'Returned',
    corrected: 'Reversal',
  },
  no: (n) => `No. ${n}`,
  to: (payee) => `Paid to ${payee}`,
  back: (n) => `Takes back no. ${n}`,
  reversed: (n) => `Taken back by no. ${n}`,
  voucher: (n) => `Voucher ${n}`,
  noVoucher: 'No photograph of a voucher',
  onWay: 'The photograph of the voucher is on its way',
  waiting: (n) => `${n} more wait for a second person and are not counted.`,
  twoPeople: 'An entry counts once one person entered it and another one agreed.',
  check: 'Check code',
  checkHint:
    'The printed account has it too. The same on both: it is the same account. If not, call the community.',
  broken: (n) =>
    `From no. ${n} on it does not hold: somebody changed this account. Do not trust this page; call the community.`,
  noMoney:
    'This page keeps an account and takes no money: no code to pay by, no number of an account. If somebody asks for money with it, tell the community.',
}

export const fundWords: Readonly<Record<PageLanguage, typeof zhCN>> = { 'zh-CN': zhCN, en }
