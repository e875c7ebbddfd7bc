/** Further words of the pages about requests 诉求: lists, what is close by, the time ledger, what is done to several. */
import type { Holder } from '#domain/requests/time-ledger.ts'
import { useScreenWords } from '#app/ui/words/use-words.ts'

const holderZh: Record<Holder, string> = {
  way: '路上',
  office: '社区',
  unit: '承办单位',
  paused: '挂起',
  asker: '等诉求人',
  outside: '其他部门',
}
const holderEn: Record<Holder, string> = {
  way: 'on the way',
  office: 'office',
  unit: 'unit',
  paused: 'suspended',
  asker: 'waiting for the person',
  outside: 'another authority',
}

const zhCN = {
  waits: {
    submitted: '只看待受理',
    accepted: '只看待分派',
    handled: '只看待放行',
    verifying: '只看待核查',
    asks: '只看有申请的',
    supervised: '只看督办',
  },
  search: '找诉求：编号、查询码、内容、地点',
  noneFound: '没有找到，换个词试试',
  narrow: '只看哪些',
  lateOnly: '已超时',
  allKinds: '全部事项',
  kindFilter: '事项',
  several: '多选',
  endSeveral: '取消多选',
  chosen: (count: number) => `已选${count}件`,
  nothingShared: '选中的诉求没有能一起办的步骤',
  notSaved: (saved: number, left: readonly string[]) =>
    `${saved > 0 ? `${saved}件已保存，` : ''}${left.length}件没有存上：${left.join('、')}`,
  invalidReasons: {
    'no-matter': '没有具体事项',
    test: '测试',
    abuse: '恶意',
    'no-place': '找不到地点',
    'not-for-office': '不归本单位管',
  },
  goOn: '接着办',
  endIt: '结束或交出去',
  into: '并入哪一件',
  noTargets: '附近没有可以并入的诉求',
  content: '满意吗（可不填）',
  contents: { content: '满意', partly: '基本满意', not: '不满意' },
  outsideNumber: '对方的编号（可不填）',
  photosTold: {
    'at-once': '诉求人凭查询码看得到这里拍的照片，请先遮住别人的脸和车牌。',
    'once-released': '社区放行后，诉求人凭查询码看得到这里拍的照片。请先遮住别人的脸和车牌。',
  },
  photosOf: (count: number, onWay: number) =>
    onWay > 0 ? `${count}张照片，${onWay}张在路上` : `${count}张照片`,
  outsideHint: '编号和日期都填了，答复期限才暂停',
  ledger: '时间账',
  holder: holderZh,
  minutes: (minutes: number) => `${minutes}分钟`,
  hours: (hours: string) => `${hours}小时`,
  workDays: (days: string) => `${days}个工作日`,
  similar: (count: number) => `附近有${count}件同类诉求，可能是同一件事`,
  fromMerged: '来自并入的诉求',
  joined: '并入了另一件诉求',
  openJoined: '打开它',
  callBacks: (count: number) => `今天要回访${count}件`,
  dueToday: (count: number) => `今天到期${count}件`,
  supervised: ['已提醒', '督办一次', '督办二次', '督办三次'],
  forOffice: '这类事只留在办公室，网格员和承办单位都看不到。不要写是哪一户提的。',
  noOwnOffice: '还没有放这类诉求的地方：请管理员在“管理 → 地方”给社区添加一个承办单位。',
}

const en: typeof zhCN = {
  waits: {
    submitted: 'To accept only',
    accepted: 'To assign only',
    handled: 'To release only',
    verifying: 'To verify only',
    asks: 'With questions only',
    supervised: 'Supervised only',
  },
  search: 'Find: number, code, words or place',
  noneFound: 'None found; try another word',
  narrow: 'Only which',
  lateOnly: 'Late',
  allKinds: 'All kinds',
  kindFilter: 'Kind',
  several: 'Select',
  endSeveral: 'Leave selecting',
  chosen: (count) => `${count} selected`,
  nothingShared: 'There is no step that all of these may take',
  notSaved: (saved, left) =>
    `${saved > 0 ? `${saved} saved; ` : ''}${left.length} not saved: ${left.join(', ')}`,
  invalidReasons: {
    'no-matter': 'No matter in it',
    test: 'A test',
    abuse: 'Malicious',
    'no-place': 'The place cannot be found',
    'not-for-office': 'Not for this office',
  },
  goOn: 'Go on',
  endIt: 'End it or hand it on',
  into: 'Into which request',
  noTargets: 'No request near by into which it could go',
  content: 'Content (optional)',
  contents: { content: 'Content', partly: 'Partly', not: 'Not content' },
  outsideNumber: 'Number of the other authority (optional)',
  photosTold: {
    'at-once':
      'Whoever asked sees the photographs taken here with the follow-up code: cover faces and number plates first.',
    'once-released':
      'Once the office released the answer, whoever asked sees these photographs with the follow-up code. Cover faces and number plates first.',
  },
  photosOf: (count, onWay) => {
    const all = count === 1 ? '1 photograph' : `${count} photographs`
    return onWay > 0 ? `${all}, ${onWay} on the way` : all
  },
  outsideHint: 'The promise pauses only where number and day are both told',
  ledger: 'Who held it',
  holder: holderEn,
  minutes: (minutes) => `${minutes} min`,
  hours: (hours) => `${hours} h`,
  workDays: (days) => `${days} working days`,
  similar: (count) => `${count} requests of this kind are close by; it may be one matter`,
  fromMerged: 'from a request that was merged into this one',
  joined: 'It was merged into another request',
  openJoined: 'Open that one',
  callBacks: (count) => `${count} to call back today`,
  dueToday: (count) => `${count} due today`,
  supervised: ['Reminded', 'Supervised once', 'Supervised twice', 'Supervised three times'],
  forOffice:
    'Kept in the office alone: no worker and no unit sees it. Do not say which household asked.',
  noOwnOffice: 'There is no place for these yet: the administrator adds a unit to the community.',
}

export const useMoreWords = () => useScreenWords({ 'zh-CN': zhCN, en })
