/** What an editor of rules calls the facts, apart from what reads them: no first screen carries it. Tags have names of their own. */

interface FactLabel {
  readonly zh: string
  readonly en: string
}

export const residentLabels: Readonly<Record<string, FactLabel>> = {
  age: { zh: '周岁', en: 'age in years' },
  livesAlone: { zh: '独居', en: 'lives alone' },
  noChildAtHome: { zh: '家中没有 60 岁以下的人', en: 'nobody under 60 at home' },
  disabilityGrade: { zh: '残疾等级', en: 'disability grade' },
  floating: { zh: '流动人口', en: 'floating resident' },
  livesApart: { zh: '人户分离', en: 'lives apart from the hukou' },
  tenant: { zh: '租客', en: 'tenant' },
  registered: { zh: '已申报登记', en: 'registered as floating resident' },
  monthsSinceArrival: { zh: '来本地满几个月', en: 'months since arrival' },
  workingDaysSinceArrival: { zh: '到达后已过的工作日', en: 'working days passed since arrival' },
  daysUntilEndorsement: { zh: '距居住证签注天数', en: 'days until the permit must be endorsed' },
  daysAddressUnverified: {
    zh: '住址变更后未核实天数',
    en: 'days since the address changed without a visit',
  },
  verified: { zh: '已核实', en: 'verified' },
  openHelp: { zh: '有求助还在办', en: 'a request for help is open' },
  unmetHelp: {
    zh: '12 个月内两次求助没有解决',
    en: 'two requests for help unmet within 12 months',
  },
  seriousDispute: { zh: '有未化解的重大矛盾', en: 'open serious dispute' },
  careLapsed: { zh: '照护到期', en: 'care has lapsed' },
}

export const dwellingLabels: Readonly<Record<string, FactLabel>> = {
  use: { zh: '用途', en: 'use' },
  occupied: { zh: '有人居住', en: 'occupied' },
  openHazard: { zh: '有未消除的隐患', en: 'open hazard' },
  hazardToLife: { zh: '有危及生命的隐患', en: 'open hazard to life' },
  fireHazard: { zh: '有消防隐患', en: 'open fire hazard' },
  verified: { zh: '已核实', en: 'verified' },
}
