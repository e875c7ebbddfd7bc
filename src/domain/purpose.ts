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
  education: wish('提供培训和就业服务', 'Training and work'),
  marriage: wish('提供婚育服务', 'Family services'),
  workplace: wish('白天有急事时能联系到', 'To reach the person in the daytime', false),
  tags: duty('关爱走访和帮扶', 'Visits of care and support', true),
  verifiedOn: needed('知道资料多久没核实', 'To know how old the facts are'),
  addressChangedOn: needed('变更后按期上门核实', 'To verify a change in time'),
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
  sameAs: needed('分清两处登记的同一个人', 'To know one person who is registered in two places'),
  notSameAs: needed('分清同名同号的两个人', 'To tell two people apart who look like one'),
  mergedInto: needed('重复登记并到哪一条', 'Where a double registration went'),
  note: wish('记下次上门要留意的事', 'What to mind at the next visit'),
}

export function purposeOf(field: string): Purpose | undefined {
  return Object.hasOwn(purposes, field) ? purposes[field] : undefined
}

/** Fields that an office may leave out. */
export const fieldsThatMayBeOff: readonly string[] = Object.entries(purposes).flatMap(
  ([field, { mayOff }]) => (mayOff ? [field] : []),
)
