/** Words of what waits in grids that a device does not hold. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const zhCN = {
  title: '不在本机的网格',
  ask: '看别的网格有几条',
  asking: '正在数…',
  nothing: '别的网格没有要处理的',
  waits: (clashes: number, colours: number) =>
    [clashes > 0 && `改得不一样${clashes}条`, colours > 0 && `人工调色${colours}条`]
      .filter(Boolean)
      .join('，'),
  open: '打开网格',
  pairs: '在全部网格里找重复登记',
  pairsHint:
    '服务器比对同证件、同名同生日、同名同电话的人。要说用途，留下记录，姓名遮挡显示。点一对，两边的网格都取来再核对。',
  looking: (percent: number) => `正在比对${percent}%`,
  stop: '停止',
  found: (count: number, isMore: boolean) =>
    isMore ? `先列出最像的${count}对，处理完再找` : `找到${count}对`,
  partly: (percent: number, count: number) => `比对了${percent}%，找到${count}对`,
  none: (isMore: boolean): string =>
    isMore ? '比对过的里没有找到重复登记的人，还有没比对的' : '没有找到重复登记的人',
  offline: '没有网络。别的网格要联网才能看。',
  wait: '找得太多，请过几分钟再找。',
  opening: '正在取这两个人的网格，到了就打开。',
  score: (score: number) => `相似${score}分`,
}
const en: typeof zhCN = {
  title: 'Grids that are not here',
  ask: 'Count what waits in other grids',
  asking: 'Counting…',
  nothing: 'Nothing waits in other grids',
  waits: (clashes, colours) =>
    [clashes > 0 && `${clashes} changed differently`, colours > 0 && `${colours} colours by hand`]
      .filter(Boolean)
      .join(', '),
  open: 'Open the grid',
  pairs: 'Look for people registered twice over all grids',
  pairsHint:
    'The server compares who has the same document, the same name and birthday, or the same name and telephone. It needs a purpose and is on record; names come masked. A tap on a pair brings both grids.',
  looking: (percent) => `Comparing ${percent}%`,
  stop: 'Stop',
  found: (count, isMore) => (isMore ? `The ${count} likeliest pairs first` : `${count} pairs`),
  partly: (percent, count) => `${percent}% compared, ${count} pairs`,
  none: (isMore) =>
    isMore
      ? 'Nobody found who is registered twice; not everybody was compared'
      : 'Nobody found who is registered twice',
  offline: 'No connection. Other grids need one.',
  wait: 'That was a lot. Please wait some minutes.',
  opening: 'The grids of both are on their way; the pair opens then.',
  score: (score) => `likeness ${score}`,
}

export const useBeyondReviewWords = () => useScreenWords({ 'zh-CN': zhCN, en })
