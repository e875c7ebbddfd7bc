/** Words that both waiting rooms of an office say: the one of the hotline and the one of the codes on walls. */
import type { invalidReasons } from '#domain/requests/step.ts'

type Reason = (typeof invalidReasons)[number]

export const waitingZh = {
  loading: '正在从办公室取来件……',
  needsNetwork: '没有网络，联网后再看',
  again: '刷新',
  none: '没有待放行的来件',
  hasTelephone: '留了电话（放行后可见）',
  added: '补充',
  noWords: '没有文字',
  place: '放行到',
  admit: '放行',
  away: '退回',
  awayYes: '退回',
  reason: '原因',
  reasons: {
    'no-matter': '没有具体事项',
    test: '测试',
    abuse: '恶意或骚扰',
    'no-place': '地点不明',
    'not-for-office': '不归本街道办理',
  } satisfies Record<Reason, string>,
  toldMissing: '请写一句话',
  stop: '停用',
  yes: '确定',
}

export const waitingEn: typeof waitingZh = {
  loading: 'Fetching from the office…',
  needsNetwork: 'No connection: look again later',
  again: 'Refresh',
  none: 'Nothing waits',
  hasTelephone: 'Left a telephone (seen once admitted)',
  added: 'Added',
  noWords: 'No words',
  place: 'Admit to',
  admit: 'Admit',
  away: 'Turn away',
  awayYes: 'Turn away',
  reason: 'Reason',
  reasons: {
    'no-matter': 'No matter in it',
    test: 'A test',
    abuse: 'Abuse or harassment',
    'no-place': 'Place unclear',
    'not-for-office': 'Not for this office',
  },
  toldMissing: 'Please write a sentence',
  stop: 'Stop',
  yes: 'Yes',
}
