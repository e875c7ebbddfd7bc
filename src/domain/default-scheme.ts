/**
 * The scheme that the product starts with (关注服务等级): how soon somebody should call, never how dangerous a person
 * is. It claims to be nobody's official scheme; an administrator's own takes its place.
 */
import { holidays, workedWeekends } from './holidays.ts'
import type { Condition, Rule, Scheme } from './scheme.ts'

/** Stands for the built-in scheme in five-colour records. */
export const defaultSchemeId = '00000000-0000-7000-8000-000000000001'

const is = (fact: string, value: string | number | boolean = true): Condition => ({
  fact,
  op: 'is',
  value,
})
const atLeast = (fact: string, value: number): Condition => ({ fact, op: 'at-least', value })
const atMost = (fact: string, value: number): Condition => ({ fact, op: 'at-most', value })
const all = (...conditions: Condition[]): Condition => ({ all: conditions })
const any = (...conditions: Condition[]): Condition => ({ any: conditions })
const not = (condition: Condition): Condition => ({ not: condition })

const rules: Rule[] = [
  {
    key: 'aged-80-alone',
    subject: 'resident',
    level: 'red',
    when: all(atLeast('age', 80), is('livesAlone')),
    words: '{age}岁独居',
    wordsEn: 'aged {age}, living alone',
  },
  {
    key: 'incapacitated-without-carer',
    subject: 'resident',
    level: 'red',
    when: all(is('tag.incapacitated'), any(is('tag.no-carer'), is('livesAlone'))),
    words: '失能，没有人照护',
    wordsEn: 'incapacitated without a carer',
  },
  {
    key: 'orphan-or-unsupported-child',
    subject: 'resident',
    level: 'red',
    when: all(not(atLeast('age', 18)), any(is('tag.orphan'), is('tag.unsupported-child'))),
    words: '孤儿或事实无人抚养儿童',
    wordsEn: 'orphan or unsupported child',
  },
  {
    key: 'serious-dispute',
    subject: 'resident',
    level: 'red',
    when: is('seriousDispute'),
    words: '有未化解的重大矛盾纠纷',
    wordsEn: 'open serious dispute',
  },
  {
    key: 'hazard-to-life',
    subject: 'dwelling',
    level: 'red',
    when: is('hazardToLife'),
    words: '房屋有危及生命的隐患',
    wordsEn: 'open hazard to life in the dwelling',
  },
  {
    key: 'tenant-unregistered',
    subject: 'resident',
    level: 'orange',
    when: all(
      is('tenant'),
      is('floating'),
      is('registered', false),
      atLeast('workingDaysSinceArrival', 3),
    ),
    words: '租客来了 {workingDaysSinceArrival} 个工作日还没有登记',
    wordsEn: 'tenant not registered {workingDaysSinceArrival} working days after arrival',
  },
  {
    key: 'group-rental',
    subject: 'dwelling',
    level: 'orange',
    when: is('use', 'group-rental'),
    words: '群租房',
    wordsEn: 'group rental',
  },
  {
    key: 'fire-hazard',
    subject: 'dwelling',
    level: 'orange',
    when: is('fireHazard'),
    words: '有未消除的消防隐患',
    wordsEn: 'open fire hazard',
  },
  {
    key: 'severe-disability',
    subject: 'resident',
    level: 'orange',
    when: all(is('tag.disabled'), atMost('disabilityGrade', 2)),
    words: '重度残疾（{disabilityGrade}级）',
    wordsEn: 'severe disability (grade {disabilityGrade})',
  },
  {
    key: 'no-labour-capacity',
    subject: 'resident',
    level: 'orange',
    when: is('tag.no-labour-capacity'),
    words: '无劳动能力',
    wordsEn: 'no labour capacity',
  },
  {
    key: 'child-in-difficulty',
    subject: 'resident',
    level: 'orange',
    when: all(
      not(atLeast('age', 18)),
      any(is('tag.child-in-difficulty'), is('tag.left-behind-child')),
    ),
    words: '困境或留守儿童',
    wordsEn: 'child in difficulty or left behind',
  },
  {
    key: 'low-income',
    subject: 'resident',
    level: 'yellow',
    when: any(is('tag.dibao'), is('tag.tekun'), is('tag.dibian')),
    words: '低保、特困或低边',
    wordsEn: 'minimum living allowance or close to it',
  },
  {
    key: 'disability',
    subject: 'resident',
    level: 'yellow',
    when: is('tag.disabled'),
    words: '残疾',
    wordsEn: 'disability',
  },
  {
    key: 'aged-60-empty-nest',
    subject: 'resident',
    level: 'yellow',
    when: all(atLeast('age', 60), is('noChildAtHome')),
    words: '{age}岁，子女不在身边',
    wordsEn: 'aged {age}, no child at home',
  },
  {
    key: 'tenant-new',
    subject: 'resident',
    level: 'yellow',
    when: all(
      is('tenant'),
      atLeast('monthsSinceArrival', 0),
      not(atLeast('monthsSinceArrival', 6)),
    ),
    words: '租住不满 6 个月',
    wordsEn: 'tenant for less than 6 months',
  },
  {
    key: 'endorsement-due',
    subject: 'resident',
    level: 'yellow',
    when: atMost('daysUntilEndorsement', 30),
    words: '居住证 30 天内要签注，或已过期',
    wordsEn: 'residence permit endorsement due within 30 days, or past',
  },
  {
    key: 'address-unverified',
    subject: 'resident',
    level: 'yellow',
    when: atLeast('daysAddressUnverified', 11),
    words: '换了住址，超过 10 天没有核实',
    wordsEn: 'changed address unverified for more than 10 days',
  },
  {
    key: 'open-help',
    subject: 'resident',
    level: 'yellow',
    when: is('openHelp'),
    words: '有求助还在办（{openHelp}）',
    wordsEn: 'a request for help is open ({openHelp})',
  },
  {
    key: 'unmet-help',
    subject: 'resident',
    level: 'yellow',
    when: is('unmetHelp'),
    words: '两次求助没有解决（{unmetHelp}）',
    wordsEn: 'two requests for help were not met ({unmetHelp})',
  },
  {
    key: 'floating-registered',
    subject: 'resident',
    level: 'blue',
    when: all(is('verified'), is('floating'), is('registered')),
    words: '已登记的流动人口',
    wordsEn: 'registered floating resident',
  },
  {
    key: 'lives-apart',
    subject: 'resident',
    level: 'blue',
    when: all(is('verified'), is('livesApart')),
    words: '人户分离',
    wordsEn: 'lives apart from the hukou',
  },
  {
    key: 'compliant-rental',
    subject: 'dwelling',
    level: 'blue',
    when: all(is('verified'), is('occupied'), is('use', 'rental'), is('openHazard', false)),
    words: '合规出租房',
    wordsEn: 'compliant rental',
  },
]

export const defaultScheme: Scheme = {
  name: '默认关注服务等级',
  schemeVersion: 1,
  from: '2025-01-01',
  levels: [
    {
      key: 'red',
      word: '重点关注',
      wordEn: 'close attention',
      mark: '▲',
      visitWithin: 7,
      visitWithinAfterEvent: 1,
    },
    { key: 'orange', word: '较高关注', wordEn: 'raised attention', mark: '◆', visitWithin: 14 },
    { key: 'yellow', word: '一般关注', wordEn: 'some attention', mark: '●', visitWithin: 30 },
    { key: 'blue', word: '常态联系', wordEn: 'regular contact', mark: '■', visitWithin: 90 },
    { key: 'green', word: '平稳', wordEn: 'settled', mark: '✓', visitWithin: 180 },
  ],
  rules,
  holidays,
  workedWeekends,
}
