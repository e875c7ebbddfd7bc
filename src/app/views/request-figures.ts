/** Requests of a place in numbers: what stands under each heading, what it is called, and which list lies behind it. */
import type { Role } from '#domain/account.ts'
import { maySeeRequestList } from '#domain/permission.ts'
import { fitsPlace } from '#domain/permission-of-places.ts'
import type { RequestFigures, RequestOverview } from '#protocol/requests.ts'
import { requestsPages } from '#app/links/requests.ts'
import type { Rec, Register } from '#app/register/register.ts'
import type { KindName } from './kind-name.ts'
import { unitsHere } from './request-rules.ts'

export interface FigureRow {
  readonly key: string
  /** Null where this device does not know it, or there is none. */
  readonly name: string | null
  readonly figures: RequestFigures
  readonly href: string | null
}

export interface FiguresShown {
  readonly isEmpty: boolean
  readonly keys: readonly {
    readonly key: (typeof keyFigures)[number]
    /** Null where the office does not tell it. */
    readonly count: number | null
    readonly href: string | null
  }[]
  readonly byItem: readonly FigureRow[]
  readonly byUnit: readonly FigureRow[]
  readonly byPlace: readonly FigureRow[]
  /** Where the same comes again and again. */
  readonly spots: readonly {
    readonly key: string
    readonly building: string | null
    readonly kind: string | null
    readonly count: number
    readonly href: string | null
  }[]
}

const keyFigures = ['open', 'late', 'fresh', 'supervised', 'asked'] as const

/** Who may not see the list has the numbers alone. */
export function figuresShown(
  register: Register,
  told: RequestOverview,
  role: Role | undefined,
  kindName: KindName,
): FiguresShown {
  const { all, place, supervised, asked } = told
  const maySeeList = role !== undefined && maySeeRequestList(role)
  const list = (query: string) =>
    maySeeList ? `${requestsPages.requestList(place)}?${query}` : null
  const units = new Map(unitsHere(register).map(({ id, name }) => [id, name]))
  const counts = { open: all.open, late: all.late, fresh: all.fresh, supervised, asked }
  return {
    isEmpty: all.open + all.answered + all.fresh === 0,
    keys: keyFigures.map((key) => ({
      key,
      count: counts[key] ?? null,
      href: list(`listing=${key}`),
    })),
    byItem: told.byItem.map((figures) => ({
      ...rowOf(figures, kindName(figures.key, figures.name)),
      href: list(`listing=open&item=${figures.key ?? 'none'}`),
    })),
    byUnit: told.byUnit.map((figures) => ({
      ...rowOf(figures, (figures.key && units.get(figures.key)) ?? null),
      href: list(`listing=open&unit=${figures.key ?? ''}`),
    })),
    byPlace: told.byPlace.map((figures) => ({
      ...rowOf(figures, (figures.key && register.get('place', figures.key)?.fields.name) ?? null),
      href: requestsPages.requestFiguresOf(figures.key ?? place),
    })),
    spots: told.spots.map(({ building, item, name, count }) => ({
      ...{ key: `${building}/${item}`, kind: kindName(item, name), count },
      building: buildingName(register, building),
      href: list(`listing=open&building=${building}&item=${item}`),
    })),
  }
}

function rowOf(figures: RequestFigures, name: string | null | undefined) {
  return { key: figures.key ?? name ?? '', name: name ?? null, figures }
}

/** With its estate; null where this device does not have it. */
export function buildingName(register: Register, building: string): string | null {
  const fields = register.get('building', building)?.fields
  return fields ? [fields.estate, fields.name].filter(Boolean).join(' ') : null
}

/** What nothing is open of and too little was answered of is folded away. */
export function partQuiet(rows: readonly FigureRow[]): {
  readonly busy: readonly FigureRow[]
  readonly quiet: readonly FigureRow[]
} {
  const isQuiet = ({ figures: { open, late, inTime, solved, content } }: FigureRow) =>
    open + late === 0 && inTime === null && solved === null && content === null
  return { busy: rows.filter((row) => !isQuiet(row)), quiet: rows.filter(isQuiet) }
}

/** Places in which somebody of this role may work, the highest first. */
export function ownPlaces(register: Register, role: Role | undefined): readonly Rec<'place'>[] {
  return [...register.all('place')]
    .filter(({ fields }) => fields.placeKind !== 'unit' && !fields.closed)
    .filter(({ fields }) => role !== undefined && fitsPlace(role, fields.placeKind, false))
    .sort((a, b) => register.pathOf(a.id).length - register.pathOf(b.id).length)
}

/** The place above one, where this device knows it. */
export function placeAbove(register: Register, place: string): string | null {
  const above = register.get('place', place)?.fields.parent
  return above && register.get('place', above) ? above : null
}
