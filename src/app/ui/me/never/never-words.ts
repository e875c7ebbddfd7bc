/**
 * What this app does not have, for everybody to read. `tests/never.test.ts` has a proof for each line and refuses a line
 * without one. `banned`: what a government app must not have (国办函〔2026〕12号); `own`: what this product leaves out
 * besides.
 */
import { useScreenWords } from '#app/ui/words/use-words.ts'

export const bannedFunctions = [
  'tables',
  'attendance',
  'points',
  'spread',
  'traces',
  'business',
] as const
export const leftOutFunctions = ['faces', 'labels', 'grades', 'abroad'] as const
export type NeverKey = (typeof bannedFunctions)[number] | (typeof leftOutFunctions)[number]

interface NeverWords {
  readonly title: string
  readonly hint: string
  readonly banned: string
  readonly own: string
  readonly proof: string
  readonly lines: Readonly<Record<NeverKey, readonly [what: string, how: string]>>
}

const zhCN: NeverWords = {
  title: '这个应用没有的功能',
  hint: '谁要求网格员用它做下面这些事，这个应用都做不到。',
  banned: '国家规定政务应用不得有的（国办函〔2026〕12号）',
  own: '本来就不做的',
  proof: '每一条都有自动检查：以后的版本里出现这样的代码、接口或文字，检查就通不过。',
  lines: {
    tables: ['随意派表、重复填表', '办公室不能自己造表格或加项目；能停用项目，不能新增。'],
    attendance: ['考勤打卡、在线时长', '不记谁几点上班、在线多久、走了多少路。'],
    points: ['积分、排名、点赞、投票', '没有给网格员排名的表，总览里只有地方的数，没有人的数。'],
    spread: ['推广任务、安装率、强制登录', '不统计谁装了、谁登录了，没有邀请和转发。'],
    traces: [
      '强制拍照、录像、截屏、行踪轨迹',
      '相机和麦克风整个关掉；位置只在本人点“用我现在的位置”时读一次，只记楼栋或诉求在哪里，不记人。',
    ],
    business: ['广告、收费、卖东西', '没有付款，也没有广告。'],
    faces: ['人脸、指纹、声纹', '不采集，也存不进来。用指纹解锁平板的，指纹只留在平板的系统里。'],
    labels: ['犯罪、精神疾病、吸毒、宗教、政治的标签', '没有这样的项目，别的系统送来也不收。'],
    grades: ['给居民打分、预测谁有危险', '颜色只表示多久走访一次，每个颜色都说得出理由。'],
    abroad: [
      '把资料传到别处',
      '应用只和本单位的服务器来往（单位另设地图底图地址的，只多取底图）；服务器除了自己的数据库，不向外连接；单位自己另设了通知地址的，只告诉那里“某处有几件在等”，不含任何人的资料。',
    ],
  },
}

const en: NeverWords = {
  title: 'What this app does not have',
  hint: 'Whoever asks a grid worker to use it for one of these asks for what it cannot do.',
  banned: 'What a government app must not have (State Council letter 2026 no. 12)',
  own: 'What it leaves out besides',
  proof:
    'Each line has a check of its own: a later version with such code, such a route or such words does not pass.',
  lines: {
    tables: [
      'Tables at will, the same thing asked twice',
      'No office makes a table or a field of its own: it may switch fields off, and add none.',
    ],
    attendance: [
      'Attendance, time online',
      'Nothing notes when somebody began, how long they were online or how far they walked.',
    ],
    points: [
      'Points, rankings, likes, votes',
      'No table ranks workers; the overview counts places and never colleagues.',
    ],
    spread: [
      'Recruiting, install rates, forced sign-ins',
      'Nobody counts who installed it or signed in; there are no invitations.',
    ],
    traces: [
      'Forced photos, video, screenshots, tracks',
      'Camera and microphone are shut; the position is read once at “My position now”, and says where a building or a request is, never a person.',
    ],
    business: ['Advertising, charges, sales', 'No payments and no advertisements.'],
    faces: [
      'Faces, fingerprints, voices',
      'Not taken, and refused when sent. A fingerprint that unlocks a tablet stays in the tablet’s own system.',
    ],
    labels: [
      'Labels of crime, mental illness, drugs, religion, politics',
      'There is no such field, and none is taken from another system.',
    ],
    grades: [
      'Grades of residents, predictions of danger',
      'A colour says how often somebody calls, and each colour tells its reasons.',
    ],
    abroad: [
      'Data sent elsewhere',
      'The app speaks to the office’s server alone, and to a map’s ground where the office names one; the server opens no connection but to its own database, and where the office names an address for notices tells it how many things wait at which place, and nothing of anybody.',
    ],
  },
}

export const neverWords = { 'zh-CN': zhCN, en }
export const useNeverWords = () => useScreenWords(neverWords)
