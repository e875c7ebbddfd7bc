/** The administrator's draft of a policy: what is typed, what has to be mended, and the version that a save makes of it. */
import type { Day } from '#domain/day.ts'
import { emptyPlaceholders, unknownPlaceholders } from '#domain/notice.ts'
import { sessionDaysOf } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'
import { daysKept } from '#domain/retention.ts'

/** From and to, in days. */
export const daysRanges = {
  keepGoneDays: [30, 3_650],
  keepVisitsDays: [180, 3_650],
  keepAskersDays: [30, 3_650],
  keepRequestsDays: [90, 3_650],
  keepDeclarationsDays: [30, 3_650],
  keepVoicesDays: [180, 3_650],
  keepFundsDays: [365, 10_950],
  keepTopicsDays: [365, 10_950],
  keepVehiclesDays: [30, 3_650],
  answerDays: [1, 60],
  sessionDays: [1, 365],
} as const
export type DaysName = keyof typeof daysRanges
export const daysNames = Object.keys(daysRanges) as readonly DaysName[]

export interface PolicyDraft {
  readonly values: Policy
  /** As typed. */
  readonly days: Readonly<Record<DaysName, string>>
}

export function draftOfPolicy(policy: Policy): PolicyDraft {
  return {
    values: policy,
    days: {
      keepGoneDays: String(policy.keepGoneDays),
      keepVisitsDays: String(policy.keepVisitsDays),
      keepAskersDays: String(daysKept(policy, 'asker')),
      keepRequestsDays: String(daysKept(policy, 'request')),
      keepDeclarationsDays: String(daysKept(policy, 'declaration')),
      keepVoicesDays: String(daysKept(policy, 'voice')),
      keepFundsDays: String(daysKept(policy, 'fund')),
      keepTopicsDays: String(daysKept(policy, 'topic')),
      keepVehiclesDays: String(daysKept(policy, 'vehicle')),
      answerDays: String(policy.answerDays),
      sessionDays: String(sessionDaysOf([policy])),
    },
  }
}

export function isDaysRight(name: DaysName, typed: string): boolean {
  const [low, high] = daysRanges[name]
  return /^\d+$/.test(typed) && Number(typed) >= low && Number(typed) <= high
}

/** Of a text of the notice: that it is empty, or the words in braces that nothing fills in. */
export function textFault(text: string): 'required' | readonly string[] | null {
  if (text.trim() === '') return 'required'
  const unknown = unknownPlaceholders(text)
  return unknown.length > 0 ? unknown : null
}

export function countFaults({ values, days }: PolicyDraft): number {
  const texts = [values.noticeText, values.noticeTextEn]
  return (
    daysNames.filter((name) => !isDaysRight(name, days[name])).length +
    texts.filter((text) => textFault(text) !== null).length +
    emptyPlaceholders(values).length
  )
}

/** Another text is another notice, which everybody is told again. */
export function isNoticeNew(before: Policy, { values }: PolicyDraft): boolean {
  return values.noticeText !== before.noticeText || values.noticeTextEn !== before.noticeTextEn
}

/** The next version, in force from today; of a draft without faults. */
export function nextPolicy(before: Policy, draft: PolicyDraft, today: Day): Policy {
  const { values, days } = draft
  const kept = (typed: string | null | undefined) => typed?.trim() || null
  return {
    ...values,
    knows: 1,
    policyVersion: before.policyVersion + 1,
    noticeVersion: before.noticeVersion + (isNoticeNew(before, draft) ? 1 : 0),
    keepGoneDays: Number(days.keepGoneDays),
    keepVisitsDays: Number(days.keepVisitsDays),
    keepAskersDays: Number(days.keepAskersDays),
    keepRequestsDays: Number(days.keepRequestsDays),
    keepDeclarationsDays: Number(days.keepDeclarationsDays),
    keepVoicesDays: Number(days.keepVoicesDays),
    keepFundsDays: Number(days.keepFundsDays),
    keepTopicsDays: Number(days.keepTopicsDays),
    keepVehiclesDays: Number(days.keepVehiclesDays),
    answerDays: Number(days.answerDays),
    sessionDays: Number(days.sessionDays),
    filingNumber: kept(values.filingNumber),
    owner: kept(values.owner),
    office: kept(values.office),
    officeContact: kept(values.officeContact),
    from: today,
  }
}
