/** Words of care visits and of who needs them. */
import { useScreenWords } from '#app/ui/words/use-words.ts'

const coverageWords = {
  'zh-CN': {
    title: '探访关爱',
    month: (month: number) => `${month}月`,
    explain:
      '特殊困难老年人每月至少探访一次。上门、电话、视频见到人都算；谁算、怎样算见，写在五色规则里。',
    figure: (met: number, meant: number) => `已见${met} / ${meant}`,
    open: (count: number) => `本月还没见${count}人`,
    today: (count: number) => `今天${count}户`,
    onlyThese: '今日只看要探访的',
    counting: '正在数…',
    last: (when: string) => `上次见面：${when}`,
    never: '登记以来还没见过',
    allMet: '本月都见到了',
    nobodyTitle: '没有要每月探访的老人',
    nobodyHint: '登记了年龄、独居、空巢、失能等情况，符合规则的人会出现在这里。',
    allGrids: '看全部网格',
    ownGrid: '只看我的网格',
    more: (count: number) => `再显示${count}人`,
  },
  en: {
    title: 'Monthly visits of care',
    month: (month: number) =>
      ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
        month - 1
      ] ?? '',
    explain:
      'Elderly people in special difficulty are met every month. Meeting them at the door, by telephone or by video counts; whom it means and what counts stands in the colour rules.',
    figure: (met: number, meant: number) => `${met} of ${meant} met`,
    open: (count: number) => `${count} not met yet this month`,
    today: (count: number) => `${count} today`,
    onlyThese: 'Today: only those to be met',
    counting: 'Counting…',
    last: (when: string) => `last met ${when}`,
    never: 'never met since registered',
    allMet: 'Everybody was met this month',
    nobodyTitle: 'Nobody here is to be met every month',
    nobodyHint:
      'Whoever fits the rules by age, living alone, incapacity and the like appears here once it is recorded.',
    allGrids: 'Show all grids',
    ownGrid: 'Only my grid',
    more: (count: number) => `${count} more`,
  },
}

export const useCoverageWords = () => useScreenWords(coverageWords)
