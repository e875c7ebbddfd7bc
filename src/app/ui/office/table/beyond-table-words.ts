/** Words of the table of people that the server lists, where this device holds a part of them. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  range: '看哪些人',
  here: (grids: number) => `本机${grids}个网格`,
  all: (grids: number) => `全部${grids}个网格`,
  place: '地方',
  title: '请服务器列出',
  hint: '本机没有全部网格，由服务器列出。要说用途，每次查看都留下记录。姓名和号码遮挡显示，打开网格后在本人页面查看。',
  offline: '没有网络。看全部网格要联网，本机网格照样能看。',
  asking: '正在列出…',
  listed: (count: string, isAll: boolean) =>
    isAll ? `共${count}人` : `已列出${count}人，往下滚动再列`,
  walking: '按网格和走访顺序',
  nothing: '没有符合的人',
  wait: '看得太多，请过几分钟再看。',
  again: '再试一次',
  moved: '名单有变动，请重新列出。',
  anew: '重新列出',
  opening: '正在取这个人的网格，到了就打开。',
  notSorted: '这一列只能在本机网格里排序',
  otherSheets: '住户和房屋的表只能看本机网格。',
  exportWhat: (place: string, columns: number) =>
    `${place}符合筛选的全部人员，${columns}列，由服务器分批给出。中途停止不会生成文件。`,
  under: (day: string, place: string, masked: boolean) =>
    `${day} 导出 · ${place}${masked ? ' · 姓名和号码已遮挡' : ' · 含个人信息，请妥善保管'}`,
  withoutMinors: '没有批准，未成年人不会导出。',
  withMinors: '未成年人凭办公室的批准一并导出，记入审计。',
}
const en: typeof zhCN = {
  range: 'Whom',
  here: (grids) => `${grids} grids here`,
  all: (grids) => `All ${grids} grids`,
  place: 'Place',
  title: 'Ask the server for the list',
  hint: 'This device does not hold all grids, so the server lists them. It needs a purpose and each look is on record. Names and numbers come masked; open the grid to see them on the person’s page.',
  offline: 'No connection. All grids need one; those on this device are here all the same.',
  asking: 'Listing…',
  listed: (count, isAll) => (isAll ? `${count} people` : `${count} listed so far, scroll for more`),
  walking: 'by grid, in walking order',
  nothing: 'Nobody fits',
  wait: 'That was a lot. Please wait some minutes.',
  again: 'Try again',
  moved: 'The list has changed. Please begin anew.',
  anew: 'Begin anew',
  opening: 'The grid of this person is on its way and opens then.',
  notSorted: 'Only the grids on this device are sorted by this column',
  otherSheets: 'Households and dwellings are listed of this device’s grids alone.',
  exportWhat: (place, columns) =>
    `Everybody of ${place} who fits the filter, ${columns} columns, in slices from the server. Stopped half-way no file is made.`,
  under: (day, place, masked) =>
    `Exported ${day} · ${place}${masked ? ' · names and numbers masked' : ' · contains personal data'}`,
  withoutMinors: 'Without an approval minors are left out.',
  withMinors: 'Minors are among them, under an approval of the office; it is on record.',
}

export const beyondWords = { 'zh-CN': zhCN, en }

export const useBeyondTableWords = () => useScreenWords(beyondWords)
