import type { Dwelling } from '#domain/dwelling.ts'
import type { Position } from '#domain/position.ts'
import type { BuildingPlan, DoorPlan } from './doors.ts'
import { makeFamily, makeTenants, type Home } from './homes.ts'
import { makeHousehold, makeFormerHousehold, type Work } from './household.ts'
import { makeBuildings, type Look } from './looks.ts'
import { makeName } from './names.ts'
import { samplePhone } from './people.ts'
import type { Person } from './person.ts'
import type { DemoRecord } from './record.ts'
import type { World } from './world.ts'

export interface GridPlan extends Work {
  readonly stream: string
  readonly look: Look
  /** From where its buildings are laid out. */
  readonly corner: Position
  /** How many people shall live here. */
  readonly residents: number
}

/** The records of one grid, building by building, until exactly so many live in it. */
export function* makeGrid(world: World, plan: GridPlan): Generator<DemoRecord> {
  const room = { left: plan.residents }
  for (const building of makeBuildings(world.random, plan.look, plan.corner)) {
    if (room.left <= 0) return
    yield* makeBuilding(world, plan, building, room)
  }
}

/** Counted down as people move in; what is left when nobody comes any more stays vacant. */
interface Places {
  left: number
}

function* makeBuilding(
  world: World,
  plan: GridPlan,
  made: BuildingPlan,
  places: Places,
): Generator<DemoRecord> {
  const { random } = world
  const id = random.id()
  const knownAgo = random.between(900, 1_200)
  const at = world.instant(knownAgo)
  yield { kind: 'building', id, fields: made.building, at }
  let owner: Person | undefined
  for (const door of made.doors) {
    const homes = openDoor(world, door, places)
    if (made.ownerInside) owner ??= homes[0]?.[0]
    const dwelling = makeDwelling(world, id, door, homes, owner)
    const dwellingId = random.id()
    yield { kind: 'dwelling', id: dwellingId, fields: dwelling, at }
    for (const home of homes) yield* makeHousehold(world, plan, dwellingId, dwelling, home)
    if (door.hasFormer) {
      yield* makeFormerHousehold(world, dwellingId, makeTenants(world, 'tenants'))
    }
  }
}

/** Who lives behind a door; a household is cut short where the grid has its number. */
function openDoor(world: World, door: DoorPlan, places: Places): readonly Home[] {
  const homes: Home[] = []
  for (const kind of door.homes) {
    if (places.left <= 0) break
    const made =
      kind === 'family'
        ? makeFamily(world, { kind: world.random.chance(0.1) ? 'apart' : 'here' })
        : makeTenants(world, kind)
    const home = places.left < made.length ? made.slice(0, places.left) : made
    const leaver = pickLeaver(world, home)
    homes.push(
      leaver ? home.map((person) => (person === leaver ? leave(world, person) : person)) : home,
    )
    places.left -= homes.at(-1)?.filter(isPresent).length ?? 0
  }
  return homes
}

const isPresent = (person: Person) => !person.movedOutOn && !person.diedOn

/** Now and then somebody of a larger household has moved out or died; never the head. */
function pickLeaver({ random }: World, home: Home): Person | undefined {
  return home.length > 2 && random.chance(0.04) ? home.slice(1).find(isPresent) : undefined
}

function leave({ random, ago, today }: World, person: Person): Person {
  const on = ago(random.between(10, 400))
  if (on < (person.arrivedOn ?? person.birth)) return person
  const age = Number(today.slice(0, 4)) - Number(person.birth.slice(0, 4))
  return age > 70
    ? { ...person, diedOn: on }
    : { ...person, movedOutOn: on, movedOutTo: random.pick(['上海市', '杭州市西湖区', '老家']) }
}

function makeDwelling(
  world: World,
  building: string,
  door: DoorPlan,
  homes: readonly Home[],
  owner: Person | undefined,
): Dwelling {
  const { random } = world
  const isEmpty = door.homes.length > 0 && homes.length === 0
  const use = isEmpty ? 'vacant' : door.dwelling.use
  const isLet = use === 'rental' || use === 'group-rental' || use === 'business'
  const since = homes[0]?.[0]?.arrivedOn
  return {
    ...door.dwelling,
    use,
    building,
    ...(isLet
      ? {
          landlordName: owner?.name ?? makeName(random, '1', 1972),
          landlordPhone: owner?.phones?.[0] ?? samplePhone(random),
        }
      : {}),
    ...(isLet && since ? { letSince: since } : {}),
    ...makeHazards(world, homes.length > 0 ? 0.009 : 0.002),
  }
}

function makeHazards({ random, ago }: World, share: number): Partial<Dwelling> {
  if (!random.chance(share)) return {}
  const foundAgo = random.between(2, 40)
  const cleared = random.chance(0.4) ? { cleared: ago(foundAgo - 1) } : {}
  const hazard = { type: '02', found: ago(foundAgo), toLife: random.chance(0.2), ...cleared }
  return { hazards: [{ id: random.id(), ...hazard }] }
}
