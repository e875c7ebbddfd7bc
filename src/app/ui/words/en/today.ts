import type { Words } from '../zh-CN.ts'

export const today: Words['today'] = {
  title: 'Today',
  date: (month, day, weekday) => `${weekday} ${day}/${month}`,
  count: (total, done) => `${total} households today · ${done} done`,
  filter: 'Filter by colour',
  all: 'All',
  overdue: 'Overdue',
  dueToday: 'due today',
  overdueBy: (days) => `${days} days late`,
  lastMet: (when) => `last met ${when}`,
  neverMet: 'never met yet',
  andOthers: (name, people) => `${name} and ${people - 1} more`,
  emptyHome: 'nobody recorded',
  emptyTitle: 'Nobody is due today',
  emptyHint: 'Visits that fall due come here by themselves. See the other buildings under Grid.',
  allDoneTitle: 'Done for today',
  allDoneHint: (done) => `${done} households today. Well done.`,
  emptyFilter: 'None of this colour today',
  showMore: (left) => `Show more (${left} left)`,
  grid: 'Grid',
  allGrids: 'All grids',
}
