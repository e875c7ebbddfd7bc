/** Sample units that requests go to, their accounts, and a catalogue of matters that is nobody's official one. */
import { idBornIn } from '#domain/born-ids.ts'
import type { Catalogue, Item } from '#domain/requests/catalogue.ts'
import type { DemoAccount, DemoPlace } from './generate.ts'
import { createRandom } from './random.ts'

export interface DemoUnits {
  readonly units: readonly DemoPlace[]
  readonly accounts: readonly DemoAccount[]
  readonly catalogue: { readonly id: string; readonly fields: Catalogue }
}

const units = [
  { name: '样例物业维修组', login: 'unit1', person: '样例经办人辛' },
  { name: '样例环卫保洁组', login: 'unit2', person: '样例经办人壬' },
  { name: '样例助老服务组', login: 'unit3', person: '样例经办人癸' },
] as const

type Sample = Pick<Item, 'group' | 'groupEn' | 'name' | 'nameEn'> & {
  readonly unit: number | null
  readonly more?: Partial<Item>
}

const samples: readonly Sample[] = [
  of('楼道', 'Stairwell', '楼道灯不亮', 'No light in the stairwell', 0, { onPage: 1 }),
  of('楼道', 'Stairwell', '楼道堆物', 'Things stored in the stairwell', 1),
  of('楼道', 'Stairwell', '单元门坏了', 'Broken entrance door', 0),
  of('楼道', 'Stairwell', '电梯故障', 'Lift out of order', 0, { level: 'urgent' }),
  of('水电', 'Water and power', '漏水', 'A leak', 0, { onPage: 2, level: 'urgent' }),
  of('水电', 'Water and power', '停水停电', 'No water or power', 0, { level: 'urgent' }),
  of('水电', 'Water and power', '水压不足', 'Low water pressure', 0),
  of('水电', 'Water and power', '电线裸露', 'Bare wires', 0, { level: 'urgent' }),
  of('环境', 'Surroundings', '垃圾没有清运', 'Rubbish not collected', 1, { onPage: 3 }),
  of('环境', 'Surroundings', '污水外溢', 'Sewage overflow', 1, { level: 'urgent' }),
  of('环境', 'Surroundings', '绿化带破坏', 'Damaged planting', 1),
  of('环境', 'Surroundings', '蚊蝇鼠患', 'Pests', 1),
  of('房屋', 'Houses', '外墙脱落', 'Falling façade', 0, { level: 'urgent' }),
  of('房屋', 'Houses', '屋顶漏雨', 'Leaking roof', 0),
  of('房屋', 'Houses', '违章搭建', 'Illegal building', null),
  of('道路', 'Roads', '路面破损', 'Broken surface', 0),
  of('道路', 'Roads', '路灯不亮', 'Street light out', 0),
  of('道路', 'Roads', '井盖缺失', 'Missing manhole cover', 0, { level: 'urgent' }),
  of('停车', 'Parking', '停车', 'Parking', null, { onPage: 5 }),
  of('停车', 'Parking', '消防通道被占', 'Blocked fire lane', 0, { level: 'urgent' }),
  of('停车', 'Parking', '电动车充电', 'Charging of e-bikes', 0),
  of('邻里', 'Neighbours', '噪音', 'Noise', null, { onPage: 4, isSettledHere: true }),
  of('邻里', 'Neighbours', '邻里纠纷', 'A dispute', null, { isSettledHere: true }),
  of('邻里', 'Neighbours', '养犬', 'Dogs', null, { isSettledHere: true }),
  of('帮忙', 'Help', '老人要帮忙', 'An old person needs help', 2, { onPage: 6, isHelp: true }),
  of('帮忙', 'Help', '送餐、助浴', 'Meals and bathing', 2, { isHelp: true }),
  of('帮忙', 'Help', '陪同就医', 'Company to a doctor', 2, { isHelp: true }),
  of('帮忙', 'Help', '残疾人服务', 'Services for disabled people', 2, { isHelp: true }),
  of('帮忙', 'Help', '临时困难', 'Sudden hardship', 2, { isHelp: true, level: 'urgent' }),
  of('办事', 'Papers', '居住证咨询', 'Residence permit', null, { isSettledHere: true }),
  of('办事', 'Papers', '社保医保咨询', 'Insurance', null, { isSettledHere: true }),
  of('办事', 'Papers', '入学咨询', 'School places', null, { isSettledHere: true }),
  of('安全', 'Safety', '燃气异味', 'Smell of gas', 0, { level: 'urgent' }),
  of('安全', 'Safety', '高空抛物', 'Things thrown from above', null, { level: 'urgent' }),
  of('活动', 'Community life', '活动场地', 'Rooms for activities', null, { isSettledHere: true }),
  of('活动', 'Community life', '想做志愿者', 'Volunteering', null, { isSettledHere: true }),
  of('反映', 'Reports', '举报他人', 'A report on others', null, { isStaffOnly: true }),
  of('反映', 'Reports', '投诉工作人员', 'A complaint about staff', null, {
    ...{ isStaffOnly: true, isAboutStaff: true },
  }),
  of('不归街道', 'Not for the subdistrict', '劳动报酬纠纷', 'Unpaid wages', null, {
    ...{ insteadWords: '请找区劳动监察大队', insteadWordsEn: 'Turn to the labour inspection' },
  }),
  of('不归街道', 'Not for the subdistrict', '法院判决', 'Court decisions', null, {
    ...{ insteadWords: '请找作出判决的法院', insteadWordsEn: 'Turn to the court that decided' },
  }),
  of('其他', 'Other', '别的事', 'Something else', null, { isSettledHere: true }),
]

function of(
  group: string,
  groupEn: string,
  name: string,
  nameEn: string,
  unit: number | null,
  more: Partial<Item> = {},
): Sample {
  return { group, groupEn, name, nameEn, unit, more }
}

/** Chance of their own, so that the people of a demo stay who they are. */
export function makeUnits(seed: number, root: string): DemoUnits {
  const random = createRandom(seed * 7 + 5)
  const places = units.map(({ name }, order): DemoPlace => {
    return {
      id: random.id(),
      parent: root,
      placeKind: 'unit',
      name,
      code: null,
      order: 900 + order,
    }
  })
  const accounts = units.map(({ login, person }, index): DemoAccount => {
    const at = places[index]?.id ?? root
    return { id: random.id(), login, name: person, role: 'handler', places: [at] }
  })
  const items = samples.map(({ unit, more, ...sample }): Item => {
    const place = unit === null ? null : (places[unit]?.id ?? null)
    return { id: random.id(), ...sample, unit: place, level: 'ordinary', ...more }
  })
  const fields: Catalogue = {
    name: '样例事项清单（不是任何单位的正式清单）',
    catalogueVersion: 1,
    items,
    units: places.map(({ id, name }) => ({ id, name })),
  }
  return { units: places, accounts, catalogue: { id: idBornIn(root, random.id()), fields } }
}
