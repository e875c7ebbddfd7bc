import { colourOf } from '#domain/colour-of.ts'
import { instantToDay, type Day } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { dueOn } from '#domain/due.ts'
import type { Building } from '#domain/building.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { Household } from '#domain/household.ts'
import { mostUrgent, type ColourKey } from '#domain/level.ts'
import type { Resident } from '#domain/resident.ts'
import type { Visit } from '#domain/visit.ts'
import type { DemoRecord } from '#server/demo/record.ts'

/** What one grid comes to, as an office would count it. */
export interface Survey {
  readonly buildings: readonly Building[]
  readonly dwellings: readonly Dwelling[]
  /** Households with somebody in them. */
  readonly households: number
  readonly members: readonly Resident[]
  readonly gone: readonly Resident[]
  readonly colours: ReadonlyMap<ColourKey, number>
  readonly rules: ReadonlySet<string>
  /** Households due today or overdue. */
  readonly calls: number
}

export function surveyGrid(records: readonly DemoRecord[], today: Day): Survey {
  const of = <T>(kind: DemoRecord['kind']) =>
    records
      .filter((record) => record.kind === kind)
      .map((record) => ({ id: record.id, at: record.at ?? '', fields: record.fields as T }))
  const dwellings = new Map(of<Dwelling>('dwelling').map(({ id, fields }) => [id, fields]))
  const residents = of<Resident>('resident').map(({ fields }) => fields)
  const members = residents.filter((one) => !one.movedOutOn && !one.diedOn)
  const byHousehold = new Map<string, Resident[]>()
  for (const one of members) {
    const home = byHousehold.get(one.household)
    if (home) home.push(one)
    else byHousehold.set(one.household, [one])
  }
  const met = new Map<string, Day>()
  for (const { fields } of of<Visit>('visit')) {
    const day = instantToDay(fields.at)
    if (day > (met.get(fields.household) ?? '')) met.set(fields.household, day)
  }
  const colours = new Map<ColourKey, number>()
  const rules = new Set<string>()
  let calls = 0
  for (const { id, at, fields: household } of of<Household>('household')) {
    const home = byHousehold.get(id)
    if (!home) continue
    const dwelling = dwellings.get(household.dwelling)
    if (!dwelling) throw new Error(`Household ${id} has no dwelling in its grid`)
    const lastMet = met.get(id) ?? null
    const context = { household, dwelling, members: home, lastMet }
    const all = home.map((resident) => {
      const found = colourOf(
        { kind: 'resident', context: { ...context, resident } },
        defaultScheme,
        today,
      )
      colours.set(found.colour, (colours.get(found.colour) ?? 0) + 1)
      return found
    })
    const room = { dwelling, households: [household], residents: home, lastMet }
    all.push(colourOf({ kind: 'dwelling', context: room }, defaultScheme, today))
    for (const { rule } of all.flatMap(({ reasons }) => reasons)) rules.add(rule)
    const due = dueOn({
      colour: mostUrgent(all.map(({ colour }) => colour)),
      lastMet,
      knownSince: instantToDay(at),
      lifeEventOn: household.lifeEventOn ?? null,
      scheme: defaultScheme,
    })
    if (due <= today) calls += 1
  }
  return {
    buildings: of<Building>('building').map(({ fields }) => fields),
    dwellings: [...dwellings.values()],
    households: byHousehold.size,
    members,
    gone: residents.filter((one) => !members.includes(one)),
    colours,
    rules,
    calls,
  }
}
