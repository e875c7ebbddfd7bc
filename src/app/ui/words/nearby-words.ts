/** Words of services: they come with the pages that show them. */
import type { ServiceKind, ServiceRoom } from '#domain/nearby.ts'
import { useScreenWords } from './use-words.ts'

const zhCN = {
  title: '服务点',
  link: '社区的服务点',
  hint: '社区里有哪些服务、给谁、几点开门、有没有名额。由社区办公室填写，网格员没有网络也能看。',
  none: '还没有服务点',
  noneHint: '助餐点、日间照料、卫生服务站、托育、课后这些地方，社区办公室填写后会出现在这里。',
  add: '新增服务点',
  edit: '修改服务点',
  kind: '哪一种',
  kinds: {
    meals: '助餐',
    'day-care': '日间照料',
    health: '卫生服务',
    nursery: '托育',
    'after-school': '课后',
    repairs: '家政维修',
    activities: '活动',
    other: '其他',
  } satisfies Record<ServiceKind, string> as Record<ServiceKind, string>,
  room: '名额',
  rooms: { free: '有名额', few: '名额不多', full: '满了' } satisfies Record<
    ServiceRoom,
    string
  > as Record<ServiceRoom, string>,
  roomUnknown: '不清楚',
  place: '哪个社区的',
  name: '名称',
  what: '做什么（可不填）',
  forWhom: '给谁（可不填）',
  where: '在哪里（可不填）',
  hours: '时间（可不填）',
  telephone: '电话（可不填）',
  fact: { forWhom: '给谁', where: '在哪里', hours: '时间', telephone: '电话' },
  asOf: (day: string) => `${day} 核对`,
  save: '保存服务点',
  saveHint: '保存就算今天核对过。',
  close: '不再开办',
  closed: '已不再开办',
  call: (name: string) => `打电话给${name}`,
  onlyOffice: '服务点由社区办公室填写。',
}

const en: typeof zhCN = {
  title: 'Services',
  link: 'Services of the community',
  hint: 'What there is in the community, for whom, when it is open and whether there is room. The community office keeps it; it can be read without a connection.',
  none: 'No services yet',
  noneHint:
    'Meals, day care, health posts, nurseries, after-school care: once the community office enters them they appear here.',
  add: 'Add a service',
  edit: 'Change a service',
  kind: 'Kind',
  kinds: {
    meals: 'Meals',
    'day-care': 'Day care',
    health: 'Health',
    nursery: 'Nursery',
    'after-school': 'After school',
    repairs: 'Household & repairs',
    activities: 'Activities',
    other: 'Other',
  },
  room: 'Room',
  rooms: { free: 'places free', few: 'few places left', full: 'full' },
  roomUnknown: 'not known',
  place: 'Of which community',
  name: 'Name',
  what: 'What it does (optional)',
  forWhom: 'For whom (optional)',
  where: 'Where (optional)',
  hours: 'Hours (optional)',
  telephone: 'Telephone (optional)',
  fact: { forWhom: 'For whom', where: 'Where', hours: 'Hours', telephone: 'Telephone' },
  asOf: (day) => `checked ${day}`,
  save: 'Save service',
  saveHint: 'Saving says that it was checked today.',
  close: 'It is no more',
  closed: 'no more',
  call: (name) => `Call ${name}`,
  onlyOffice: 'The community office keeps the services.',
}

const servicesWords = { 'zh-CN': zhCN, en }

export const useServicesWords = () => useScreenWords(servicesWords)
