/** A child who is new and comes without a guardian: the row is taken, and says that one is to be asked for. */
import type { Day } from '../day.ts'
import { residentHints } from '../resident-check.ts'
import type { RosterRow, Trouble } from './row.ts'

export function guardianNoted(row: RosterRow, status: string, today: Day): RosterRow {
  if (status !== 'new' || residentHints(row.facts, today).length === 0) return row
  const note: Trouble = { field: 'guardianName', problem: 'guardian-needed', text: '' }
  return { ...row, notes: [...row.notes, note] }
}
