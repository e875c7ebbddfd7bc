/** What this device holds of the register: over so much its lists, tables and searches range. */
import { isPresent } from '#domain/resident.ts'
import type { Register } from '#app/register/register.ts'

export interface HeldHere {
  readonly grids: number
  /** Who lives there now. */
  readonly people: number
}

export function countHeld(register: Pick<Register, 'grids' | 'all'>): HeldHere {
  let people = 0
  for (const { fields } of register.all('resident')) if (isPresent(fields)) people += 1
  return { grids: register.grids().length, people }
}
