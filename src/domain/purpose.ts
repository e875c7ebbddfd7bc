/**
 * The purpose catalogue 目的清单: for each field of a resident why it is asked and on which ground of the Personal
 * Information Protection Law (articles 13 and 28). What stands in it with `mayOff` an office may leave out; a field
 * that the register or its colours cannot be without may not.
 */
/** A statutory duty of the office (13, third), the person's own wish (13, first), or care for life and health (13, fourth). */
export type Ground = 'duty' | 'consent' | 'emergency'

export interface Purpose {
  readonly zh: string
  readonly en: string
  readonly ground: Ground
  /** Sensitive personal information (28): numbers, minors, health, need. */
  readonly sensitive: boolean
  readonly mayOff: boolean
  /** Of a floating resident it is a duty, by this rule. */
  readonly dutyIfFloating?: string
}

const needed = (zh: string, en: string, sensitive = false): Purpose => ({
  ...{ zh, en, ground: 'duty', sensitive, mayOff: false },
})
const duty = (zh: string, en: string, sensitive = false): Purpose => ({
  ...{ zh, en, ground: 'duty', sensitive, mayOff: true },
})
const wish = (zh: string, en: string, sensitive = false): Purpose => ({
  ...{ zh, en, ground: 'consent', sensitive, mayOff: true },
})

/** What a floating resident shall give on registration; of anybody else it is a wish. */
const registration = (zh: string, en: string): Purpose => ({
  ...wish(zh, en),
  dutyIfFloating: '杭州市流动人口服务管理规定第十条',
})

/** By field; `tests/domain/policy.test.ts` sees that no field of a resident is without one. */
export const purposes: Readonly<Record<string, Purpose>> = {
  name: needed(
    '称呼本人，分清同住的人',
    'To address the person and tell those who live together apart',
  ),
  documentType: needed('知道号码是哪种证件的', 'To know what kind of number it is', true),
  documentNumber: needed(
    '核对身份，避免重复登记',
    'To check identity and avoid registering twice',
    true,
  ),
  sex: needed('安排合适的上门人员和服务', 'To send the right person and service'),
  birth: needed('按年龄安排关爱走访', 'Visits of care depend on age'),
  phones: needed('上门前联系，紧急时通知', 'To call before a visit and in an emergency', true),
  relation: needed(
    '知道谁是户主、谁照顾谁',
    'To know who heads the household and who cares for whom',
  ),
  residence: needed(
    '分清人在不在、户口在不在本地',
    'Where the person lives and where the hukou is',
  ),
  hukouDivision: duty('办理人口登记和人户分离', 'Registration, and hukou apart from residence'),
  hukouAddress: duty('办理人口登记和人户分离', 'Registration, and hukou apart from residence'),
  arrivedOn: duty('流动人口申报登记的期限', 'The time limit for registering floating residents'),
  arrivalReason: wish('提供就业、就学等服务', 'Services such as work and school'),
  registeredOn: duty('流动人口申报登记的期限', 'The time limit for registering floating residents'),
  permitType: duty('居住证办理和签注提醒', 'Residence permits and their endorsement'),
  permitExpires: duty('居住证办理和签注提醒', 'Residence permits and their endorsement'),
  ethnicity: wish('尊重风俗习惯，提供相应服务', 'To respect customs and offer fitting services'),
  education: registration('提供培训和就业服务', 'Training and work'),
  marriage: registration('提供婚育服务', 'Family services'),
  workplace: registration('白天有急事时能联系到', 'To reach the person in the daytime'),
  tags: duty('关爱走访和帮扶', 'Visits of care and support', true),
  cares: duty('安排助餐、陪诊等照护，到期回访', 'To arrange care and to look at it in time', true),
  verifiedOn: needed('知道资料多久没核实', 'To know how old the facts are'),
  addressChangedOn: needed('变更后按期上门核实', 'To verify a change in time'),
  joinedOn: needed('分清走访见到的是谁', 'To tell whom a visit met'),
  movedOutOn: needed('搬离后停止走访、到期清除资料', 'To stop visits and purge in time'),
  movedOutTo: wish('搬离后续接服务', 'To hand services on'),
  diedOn: needed('停止走访、到期清除资料', 'To stop visits and purge in time'),
  contactName: wish('本人联系不上时找谁', 'Whom to ask where the person cannot be reached'),
  contactPhone: wish('本人联系不上时找谁', 'Whom to ask where the person cannot be reached', true),
  guardianName: duty(
    '未满14周岁由监护人同意（个保法第31条）',
    'Under 14 a guardian agrees (article 31)',
    true,
  ),
  guardianPhone: duty(
    '未满14周岁由监护人同意（个保法第31条）',
    'Under 14 a guardian agrees (article 31)',
    true,
  ),
  guardianRelation: duty(
    '未满14周岁由监护人同意（个保法第31条）',
    'Under 14 a guardian agrees (article 31)',
  ),
  sameAs: needed('分清两处登记的同一个人', 'To know one person who is registered in two places'),
  notSameAs: needed('分清同名同号的两个人', 'To tell two people apart who look like one'),
  mergedInto: needed('重复登记并到哪一条', 'Where a double registration went'),
  consents: needed('知道本人同意了什么、何时撤回', 'To know what the person agreed to or withdrew'),
  restrictedOn: needed('本人要求限制处理', 'The person asked that their data be used no further'),
  note: wish('记下次上门要留意的事', 'What to mind at the next visit'),
}

/**
 * What is taken down with a request: nothing of it is required but the matter itself. A position is one field, whatever
 * its two numbers.
 */
export const requestPurposes: Readonly<Record<string, Purpose>> = {
  words: needed('知道要办什么事', 'To know what is asked for', true),
  site: needed('知道到哪里办', 'To know where it is to be done'),
  where: needed('知道到哪里办', 'To know where it is to be done'),
  position: wish('找到路边、楼外的地点', 'To find a spot beside a road or outside a building'),
  name: wish('回访时怎么称呼', 'To address whoever is called back'),
  telephone: wish('回访、问清情况', 'To call back and to ask about it', true),
  isToldToUnit: wish('承办单位能不能直接联系', 'Whether the unit may call'),
  resident: wish('帮助本人的，照着安排上门', 'Help for a person brings visits sooner'),
  tokens: needed('凭查询码看进度', 'To see how it stands by a code'),
}

export function purposeOf(field: string): Purpose | undefined {
  return Object.hasOwn(purposes, field) ? purposes[field] : undefined
}

/** Fields that an office may leave out. */
export const fieldsThatMayBeOff: readonly string[] = Object.entries(purposes).flatMap(
  ([field, { mayOff }]) => (mayOff ? [field] : []),
)
