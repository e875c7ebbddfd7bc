import type { Words } from '../zh-CN.ts'

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const shell: Words['shell'] = {
  name: 'Wuse',
  tabs: { today: 'Today', grid: 'Grid', search: 'Search', office: 'Office', me: 'Me' },
  navigation: 'Main',
  back: 'Back',
  close: 'Close',
  cancel: 'Cancel',
  more: 'More',
  save: 'Save',
  saving: 'Saving…',
  undo: 'Undo',
  undone: 'Undone',
  saved: 'Saved on this device',
  required: 'required',
  unknown: 'not recorded',
  pickOne: 'Pick one at the left; it opens here.',
  gone: 'This record is no longer on this device: its grid was changed, or it was removed.',
  failedTitle: 'This page does not open',
  failedHint: 'Everything saved is still there. Go back and try again.',
  again: 'Try again',
  ago: (days) => (days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`),
  days: (days) => `${days} days`,
  age: (age) => `${age} y`,
  people: (count) => (count === 1 ? '1 person' : `${count} people`),
  households: (count) => (count === 1 ? '1 household' : `${count} households`),
  weekday: (day) => weekdays[day] ?? '',
  monthDay: (month, day) => `${day} ${months[month - 1] ?? ''}`,
  yearMonthDay: (year, month, day) => `${day} ${months[month - 1] ?? ''} ${year}`,
  male: 'male',
  female: 'female',
  grey: 'not verified',
  greyMark: '–',
}
