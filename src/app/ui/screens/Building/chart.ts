import type { Day } from '#domain/day.ts'
import { mostUrgent, type ColourKey } from '#domain/level.ts'
import type { Register } from '#app/register/register.ts'

export interface Cell {
  readonly dwelling: string
  readonly room: string
  readonly colour: ColourKey
  readonly people: number
  readonly households: number
  /** Where a tap leads: the household where there is just one, else the dwelling. */
  readonly href: string
  readonly pending: boolean
}

export interface UnitChart {
  readonly unit: string
  /** Highest floor first. */
  readonly floors: readonly { readonly floor: number; readonly cells: readonly Cell[] }[]
}

export interface ChartOf {
  readonly units: readonly UnitChart[]
  /** Dwellings by colour, for the filter. */
  readonly households: Readonly<Record<ColourKey, number>>
}

/** A building's rooms by unit and floor; a dwelling takes the most urgent colour of its households and itself. */
export function chartOf(register: Register, building: string, day: Day): ChartOf {
  const units = new Map<string, Map<number, Cell[]>>()
  const counts: Record<ColourKey, number> = {
    red: 0,
    orange: 0,
    yellow: 0,
    blue: 0,
    green: 0,
    grey: 0,
  }
  for (const dwelling of register.dwellings(building)) {
    const households = register.households(dwelling.id)
    const colours = households.map(
      (household) => register.colourOfHousehold(household.id, day).colour,
    )
    const colour = mostUrgent([...colours, register.colourOfDwelling(dwelling.id, day).colour])
    const only = households.length === 1 ? households[0] : undefined
    const floors = take(units, dwelling.fields.unit ?? '', () => new Map<number, Cell[]>())
    take(floors, dwelling.fields.floor, () => [] as Cell[]).push({
      dwelling: dwelling.id,
      room: dwelling.fields.room,
      colour,
      people: households.reduce((sum, home) => sum + register.residents(home.id).length, 0),
      households: households.length,
      href: only ? `/household/${only.id}` : `/dwelling/${dwelling.id}`,
      pending:
        register.isPending(dwelling.id) || households.some((home) => register.isPending(home.id)),
    })
    counts[colour] += 1
  }
  return {
    units: [...units].map(([unit, floors]) => ({
      unit,
      floors: [...floors].sort(([a], [b]) => b - a).map(([floor, cells]) => ({ floor, cells })),
    })),
    households: counts,
  }
}

function take<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
