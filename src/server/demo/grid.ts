import { colourOf } from '#domain/colour-of.ts'
import { addDays, type Day } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { Household } from '#domain/household.ts'
import { mostUrgent, type ColourKey } from '#domain/level.ts'
import type { Resident } from '#domain/resident.ts'
import type { NewRecord } from '../db/records.ts'
import { makeBlock, makeHouse, type BuildingPlan, type DoorPlan } from './doors.ts'
import { makeFamily, makeTenants } from './homes.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

/** How a grid is built: blocks of an estate, village houses that let rooms, or both side by side. */
export interface GridPlan {
  readonly stream: string
  readonly worker: string | null
  readonly estate: string | null
  readonly lane: string | null
  /** Share of flats that are let. */
  readonly letShare: number
  readonly residents: number
}

/** The records of one grid, building by building, until it has about so many residents. */
export function* makeGrid(random: Random, today: Day, plan: GridPlan): Generator<NewRecord> {
  let people = 0
  let serial = 0
  while (people < plan.residents) {
    serial += 1
    for (const record of makeBuilding(random, today, plan, nextBuilding(random, plan, serial))) {
      if (record.kind === 'resident' && isPresent(record.fields as Resident)) people += 1
      yield record
    }
  }
}

const isPresent = (resident: Resident) => !resident.movedOutOn && !resident.diedOn

/** Two houses for each block where a grid has both, so that a walk meets both early. */
function nextBuilding(random: Random, plan: GridPlan, serial: number): BuildingPlan {
  const { estate, lane, letShare } = plan
  if (estate && (!lane || serial % 3 === 1)) {
    const number = lane ? Math.ceil(serial / 3) : serial
    return makeBlock(random, estate, number, number, letShare)
  }
  const number = estate ? serial - Math.ceil(serial / 3) : serial
  return makeHouse(random, lane ?? '', number, 1_000 + number, letShare > 0.4)
}

function* makeBuilding(
  random: Random,
  today: Day,
  plan: GridPlan,
  made: BuildingPlan,
): Generator<NewRecord> {
  const building = random.id()
  const at = instant(random, addDays(today, -random.between(500, 900)))
  yield { kind: 'building', id: building, fields: made.building, at }
  for (const door of made.doors) yield* makeDwelling(random, today, plan, building, door, at)
}

function* makeDwelling(
  random: Random,
  today: Day,
  plan: GridPlan,
  building: string,
  door: DoorPlan,
  at: string,
): Generator<NewRecord> {
  const id = random.id()
  const dwelling: Dwelling = { ...door.dwelling, building, ...hazards(random, today) }
  yield { kind: 'dwelling', id, fields: dwelling, at }
  for (const home of door.homes) {
    const { people } =
      home === 'family'
        ? makeFamily(random, today, { kind: random.chance(0.12) ? 'apart' : 'here' })
        : makeTenants(random, today, home === 'crowd')
    yield* makeHousehold(random, today, plan, id, dwelling, people)
  }
}

function hazards(random: Random, today: Day): Partial<Dwelling> {
  if (!random.chance(0.008)) return {}
  const found = addDays(today, -random.between(1, 40))
  const toLife = random.chance(0.12)
  const cleared = random.chance(0.4) ? { cleared: addDays(found, 1) } : {}
  return { hazards: [{ id: random.id(), type: '02', found, toLife, ...cleared }] }
}

function* makeHousehold(
  random: Random,
  today: Day,
  plan: GridPlan,
  dwelling: string,
  room: Dwelling,
  people: readonly Person[],
): Generator<NewRecord> {
  const id = random.id()
  const members = people.map((person) => ({
    id: random.id(),
    fields: leave(random, today, person, people),
  }))
  const here = members.filter(({ fields }) => !fields.movedOutOn && !fields.diedOn)
  const household: Household = {
    dwelling,
    ...(here[0] ? { head: here[0].id } : {}),
    ...(here.length === 0 ? { endedOn: addDays(today, -random.between(5, 200)) } : {}),
    ...dispute(random, today),
  }
  const arrived = people[0]?.arrivedOn ?? addDays(today, -random.between(300, 880))
  const at = instant(random, arrived > addDays(today, -2) ? arrived : addDays(arrived, 1))
  yield { kind: 'household', id, fields: household, at }
  for (const member of members) {
    yield { kind: 'resident', id: member.id, fields: { ...member.fields, household: id }, at }
  }
  if (here.length === 0) return
  const residents = here.map((member) => ({ ...member.fields, household: id }))
  yield* makeVisits(random, today, plan, id, household, room, residents, at.slice(0, 10))
}

/** Now and then somebody of a larger household has moved out or died; a tenant's household is gone as a whole. */
function leave(random: Random, today: Day, person: Person, people: readonly Person[]): Person {
  const isHead = person === people[0]
  if (isHead || people.length < 3 || !random.chance(0.02)) return person
  const on = addDays(today, -random.between(10, 400))
  const known = person.arrivedOn ?? person.birth ?? on
  if (on < known) return person
  const age = Number(today.slice(0, 4)) - Number(person.birth?.slice(0, 4))
  return age > 70
    ? { ...person, diedOn: on }
    : { ...person, movedOutOn: on, movedOutTo: random.pick(['上海市', '杭州市西湖区', '老家']) }
}

function dispute(random: Random, today: Day): Partial<Household> {
  if (!random.chance(0.002)) return {}
  const found = addDays(today, -random.between(1, 30))
  return {
    disputes: [{ id: random.id(), serious: random.chance(0.5), found, note: '邻里纠纷（样例）' }],
  }
}

/**
 * The last visits, so that a grid's day has some two dozen stops: most households were met within the time of their
 * colour, a few are late, a few were never met.
 */
function* makeVisits(
  random: Random,
  today: Day,
  plan: GridPlan,
  id: string,
  household: Household,
  dwelling: Dwelling,
  members: readonly Resident[],
  knownSince: Day,
): Generator<NewRecord> {
  const isNew = knownSince > addDays(today, -25)
  if (random.chance(isNew ? 0.5 : 0.01)) return
  const colours = members.map(
    (resident): ColourKey =>
      colourOf(
        { kind: 'resident', context: { resident, household, dwelling, members, lastMet: today } },
        defaultScheme,
        today,
      ).colour,
  )
  const within =
    defaultScheme.levels.find((level) => level.key === mostUrgent(colours))?.visitWithin ?? 180
  const ago = random.chance(0.035)
    ? within + random.between(0, 8)
    : random.between(1, Math.max(1, within - 1))
  const day = addDays(today, -ago)
  const last = day > knownSince ? day : knownSince
  if (random.chance(0.3) && addDays(last, -40) > knownSince) {
    yield visit(random, plan, id, addDays(last, -random.between(15, 40)))
  }
  yield visit(random, plan, id, last)
}

function visit(random: Random, plan: GridPlan, household: string, day: Day): NewRecord {
  const at = instant(random, day)
  return {
    kind: 'visit',
    id: random.id(),
    at,
    ...(plan.worker ? { by: plan.worker } : {}),
    fields: {
      household,
      channel: random.pick(['door', 'door', 'door', 'telephone', 'neighbour']),
      outcome: 'met',
      unchanged: random.chance(0.85),
      at,
    },
  }
}

/** Some moment of a working day in China. */
function instant(random: Random, day: Day): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day}T0${random.between(1, 8)}:${two(random.between(0, 59))}:${two(random.between(0, 59))}.000Z`
}
