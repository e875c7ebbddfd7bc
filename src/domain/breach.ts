/**
 * A device was lost or opened by somebody else: who has to be told, and the draft of what they are told. A notice names
 * the kinds of information, the cause and the harm that may follow; what was done and what people can do; and whom they
 * ask (Personal Information Protection Law, article 57). What nobody can know here stands in 【】 for the office to write.
 */
import type { Day } from './day.ts'
import type { AgeGroup } from './minor.ts'
import type { Policy } from './policy.ts'
import { purposes } from './purpose.ts'
import { residentColumns } from './resident-columns.ts'

/** Somebody whose data lay on the device, as the register knows them now. */
export interface BreachPerson {
  readonly id: string
  readonly name: string
  readonly birth: Day | null
  readonly group: AgeGroup | null
  readonly phones: readonly string[]
  readonly guardianName: string | null
  readonly guardianPhone: string | null
  readonly address: string
  /** Here; moved out; dead: next of kin are told. */
  readonly state: 'here' | 'moved' | 'dead'
}

export interface BreachCounts {
  readonly people: number
  readonly under14: number
  /** 14 to 17. */
  readonly under18: number
  /** Neither birth day nor identity number is known. */
  readonly ageUnknown: number
}

export function countPeople(people: readonly BreachPerson[]): BreachCounts {
  const of = (group: AgeGroup) => people.filter((one) => one.group === group).length
  return {
    people: people.length,
    under14: of('under-14'),
    under18: of('under-18'),
    ageUnknown: people.filter(({ birth }) => birth === null).length,
  }
}

/** Whom the notice goes to: a guardian of the youngest, kin of the dead. */
export function addresseeOf({ group, state }: BreachPerson): 'self' | 'guardian' | 'kin' {
  if (state === 'dead') return 'kin'
  return group === 'under-14' ? 'guardian' : 'self'
}

/** Labels of fields that a person knows; what the register keeps for itself has none. */
export function kindsInWords(fields: Iterable<string>, language: 'zh' | 'en'): string[] {
  const held = new Set(fields)
  return Object.keys(purposes)
    .filter((name) => held.has(name))
    .flatMap((name) => {
      const column = residentColumns.find(({ field }) => field?.[1] === name)
      return column ? [language === 'en' ? column.en : column.header] : []
    })
}

export interface BreachStory {
  /** Fields that hold something. */
  readonly fields: Iterable<string>
  /** Since when it may have been in other hands, and until when it could fetch; as they are shown. */
  readonly since: string
  readonly revokedAt: string | null
}

/** The draft in paragraphs. */
export function breachNotice(
  { fields, since, revokedAt }: BreachStory,
  policy: Policy,
  language: 'zh' | 'en',
): string[] {
  const kinds = kindsInWords(fields, language)
  const blank = (name: string) => `【${name}】`
  if (language === 'en') {
    const office = policy.office ?? blank('the office')
    return [
      'Notice of a possible leak of personal data (draft)',
      `To 【name】: A device of ${office} with data about you may have been in other hands since ${since}. Cause: 【how the device was lost or opened】.`,
      `1. What lay on it: ${kinds.join(', ')}. Not all of it is known of everybody. If it is read, strangers may call or write under a false name, or use your name and numbers.`,
      `2. What we did: ${
        revokedAt === null
          ? 'the device 【was ended on …】'
          : `the device was ended at ${revokedAt} and can fetch nothing any more`
      }; what lies on it is encrypted and opens by its PIN or passphrase alone; the passwords of the account 【were changed on …】; 【the authority in charge】 was told on 【day】.`,
      'What you can do: trust no call or message that asks for money, codes or numbers in our name, and call us back instead; tell us, or the police (110), of anything unusual. Of a child the guardian is told.',
      `3. Whom to ask: ${office}, ${policy.officeContact ?? blank('telephone')}. You may also complain to ${policy.owner ?? blank('the authority in charge')}.`,
      '【day】',
    ]
  }
  const office = policy.office ?? blank('单位')
  return [
    '个人信息可能泄露的通知（草稿）',
    `【姓名】：${office}一台存有您个人信息的设备，自${since}起可能落到他人手中。原因：【设备怎样丢失或被打开】。`,
    `一、可能泄露的信息种类：${kinds.join('、')}。不是每个人都登记了全部内容。信息被人看到的话，可能有人冒充熟人或单位来电、来信，或者冒用您的姓名和号码。`,
    `二、我们采取的措施：${
      revokedAt === null
        ? '这台设备【已于……停用】'
        : `这台设备已于${revokedAt}停用，不能再取得任何资料`
    }；设备上的资料加密保存，凭 PIN 或口令才能打开；该账号的密码【已于……更改】；已于【日期】报告【主管部门】。`,
    '您可以这样减轻危害：有人以我们的名义要钱、要验证码、要号码，一律不要给，请打电话向我们核实；发现异常请告诉我们，或者拨打 110。未满14周岁的，通知其监护人。',
    `三、联系方式：${office}，${policy.officeContact ?? blank('电话')}。也可以向${policy.owner ?? blank('主管部门')}投诉。`,
    '【日期】',
  ]
}

export const breachColumns = [
  '姓名',
  '通知谁',
  '年龄段',
  '联系电话',
  '监护人',
  '监护人电话',
  '地址',
  '情况',
] as const

const addressees = { self: '本人', guardian: '监护人', kin: '近亲属' } as const
const groups = { 'under-14': '未满14周岁', 'under-18': '14至17周岁' } as const
const states = { here: '在住', moved: '已搬离', dead: '已去世' } as const

/** A row of the list of people to tell, in the order of `breachColumns`. No identity number: nobody is told by it. */
export function breachRow(person: BreachPerson): string[] {
  const { name, group, birth, phones, guardianName, guardianPhone, address, state } = person
  return [
    name,
    addressees[addresseeOf(person)],
    group ? groups[group] : birth ? '' : '年龄不详',
    phones.join('、'),
    guardianName ?? '',
    guardianPhone ?? '',
    address,
    states[state],
  ]
}
