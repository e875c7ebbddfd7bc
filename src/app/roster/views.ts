/** Compared rows as a screen shows them, and how many there are of each kind. */
import type { FieldChange } from '#domain/roster/changes.ts'
import type { Choice, Compared, Doubt, Status } from '#domain/roster/compare.ts'
import type { RosterDoor } from '#domain/roster/clean-door.ts'
import { choiceOf, type Taking } from '#domain/roster/plan-import.ts'
import type { RosterFacts, Trouble } from '#domain/roster/row.ts'
import type { QuestionView } from './question-views.ts'

export type Filter = Status | 'all'

export interface RowView {
  /** Its place among all rows. */
  readonly at: number
  readonly sheet: string
  readonly number: number
  readonly name: string
  /** Everything that was understood of it. */
  readonly facts: RosterFacts
  readonly door: RosterDoor
  readonly status: Status
  readonly why: readonly Trouble[]
  readonly notes: readonly Trouble[]
  readonly changes: readonly FieldChange[]
  readonly overwrites: boolean
  readonly person: string | null
  /** Whom it could mean, where that is more than one. */
  readonly several: readonly string[]
  readonly doubt: Doubt | null
  readonly choices: readonly Choice[]
  readonly choice: Choice
  /** Rows of the roster that it repeats, or that have its number under another name, as the spreadsheet numbers them. */
  readonly others: readonly { readonly sheet: string; readonly number: number }[]
  /** What somebody is asked about it, with their answers. */
  readonly asks: readonly QuestionView[]
}

export interface Tally {
  readonly total: number
  readonly byStatus: Readonly<Record<Status, number>>
  /** Of the changed: rows that only fill in what the register lacks, and rows that replace something. */
  readonly fills: number
  readonly overwrites: number
  readonly undecided: number
  /** Of each doubt that there is: rows, those not decided yet, and how many of these each answer would settle. */
  readonly doubts: readonly DoubtTally[]
  /** Rows that would be written now. */
  readonly taken: number
}

export interface DoubtTally {
  readonly doubt: Doubt
  readonly rows: number
  readonly undecided: number
  readonly settles: Readonly<Partial<Record<Choice, number>>>
}

export function tallyOf(compared: readonly Compared[], taking: Taking): Tally {
  const byStatus = {
    ...{ new: 0, changed: 0, same: 0, doubtful: 0, waiting: 0, left: 0, wrong: 0, repeat: 0 },
  }
  let [fills, overwrites, undecided, taken] = [0, 0, 0, 0]
  const doubts = new Map<Doubt, { rows: number; undecided: number; settles: Settles }>()
  for (const [at, one] of compared.entries()) {
    const { verdict } = one
    byStatus[verdict.status] += 1
    if (verdict.status === 'doubtful') {
      const count = doubts.get(verdict.doubt) ?? { rows: 0, undecided: 0, settles: {} }
      doubts.set(verdict.doubt, count)
      count.rows += 1
      if (!taking.decided.has(at)) {
        count.undecided += 1
        for (const choice of verdict.choices) {
          count.settles[choice] = (count.settles[choice] ?? 0) + 1
        }
      }
    }
    if (verdict.status === 'changed') {
      if (verdict.changes.overwrites) overwrites += 1
      else fills += 1
    }
    if (verdict.status === 'doubtful' && !taking.decided.has(at)) undecided += 1
    if (choiceOf(one, at, taking) !== 'leave') taken += 1
  }
  return {
    ...{ total: compared.length, byStatus, fills, overwrites, undecided, taken },
    doubts: [...doubts].map(([doubt, count]) => ({ doubt, ...count })),
  }
}

type Settles = Partial<Record<Choice, number>>

export function rowToView(
  { row, verdict }: Compared,
  at: number,
  choice: Choice,
  others: RowView['others'],
  asks: RowView['asks'],
): RowView {
  const { sheet, number, name, door, notes } = row
  const changes = 'changes' in verdict ? verdict.changes : null
  return {
    at,
    sheet,
    number,
    name,
    facts: row.facts,
    door,
    status: verdict.status,
    why: ('why' in verdict && verdict.why) || [],
    notes,
    changes: changes?.list ?? [],
    overwrites: changes?.overwrites ?? false,
    person: 'person' in verdict ? verdict.person : null,
    several: ('several' in verdict && verdict.several) || [],
    doubt: verdict.status === 'doubtful' ? verdict.doubt : null,
    choices: choicesOf(verdict),
    choice,
    others: others.map((other) => ({ sheet: other.sheet, number: other.number })),
    asks,
  }
}

function choicesOf(verdict: Compared['verdict']): readonly Choice[] {
  switch (verdict.status) {
    case 'new':
      return ['new', 'leave']
    case 'changed':
      return ['same', 'leave']
    case 'doubtful':
      return verdict.choices
    default:
      return []
  }
}
