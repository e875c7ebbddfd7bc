import type { Role } from '#domain/account.ts'
import type { Day } from '#domain/day.ts'
import { divisions, subdistrict, type Division } from '#domain/divisions.ts'
import type { PlaceKind } from '#domain/place.ts'
import type { NewRecord } from '../db/records.ts'
import { makeGrid, type GridPlan } from './grid.ts'
import { createRandom, type Random } from './random.ts'

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

export interface Demo {
  readonly places: readonly DemoPlace[]
  readonly accounts: readonly DemoAccount[]
  /** Grids with residents, each to be read once, lazily. */
  readonly streams: Iterable<{ readonly stream: string; readonly records: Iterable<NewRecord> }>
  readonly totals: { readonly residents: number; readonly grids: number }
}

/** The two places that have residents in the demo of the usual size. */
const jiangjiaqiao = '蒋家桥社区'
const qiufeng = '秋丰村委会'

/** A grid of 400 households has some 1,100 residents. */
const residentsPerGrid = 1_150
const villageGrids = 26
const villageResidents = 33_000

const numerals = '一二三四五六七八九十'
/** 第一网格 … 第二十六网格. */
function gridName(number: number): string {
  const tens = Math.floor(number / 10)
  const ones = number % 10
  const digit = (value: number) => numerals[value - 1] ?? ''
  const text =
    tens === 0 ? digit(ones) : `${tens > 1 ? digit(tens) : ''}十${ones > 0 ? digit(ones) : ''}`
  return `第${text}网格`
}

/**
 * 富春街道 with all its communities and villages by their public names. Residents live in the three grids of 蒋家桥社区
 * (the third holds the estate 清风阳光苑 and the lane 秋丰路) and in 秋丰村 with 33,000; a larger number fills the grids
 * of the others, a smaller one stops early. The same options give the same people.
 */
export function generateDemo(options: {
  readonly seed: number
  readonly today: Day
  readonly residents?: number
}): Demo {
  const random = createRandom(options.seed)
  const wanted = options.residents ?? 3 * residentsPerGrid + villageResidents
  const beyond = Math.max(0, wanted - 3 * residentsPerGrid - villageResidents)
  const gridsElsewhere = Math.max(3, Math.ceil(beyond / (divisions.length - 2) / residentsPerGrid))

  const root = place(random, null, 'subdistrict', subdistrict.name, subdistrict.code, 0)
  const places: DemoPlace[] = [root]
  const gridsOf = new Map<string, DemoPlace[]>()
  divisions.forEach((division, order) => {
    const parent = place(random, root.id, division.kind, division.name, division.code, order)
    const count = gridCount(division, gridsElsewhere)
    const grids = Array.from({ length: count }, (_, index) =>
      place(random, parent.id, 'grid', gridName(index + 1), null, index),
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
      // Each grid has a chance of its own, so that they may be read in any order.
      records: makeGrid(createRandom(options.seed * 1_000_003 + index + 1), options.today, plan),
    })),
  }
}

function gridCount(division: Division, elsewhere: number): number {
  if (division.name === jiangjiaqiao) return 3
  return division.name === qiufeng ? villageGrids : elsewhere
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
  const add = (
    grid: DemoPlace | undefined,
    share: number,
    look: Omit<GridPlan, 'stream' | 'worker' | 'residents'>,
  ) => {
    const residents = Math.min(left, share)
    if (!grid || residents <= 0) return
    const worker = accounts.find((one) => one.role === 'worker' && one.places.includes(grid.id))
    plans.push({ stream: grid.id, worker: worker?.id ?? null, residents, ...look })
    left -= residents
  }
  const [first, second, third] = gridsOf.get(jiangjiaqiao) ?? []
  // The third first: it is the demo worker's own, so that a small demo has it.
  add(third, residentsPerGrid, { estate: '清风阳光苑', lane: '秋丰路', letShare: 0.16 })
  add(first, residentsPerGrid, { estate: '样例新村', lane: null, letShare: 0.2 })
  add(second, residentsPerGrid, { estate: '样例花园', lane: null, letShare: 0.14 })
  const village = gridsOf.get(qiufeng) ?? []
  village.forEach((grid, index) => {
    const look = { estate: `秋丰公寓${index + 1}区`, lane: `秋丰${index + 1}弄`, letShare: 0.9 }
    add(grid, Math.ceil(villageResidents / villageGrids), look)
  })
  for (const [name, grids] of gridsOf) {
    if (name === jiangjiaqiao || name === qiufeng) continue
    grids.forEach((grid, index) =>
      add(grid, residentsPerGrid, {
        estate: `${name.replace(/社区|村委会|村/, '')}${index + 1}苑`,
        lane: null,
        letShare: 0.18,
      }),
    )
  }
  return plans
}
