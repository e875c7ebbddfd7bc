/**
 * Policy 个人信息保护规定: what the subdistrict's office asks, for how long it keeps what, and what it tells people.
 * A version is saved whole and never changed, as a scheme is; the newest counts.
 */
import * as v from 'valibot'
import { day, flag, list, maybe, text, whole } from './field.ts'

export const policySchema = v.looseObject({
  policyVersion: whole(1, 1_000_000),
  /** Fields of residents that are not asked: gone from forms and pages, and refused by the server. */
  off: list(text(40), 60),
  /**
   * Which fields its author knew: one that came later is not asked until somebody says so. 1 knows the care of residents;
   * absent before version 0.2.0.
   */
  knows: maybe(whole(1, 1_000)),
  /** Days after somebody moved out or died, until everything about them is purged. */
  keepGoneDays: whole(30, 3_650),
  /** Days that a visit is kept; the latest of a household stays. */
  keepVisitsDays: whole(180, 3_650),
  /** Days after a request ended until who asked is purged; absent before version 0.2.0. */
  keepAskersDays: v.optional(whole(30, 3_650)),
  /** Days after a request ended until all of it is purged; absent before version 0.2.0. */
  keepRequestsDays: v.optional(whole(90, 3_650)),
  /** Days after a declaration was answered, or came and was not, until it is purged; absent before version 0.3.0. */
  keepDeclarationsDays: v.optional(whole(30, 3_650)),
  /** Days that the voice of a door is kept; the count of its topic stays. Absent before version 0.3.0. */
  keepVoicesDays: v.optional(whole(180, 3_650)),
  /** Days after the account of a stairwell was closed, until all of it is purged. */
  keepFundsDays: v.optional(whole(365, 10_950)),
  /** Days after a topic was decided, and after a meeting, until all of it is purged. */
  keepTopicsDays: v.optional(whole(365, 10_950)),
  /** Days after a plate was ended or its last day passed, until it is purged; absent before version 0.3.0. */
  keepVehiclesDays: v.optional(whole(30, 3_650)),
  /** Under 14 nobody is saved without a guardian. */
  guardianRequired: flag,
  /** Days within which a person's request is answered. */
  answerDays: whole(1, 60),
  /** Days after a sign-in until it has to be made again, however much the device is used; absent before version 0.2.0. */
  sessionDays: v.optional(whole(1, 365)),
  /** What is told to people; a new number asks that it be told again. */
  noticeVersion: whole(1, 1_000_000),
  noticeText: text(4_000),
  noticeTextEn: text(8_000),
  /** Staff and administrators sign in with a second factor as well. Not said by versions from before there was one. */
  secondFactorRequired: maybe(flag),
  /** 主办单位, of the county or above, who answers for the app (国办函〔2026〕12号); not said before version 0.2.0. */
  owner: maybe(text(80)),
  /** 使用单位, who handles the data, and how people reach it; not said before version 0.2.0. */
  office: maybe(text(80)),
  officeContact: maybe(text(80)),
  /** 备案号; null where there is none. */
  filingNumber: maybe(text(80)),
  /** The village has gates: plates of its dwellings are recorded, and a gate can have an account. Off where not said. */
  gates: maybe(flag),
  from: day,
})
export type Policy = v.InferOutput<typeof policySchema>
