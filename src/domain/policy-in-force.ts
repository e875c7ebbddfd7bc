/** The policy that the product starts with, which one counts, which may follow on which, and what it does not ask. */
import type { Role } from './account.ts'
import { emptyPlaceholders, unknownPlaceholders } from './notice.ts'
import type { Policy } from './policy.ts'
import { fieldsThatMayBeOff } from './purpose.ts'
import { mayHaveToSetFactor } from './permission-of-access.ts'

export const defaultPolicy: Policy = {
  policyVersion: 1,
  off: ['cares'],
  keepGoneDays: 180,
  keepVisitsDays: 1_095,
  keepAskersDays: 180,
  keepRequestsDays: 730,
  keepDeclarationsDays: 180,
  keepVoicesDays: 1_095,
  keepFundsDays: 3_650,
  keepTopicsDays: 3_650,
  keepVehiclesDays: 90,
  guardianRequired: true,
  answerDays: 15,
  sessionDays: 90,
  noticeVersion: 2,
  noticeText:
    '我们是{单位}，联系方式：{电话}。登记您的情况，用来上门走访、提供帮助、办理人口登记。主办单位：{主办单位}。\n' +
    '登记的内容：{登记内容}。身份证件、健康、困难等敏感信息只用于这几件事；不登记会影响的只是相应的上门帮助。\n' +
    '身份证号、电话等平时打码显示，谁看过完整内容都有记录。手机和平板上的资料加密保存。\n' +
    '资料只给负责您这一片的工作人员用，不出境，不公开。您搬走或去世满 {保存天数} 天，全部清除；走访记录保存 {走访保存天数} 天。\n' +
    '您提诉求时说的称呼和电话，办结 {诉求联系方式保存天数} 天后清除；诉求本身办结 {诉求保存天数} 天后清除。\n' +
    '您可以要求查看、复制、更正、删除、限制处理、撤回同意，或者要我们说明，我们在 {答复天数} 天内答复；也可以不提供与登记无关的信息。\n' +
    '系统按规则给出颜色，只决定多久走访一次，不用来决定补助、住房、入学、就业、信用或处罚。您可以问理由，也可以要求由人重新决定。\n' +
    '有意见请告诉网格员或社区办公室，我们会答复；也可以向主办单位投诉。未满14周岁的，由监护人同意。',
  noticeTextEn:
    'We are {office}; reach us at {contact}. We register you for visits, help and registration. Responsible: {owner}.\n' +
    'We record: {kinds}. Sensitive facts, such as documents, health and hardship, serve these ends alone; without them only the help that they are for is missing.\n' +
    'Identity and telephone numbers are shown masked; whoever sees them in full is on record. On phones and tablets everything is stored encrypted.\n' +
    'Only the people who look after your area use the data. It is neither published nor sent abroad. {days} days after you move out or die all of it is purged; visits are kept {visit days} days.\n' +
    'The name and number that you leave with a request are purged {asker days} days after it ended, the request itself after {request days} days.\n' +
    'You may ask to see, copy, correct, delete or restrict your data, withdraw a consent, or ask for an explanation, and are answered within {answer days} days; you need not give what registration does not require.\n' +
    'Rules give a colour. It decides how often we call, and never on benefits, housing, school, work, credit or punishment. You may ask why, and have a person decide anew.\n' +
    'Tell the grid worker or the community office what you think and you will get an answer, or complain to {owner}. Under 14 a guardian agrees.',
  from: '2026-01-01',
}

/** Whether a policy asks whoever has this role for a second factor at sign-in. */
export function asksSecondFactor({ secondFactorRequired }: Policy, role: Role): boolean {
  return secondFactorRequired === true && mayHaveToSetFactor(role)
}

/** The newest of those that are there, or the product's own. */
export function newestPolicy(policies: Iterable<Policy>): Policy {
  let newest = defaultPolicy
  for (const policy of policies) {
    if (policy.policyVersion > newest.policyVersion) newest = policy
  }
  return asFar(newest)
}

/** Care is off where the office never said that it arranges any. */
function asFar(policy: Policy): Policy {
  if (policy.knows || policy.off.includes('cares')) return policy
  return { ...policy, off: [...policy.off, 'cares'].sort() }
}

/** Days until a sign-in has to be made again; of several subdistricts on one server the shortest. */
export function sessionDaysOf(policies: Iterable<Policy>): number {
  const days = [...policies].flatMap((policy) => policy.sessionDays ?? [])
  return days.length > 0 ? Math.min(...days) : (defaultPolicy.sessionDays ?? 90)
}

/**
 * Null where a policy may follow on the newest: whoever saved meanwhile is not overwritten, a new text has a new number,
 * and what its notice names is filled in.
 */
export function faultOfPolicy(
  policy: Policy,
  newest: Policy,
): 'moved-on' | 'wrong' | 'notice' | null {
  if (policy.policyVersion !== newest.policyVersion + 1) return 'moved-on'
  if (policy.off.some((field) => !fieldsThatMayBeOff.includes(field))) return 'wrong'
  if (unknownPlaceholders(policy.noticeText + policy.noticeTextEn).length > 0) return 'notice'
  if (emptyPlaceholders(policy).length > 0) return 'notice'
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
      isKnown(after[field]) &&
      JSON.stringify(after[field]) !== JSON.stringify(before[field]) &&
      !(field === 'cares' && isCareEnded(before[field], after[field])),
  )
}

/** Whether nothing was arranged anew and nothing changed but what is over now. */
function isCareEnded(before: unknown, after: unknown): boolean {
  const all = (cares: unknown) => (Array.isArray(cares) ? (cares as { id?: unknown }[]) : [])
  const gist = (care: object) => JSON.stringify({ ...care, endedOn: null })
  const old = new Map(all(before).map((care) => [care.id, gist(care)]))
  return all(after).every((care) => old.get(care.id) === gist(care))
}
