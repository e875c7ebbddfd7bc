/** The building and dwelling that a row means: ones that the register has, new ones and in which grid, or a question. */
import { normaliseBuildingName, roomToFloor } from '../address.ts'
import { numeralsToDigits } from '../numerals.ts'
import { plainText } from '../text.ts'
import type { RosterDoor } from './clean-door.ts'
import { answerTo, type Answers, type DoorLevels, type Question } from './questions.ts'
import { buildingKey, estateKey, type Held, type RegisterIndex } from './register-index.ts'
import type { RowProblem, Trouble } from './row.ts'

export interface FoundDoor {
  readonly ok: true
  /** The same for every row at this door. */
  readonly key: string
  readonly stream: string
  readonly building: { readonly id: string } | { readonly estate: string; readonly name: string }
  readonly dwelling:
    | { readonly id: string }
    | { readonly unit: string | null; readonly floor: number; readonly room: string }
}

export interface NoDoor {
  readonly ok: false
  readonly problem: RowProblem
  readonly field: Trouble['field']
  readonly text: string
}

/** What is asked stays with the door after it was answered, so that the answer can be changed. */
export type DoorResult = (FoundDoor | NoDoor) & { readonly asks: readonly Question[] }

export interface DoorFinder {
  find(door: RosterDoor): DoorResult
  /** Other answers count from now on. Estates that the roster brings stay spelt as they were first. */
  answer(answers: Answers): void
}

interface Finding {
  readonly index: RegisterIndex
  readonly homeGrid: string | null
  readonly answers: Answers
  /** New estates of this roster, as they were spelt first. */
  readonly newEstates: Map<string, string>
  readonly asks: Question[]
}

/** `homeGrid`: where a building goes of which neither its estate nor its row tells the grid; null: nowhere. */
export function createDoorFinder(
  index: RegisterIndex,
  homeGrid: string | null,
  first: Answers,
): DoorFinder {
  let answers = first
  const found = new Map<string, DoorResult>()
  /** Neighbours in a roster share a door: the same object needs no key. */
  let last: { readonly door: RosterDoor; readonly result: DoorResult } | null = null
  const newEstates = new Map<string, string>()
  return {
    find(door) {
      if (last?.door === door) return last.result
      const key = JSON.stringify(door)
      const known = found.get(key)
      if (known) {
        last = { door, result: known }
        return known
      }
      const asks: Question[] = []
      const made = understand({ index, homeGrid, answers, newEstates, asks }, door)
      const result = { ...made, asks }
      found.set(key, result)
      last = { door, result }
      return result
    },
    answer(changed) {
      answers = changed
      found.clear()
      last = null
    },
  }
}

const no = (problem: RowProblem, text = '', field: Trouble['field'] = 'address'): NoDoor => ({
  ok: false,
  problem,
  field,
  text,
})

/** Cells that were not understood are asked about first; what somebody answered stands in their place. */
function understand(finding: Finding, door: RosterDoor): FoundDoor | NoDoor {
  const [only, other] = door.unclear
  if (!only) return findDoor(finding, door)
  if (only.field === 'unit' && !other) {
    const place = `${door.estate ?? ''}${door.building ?? ''}`
    const key = `unit ${place} ${plainText(only.text)}`
    const digits = /\d+/.exec(numeralsToDigits(only.text))?.[0]
    const suggestions = digits === undefined ? [] : [String(Number(digits))]
    finding.asks.push({ kind: 'unit', key, text: only.text, place, suggestions })
    const answer = answerTo(finding.answers, key, 'unit')
    if (!answer) return no('unclear-unit', only.text, 'unit')
    return findDoor(finding, { ...door, unclear: [], unit: answer.unit })
  }
  return askDoor(finding, door, [])
}

function askDoor(
  finding: Finding,
  door: RosterDoor,
  suggestions: readonly DoorLevels[],
): FoundDoor | NoDoor {
  const key = `door ${plainText(door.text)}`
  if (!finding.asks.some((one) => one.key === key)) {
    finding.asks.push({ kind: 'door', key, text: door.text, suggestions: suggestions.slice(0, 10) })
  }
  const answer = answerTo(finding.answers, key, 'door')
  if (!answer) return no('unclear-door', door.text, door.unclear[0]?.field ?? 'address')
  const said: RosterDoor = { ...door, ...answer.door, unclear: [], others: [] }
  return findDoor(finding, said, true)
}

/** `isSaid`: somebody has said what is meant; whatever is missing still is no question any more. */
function findDoor(finding: Finding, door: RosterDoor, isSaid = false): FoundDoor | NoDoor {
  const { index } = finding
  const ask = (suggestions: readonly DoorLevels[], problem: RowProblem, text: string) =>
    isSaid ? no(problem, text) : askDoor(finding, door, suggestions)
  if (door.building === null) {
    if (door.room === null && door.estate === null) return no('no-door', door.text)
    const here = door.estate === null ? [] : buildingsIn(index, door.estate)
    const [only, other] = here
    // 宿舍206: an estate of one building.
    if (only && !other) return findDwelling(finding, only, door, isSaid)
    const house = here.find(({ fields }) => fields.name === `${door.room ?? ''}号`)
    const meant = house ? [{ ...levelsOf(door), building: house.fields.name, room: null }] : []
    return door.text === ''
      ? no('no-building', door.estate ?? '')
      : ask(meant, 'no-building', door.text)
  }
  const name = normaliseBuildingName(door.building) ?? door.building
  if (door.estate === null) {
    const called = index.buildingsNamed(name)
    const [only, other] = called
    if (only && !other) return findDwelling(finding, only, door, isSaid)
    const meant = called.map(({ fields }) => ({ ...levelsOf(door), estate: fields.estate }))
    return called.length > 1 && door.text !== ''
      ? ask(meant, 'unclear-estate', door.text)
      : no('unclear-estate', door.text === '' ? name : door.text)
  }
  const here = buildingsIn(index, door.estate)
  const same = here.filter((building) => building.fields.name === name)
  const [only, other] = among(same, finding, door)
  if (only && !other) return findDwelling(finding, only, door, isSaid)
  if (only) return no('unclear-estate', `${door.estate}${name}`)
  const as = askBuilding(finding, door, name, here)
  if (as === null)
    return no('unclear-building', door.written === '' ? name : door.written, 'building')
  if (as !== name) return findDoor(finding, { ...door, building: as }, isSaid)
  return newBuilding(finding, door, name, here[0]?.fields.estate ?? null, isSaid)
}

const levelsOf = ({ estate, building, unit, floor, room }: DoorLevels): DoorLevels => ({
  ...{ estate, building, unit, floor, room },
})

/** Buildings of the estate that a roster's words mean: 秋丰村秋丰路12号 is 秋丰路12号 in the register. */
function buildingsIn(index: RegisterIndex, estate: string): readonly Held<'building'>[] {
  const wanted = estateKey(estate)
  const exact = index.buildingsOf(wanted)
  if (exact.length > 0) return exact
  const ends = [...index.estateKeys()]
    .filter((key) => key.length > 1 && wanted.endsWith(key))
    .sort((a, b) => b.length - a.length)
  return ends[0] === undefined ? [] : index.buildingsOf(ends[0])
}

/** Two of one name in one estate stand in two grids, of which the row may name one. */
function among(
  same: readonly Held<'building'>[],
  { index }: Finding,
  { grid }: RosterDoor,
): readonly Held<'building'>[] {
  if (same.length < 2 || grid === null) return same
  const named = gridsNamed(index, grid)
  const inGrid = same.filter(({ stream }) => named.includes(stream))
  return inGrid.length > 0 ? inGrid : same
}

/**
 * Where an estate knows houses alone, a block is asked about, and the other way round: 2# may be 2号. The name that the
 * answer gives; null where there is none yet.
 */
function askBuilding(
  { asks, answers }: Finding,
  door: RosterDoor,
  name: string,
  here: readonly Held<'building'>[],
): string | null {
  const kind = kindOf(name)
  if (kind === null || here.length === 0) return name
  if (here.some(({ fields }) => kindOf(fields.name) === kind)) return name
  const others = [...new Set(here.map(({ fields }) => kindOf(fields.name)))].filter(Boolean)
  if (others.length === 0) return name
  const number = name.slice(0, -1)
  const suggestions = others.map((other) => ({
    name: `${number}${other ?? ''}`,
    known: here.some(({ fields }) => fields.name === `${number}${other ?? ''}`),
  }))
  const estate = here[0]?.fields.estate ?? door.estate ?? ''
  const text = door.written === '' ? name : plainText(door.written)
  const key = `building ${estateKey(estate)} ${text}`
  asks.push({ kind: 'building', key, text, estate, suggestions })
  return answerTo(answers, key, 'building')?.building ?? null
}

const kindOf = (name: string) => /^[\dA-Z-]+([幢号])$/u.exec(name)?.[1] ?? null

function newBuilding(
  finding: Finding,
  door: RosterDoor,
  name: string,
  known: string | null,
  isSaid: boolean,
): FoundDoor | NoDoor {
  const { newEstates } = finding
  const written = door.estate ?? ''
  const estate = known ?? newEstates.get(estateKey(written)) ?? written
  const stream = gridOf(finding, door.grid, estate)
  if (stream === null) return no('no-grid', door.grid ?? `${estate}${name}`, 'grid')
  if (door.others.length > 0 && !isSaid)
    return askDoor(finding, door, [levelsOf(door), ...door.others])
  const dwelling = newDwelling(door, name)
  if (!dwelling) return no('no-door', `${estate}${name}`)
  newEstates.set(estateKey(written), estate)
  return {
    ok: true,
    key: `new ${stream} ${buildingKey(estateKey(estate), name)} ${doorKey(dwelling)}`,
    stream,
    building: { estate, name },
    dwelling,
  }
}

function findDwelling(
  finding: Finding,
  building: Held<'building'>,
  door: RosterDoor,
  isSaid: boolean,
): FoundDoor | NoDoor {
  const { id, stream, fields } = building
  const dwellings = finding.index.dwellings(id)
  const isHere = (dwelling: Held<'dwelling'>): FoundDoor => ({
    ok: true,
    key: dwelling.id,
    stream,
    building: { id },
    dwelling: { id: dwelling.id },
  })
  const place = `${fields.estate}${fields.name}`
  if (door.room === null) {
    // A house is one door, whatever it is called.
    const [only, other] = dwellings
    if (only && !other) return isHere(only)
    if (only) return no('no-door', door.text === '' ? place : door.text)
  } else {
    const found = [door, ...door.others].flatMap((one) => matching(dwellings, one))
    const [only, other] = [...new Set(found)]
    if (only && !other) return isHere(only)
    if (only) {
      const meant = [...new Set(found)].map(({ fields: { unit, floor, room } }) => ({
        ...{ estate: fields.estate, building: fields.name, unit: unit ?? null, floor, room },
      }))
      return isSaid || door.text === ''
        ? no('no-door', `${fields.name}${door.room}`)
        : askDoor(finding, door, meant)
    }
    if (door.others.length > 0 && !isSaid)
      return askDoor(finding, door, [levelsOf(door), ...door.others])
  }
  const dwelling = newDwelling(door, fields.name)
  if (!dwelling) return no('no-door', door.text === '' ? place : door.text)
  return { ok: true, key: `${id} ${doorKey(dwelling)}`, stream, building: { id }, dwelling }
}

function matching(
  dwellings: readonly Held<'dwelling'>[],
  { unit, room }: DoorLevels,
): readonly Held<'dwelling'>[] {
  if (room === null) return []
  const same = dwellings.filter((dwelling) => roomKey(dwelling.fields.room) === roomKey(room))
  const exact = same.filter((dwelling) => unitKey(dwelling.fields.unit) === unitKey(unit))
  // A roster without units, or a register without: one door of that number is meant.
  const near = unit === null || same.every((dwelling) => !dwelling.fields.unit) ? same : []
  return exact.length > 0 ? exact : near
}

const roomKey = (room: string) =>
  plainText(room)
    .toUpperCase()
    .replace(/\s|室$/g, '')
    .replace(/^0+(?=\d)/, '')
const unitKey = (unit: string | null | undefined) =>
  plainText(unit ?? '')
    .replace(/单元$/u, '')
    .replace(/^0+(?=\d)/, '')

interface NewDwelling {
  readonly unit: string | null
  readonly floor: number
  readonly room: string
}

const doorKey = ({ unit, room }: NewDwelling) => `${unit ?? ''}-${room}`

/** A block has rooms; a house without one is its own only room. */
function newDwelling({ unit, floor, room }: DoorLevels, name: string): NewDwelling | null {
  if (room === null)
    return name.endsWith('号') ? { unit: null, floor: floor ?? 1, room: '1' } : null
  if (room.length > 10 || (unit ?? '').length > 4) return null
  return { unit, floor: clamp(floor ?? roomToFloor(room) ?? 1), room: room.toUpperCase() }
}

const clamp = (floor: number) => Math.max(-10, Math.min(150, floor))

/** As the row says; a grid that it names and nobody has made is asked about. Else where the rest of the estate is. */
function gridOf(
  { index, homeGrid, answers, asks }: Finding,
  label: string | null,
  estate: string,
): string | null {
  if (label !== null) {
    const within = gridsNamed(index, label)
    if (within.length === 1) return within[0] ?? null
    const among = within.find((id) => id === homeGrid)
    if (among !== undefined) return among
    const key = `grid ${plainGrid(label)}`
    asks.push({ kind: 'grid', key, text: label, of: 'name' })
    return answerTo(answers, key, 'grid')?.grid ?? null
  }
  const streams = new Set(buildingsIn(index, estate).map(({ stream }) => stream))
  if (streams.size === 1) return [...streams][0] ?? null
  const key = `grid of ${estateKey(estate)}`
  const answer = answerTo(answers, key, 'grid')
  if (homeGrid !== null && !answer) return homeGrid
  asks.push({ kind: 'grid', key, text: estate, of: 'estate' })
  return answer?.grid ?? null
}

function gridsNamed({ grids }: RegisterIndex, label: string): readonly string[] {
  const wanted = plainGrid(label)
  const named = grids.filter(({ name }) => wanted === plainGrid(name))
  const within =
    named.length > 0 ? named : grids.filter(({ name }) => wanted.endsWith(plainGrid(name)))
  return within.map(({ id }) => id)
}

/** 第三网格, 3网格, 网格3 and 三号网格 are one. */
function plainGrid(name: string): string {
  return numeralsToDigits(plainText(name).replace(/[\s第号]/g, ''))
    .replace(/网格(\d+)$/, '$1网格')
    .replace(/(^|\D)0+(?=\d)/g, '$1')
}
