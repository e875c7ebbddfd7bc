/** The yearly report as a workbook: figures of minors and of all, and the approvals that stood. Numbers, no person. */
import type { YearFigure, YearReport } from '#protocol/year-report.ts'
import type { WorkbookSheet } from '#app/acts/workbook-sheet.ts'
import type { Role } from '#domain/account.ts'
import type { ApprovalAct } from '#domain/approval.ts'

export interface YearWords {
  readonly yearTitle: (year: number) => string
  readonly asOf: (day: string) => string
  readonly sheet: readonly [figures: string, approvals: string]
  readonly columns: readonly [figure: string, minors: string, all: string, source: string]
  readonly approvalColumns: readonly string[]
  readonly figure: Readonly<Record<YearFigure, string>>
  /** What each figure is counted in. */
  readonly source: Readonly<Record<YearFigure, string>>
  readonly act: Readonly<Record<ApprovalAct, string>>
}

export function yearSheets(
  report: YearReport,
  own: YearWords,
  roleNames: Readonly<Record<Role, string>>,
): WorkbookSheet[] {
  const above = [own.yearTitle(report.year), own.asOf(report.day)]
  const [figures, approvals] = own.sheet
  const [figure, minors, all, source] = own.columns
  return [
    {
      name: figures,
      above,
      columns: [
        { header: figure, width: 44 },
        { header: minors, width: 14 },
        { header: all, width: 14 },
        { header: source, width: 36 },
      ],
      // What only a whole subdistrict is told is left out for a part of one.
      rows: report.figures
        .filter((one) => one.minors !== null || one.all !== null)
        .map((one) => [own.figure[one.key], one.minors, one.all, own.source[one.key]]),
    },
    {
      name: approvals,
      above,
      columns: own.approvalColumns.map((header, at) => ({ header, width: at === 4 ? 40 : 16 })),
      rows: report.approvals.map((one) => [
        one.place,
        one.by,
        one.roles.map((role) => roleNames[role]).join('、'),
        one.acts.map((act) => own.act[act]).join('、'),
        one.reason,
        one.from,
        one.until,
        one.endedOn,
        one.used,
      ]),
    },
  ]
}
