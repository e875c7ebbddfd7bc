/** The policy that the product starts with, which one counts, which may follow on which, and what it does not ask. */
import type { Policy } from './policy.ts'
import { fieldsThatMayBeOff } from './purpose.ts'

export const defaultPolicy: Policy = {
  policyVersion: 1,
  off: [],
  keepGoneDays: 180,
  keepVisitsDays: 1_095,
  guardianRequired: false,
  answerDays: 15,
  noticeVersion: 1,
  noticeText:
    '我们登记您的姓名、联系方式、居住和家庭情况，用来上门走访、提供帮助、办理人口登记。\n' +
    '身份证号、电话等敏感信息加密保存，平时打码显示，谁看过完整内容都有记录。\n' +
    '资料只给负责您这一片的工作人员用，不出境，不公开。您搬走或去世后，到期全部清除。\n' +
    '您可以要求查看、复制、更正、删除，或者要我们说明；也可以不提供与登记无关的信息。\n' +
    '有意见请告诉网格员或社区办公室，我们会答复。未满14周岁的，由监护人同意。',
  noticeTextEn:
    'We register your name, how to reach you, where and with whom you live, for visits, help and registration.\n' +
    'Sensitive facts such as identity and telephone numbers are encrypted and masked; whoever sees them in full is on record.\n' +
    'Only the people who look after your area use them. They are neither published nor sent abroad, and purged some time after you move out or die.\n' +
    'You may ask to see, copy, correct or delete them, or for an explanation, and need not give what registration does not require.\n' +
    'Tell the grid worker or the community office what you think; you will get an answer. Under 14 a guardian agrees.',
  from: '2026-01-01',
}

/** The newest of those that are there, or the product's own. */
export function newestPolicy(policies: Iterable<Policy>): Policy {
  let newest = defaultPolicy
  for (const policy of policies) {
    if (policy.policyVersion > newest.policyVersion) newest = policy
  }
  return newest
}

/** Null where a policy may follow on the newest: whoever saved meanwhile is not overwritten, a new text has a new number. */
export function faultOfPolicy(policy: Policy, newest: Policy): 'moved-on' | 'wrong' | null {
  if (policy.policyVersion !== newest.policyVersion + 1) return 'moved-on'
  if (policy.off.some((field) => !fieldsThatMayBeOff.includes(field))) return 'wrong'
  const isSameText =
    policy.noticeText === newest.noticeText && policy.noticeTextEn === newest.noticeTextEn
  return policy.noticeVersion === newest.noticeVersion + (isSameText ? 0 : 1) ? null : 'wrong'
}

/** Fields of a new or changed resident that are not asked any more; clearing one is always right. */
export function fieldsOff(
  { off }: Policy,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const isKnown = (value: unknown) =>
    value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)
  return off.filter(
    (field) =>
      isKnown(after[field]) && JSON.stringify(after[field]) !== JSON.stringify(before[field]),
  )
}
