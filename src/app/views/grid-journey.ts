/** Buildings on their way to another grid: what is chosen, counted before anything goes. */
import type { Rec, Register } from '#app/register/register.ts'
import { holdsBuildings, nodesOf, placeNames, type PlaceNode, type Tree } from './place-tree.ts'

export interface BuildingLine {
  readonly id: string
  readonly name: string
  readonly estate: string
  readonly households: number
  readonly people: number
}

/** The buildings of a grid in walking order, by their estates. */
export function linesOf(register: Register, grid: string): readonly BuildingLine[] {
  return register.buildings(grid).map((building: Rec<'building'>) => {
    const homes = register
      .dwellings(building.id)
      .flatMap(({ id }) => register.households(id))
      .map(({ id }) => register.residents(id).length)
      .filter((people) => people > 0)
    return {
      id: building.id,
      name: building.fields.name,
      estate: building.fields.estate ?? '',
      households: homes.length,
      people: homes.reduce((sum, people) => sum + people, 0),
    }
  })
}

export function byEstate(
  lines: readonly BuildingLine[],
): readonly { readonly estate: string; readonly lines: readonly BuildingLine[] }[] {
  const groups = new Map<string, BuildingLine[]>()
  for (const line of lines) groups.set(line.estate, [...(groups.get(line.estate) ?? []), line])
  return [...groups].map(([estate, held]) => ({ estate, lines: held }))
}

export function totalOf(lines: readonly BuildingLine[]) {
  const sum = (name: 'households' | 'people') =>
    lines.reduce((total, line) => total + line[name], 0)
  return { buildings: lines.length, households: sum('households'), people: sum('people') }
}

/** Grids that buildings may go to, named with the community that they are in. */
export function targetsOf(
  tree: Tree,
  from: PlaceNode,
): readonly { readonly id: string; readonly label: string }[] {
  return nodesOf(tree)
    .filter((node) => node.kept && node.id !== from.id && holdsBuildings(node))
    .sort((a, b) => Number(b.parent === from.parent) - Number(a.parent === from.parent))
    .map(({ id }) => ({ id, label: placeNames([id], tree) }))
}
