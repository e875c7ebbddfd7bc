import { colourOf } from '#domain/colour-of.ts'
import { daysBetween, type Day } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { Household } from '#domain/household.ts'
import { mostUrgent } from '#domain/level.ts'
import type { Home } from './homes.ts'
import type { Person } from './person.ts'
import type { DemoRecord } from './record.ts'
import type { World } from './world.ts'

/** Who calls here. */
export interface Work {
  readonly worker: string | null
}

/** A household with its people and the visits that it had. The head is first and present. */
export function* makeHousehold(
  world: World,
  work: Work,
  dwelling: string,
  room: Dwelling,
  home: Home,
): Generator<DemoRecord> {
  const { random, ago } = world
  const id = random.id()
  const members = home.map((person) => ({ id: random.id(), person }))
  const household: Household = {
    dwelling,
    ...(members[0] ? { head: members[0].id } : {}),
    ...makeDispute(world),
    ...lifeEvent(world, home),
  }
  const { knownAgo, metAgo } = makeContact(world, room, household, home)
  const at = world.instant(knownAgo)
  yield { kind: 'household', id, fields: household, at }
  // A few changed rooms after the last visit, and nobody has been to see.
  const isUnseen = metAgo !== null && metAgo > 26 && metAgo < 35 && random.chance(0.08)
  const changed = isUnseen ? { addressChangedOn: ago(random.between(11, metAgo - 1)) } : {}
  for (const { id: resident, person } of members) {
    const fields = { ...person, ...(isPresent(person) ? changed : {}), household: id }
    yield { kind: 'resident', id: resident, fields, at }
  }
  if (metAgo === null) return
  const before = metAgo + random.between(15, 40)
  if (random.chance(0.3) && before < Math.min(knownAgo, 180)) {
    yield makeVisit(world, work, id, before)
  }
  yield makeVisit(world, work, id, metAgo)
}

/** Tenants who left as a whole; kept until the time for their purge comes. */
export function* makeFormerHousehold(
  world: World,
  dwelling: string,
  home: Home,
): Generator<DemoRecord> {
  const { random, ago } = world
  const id = random.id()
  const since = home[0]?.arrivedOn
  const leftAgo = random.between(3, 150)
  if (!since || since >= ago(leftAgo)) return
  const left = {
    movedOutOn: ago(leftAgo),
    movedOutTo: random.pick(['杭州市萧山区', '宁波市', '老家']),
  }
  const at = world.instant(leftAgo + 1)
  const fields: Household = { dwelling, endedOn: left.movedOutOn, endedTo: left.movedOutTo }
  yield { kind: 'household', id, fields, at }
  for (const person of home) {
    if (person.birth > left.movedOutOn) continue
    yield { kind: 'resident', id: random.id(), fields: { ...person, ...left, household: id }, at }
  }
}

const isPresent = (person: Person) => !person.movedOutOn && !person.diedOn

function makeDispute({ random, ago }: World): Partial<Household> {
  if (!random.chance(0.008)) return {}
  const foundAgo = random.between(3, 60)
  const settled = random.chance(0.4) ? { settled: ago(foundAgo - 2) } : {}
  const dispute = { serious: random.chance(0.75), found: ago(foundAgo), ...settled }
  return { disputes: [{ id: random.id(), ...dispute, note: '邻里纠纷（样例）' }] }
}

/** A birth or death of the last days, after which somebody should call soon. */
function lifeEvent({ ago }: World, home: Home): Partial<Household> {
  const recently = ago(14)
  for (const { birth, diedOn } of home) {
    if (diedOn && diedOn >= recently) return { lifeEvent: 'death', lifeEventOn: diedOn }
    if (birth >= recently) return { lifeEvent: 'birth', lifeEventOn: birth }
  }
  return {}
}

interface Contact {
  /** Days that the register has known the household: not before it came, and never today. */
  readonly knownAgo: number
  /** Days since somebody of it was met; null where nobody was yet. */
  readonly metAgo: number | null
}

/**
 * When a household was last met, so that a grid's day has some two dozen stops: most within the time of their colour,
 * some due today, a few late. A few were never met, and then came into the register not long ago.
 */
function makeContact(world: World, room: Dwelling, household: Household, home: Home): Contact {
  const { random, today } = world
  const arrivedOn = home[0]?.arrivedOn
  const hereFor = arrivedOn ? daysBetween(arrivedOn, today) : Infinity
  if (random.chance(hereFor < 30 ? 0.4 : 0.03)) {
    return { knownAgo: Math.min(hereFor, random.between(1, 33)), metAgo: null }
  }
  const knownAgo = Math.min(hereFor, random.between(200, 880))
  const within = visitWithin(today, room, household, home)
  const draw = random.next()
  const inTime = draw < 0.02 ? within : random.between(1, Math.max(1, within - 1))
  const metAgo = draw > 0.98 ? within + random.between(1, 8) : inTime
  return { knownAgo, metAgo: Math.min(metAgo, knownAgo) }
}

/** Days within which the default scheme wants somebody to call: by the most urgent of members and dwelling. */
function visitWithin(today: Day, dwelling: Dwelling, household: Household, home: Home): number {
  const members = home.filter(isPresent).map((person) => ({ ...person, household: 'sample' }))
  const known = { household, dwelling, members, lastMet: today }
  const colours = members.map(
    (resident) =>
      colourOf({ kind: 'resident', context: { ...known, resident } }, defaultScheme, today).colour,
  )
  const context = { dwelling, households: [household], residents: members, lastMet: today }
  colours.push(colourOf({ kind: 'dwelling', context }, defaultScheme, today).colour)
  const urgent = mostUrgent(colours)
  return defaultScheme.levels.find((level) => level.key === urgent)?.visitWithin ?? 180
}

function makeVisit(world: World, work: Work, household: string, daysAgo: number): DemoRecord {
  const { random } = world
  const at = world.instant(daysAgo)
  return {
    kind: 'visit',
    id: random.id(),
    at,
    ...(work.worker ? { by: work.worker } : {}),
    fields: {
      household,
      channel: random.pick(['door', 'door', 'door', 'telephone', 'neighbour']),
      outcome: 'met',
      unchanged: random.chance(0.85),
      at,
    },
  }
}
