/** The tree of places as the register has it, with what is counted in each and all below it. */
import type { Role } from '#domain/account.ts'
import { walksGrids } from '#domain/permission.ts'
import { isGrid, placeKinds, type PlaceKind } from '#domain/place.ts'
import { fitsPlace, mayKeepPlaces } from '#domain/permission-of-places.ts'
import { mayStandUnder, takesBuildings } from '#domain/place-rules.ts'
import type { ListedAccount, PlaceList } from '#protocol/places.ts'
import type { Rec } from '#app/register/register.ts'

export interface Counts {
  readonly residents: number
  readonly households: number
  readonly dwellings: number
  readonly buildings: number
  readonly workers: number
}

export interface PlaceNode {
  readonly id: string
  readonly name: string
  readonly kind: PlaceKind
  readonly code: string | null
  readonly closed: boolean
  readonly parent: string | null
  /** Open ones first, each in its order. */
  readonly below: readonly PlaceNode[]
  readonly counts: Counts
  /** Whether whoever looks may change it. */
  readonly kept: boolean
}

export interface Tree {
  readonly roots: readonly PlaceNode[]
  readonly byId: ReadonlyMap<string, PlaceNode>
  /** Whether the office said how many live where; buildings are known without it. */
  readonly isTold: boolean
}

export interface TreeParts {
  readonly places: Iterable<Rec<'place'>>
  /** Buildings on this device by stream. */
  readonly buildings: ReadonlyMap<string, number>
  readonly told: PlaceList | null
  /** Whoever looks: their own places are the roots; before the office told which, all that are known. */
  readonly account: { readonly id: string; readonly role: Role } | null
}

export function treeOf({ places, buildings, told, account }: TreeParts): Tree {
  // What was taken back with its workbook was never anything.
  const all = new Map(
    [...places].flatMap((place) => (place.fields.withdrawn ? [] : [[place.id, place] as const])),
  )
  const childrenOf = new Map<string, Rec<'place'>[]>()
  for (const place of all.values()) {
    const { parent } = place.fields
    if (parent) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), place])
  }
  const figures = new Map(told?.figures.map((one) => [one.id, one]))
  const workers = workersOf(told?.accounts ?? [])
  const own = told?.accounts.find(({ id }) => id === account?.id)?.places
  const byId = new Map<string, PlaceNode>()
  /** Who works there or below: whoever has two grids is one person in the community. */
  const peopleIn = new Map<string, ReadonlySet<string>>()
  const nodeOf = ({ id, fields }: Rec<'place'>): PlaceNode => {
    const below = (childrenOf.get(id) ?? []).map(nodeOf).sort(byOrder)
    const here = figures.get(id)
    const people = new Set(
      [workers.get(id) ?? [], ...below.map((node) => [...(peopleIn.get(node.id) ?? [])])].flat(),
    )
    peopleIn.set(id, people)
    const node: PlaceNode = {
      id,
      name: fields.name,
      kind: fields.placeKind,
      code: fields.code ?? null,
      closed: fields.closed === true,
      parent: fields.parent ?? null,
      below,
      counts: {
        ...added([
          {
            residents: here?.residents ?? 0,
            households: here?.households ?? 0,
            dwellings: here?.dwellings ?? 0,
            buildings: buildings.get(id) ?? 0,
          },
          ...below.map(({ counts }) => counts),
        ]),
        workers: people.size,
      },
      kept:
        account !== null && fields.closed !== true && mayKeepPlaces(account.role, fields.placeKind),
    }
    byId.set(id, node)
    return node
  }
  const orderOf = (node: PlaceNode) => all.get(node.id)?.fields.order ?? Infinity
  const byOrder = (a: PlaceNode, b: PlaceNode) =>
    Number(a.closed) - Number(b.closed) || orderOf(a) - orderOf(b) || (a.id < b.id ? -1 : 1)
  const isRoot = ({ id, fields }: Rec<'place'>) =>
    own ? own.includes(id) : !fields.parent || !all.has(fields.parent)
  const roots = [...all.values()].filter(isRoot).map(nodeOf).sort(byOrder)
  // A place of one's own below another one of one's own stands there.
  const inside = new Set(roots.flatMap(({ below }) => below.flatMap(idsOf)))
  return { roots: roots.filter(({ id }) => !inside.has(id)), byId, isTold: told !== null }
}

/** The place's and those of all below it. */
export function idsOf(node: PlaceNode): string[] {
  return [node.id, ...node.below.flatMap(idsOf)]
}

export function kindsBelow(kind: PlaceKind): readonly PlaceKind[] {
  return placeKinds.filter((one) => mayStandUnder(one, kind))
}

/** Whether a place holds buildings, or would. */
export function holdsBuildings({ kind, closed, below }: PlaceNode): boolean {
  return (
    !closed &&
    takesBuildings(
      kind,
      below.map((one) => one.kind),
    )
  )
}

/** Each place under the one above it. */
export function nodesOf({ roots }: Pick<Tree, 'roots'>): readonly PlaceNode[] {
  const down = (node: PlaceNode): PlaceNode[] => [node, ...node.below.flatMap(down)]
  return roots.flatMap(down)
}

/** Of two grids that are called the same each with the community that it is in. */
export function placeNames(places: readonly string[], tree: Tree): string {
  return places.flatMap((id) => nameWithin(tree.byId.get(id), tree)).join('、')
}

/** A grid's name after that of its community, a micro-grid's after both. */
export function nameWithin(node: PlaceNode | undefined, { byId }: Tree): readonly string[] {
  if (!node) return []
  const names = [node.name]
  for (let at = node; isGrid(at.kind) && at.parent;) {
    const above = byId.get(at.parent)
    if (!above) break
    names.unshift(above.name)
    at = above
  }
  return [names.join(' ')]
}

/** Where somebody of a role may work, in the order of the tree. */
export function fittingPlaces(tree: Tree, role: Role): readonly PlaceNode[] {
  return nodesOf(tree).filter((node) => isPlaceOf(role, node))
}

/** What is counted of a place and known: without the office only what stands on this device. */
export function countNamesOf({ isTold }: Tree): readonly (keyof Counts)[] {
  return isTold ? ['residents', 'households', 'dwellings', 'buildings', 'workers'] : ['buildings']
}

/** Where somebody of a role may work: in open places that fit it. */
export function isPlaceOf(role: Role, node: PlaceNode): boolean {
  return !node.closed && fitsPlace(role, node.kind, holdsBuildings(node))
}

/** Whose place it is, itself and not by one above it; of those who left, nobody's. */
export function keepersOf(accounts: readonly ListedAccount[], place: string): ListedAccount[] {
  return accounts.filter(({ closedAt, places }) => closedAt === null && places.includes(place))
}

function workersOf(accounts: readonly ListedAccount[]): Map<string, string[]> {
  const people = new Map<string, string[]>()
  for (const { id, closedAt, role, places } of accounts) {
    if (closedAt !== null || !walksGrids(role)) continue
    for (const place of places) people.set(place, [...(people.get(place) ?? []), id])
  }
  return people
}

function added(all: readonly Omit<Counts, 'workers'>[]): Omit<Counts, 'workers'> {
  const sum = (name: keyof Omit<Counts, 'workers'>) =>
    all.reduce((total, counts) => total + counts[name], 0)
  return {
    residents: sum('residents'),
    households: sum('households'),
    dwellings: sum('dwellings'),
    buildings: sum('buildings'),
  }
}

export interface TreeRow {
  readonly node: PlaceNode
  /** 0 of a root, and of all that is found by name. */
  readonly depth: number
  readonly isOpen: boolean
  readonly canOpen: boolean
}

/**
 * The tree as lines of a table. `open` names what somebody opened or, of a root, folded: those are open by themselves.
 * `closed` counts the closed places that are left out, or would be.
 */
export function rowsOfTree(
  tree: Tree,
  how: { readonly open: readonly string[]; readonly find: string; readonly showsClosed: boolean },
): { readonly rows: readonly TreeRow[]; readonly closed: number } {
  const { open, find, showsClosed } = how
  const isShown = ({ closed }: PlaceNode) => !closed || showsClosed
  const closed = [...tree.byId.values()].filter((node) => node.closed).length
  if (find !== '') {
    const found = [...tree.byId.values()].filter(
      (node) => isShown(node) && node.name.includes(find),
    )
    return {
      rows: found.map((node) => ({ node, depth: 0, isOpen: false, canOpen: false })),
      closed,
    }
  }
  const below = (nodes: readonly PlaceNode[], depth: number): TreeRow[] =>
    nodes.filter(isShown).flatMap((node) => {
      const isOpen = open.includes(node.id) !== (depth === 0)
      const canOpen = node.below.some(isShown)
      return [{ node, depth, isOpen, canOpen }, ...(isOpen ? below(node.below, depth + 1) : [])]
    })
  return { rows: below(tree.roots, 0), closed }
}
