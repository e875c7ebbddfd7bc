/** What the gallery shows: nobody of it is a real person. */
import { defaultScheme } from '#domain/default-scheme.ts'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { LevelWords } from '#app/ui/kit/LevelMark.tsx'

export function levelsIn(isEnglish: boolean): Readonly<Record<ColourKey, LevelWords>> {
  const words = colourKeys.map((key): [ColourKey, LevelWords] => {
    const level = defaultScheme.levels.find((one) => one.key === key)
    const grey = isEnglish ? 'not verified' : '未核实'
    const word = level ? (isEnglish ? level.wordEn : level.word) : grey
    return [key, { key, word, short: word.split(' ')[0] ?? word, mark: level?.mark ?? '–' }]
  })
  return Object.fromEntries(words) as Record<ColourKey, LevelWords>
}

export const counts: Readonly<Record<ColourKey, number>> = {
  ...{ red: 1, orange: 4, yellow: 7 },
  ...{ blue: 0, green: 1095, grey: 2 },
}

export const chinese = {
  all: '全部',
  overdue: '逾期',
  building: '清风阳光苑 4幢',
  homes: '2户',
  door: '1单元401',
  who: '杨*刚等4人',
  late: '逾期2天',
  why: '92岁独居，子女不在身边，一周内见过两次，家门口有台阶，7天前见过',
  today: '今天到期',
  unsent: '还没发出去',
  call: '打电话',
  next: '再看5户',
  save: '保存',
  changed: '有变化',
  delete: '删除',
  more: '更多',
  edit: '修改资料',
  name: '姓名',
  required: '必填',
  wrong: '请填写',
  hint: '照证件上的写',
  birth: '出生日期',
  sex: '性别',
  sexes: ['男', '女'],
  stay: '居住',
  stays: ['自有', '租住', '借住', '其他'],
  registered: '户籍',
  registrations: ['人在户在', '人在户不在', '户在人不在', '人户都不在'],
  size: '文字大小',
  sizes: ['标准', '大字', '特大'],
  consent: '本人同意登记',
  document: '证件',
  list: '列表',
  map: '地图',
  units: ['1单元', '2单元', '3单元', '4单元'],
  fix: '有2处要改，改好再保存',
  saved: '5幢1单元201已记走访，存在本机',
  undo: '撤销',
  draft: '上次没写完的还在',
  emptyTitle: '今天没有到期的',
  emptyHint: '到期的住户会按走访顺序排在这里',
  figures: '数字',
  visits: '逾期走访',
  requests: '新诉求',
  people: '人员',
  role: '角色',
  devices: '设备',
  roles: ['网格员', '社区'],
  loading: '正在取',
  nobody: '还没有人员',
  settle: '设置',
  close: '关闭',
  soft: '在安静的地方解释一句。',
  progress: '已取 1200条，共 3000条',
  pin: '解锁密码',
  erase: '删一位',
  colours: '各色',
} as const

type Samples = {
  readonly [Name in keyof typeof chinese]: (typeof chinese)[Name] extends string
    ? string
    : readonly string[]
}

export const english: Samples = {
  all: 'All',
  overdue: 'Overdue',
  building: 'Breeze Court, block 4',
  homes: '2 households',
  door: 'Unit 1, 401',
  who: 'Y* and 3 others',
  late: '2 days late',
  why: '92 years old, lives alone, children far away, met twice this week, steps at the door, met 7 days ago',
  today: 'due today',
  unsent: 'not sent yet',
  call: 'Call',
  next: 'Show 5 more',
  save: 'Save',
  changed: 'Something changed',
  delete: 'Delete',
  more: 'More',
  edit: 'Edit the record',
  name: 'Name',
  required: 'required',
  wrong: 'Please fill this in',
  hint: 'As it stands on the document',
  birth: 'Birth date',
  sex: 'Sex',
  sexes: ['male', 'female'],
  stay: 'Stay',
  stays: ['owned', 'rented', 'lent', 'other'],
  registered: 'Household registration',
  registrations: ['here with hukou', 'here without', 'hukou without person', 'neither'],
  size: 'Text size',
  sizes: ['Standard', 'Large', 'Largest'],
  consent: 'The person agrees',
  document: 'Document',
  list: 'List',
  map: 'Map',
  units: ['Unit 1', 'Unit 2', 'Unit 3', 'Unit 4'],
  fix: 'Two things to mend before it is saved',
  saved: 'Block 5, unit 1, 201: visit recorded on this device',
  undo: 'Undo',
  draft: 'What you had not finished is still here',
  emptyTitle: 'Nobody is due today',
  emptyHint: 'Households that are due stand here in walking order',
  figures: 'Figures',
  visits: 'overdue visits',
  requests: 'new requests',
  people: 'Colleagues',
  role: 'Role',
  devices: 'Devices',
  roles: ['grid worker', 'community'],
  loading: 'Fetching',
  nobody: 'No colleagues yet',
  settle: 'Settings',
  close: 'Close',
  soft: 'A quiet sentence that explains.',
  progress: '1,200 of 3,000 fetched',
  pin: 'PIN',
  erase: 'Erase a digit',
  colours: 'Colours',
}

export type Words = Samples
