/**
 * The face of today: the list as it was drawn last, and which streams everything else is read by. It lies sealed in the
 * vault, so that the next unlocking shows the list before the register is read (docs/decisions/0097-today-first.md).
 */
import { formatDoor } from '#domain/format-door.ts'
import { daysBetween, instantToDay, type Day } from '#domain/day.ts'
import { isGrid } from '#domain/place.ts'
import type { Pause } from '#app/platform/pause.ts'
import { emptyDistribution } from './colours.ts'
import type { Opening, Rec, Register, Stop, Today, WritableRegister } from './register.ts'

/** A stop with all that its row says. */
interface FaceStop extends Stop {
  readonly shown: NonNullable<Stop['shown']>
}

type FaceList = Omit<Today, 'met' | 'groups' | 'isComing' | 'declared'> & {
  readonly groups: readonly {
    readonly building: string
    readonly head: string
    readonly stops: readonly FaceStop[]
  }[]
}

export interface Face {
  readonly version: 1
  readonly day: Day
  /** Whose list; null for that of all grids. */
  readonly grid: string | null
  /** Streams of no grid: places, scheme, catalogue, the account's own. */
  readonly upper: readonly string[]
  readonly list: FaceList | null
}

/** Some screens long: the rest is here before anybody has scrolled to it. */
const mostStops = 40

/** Null of a register that is not whole. `grid`: whose list the account begins with. */
export function faceOf(register: WritableRegister, day: Day, grid: string | null): Face | null {
  if (!register.isWhole) return null
  const isOfGrid = (id: string) => {
    const place = register.get('place', id)
    return place !== undefined && isGrid(place.fields.placeKind)
  }
  const upper = register.streams().filter((id) => !isOfGrid(id))
  const plan = register.planned(day, grid ?? undefined)
  return { version: 1, day, grid, upper, list: plan && listOf(register, plan) }
}

function listOf(register: Register, { met: _, declared: __, groups, ...plan }: Today): FaceList {
  let left = mostStops
  const shown = groups.flatMap(({ building, stops }) => {
    const some = stops.slice(0, left)
    left -= some.length
    const fields = register.get('building', building)?.fields
    const head = fields ? headOf(fields) : ''
    return some.length > 0
      ? [{ building, head, stops: some.map((stop) => shownStop(register, stop)) }]
      : []
  })
  return { ...plan, groups: shown }
}

const headOf = ({ estate, name }: Rec<'building'>['fields']) => `${estate} ${name}`

function shownStop(register: Register, stop: Stop): FaceStop {
  const dwelling = register.get('dwelling', stop.dwelling)
  const resident = stop.resident === null ? undefined : register.get('resident', stop.resident)
  const shown = {
    stream: register.get('household', stop.household)?.stream ?? '',
    door: dwelling ? formatDoor(null, dwelling.fields) : '',
    name: resident?.fields.name ?? null,
  }
  return { ...stop, shown }
}

/** The colours of the whole in slices, before anybody asks for its list. */
export async function colourAhead(
  register: WritableRegister,
  day: () => Day,
  pause: Pause,
  isClosed: () => boolean,
): Promise<void> {
  for (const { id } of register.all('household')) {
    register.due(id, day())
    const rest = pause()
    if (rest) await rest
    if (isClosed()) return
  }
}

/** What this version wrote itself, sealed; another version's is none. */
export function isFace(value: unknown): value is Face {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1
}

export interface FaceOpening extends Opening {
  /** Which streams lie on the disk: a list with somebody of another one is not shown, that one left the scope. */
  begin(streams: readonly string[]): void
  /** A stream was applied as a whole. */
  came(stream: string): void
  /** Which of these streams is waited for; the first where nobody waits. */
  next(left: ReadonlySet<string>): string
  /** Whether screens have to hear that it came. */
  isAwaited(stream: string): boolean
}

/** What a register that is still being read says of the list and of single households. */
export function createOpening(register: WritableRegister, face: Face): FaceOpening {
  const here = new Set<string>()
  const stops = face.list?.groups.flatMap((group) => group.stops) ?? []
  const streams = new Map(stops.map(({ household, shown }) => [household, shown.stream]))
  let wanted: string | null = face.grid
  let { list } = face
  const isHere = (household: string) => here.has(register.get('household', household)?.stream ?? '')
  /** One grid that is here has its list as always. */
  const isListed = (grid: string | undefined) => grid !== undefined && here.has(grid)
  const opening: FaceOpening = {
    begin(held) {
      if (stops.some(({ shown }) => !held.includes(shown.stream))) list = null
    },
    came: (stream) => void here.add(stream),
    next(left) {
      const [first = ''] = left
      return wanted !== null && left.has(wanted) ? wanted : first
    },
    isAwaited: (stream) => stream === wanted,
    isHere,
    hasten(household) {
      wanted = streams.get(household) ?? wanted
      // It came between the question and the wish.
      if (isHere(household)) register.open(opening)
    },
    later: (grid) => (isListed(grid) ? null : []),
    today(day, grid) {
      if (isListed(grid)) return null
      const isMet = ({ household }: Stop) =>
        register
          .visits(household)
          .some(({ fields }) => fields.outcome === 'met' && instantToDay(fields.at) >= face.day)
      if (!list || face.grid !== (grid ?? null) || face.day > day) return nothingYet(day)
      const left = without(list, isMet)
      return face.day === day ? left : ofEarlier(left, face.day, day)
    },
  }
  return opening
}

/** The list without whom somebody met since it was drawn: own work is read before the first screen. */
function without({ groups, ...list }: FaceList, isMet: (stop: Stop) => boolean): Today {
  const met = groups.flatMap(({ stops }) => stops.filter(isMet))
  const byColour = { ...list.byColour }
  for (const { colour } of met) byColour[colour] -= 1
  const gone = new Set(met.map(({ household }) => household))
  return {
    ...list,
    byColour,
    overdue: list.overdue - met.filter(({ overdue }) => overdue > 0).length,
    done: list.done + met.length,
    met: gone,
    declared: 0,
    groups: groups
      .map((group) => ({ ...group, stops: group.stops.filter((one) => !gone.has(one.household)) }))
      .filter(({ stops }) => stops.length > 0),
    isComing: true,
  }
}

/** Who was left on an earlier day is still to be met: each is late by as many days more. */
function ofEarlier({ groups, ...list }: Today, asOf: Day, day: Day): Today {
  const later = ({ stops, ...group }: Today['groups'][number]) => ({
    ...group,
    stops: stops.map((stop) => ({ ...stop, overdue: daysBetween(stop.on, day) })),
  })
  return { ...list, groups: groups.map(later), day, workday: day, asOf }
}

function nothingYet(day: Day): Today {
  return {
    day,
    workday: day,
    groups: [],
    byColour: emptyDistribution(),
    overdue: 0,
    done: 0,
    total: 0,
    declared: 0,
    met: new Set(),
    later: { count: 0, overdue: 0 },
    isComing: true,
  }
}
