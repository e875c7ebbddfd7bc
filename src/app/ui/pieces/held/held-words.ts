/** Words of what a device of a large office holds, and of what it does not. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  range: (here: number, all: number) =>
    `只含本机上的${here}个网格，共${all}个。别的网格打开以后才在这里。`,
  choose: '打开网格',
  notHere: (name: string) => `${name}不在本机`,
  notHereHint: '您管的人多，本机只存打开过的网格。打开后可以照常办事，没信号也行；夜里自动移走。',
  open: '打开这个网格',
  opening: '正在取这个网格…',
  offline: '没有网络。打开网格要联网，联网后自动取来。',
  importPart: (here: number, all: number) =>
    `导入要和全部网格比对，才不会把人登记两次。本机只有${all}个网格里的${here}个，请由社区自己导入，或者先打开名册涉及的全部网格。`,
  title: '本机存的网格',
  explain: (people: string, all: number, most: string) =>
    `您管${all}个网格、${people}人。本机最多存${most}人，存的是您打开过的网格；没发出去的工作在哪个网格，哪个网格就不会移走。`,
  none: '还没有打开网格。下面选一个打开。',
  people: (count: string) => `${count}人`,
  since: (moment: string) => `${moment}打开`,
  keep: '过夜保留',
  letGo: '移走',
  unsent: '有没发出去的工作，暂不移走',
  leaving: '下次同步时移走',
  others: '其他网格',
  find: '按名称找网格',
  nothing: '没有这个名称的网格',
}
const en: typeof zhCN = {
  range: (here, all) =>
    `Over the ${here} grids on this device, of ${all}. Others are here once they are opened.`,
  choose: 'Open a grid',
  notHere: (name) => `${name} is not on this device`,
  notHereHint:
    'You answer for many people, so this device holds the grids that were opened. Once open, all work goes on as usual, without a signal too; it leaves at night.',
  open: 'Open this grid',
  opening: 'Fetching this grid…',
  offline: 'No connection. A grid is fetched once there is one.',
  importPart: (here, all) =>
    `A roster is held against all grids, so that nobody is registered twice. ${here} of ${all} are on this device: let the community bring it in, or open all grids of the roster first.`,
  title: 'Grids on this device',
  explain: (people, all, most) =>
    `You answer for ${all} grids with ${people} people. This device holds ${most} at most, of the grids that you opened; a grid with unsent work never leaves.`,
  none: 'No grid is open yet. Choose one below.',
  people: (count) => `${count} people`,
  since: (moment) => `opened ${moment}`,
  keep: 'Keep over night',
  letGo: 'Let go',
  unsent: 'unsent work: it stays',
  leaving: 'leaves at the next sync',
  others: 'Other grids',
  find: 'Find a grid by name',
  nothing: 'No grid has this name',
}

export function useHeldWords() {
  return useScreenWords({ 'zh-CN': zhCN, en })
}
