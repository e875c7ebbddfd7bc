import type { search as zhCN } from '../zh-CN/search.ts'

export const search: typeof zhCN = {
  title: 'Search',
  label: 'Name, pinyin, room, last four of telephone or document',
  hint: 'e.g. 王秀兰, wxl, 3-2-501, 5521',
  clear: 'Clear',
  nothing: 'Nothing found',
  nothingHint: 'Try initials, the room, or the last four digits. Only your own grids are searched.',
  start: 'Type a name, pinyin initials, a room, or the last four digits. Works without a signal.',
  found: (count) => `${count} found`,
  foundMost: (count) => `The first ${count} only; please type on`,
  matched: {
    name: 'name',
    pinyin: 'pinyin',
    initials: 'initials',
    room: 'room',
    telephone: 'telephone',
    document: 'document',
  },
  movedOut: 'moved out',
  died: 'died',
  merged: 'merged',
  empty: 'nobody recorded',
}
