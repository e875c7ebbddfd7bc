/** Who of those whom coverage means was met this month, as this device knows it: nothing is stored for it. */
import { coverageOf, isMeant, isMetInMonth, lastMetBy } from '#domain/coverage.ts'
import type { Day } from '#domain/day.ts'
import type { Register } from '#app/register/register.ts'

/** What of a register it is read from. */
export type CoverageRegister = Pick<
  Register,
  'all' | 'get' | 'scheme' | 'residents' | 'subject' | 'visits'
>

/** Somebody whom nobody met this month. */
export interface OpenPerson {
  readonly resident: string
  readonly household: string
  /** In a way that counts. */
  readonly lastMet: Day | null
}

export interface GridCoverage {
  readonly meant: number
  readonly met: number
  readonly open: readonly OpenPerson[]
}

const nobody: GridCoverage = { meant: 0, met: 0, open: [] }

/** Of one household: whom coverage means there, and who of them is still to be met. */
export function coverageOfHousehold(
  register: CoverageRegister,
  household: string,
  day: Day,
): GridCoverage {
  const scheme = register.scheme()
  const open: OpenPerson[] = []
  let meant = 0
  for (const { id, fields } of register.residents(household)) {
    const subject = register.subject(id)
    if (!subject || !isMeant(subject, scheme, day).holds) continue
    meant += 1
    const { channels } = coverageOf(scheme)
    const visits = register.visits(household).map((visit) => visit.fields)
    const lastMet = lastMetBy(visits, channels, id, fields.joinedOn)
    if (!isMetInMonth(lastMet, day)) open.push({ resident: id, household, lastMet })
  }
  return meant === 0 ? nobody : { meant, met: meant - open.length, open }
}

/** So many households at once: a few milliseconds on a slow phone. */
const atOnce = 60

/**
 * Of each of some grids, in the order of the register; a grid in which coverage means nobody is left out. Null where it
 * was stopped.
 */
export async function coverageOfGrids(
  register: CoverageRegister,
  grids: ReadonlySet<string>,
  day: Day,
  rest: () => Promise<void>,
  signal: { readonly aborted: boolean },
): Promise<ReadonlyMap<string, GridCoverage> | null> {
  const found = new Map<string, { meant: number; met: number; open: OpenPerson[] }>()
  let done = 0
  for (const { id, stream, fields } of [...register.all('household')]) {
    if (!grids.has(stream) || fields.endedOn) continue
    done += 1
    if (done % atOnce === 0) await rest()
    if (signal.aborted) return null
    const { meant, met, open } = coverageOfHousehold(register, id, day)
    if (meant === 0) continue
    const grid = found.get(stream) ?? { meant: 0, met: 0, open: [] }
    found.set(stream, grid)
    grid.meant += meant
    grid.met += met
    grid.open.push(...open)
  }
  return found
}

/** The households among some in which somebody is still to be met this month. */
export function householdsToCover(
  register: CoverageRegister,
  households: Iterable<string>,
  day: Day,
): ReadonlySet<string> {
  return new Set(
    [...households].filter((id) => coverageOfHousehold(register, id, day).open.length > 0),
  )
}
