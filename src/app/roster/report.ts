/** The report of an import, to keep: who brought in what and when, and which rows were left out and why. Names stay masked. */
import { maskName } from '#domain/mask.ts'
import type { Choice, Compared, Doubt, Status } from '#domain/roster/compare.ts'
import { choiceOf, type Taking } from '#domain/roster/plan-import.ts'
import { writeWorkbook } from '#app/platform/workbook-file.ts'
import { troubleToText, type ReturnWords } from './returns.ts'
import { doorText } from './row-detail.ts'

/** Words of the screen's language; the thread has none of its own. */
export interface ReportWords extends ReturnWords {
  readonly title: string
  /** Lines of the first sheet: what each is called, and what it says. */
  readonly lines: readonly (readonly [string, string])[]
  readonly summary: string
  readonly notTaken: string
  readonly taken: string
  readonly headers: {
    readonly what: string
    readonly value: string
    readonly sheet: string
    readonly row: string
    readonly name: string
    readonly door: string
    readonly done: string
    readonly why: string
  }
  readonly choices: Readonly<Record<Choice, string>>
  readonly statuses: Readonly<Record<Status, string>>
  readonly doubts: Readonly<Record<Doubt, string>>
}

export async function writeReport(
  compared: readonly Compared[],
  taking: Taking,
  words: ReportWords,
): Promise<Uint8Array<ArrayBuffer>> {
  const { headers } = words
  const rowColumns = [
    { header: headers.sheet, width: 18 },
    { header: headers.row, width: 8 },
    { header: headers.name, width: 14 },
    { header: headers.door, width: 30 },
    { header: headers.done, width: 24 },
    { header: headers.why, width: 60 },
  ]
  const rowsThat = (isTaken: boolean) =>
    compared.flatMap((one, at) => {
      const choice = choiceOf(one, at, taking)
      if ((choice !== 'leave') !== isTaken) return []
      const { row, verdict } = one
      const done = isTaken ? words.choices[choice] : words.statuses[verdict.status]
      return [[row.sheet, row.number, maskName(row.name), doorText(row), done, whyOf(one, words)]]
    })
  const blob = await writeWorkbook([
    {
      name: words.summary,
      above: [words.title],
      columns: [
        { header: headers.what, width: 24 },
        { header: headers.value, width: 60 },
      ],
      rows: words.lines,
    },
    { name: words.notTaken, above: [], columns: rowColumns, rows: rowsThat(false) },
    { name: words.taken, above: [], columns: rowColumns, rows: rowsThat(true) },
  ])
  return new Uint8Array(await blob.arrayBuffer())
}

/** Numbers and telephones of a reason are left out: the row says where they stand. */
const personal = new Set([
  'documentNumber',
  'headNumber',
  'phones',
  'contactPhone',
  'guardianPhone',
])

function whyOf({ row, verdict }: Compared, words: ReportWords): string {
  const troubles = [...('why' in verdict && verdict.why ? verdict.why : []), ...row.notes]
  const doubt = verdict.status === 'doubtful' ? [words.doubts[verdict.doubt]] : []
  return [
    ...doubt,
    ...troubles.map((trouble) => {
      const isPersonal = trouble.field !== null && personal.has(trouble.field)
      const text = trouble.field === 'name' ? maskName(trouble.text) : trouble.text
      return troubleToText({ ...trouble, text: isPersonal ? '' : text }, words)
    }),
  ].join('；')
}
