import type { Register } from './register.ts'

/** How many grids lie on the device: a grid with its micro-grids is one. */
export function countGrids(register: Pick<Register, 'grids'>): number {
  const grids = register.grids()
  const held = grids.map(({ id }) => id)
  return grids.filter(({ fields }) => !held.includes(fields.parent ?? '')).length
}
