/** Funds of stairwells as screens show them: their accounts, what waits for whom, and what a form saves. */
import { mayEnterInFund, mayKeepFunds } from '#domain/permission-of-funds.ts'
import { fitsPlace } from '#domain/permission-of-places.ts'
import { isGrid } from '#domain/place.ts'
import { giverLabel } from '#domain/funds/giver-label.ts'
import { entryKinds, type CheckWord, type EntryKind, type FundEntry } from '#domain/funds/fund.ts'
import {
  ledgerOf,
  type HeldCheck,
  type HeldEntry,
  type Ledger,
  type Line,
} from '#domain/funds/ledger.ts'
import { readCents } from '#domain/funds/money.ts'
import { isDay, type Day } from '#domain/day.ts'
import type { Role } from '#domain/account.ts'
import { keepWithRegister } from '#app/register/kept-with-register.ts'
import type { Register } from '#app/register/register.ts'
import { doorOf } from './door.ts'
import type { Rec } from './records.ts'

/** Who looks. */
export interface FundViewer {
  readonly id: string
  readonly role: Role
}

export interface EntryHere extends HeldEntry {
  /** Not sent yet. */
  readonly isPending: boolean
  /** What this device said of it and the server has not heard. */
  readonly unheard: CheckWord | null
  /** Of whoever agreed to be named, and the record that says so. */
  readonly name: string | null
  readonly giver: string | null
}

export interface FundView {
  readonly fund: Rec<'fund'>
  readonly ledger: Ledger<EntryHere>
}

interface Found {
  readonly entries: ReadonlyMap<string, readonly Rec<'fund-entry'>[]>
  readonly checks: ReadonlyMap<string, readonly Rec<'fund-check'>[]>
  readonly givers: ReadonlyMap<string, Rec<'fund-giver'>>
}
const known = keepWithRegister<Found>()

function foundIn(register: Register): Found {
  const held = known.get(register)
  if (held) return held
  const givers = new Map<string, Rec<'fund-giver'>>()
  for (const giver of register.all('fund-giver')) {
    if (giver.fields.name) givers.set(giver.fields.entry, giver)
  }
  const found = {
    entries: grouped(register.all('fund-entry'), ({ fields }) => fields.fund),
    checks: grouped(register.all('fund-check'), ({ fields }) => fields.entry),
    givers,
  }
  known.set(register, found)
  return found
}

function grouped<T>(
  all: Iterable<T>,
  keyOf: (one: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

/** `account`: what is not sent yet is its own. */
export function fundView(register: Register, fund: Rec<'fund'>, account: string): FundView {
  const { entries, checks, givers } = foundIn(register)
  const byOf = ({ version, by }: Pick<Rec<'fund-entry'>, 'version' | 'by'>) =>
    version === 0 ? account : (by ?? null)
  const own = [...(entries.get(fund.id) ?? [])].sort(inOrder)
  const said = own.flatMap(({ id }) => checks.get(id) ?? [])
  const held = own.map((entry): EntryHere => {
    const { id, version, fields } = entry
    const words = (checks.get(id) ?? []).filter((check) => check.version === 0)
    return {
      ...{ id, by: byOf(entry), fields, isPending: version === 0 },
      unheard: words.at(-1)?.fields.says ?? null,
      name: givers.get(id)?.fields.name ?? null,
      giver: givers.get(id)?.id ?? null,
    }
  })
  const heldChecks = said.map((check): HeldCheck => ({
    ...{ id: check.id, by: check.by ?? null, fields: check.fields },
  }))
  return { fund, ledger: ledgerOf(held, heldChecks) }
}

/** As they came; what this device has not sent yet comes last. */
function inOrder(a: Rec<'fund-entry'>, b: Rec<'fund-entry'>): number {
  const order = ({ version }: Rec<'fund-entry'>) => (version === 0 ? Infinity : version)
  return order(a) === order(b) ? 0 : order(a) - order(b)
}

/** Open ones first, the newest first among them. */
export function fundsHere(register: Register, account: string): readonly FundView[] {
  return [...register.all('fund')]
    .sort(
      (a, b) =>
        Number(!!a.fields.closedOn) - Number(!!b.fields.closedOn) ||
        (a.fields.openedOn < b.fields.openedOn ? 1 : -1),
    )
    .map((fund) => fundView(register, fund, account))
}

export function hasFunds(register: Pick<Register, 'all'>): boolean {
  for (const _ of register.all('fund')) return true
  return false
}

/** Whether somebody of a role works where a fund stands: of what lies above, a device has but the words. */
function isOwnPlace(register: Register, place: string, role: Role): boolean {
  return register
    .pathOf(place)
    .some(({ id, fields: { placeKind } }) =>
      fitsPlace(role, placeKind, isGrid(placeKind) || register.buildings(id).length > 0),
    )
}

export function mayKeepHere(register: Register, fund: Rec<'fund'>, viewer: FundViewer): boolean {
  return mayKeepFunds(viewer.role) && isOwnPlace(register, fund.stream, viewer.role)
}

export function mayEnterHere(register: Register, fund: Rec<'fund'>, viewer: FundViewer): boolean {
  return mayEnterInFund(viewer.role) && isOwnPlace(register, fund.stream, viewer.role)
}

/** What waits for this account's word: somebody else entered it, and the fund is open. */
export function waitsForMe(
  { fund, ledger }: FundView,
  account: string,
): readonly Line<EntryHere>[] {
  if (fund.fields.closedOn) return []
  return ledger.waiting.filter(
    ({ entry }) => entry.by !== account && !entry.isPending && entry.unheard === null,
  )
}

/** Of all funds in places of one's own. */
export function countWaitingForMe(register: Register, viewer: FundViewer): number {
  let count = 0
  for (const fund of register.all('fund')) {
    if (!mayEnterHere(register, fund, viewer)) continue
    count += waitsForMe(fundView(register, fund, viewer.id), viewer.id).length
  }
  return count
}

/** Where an office opens a fund that is of no building: never a grid, which may be split or end in another. */
export function placesOfFunds(register: Register, role: Role): readonly Rec<'place'>[] {
  return [...register.all('place')]
    .filter(
      ({ id, fields }) =>
        !fields.closed &&
        fields.placeKind !== 'unit' &&
        !isGrid(fields.placeKind) &&
        isOwnPlace(register, id, role),
    )
    .sort((a, b) => (a.fields.order ?? 0) - (b.fields.order ?? 0))
}

/** Doors that a fund of a building or entrance concerns. */
export function doorsOf(register: Register, fund: Rec<'fund'>): readonly Rec<'dwelling'>[] {
  const { building, unit } = fund.fields
  if (!building) return []
  return register.dwellings(building).filter(({ fields }) => !unit || fields.unit === unit)
}

/** Those who live behind a door now. */
export function peopleBehind(register: Register, door: string): readonly Rec<'resident'>[] {
  return register.households(door).flatMap(({ id }) => register.residents(id))
}

/** As the form of a fund has it; '' where nothing is said. */
export interface FundDraft {
  readonly place: string
  readonly building: string
  readonly unit: string
  readonly name: string
  readonly where: string
  readonly what: string
  readonly agreed: string
}

/** `from`: what a new one begins with. */
export function draftOfFund(
  fund: Rec<'fund'> | undefined,
  place: string,
  from: Partial<FundDraft> = {},
): FundDraft {
  const fields = fund?.fields
  const said = fields && {
    ...{ place: fund.stream, name: fields.name, where: fields.where },
    building: fields.building ?? '',
    unit: fields.unit ?? '',
    what: fields.what ?? '',
    agreed: fields.agreed ?? '',
  }
  const empty = { place, building: '', unit: '', name: '', where: '', what: '', agreed: '' }
  return { ...empty, ...from, ...said }
}

/** `清风阳光苑 3幢1单元`, as far as the form says it. */
export function whereOf(register: Register, { place, building, unit }: FundDraft): string {
  const house = building ? register.get('building', building)?.fields : undefined
  if (!house) return register.get('place', place)?.fields.name ?? ''
  const entrance = unit ? `${unit}单元` : ''
  return [house.estate, `${house.name}${entrance}`].filter(Boolean).join(' ')
}

/** The stream in which it stands: the building's, else the place. */
export function streamOfDraft(register: Register, { place, building }: FundDraft): string {
  return (building && register.get('building', building)?.stream) || place
}

/** As the form of an entry has it. */
export interface EntryDraft {
  readonly kind: Exclude<EntryKind, 'corrected'>
  readonly yuan: string
  readonly on: string
  readonly what: string
  readonly payee: string
  readonly door: string
  readonly giver: string
  readonly resident: string
}

export const enteredKinds = entryKinds.filter((kind) => kind !== 'corrected')

export function emptyEntry(day: Day): EntryDraft {
  const said = { yuan: '', what: '', payee: '', door: '', giver: '', resident: '' }
  return { kind: 'received', on: day, ...said }
}

export type EntryFault = 'required' | 'not-money' | 'not-a-day' | 'day-in-future'

export function faultsOfEntry(
  draft: EntryDraft,
  today: Day,
): Partial<Record<keyof EntryDraft, EntryFault>> {
  const faults: Partial<Record<keyof EntryDraft, EntryFault>> = {}
  if (draft.yuan.trim() === '') faults.yuan = 'required'
  else if (readCents(draft.yuan) === null) faults.yuan = 'not-money'
  if (!isDay(draft.on)) faults.on = 'not-a-day'
  else if (draft.on > today) faults.on = 'day-in-future'
  if (draft.kind === 'spent') {
    if (draft.payee.trim() === '') faults.payee = 'required'
    if (draft.what.trim() === '') faults.what = 'required'
  } else if (draft.door === '' && draft.giver.trim() === '') faults.giver = 'required'
  return faults
}

/** Of a draft without faults. */
export function entryOf(
  register: Register,
  fund: string,
  draft: EntryDraft,
  vouchers: readonly string[],
): FundEntry {
  const isSpent = draft.kind === 'spent'
  const door = !isSpent && draft.door !== '' ? register.get('dwelling', draft.door) : undefined
  return {
    ...{ fund, entryKind: draft.kind, cents: readCents(draft.yuan) ?? 0, on: draft.on },
    what: draft.what.trim() || null,
    payee: isSpent ? draft.payee.trim() : null,
    giver: isSpent ? null : door ? giverLabel(door.fields.floor) : draft.giver.trim(),
    door: door?.id ?? null,
    ...(vouchers.length > 0 ? { vouchers: [...vouchers] } : {}),
  }
}

/** The door behind an entry, for those who keep the account; the page has the storey alone. */
export function doorOfEntry(register: Register, { door }: FundEntry): string | null {
  return door ? doorOf(register, door) || null : null
}

/** What was said of an entry and changed nothing, with the reason. */
export function idleChecks(register: Register, entry: string) {
  return (foundIn(register).checks.get(entry) ?? []).flatMap(({ id, by, fields }) =>
    fields.moved === false && fields.why
      ? [{ id, by: by ?? null, says: fields.says, why: fields.why }]
      : [],
  )
}
