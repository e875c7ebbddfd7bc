/**
 * The yearly report: `GET /api/year/:year`, what a year of handling personal data was in an account's places, in numbers
 * (未成年人网络保护条例, article 37; Personal Information Protection Law, 54). Each figure twice: of minors, and of all;
 * null where one of them makes no sense, and both of what only a whole subdistrict is told.
 */
import * as v from 'valibot'
import { roles } from '#domain/account.ts'
import { approvalActs } from '#domain/approval.ts'
import { day, id as uuid } from '#domain/field.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** In the order of the report. People are counted as they stand now, all else within the year. */
export const yearFigures = [
  'people',
  'under14',
  'guardian',
  'told',
  'toldInYear',
  'consentsGiven',
  'consentsWithdrawn',
  'looks',
  'refusedLooks',
  'tables',
  'tableRows',
  'files',
  'requests',
  'answeredInTime',
  'answeredLate',
  'refusedRequests',
  'openRequests',
  'purgedPeople',
  'purgedVisits',
  'purgedRequests',
  'accountsMade',
  'accountsClosed',
  'accountsHandedOver',
  'backups',
  'restores',
  'breaches',
] as const
export type YearFigure = (typeof yearFigures)[number]

export const yearReportSchema = v.looseObject({
  ok: v.literal(true),
  at: v.string(),
  day: v.string(),
  year: count,
  figures: v.array(
    v.looseObject({
      key: v.picklist(yearFigures),
      minors: v.nullable(count),
      all: v.nullable(count),
    }),
  ),
  /** Those that stood on some day of the year. */
  approvals: v.array(
    v.looseObject({
      id: uuid,
      place: v.string(),
      by: v.nullable(v.string()),
      acts: v.array(v.picklist(approvalActs)),
      roles: v.array(v.picklist(roles)),
      reason: v.string(),
      from: day,
      until: day,
      endedOn: v.nullable(day),
      /** Looks and exports of the year that name it. */
      used: count,
    }),
  ),
})
export type YearReport = v.InferOutput<typeof yearReportSchema>
