/** What this device holds of the register: over so much its lists, tables and searches range. */
import { isPresent } from '#domain/resident.ts'
import type { Register } from '#app/register/register.ts'

export interface HeldGrids {
  /** Of all grids whose names are here those whose people are here too. */
  readonly grids: number
  readonly allGrids: number
}

export interface HeldHere extends HeldGrids {
  /** Who lives there now. */
  readonly people: number
}

/** Whether a place's records are here, and not its name alone. */
export function isHeldHere(register: Pick<Register, 'reached'>, place: string): boolean {
  return register.reached(place) > 0
}

export function countGridsHeld(register: Pick<Register, 'grids' | 'reached'>): HeldGrids {
  const grids = register.grids()
  const held = grids.filter(({ id }) => isHeldHere(register, id))
  return { grids: held.length, allGrids: grids.length }
}

/** It goes through all residents: a screen asks once for each state of the register. */
export function countHeld(register: Pick<Register, 'grids' | 'all' | 'reached'>): HeldHere {
  let people = 0
  for (const { fields } of register.all('resident')) if (isPresent(fields)) people += 1
  return { ...countGridsHeld(register), people }
}

/** Whether some grid is known by its name alone: then nothing here ranges over all of them. */
export function isPartHere(register: Pick<Register, 'grids' | 'reached'>): boolean {
  return register.grids().some(({ id }) => !isHeldHere(register, id))
}

export interface ListedPlace {
  readonly id: string
  /** With the places above it. */
  readonly name: string
  readonly isHere: boolean
}

/** Open grids by their communities' and their own order; only those whose name holds what was typed. */
export function placesToHold(
  register: Pick<Register, 'grids' | 'reached' | 'pathOf'>,
  typed: string,
): readonly ListedPlace[] {
  const wanted = typed.trim().toLowerCase()
  return register
    .grids()
    .map(({ id }) => ({
      id,
      isHere: isHeldHere(register, id),
      name: register
        .pathOf(id)
        .slice(-2)
        .map(({ fields }) => fields.name)
        .join(' '),
    }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
}
