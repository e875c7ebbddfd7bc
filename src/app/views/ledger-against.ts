/** A ledger held against what this device has: its kinds and units, its doors, and requests that may be the same. */
import type { Item } from '#domain/requests/catalogue.ts'
import { itemsOffered, mayHoldItem } from '#domain/requests/catalogue.ts'
import { hasMaskedWords } from '#domain/requests/mask-words.ts'
import { nameKey, type LedgerProblem, type LedgerRow } from '#domain/requests/read-ledger.ts'
import type { SiteKind } from '#domain/requests/request.ts'
import { isSimilar, type Comparable } from '#domain/requests/similar.ts'
import { textsToDoor } from '#domain/roster/clean-door.ts'
import { createDoorFinder } from '#domain/roster/find-door.ts'
import { createRegisterIndex } from '#domain/roster/register-index.ts'
import type { Register } from '#app/register/register.ts'
import { catalogueHere, officeHere, unitsHere } from './request-rules.ts'
import { comparable } from './request-similar.ts'
import { viewRequest, type Viewer } from './requests.ts'

/** What somebody answered: by the text in the ledger an id, or '' for none of them. */
export interface LedgerAnswers {
  readonly items: Readonly<Record<string, string>>
  readonly holders: Readonly<Record<string, string>>
  /** Grid of what is at no door that the register has. */
  readonly grid: string
  /** Rows by their place in the list: taken although something like it is there, or left out. */
  readonly taken: Readonly<Record<number, boolean>>
}

export interface HeldRow {
  readonly row: LedgerRow
  readonly problems: readonly (LedgerProblem | 'no-own-office' | 'item-open' | 'holder-open')[]
  readonly item: Item | null
  readonly unit: string | null
  readonly site: { readonly kind: SiteKind; readonly id: string } | null
  readonly stream: string | null
  /** It was brought in before, by its number in the ledger. */
  readonly before: string | null
  /** Ids of requests that may be the same matter. */
  readonly similar: readonly string[]
  /** Units read these words with numbers masked. */
  readonly isMasked: boolean
  readonly isTaken: boolean
}

const mostSimilar = 3

/** The register is read once for a file: each answer then costs no more than its rows. */
export function createLedgerHold(
  register: Register,
  viewer: Viewer,
): (rows: readonly LedgerRow[], answers: LedgerAnswers) => readonly HeldRow[] {
  const catalogue = catalogueHere(register)
  const items = catalogue ? itemsOffered(catalogue, viewer.role) : []
  const itemOf = named(items, ({ name, nameEn }) => [name, nameEn])
  const units = unitsHere(register)
  const unitOf = named(units, ({ name }) => [name])
  const find = siteFinder(register)
  const { similarTo, beforeOf } = known(register, viewer)
  const holdRow = (row: LedgerRow, at: number, answers: LedgerAnswers): HeldRow => {
    const answered = answers.items[row.itemText]
    const item = itemOf(row.itemText) ?? items.find(({ id }) => id === answered) ?? null
    const isItemOpen = row.itemText !== '' && item === null && answered === undefined
    const isForOffice = item?.isStaffOnly === true || item?.isAboutStaff === true
    const holder = answers.holders[row.holderText]
    const isHolderOpen =
      row.holderText !== '' && !isForOffice && !unitOf(row.holderText) && holder === undefined
    const unit = isForOffice
      ? null
      : (unitOf(row.holderText)?.id ?? units.find(({ id }) => id === holder)?.id ?? null)
    const found = isForOffice ? null : find(row)
    const stream = isForOffice
      ? officeHere(register, item.isAboutStaff === true)
      : (found?.stream ?? (answers.grid || null))
    const before = beforeOf(row)
    const similar = item && found ? similarTo(item.id, found.building) : []
    const problems = [
      ...row.problems,
      ...(isItemOpen ? (['item-open'] as const) : []),
      ...(isHolderOpen ? (['holder-open'] as const) : []),
      ...(isForOffice && stream === null ? (['no-own-office'] as const) : []),
    ]
    return {
      ...{ row, problems, item, unit, stream, before, similar },
      site: found && { kind: found.kind, id: found.id },
      isMasked: hasMaskedWords(row.words ?? '') || hasMaskedWords(row.where ?? ''),
      isTaken:
        problems.length === 0 &&
        stream !== null &&
        (item === null || mayHoldItem(viewer.role, item)) &&
        (answers.taken[at] ?? (before === null && similar.length === 0)),
    }
  }
  return (rows, answers) => rows.map((row, at) => holdRow(row, at, answers))
}

/** What two people would call the same; null of a text that names none. */
function named<One>(all: readonly One[], namesOf: (one: One) => readonly string[]) {
  const byName = new Map(
    all.flatMap((one) => namesOf(one).map((name) => [nameKey(name), one] as const)),
  )
  return (text: string) => byName.get(nameKey(text)) ?? null
}

interface Site {
  readonly kind: 'dwelling' | 'building'
  readonly id: string
  readonly building: string
  readonly stream: string
}

/** The door or building that the columns of a row name beyond doubt; else null, and its place stays in words. */
function siteFinder(register: Register): (row: LedgerRow) => Site | null {
  const grids = register.grids().map(({ id, fields }) => ({ id, name: fields.name }))
  const index = createRegisterIndex(grids)
  for (const building of register.all('building')) index.add(building)
  for (const dwelling of register.all('dwelling')) index.add(dwelling)
  const finder = createDoorFinder(index, null, new Map())
  const buildings = register.buildings().map(({ id, stream, fields }) => {
    return { id, stream, name: nameKey(`${fields.estate ?? ''}${fields.name}`) }
  })
  return ({ door }) => {
    const read = textsToDoor(door)
    const found = finder.find(read)
    if (found.ok && 'id' in found.building) {
      const building = found.building.id
      const stream = register.get('building', building)?.stream ?? found.stream
      return 'id' in found.dwelling
        ? { kind: 'dwelling', id: found.dwelling.id, building, stream }
        : { kind: 'building', id: building, building, stream }
    }
    // A stairwell has no room: its building is enough.
    const text = nameKey(`${read.estate ?? ''}${read.building ?? ''} ${door.estate}${door.address}`)
    const [longest, next] = buildings
      .filter(({ name }) => text.includes(name))
      .sort((a, b) => b.name.length - a.name.length)
    if (!longest || next?.name.length === longest.name.length) return null
    const { id, stream } = longest
    return { kind: 'building', id, building: id, stream }
  }
}

function known(register: Register, viewer: Viewer) {
  const byItem = new Map<string, { readonly id: string; readonly of: Comparable }[]>()
  const byNumber = new Map<string, string>()
  for (const request of register.all('request')) {
    const view = viewRequest(register, request, viewer)
    const number = view.steps[0]?.step.outsideNumber
    if (number) byNumber.set(nameKey(number), request.id)
    const of = comparable(register, view)
    if (of.item !== null) {
      const list = byItem.get(of.item) ?? []
      list.push({ id: request.id, of })
      byItem.set(of.item, list)
    }
  }
  return {
    beforeOf: ({ ledgerNumber }: LedgerRow) =>
      ledgerNumber === null ? null : (byNumber.get(nameKey(ledgerNumber)) ?? null),
    similarTo(item: string, building: string) {
      const own = { item, building, position: null, isOpen: true, closedAt: null }
      return (byItem.get(item) ?? [])
        .filter(({ of }) => isSimilar(own, of, viewer.now))
        .slice(0, mostSimilar)
        .map(({ id }) => id)
    },
  }
}
