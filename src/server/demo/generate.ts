import type { Role } from '#domain/account.ts'
import type { Day } from '#domain/day.ts'
import { divisions, subdistrict, type Division } from '#domain/divisions.ts'
import type { PlaceKind } from '#domain/place.ts'
import { makeGrid, type GridPlan } from './grid.ts'
import type { Look } from './looks.ts'
import { toChineseNumber } from './numerals.ts'
import { createRandom, type Random } from './random.ts'
import type { DemoRecord } from './record.ts'
import { cornerOfGrid } from './sites.ts'
import { createWorld } from './world.ts'

export interface DemoPlace {
  readonly id: string
  readonly parent: string | null
  readonly placeKind: PlaceKind
  readonly name: string
  readonly code: string | null
  readonly order: number
}

export interface DemoAccount {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly places: readonly string[]
}

export interface DemoStream {
  readonly stream: string
  readonly records: Iterable<DemoRecord>
}

export interface Demo {
  readonly places: readonly DemoPlace[]
  readonly accounts: readonly DemoAccount[]
  /** Grids with residents; their records are made while they are read, and the same each time. */
  readonly streams: readonly DemoStream[]
  readonly totals: { readonly residents: number; readonly grids: number }
}

/** The two places that have residents in the demo of the usual size. */
const jiangjiaqiao = '蒋家桥社区'
const qiufeng = '秋丰村委会'

/** A grid of some 420 households. */
const residentsPerGrid = 1_150
const villageGrids = 28
const villageResidents = 33_000

/**
 * 富春街道 with all its communities and villages by their public names. Residents live in the three grids of 蒋家桥社区
 * (the third holds the estate 清风阳光苑 and the lane 秋丰路) and in 秋丰村 with 33,000; a larger number fills the grids
 * of the others, a smaller one stops early. The same options give the same people, exactly as many as wanted.
 */
export function generateDemo(options: {
  readonly seed: number
  readonly today: Day
  readonly residents?: number
}): Demo {
  const random = createRandom(options.seed)
  const wanted = options.residents ?? 3 * residentsPerGrid + villageResidents
  if (!Number.isSafeInteger(wanted) || wanted < 0) {
    throw new RangeError(`Not a number of residents: ${wanted}`)
  }
  const beyond = Math.max(0, wanted - 3 * residentsPerGrid - villageResidents)
  // Full grids in as many communities as it takes, then second ones: no grid of a handful.
  const gridsElsewhere = Math.ceil(beyond / residentsPerGrid)
  const others = divisions.filter(({ name }) => name !== jiangjiaqiao && name !== qiufeng)

  const root = place(random, null, 'subdistrict', subdistrict.name, subdistrict.code, 0)
  const places: DemoPlace[] = [root]
  const gridsOf = new Map<string, DemoPlace[]>()
  divisions.forEach((division, order) => {
    const parent = place(random, root.id, division.kind, division.name, division.code, order)
    const count = gridCount(division, gridsElsewhere, others)
    const grids = Array.from({ length: count }, (_, index) =>
      place(random, parent.id, 'grid', `第${toChineseNumber(index + 1)}网格`, null, index),
    )
    places.push(parent, ...grids)
    gridsOf.set(division.name, grids)
  })
  const accounts = makeAccounts(random, places, gridsOf)
  const plans = planGrids(gridsOf, accounts, wanted)
  return {
    places,
    accounts,
    totals: { residents: wanted, grids: plans.length },
    streams: plans.map((plan, index) => ({
      stream: plan.stream,
      records: {
        // Each grid has a chance of its own, so that they may be read in any order.
        [Symbol.iterator]: () =>
          makeGrid(
            createWorld(options.seed * 1_000_003 + index + 1, options.today, plan.stream),
            plan,
          ),
      },
    })),
  }
}

/** At least three grids in each community, whether anybody lives in them yet or not. */
function gridCount(division: Division, elsewhere: number, others: readonly Division[]): number {
  if (division.name === jiangjiaqiao) return 3
  if (division.name === qiufeng) return villageGrids
  const round = Math.floor(elsewhere / others.length)
  return Math.max(3, round + (others.indexOf(division) < elsewhere % others.length ? 1 : 0))
}

function place(
  random: Random,
  parent: string | null,
  placeKind: PlaceKind,
  name: string,
  code: string | null,
  order: number,
): DemoPlace {
  return { id: random.id(), parent, placeKind, name, code, order }
}

function makeAccounts(
  random: Random,
  places: readonly DemoPlace[],
  gridsOf: ReadonlyMap<string, readonly DemoPlace[]>,
): DemoAccount[] {
  const named = (name: string) => places.find((one) => one.name === name)?.id ?? ''
  const grid = (division: string, index: number) => gridsOf.get(division)?.[index]?.id ?? ''
  const account = (login: string, name: string, role: Role, at: string): DemoAccount => ({
    id: random.id(),
    login,
    name,
    role,
    places: [at],
  })
  return [
    account('worker1', '样例网格员甲', 'worker', grid(jiangjiaqiao, 2)),
    account('worker2', '样例网格员乙', 'worker', grid(jiangjiaqiao, 2)),
    account('worker3', '样例网格员丙', 'worker', grid(qiufeng, 0)),
    account('office1', '样例社工丁', 'staff', named(qiufeng)),
    account('office2', '样例社工戊', 'staff', named(jiangjiaqiao)),
    account('admin', '样例管理员己', 'admin', named(subdistrict.name)),
    account('auditor', '样例审计员庚', 'auditor', named(subdistrict.name)),
    account('gate1', '样例门岗癸', 'gate', named(jiangjiaqiao)),
  ]
}

/** The grids to fill, in order, each with its share of the residents wanted. */
function planGrids(
  gridsOf: ReadonlyMap<string, readonly DemoPlace[]>,
  accounts: readonly DemoAccount[],
  wanted: number,
): GridPlan[] {
  const plans: GridPlan[] = []
  let left = wanted
  const add = (grid: DemoPlace | undefined, share: number, look: Look) => {
    const residents = Math.min(left, share)
    if (!grid || residents <= 0) return
    const worker = accounts.find((one) => one.role === 'worker' && one.places.includes(grid.id))
    const corner = cornerOfGrid(plans.length)
    plans.push({ stream: grid.id, worker: worker?.id ?? null, residents, look, corner })
    left -= residents
  }
  const [first, second, third] = gridsOf.get(jiangjiaqiao) ?? []
  // The third first: it is the demo worker's own, so that a small demo has it.
  add(third, residentsPerGrid, { kind: 'mixed', estate: '清风阳光苑', lane: '秋丰路' })
  add(first, residentsPerGrid, { kind: 'estate', estate: '样例新村', letShare: 0.2 })
  add(second, residentsPerGrid, { kind: 'estate', estate: '样例花园', letShare: 0.14 })
  let leftHere = villageResidents
  for (const [index, grid] of (gridsOf.get(qiufeng) ?? []).entries()) {
    const share = Math.ceil(leftHere / (villageGrids - index))
    leftHere -= share
    add(grid, share, villageLook(index + 1))
  }
  const most = Math.max(...[...gridsOf.values()].map(({ length }) => length))
  let empty = Math.ceil(left / residentsPerGrid)
  for (let index = 0; index < most; index += 1) {
    for (const [name, grids] of gridsOf) {
      if (empty === 0) return plans
      if (name === jiangjiaqiao || name === qiufeng || !grids[index]) continue
      const estate = `${name.replace(/社区|村委会/, '')}${toChineseNumber(index + 1)}苑`
      add(grids[index], Math.ceil(left / empty), { kind: 'estate', estate, letShare: 0.18 })
      empty -= 1
    }
  }
  return plans
}

/** Every fourth grid has a factory with a dormitory. */
function villageLook(number: number): Look {
  const numeral = toChineseNumber(number)
  return {
    kind: 'village',
    lane: `秋丰${numeral}弄`,
    estate: `秋丰公寓${numeral}区`,
    dormitory: number % 4 === 0 ? `样例制衣厂${toChineseNumber(number / 4)}号宿舍` : null,
  }
}
