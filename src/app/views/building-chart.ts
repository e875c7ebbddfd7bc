/**
 * The chart of a building as data: cells, what they can be filtered by, and which of them match. Screen, print and
 * picture are drawn from it. It has no field for a name, a telephone or a number of anybody.
 */
import { isByHand } from '#domain/colour-of.ts'
import type { Day } from '#domain/day.ts'
import { colourKeys, mostUrgent, urgency, type ColourKey } from '#domain/level.ts'
import type { Reason } from '#domain/colour.ts'
import { isFloating, livesApartFromHukou } from '#domain/residence.ts'
import { keepWithRegister } from '#app/register/kept-with-register.ts'
import type { Register } from '#app/register/register.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'

/** Where the hukou of those who live there is: outside, elsewhere in the city, here (or nobody knows better). */
export const residenceKinds = ['floating', 'apart', 'settled'] as const
export type ResidenceKind = (typeof residenceKinds)[number]

/** Stands for all colours by hand: what somebody wrote for a reason may name somebody, and is not for a chart. */
export const byHand = 'by-hand'

export interface Cell {
  readonly dwelling: string
  readonly room: string
  readonly colour: ColourKey
  readonly people: number
  /** Where a tap leads: the household where there is just one, else the dwelling. */
  readonly href: string
  readonly pending: boolean
  readonly overdue: boolean
  /** Keys of the rules that fire here, or `byHand`. */
  readonly rules: readonly string[]
  readonly residences: readonly ResidenceKind[]
}

export interface UnitChart {
  /** '' where the building has none. */
  readonly unit: string
  /** Highest floor first. */
  readonly floors: readonly { readonly floor: number; readonly cells: readonly Cell[] }[]
}

/** Of dwellings; one may count for several rules and kinds of residence. */
export interface Counts {
  readonly total: number
  readonly colours: Readonly<Record<ColourKey, number>>
  /** The most urgent first. */
  readonly rules: readonly {
    readonly rule: string
    readonly level: ColourKey
    readonly count: number
  }[]
  readonly residences: Readonly<Record<ResidenceKind, number>>
  readonly overdue: number
}

export interface ChartOf extends Counts {
  readonly units: readonly UnitChart[]
}

/** What is asked for in each respect; null and false: anything. */
export interface Filter {
  readonly colour: ColourKey | null
  readonly rule: string | null
  readonly residence: ResidenceKind | null
  readonly overdue: boolean
}

export const noFilter: Filter = { colour: null, rule: null, residence: null, overdue: false }

export function isFiltering(filter: Filter): boolean {
  return (
    filter.colour !== null || filter.rule !== null || filter.residence !== null || filter.overdue
  )
}

/** True where a cell is what is asked for in every respect. */
export function matches(cell: Cell, filter: Filter): boolean {
  return (
    (filter.colour === null || cell.colour === filter.colour) &&
    (filter.rule === null || cell.rules.includes(filter.rule)) &&
    (filter.residence === null || cell.residences.includes(filter.residence)) &&
    (!filter.overdue || cell.overdue)
  )
}

export function countMatches(units: readonly UnitChart[], filter: Filter): number {
  let count = 0
  for (const { floors } of units) {
    for (const { cells } of floors) for (const cell of cells) if (matches(cell, filter)) count += 1
  }
  return count
}

interface Made {
  readonly revision: number
  readonly day: Day
  readonly charts: Map<string, ChartOf>
}

/** Charts of the register as it is now: the grid's page has made that of each building which is opened from it. */
const made = keepWithRegister<Made>()

/** A building's rooms by unit and floor; a dwelling takes the most urgent colour of its households and itself. */
export function chartOf(register: Register, building: string, day: Day): ChartOf {
  const { revision } = register
  let held = made.get(register)
  if (held?.revision !== revision || held.day !== day) {
    held = { revision, day, charts: new Map() }
    made.set(register, held)
  }
  const known = held.charts.get(building)
  if (known) return known
  const chart = makeChart(register, building, day)
  held.charts.set(building, chart)
  return chart
}

function makeChart(register: Register, building: string, day: Day): ChartOf {
  const units = new Map<string, Map<number, Cell[]>>()
  const counting = createCounting()
  for (const dwelling of register.dwellings(building)) {
    const { cell, reasons } = readCell(register, dwelling.id, dwelling.fields.room, day)
    const floors = take(units, dwelling.fields.unit ?? '', () => new Map<number, Cell[]>())
    take(floors, dwelling.fields.floor, () => [] as Cell[]).push(cell)
    counting.total += 1
    counting.colours[cell.colour] += 1
    if (cell.overdue) counting.overdue += 1
    for (const kind of cell.residences) counting.residences[kind] += 1
    for (const [rule, level] of reasons) counting.explain(rule, level, 1)
  }
  return {
    units: [...units].map(([unit, floors]) => ({
      unit,
      floors: [...floors].sort(([a], [b]) => b - a).map(([floor, cells]) => ({ floor, cells })),
    })),
    ...counting.done(),
  }
}

/** Of several buildings together. */
export function sumCounts(charts: readonly Counts[]): Counts {
  const counting = createCounting()
  for (const chart of charts) {
    counting.total += chart.total
    counting.overdue += chart.overdue
    for (const key of colourKeys) counting.colours[key] += chart.colours[key]
    for (const kind of residenceKinds) counting.residences[kind] += chart.residences[kind]
    for (const { rule, level, count } of chart.rules) counting.explain(rule, level, count)
  }
  return counting.done()
}

function createCounting() {
  const rules = new Map<string, { rule: string; level: ColourKey; count: number }>()
  return {
    total: 0,
    overdue: 0,
    colours: Object.fromEntries(colourKeys.map((key) => [key, 0])) as Record<ColourKey, number>,
    residences: { floating: 0, apart: 0, settled: 0 } as Record<ResidenceKind, number>,
    explain(rule: string, level: ColourKey, count: number) {
      const counted = take(rules, rule, () => ({ rule, level, count: 0 }))
      counted.count += count
      if (urgency(level) < urgency(counted.level)) counted.level = level
    },
    done(): Counts {
      const { total, overdue, colours, residences } = this
      const byUrgency = [...rules.values()].sort(
        (a, b) => urgency(a.level) - urgency(b.level) || (a.rule < b.rule ? -1 : 1),
      )
      return { total, colours, rules: byUrgency, residences, overdue }
    },
  }
}

function readCell(register: Register, id: string, room: string, day: Day) {
  const homes = register.households(id)
  const reasons = new Map<string, ColourKey>()
  const kinds = new Set<ResidenceKind>()
  const colours: ColourKey[] = []
  let people = 0
  let overdue = false
  let pending = register.isPending(id)
  const explain = (more: readonly Reason[]) => {
    for (const reason of more) {
      const key = isByHand(reason) ? byHand : reason.rule
      if (!reasons.has(key)) reasons.set(key, reason.level)
    }
  }
  for (const home of homes) {
    const members = register.residents(home.id)
    people += members.length
    if (register.isPending(home.id)) pending = true
    for (const { fields } of members) {
      kinds.add(isFloating(fields) ? 'floating' : livesApartFromHukou(fields) ? 'apart' : 'settled')
    }
    // The colour of the household has that of its dwelling in it.
    const due = register.due(home.id, day)
    if (!due) continue
    colours.push(due.colour)
    explain(due.reasons)
    if (due.overdue > 0 && members.length > 0) overdue = true
  }
  if (colours.length === 0) {
    const own = register.colourOfDwelling(id, day)
    colours.push(own.colour)
    explain(own.reasons)
  }
  const only = homes.length === 1 ? homes[0] : undefined
  const cell: Cell = {
    dwelling: id,
    room,
    colour: mostUrgent(colours),
    people,
    href: only ? firstPages.household(only.id) : walkPages.dwelling(id),
    pending,
    overdue,
    rules: [...reasons.keys()],
    residences: [...kinds],
  }
  return { cell, reasons }
}

function take<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
