/** The draft of a split: which buildings go from a grid to another one or to a new one, and what it still lacks. */
import { mostBuildings } from '#protocol/places.ts'
import type { BuildingLine } from './grid-journey.ts'
import { nameProblem } from './place-fields.ts'

export interface SplitDraft {
  /** 'new', a place, or '' where nothing is chosen yet. */
  readonly to: string
  /** The id and the name of the new one. */
  readonly place: string
  readonly name: string
  readonly chosen: readonly string[]
  /** The new one is there. */
  readonly added: boolean
  /** It was confirmed once: what is left goes on. */
  readonly begun: boolean
}

export interface SplitRead {
  /** '' where none is chosen. */
  readonly target: string
  readonly targetName: string
  readonly going: readonly BuildingLine[]
  readonly lacks: {
    readonly to: boolean
    readonly name: boolean
    readonly buildings: 'none' | 'too-many' | null
  }
  readonly isWhole: boolean
}

export function readSplit(
  { to, place, name, chosen, begun }: SplitDraft,
  lines: readonly BuildingLine[],
  targets: readonly { readonly id: string; readonly label: string }[],
): SplitRead {
  const isNew = to === 'new'
  const going = lines.filter(({ id }) => chosen.includes(id))
  const lacks = {
    to: to === '',
    name: isNew && nameProblem(name),
    // Where it was begun, all that was chosen may have gone.
    buildings:
      going.length === 0 && !begun
        ? ('none' as const)
        : going.length > mostBuildings
          ? ('too-many' as const)
          : null,
  }
  return {
    target: isNew ? place : to,
    targetName: isNew ? name.trim() : (targets.find(({ id }) => id === to)?.label ?? ''),
    going,
    lacks,
    isWhole: !lacks.to && !lacks.name && lacks.buildings === null,
  }
}
