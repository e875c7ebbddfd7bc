/** The account as a table: on paper and in a workbook the same lines, with the code that the page shows. */
import { shownHash } from '#domain/funds/chain.ts'
import { formatCents } from '#domain/funds/money.ts'
import { noOf, sumKinds } from '#domain/funds/ledger.ts'
import type { FundView } from '#app/views/funds.ts'
import type { FundWords } from './fund-words.ts'

export interface PaperLine {
  readonly id: string
  readonly no: number
  readonly on: string
  readonly kind: string
  readonly what: string
  readonly who: string
  readonly sum: string
}

/** What counts, in the order of its numbers; names stand here as on the page, and no door. */
export function paperLines({ ledger }: FundView, own: FundWords): readonly PaperLine[] {
  const byId = new Map(ledger.counted.map((line) => [line.entry.id, line]))
  return ledger.counted.map((line) => {
    const { entry, moves, reversedBy } = line
    const { entryKind, cents, on, what, payee, giver, reverses, vouchers } = entry.fields
    const of = reverses ? byId.get(reverses) : undefined
    const by = reversedBy ? byId.get(reversedBy) : undefined
    const said = [
      what,
      of && own.reverses(own.no(noOf(of))),
      by && own.reversedBy(own.no(noOf(by))),
      entryKind === 'spent' && own.paper.voucher(vouchers?.length ?? 0),
    ]
    return {
      ...{ id: entry.id, no: noOf(line), on, kind: own.kinds[entryKind] },
      what: said.filter(Boolean).join(' · '),
      who: payee ?? [giver, entry.name && `(${entry.name})`].filter(Boolean).join(' '),
      sum: formatCents(moves?.cents ?? cents),
    }
  })
}

export function fundTable(view: FundView, own: FundWords, day: string) {
  const { fund, ledger } = view
  const { paper } = own
  const sums = sumKinds.map((kind) => `${own.sum[kind]} ${formatCents(ledger.sums[kind])}`)
  return {
    name: own.entries,
    above: [
      `${fund.fields.name} · ${fund.fields.where}`,
      [...sums, `${own.left} ${formatCents(ledger.left)}`].join('  '),
      ...(ledger.hash === null ? [] : [`${own.check} ${shownHash(ledger.hash)}`]),
      paper.printed(day),
      paper.two,
    ],
    columns: [
      { header: paper.no, width: 6 },
      { header: paper.on, width: 12 },
      { header: paper.kind, width: 10 },
      { header: paper.what, width: 36 },
      { header: paper.who, width: 24 },
      { header: paper.sum, width: 14 },
    ],
    // As text: a spreadsheet would turn cents into fractions.
    rows: paperLines(view, own).map(({ no, on, kind, what, who, sum }) => [
      no,
      ...[on, kind, what, who, sum],
    ]),
  }
}
