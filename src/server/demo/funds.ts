/** A sample fund of a stairwell; nobody gave anything. What counts is chained as the server chains it. */
import { idBornIn } from '#domain/born-ids.ts'
import { addDays, type Day } from '#domain/day.ts'
import { chainStart, lineOf } from '#domain/funds/chain.ts'
import type { FundCheck, FundEntry } from '#domain/funds/fund.ts'
import type { DemoRecord } from './record.ts'

export interface SampleFundParts {
  readonly grid: string
  readonly building: string
  /** 样例苑 3幢1单元. */
  readonly where: string
  readonly unit: string | null
  /** Who enters, and who looks. */
  readonly worker: string
  readonly staff: string
  readonly ids: () => string
  readonly today: Day
  /** SHA-256 in hexadecimal. */
  readonly hash: (text: string) => string
}

const paid: readonly (readonly [string, number])[] = [
  ['一楼一户', 30_000],
  ['二楼一户', 50_000],
  ['三楼一户', 50_000],
]

export function sampleFund(parts: SampleFundParts): DemoRecord[] {
  const { grid, building, where, unit, worker, staff, ids, today, hash } = parts
  const newId = () => idBornIn(grid, ids())
  const fund = newId()
  const on = (days: number) => addDays(today, -days)
  const at = (days: number) => `${on(days)}T02:00:00.000Z`
  const entry = (
    days: number,
    fields: Pick<FundEntry, 'entryKind' | 'cents'> & Partial<FundEntry>,
  ) =>
    ({
      ...{ kind: 'fund-entry', id: newId(), by: worker, at: at(days) },
      fields: { fund, on: on(days), ...fields } as FundEntry,
    }) satisfies DemoRecord
  const given = paid.map(([giver, cents], index) =>
    entry(20 - index, { entryKind: 'received', cents, giver }),
  )
  const lamps = entry(9, {
    ...{ entryKind: 'spent', cents: 86_400, payee: '样例五金店', what: '声控灯12只' },
  })
  let previous = hash(chainStart(fund))
  const checks = [...given, lamps].map((one, index): DemoRecord => {
    const id = newId()
    const no = index + 1
    const link = hash(lineOf(previous, no, one, { id, by: staff }))
    const fields: FundCheck = {
      entry: one.id,
      says: 'agree',
      moved: true,
      no,
      previous,
      hash: link,
    }
    previous = link
    return { kind: 'fund-check', id, by: staff, at: at(8), fields }
  })
  const fields = {
    ...{ name: '样例楼道灯改造', where, building, unit, openedOn: on(24) },
    agreed: '楼道议事，10户同意，每户300到500元',
  }
  return [
    { kind: 'fund', id: fund, by: staff, at: at(24), fields },
    ...[...given, lamps, ...checks],
  ]
}
