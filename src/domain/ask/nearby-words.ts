/** What the resident's page says of a community's services. */
import type { ServiceKind, ServiceRoom } from '../nearby.ts'
import type { PageLanguage } from './page-words.ts'

interface ServiceWords {
  readonly title: (count: number) => string
  readonly kinds: Readonly<Record<ServiceKind, string>>
  readonly rooms: Readonly<Record<ServiceRoom, string>>
  readonly forWhom: (whom: string) => string
  readonly asOf: (day: string) => string
}

export const serviceWords: Readonly<Record<PageLanguage, ServiceWords>> = {
  'zh-CN': {
    title: (count) => `这里的服务点（${count}）`,
    kinds: {
      meals: '助餐',
      'day-care': '日间照料',
      health: '卫生服务',
      nursery: '托育',
      'after-school': '课后',
      repairs: '家政维修',
      activities: '活动',
      other: '其他',
    },
    rooms: { free: '有名额', few: '名额不多', full: '满了' },
    forWhom: (whom) => `给：${whom}`,
    asOf: (day) => `${day} 核对，去之前请先打电话`,
  },
  en: {
    title: (count) => `Services here (${count})`,
    kinds: {
      meals: 'Meals',
      'day-care': 'Day care',
      health: 'Health',
      nursery: 'Nursery',
      'after-school': 'After school',
      repairs: 'Household and repairs',
      activities: 'Activities',
      other: 'Other',
    },
    rooms: { free: 'places free', few: 'few places left', full: 'full' },
    forWhom: (whom) => `For: ${whom}`,
    asOf: (day) => `Checked on ${day}; please call before you go`,
  },
}
