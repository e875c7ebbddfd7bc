import { makeBlock, makeDormitory, makeHouse, type BlockShape, type BuildingPlan } from './doors.ts'
import type { Position } from '#domain/position.ts'
import type { Random } from './random.ts'
import { siteOfBlock, siteOfHouse, type Site } from './sites.ts'

/** How a grid is built. */
export type Look =
  /** Blocks of one estate, as many as it takes. */
  | { readonly kind: 'estate'; readonly estate: string; readonly letShare: number }
  /** An estate of nine blocks beside a lane of village houses. */
  | { readonly kind: 'mixed'; readonly estate: string; readonly lane: string }
  /** A lane of village houses that let rooms, one block, and perhaps a dormitory. */
  | {
      readonly kind: 'village'
      readonly lane: string
      readonly estate: string
      readonly dormitory: string | null
    }

const low: BlockShape = { storeys: 6, units: 2, roomsPerFloor: 3 }
const small: BlockShape = { storeys: 6, units: 2, roomsPerFloor: 2 }
const tower = (storeys: number): BlockShape => ({ storeys, units: 1, roomsPerFloor: 4 })
const nineBlocks = [low, small, low, low, small, low, low, tower(11), tower(17)]

/** Houses come behind the blocks in walking order, whatever order they are made in. */
const behind = 1_000

/** The lane lies beside the blocks where there are many. */
const laneBesideBlocks = 220
const laneBesideOne = 70

/** The buildings of a grid without end, laid out from its corner; whoever has residents enough stops. */
export function* makeBuildings(
  random: Random,
  look: Look,
  corner: Position,
): Generator<BuildingPlan, never> {
  if (look.kind === 'estate') return yield* makeEstate(random, look, corner)
  return look.kind === 'mixed'
    ? yield* makeMixed(random, look, corner)
    : yield* makeVillage(random, look, corner)
}

function standing(plan: BuildingPlan, site: Site): BuildingPlan {
  return { ...plan, building: { ...plan.building, ...site } }
}

function* makeEstate(
  random: Random,
  look: Look & { kind: 'estate' },
  corner: Position,
): Generator<BuildingPlan, never> {
  for (let number = 1; ; number += 1) {
    const shape = random.chance(0.15)
      ? tower(random.between(11, 17))
      : { ...low, units: random.between(2, 3), roomsPerFloor: random.between(2, 3) }
    const site = { estate: look.estate, number, order: number }
    yield standing(
      makeBlock(random, site, shape, look.letShare),
      siteOfBlock(corner, number, shape.units),
    )
  }
}

/** Two houses after each block, so that a small demo has both. */
function* makeMixed(
  random: Random,
  look: Look & { kind: 'mixed' },
  corner: Position,
): Generator<BuildingPlan, never> {
  let house = 0
  const nextHouse = (): BuildingPlan => {
    house += 1
    const site = { lane: look.lane, number: house, order: behind + house }
    return standing(
      makeHouse(random, site, house % 4 === 2),
      siteOfHouse(corner, house, laneBesideBlocks),
    )
  }
  for (const [index, shape] of nineBlocks.entries()) {
    const number = index + 1
    const site = { estate: look.estate, number, order: number }
    yield standing(makeBlock(random, site, shape, 0.16), siteOfBlock(corner, number, shape.units))
    yield nextHouse()
    yield nextHouse()
  }
  for (;;) yield nextHouse()
}

function* makeVillage(
  random: Random,
  look: Look & { kind: 'village' },
  corner: Position,
): Generator<BuildingPlan, never> {
  const { estate, lane, dormitory } = look
  const block = makeBlock(random, { estate, number: 1, order: 1 }, small, 0.9)
  yield standing(block, siteOfBlock(corner, 1, small.units))
  if (dormitory) {
    const site = { estate: dormitory, number: 1, order: 2 }
    yield makeDormitory(site, { storeys: 3, roomsPerFloor: 6 })
  }
  for (let number = 1; ; number += 1) {
    const house = makeHouse(random, { lane, number, order: behind + number }, true)
    yield standing(house, siteOfHouse(corner, number, laneBesideOne))
  }
}
