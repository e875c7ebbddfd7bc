/** Search as a scan: 33,000 people are read in a few milliseconds, so no index has to be built, kept or wiped. */
import { compareDoors } from '#domain/address.ts'
import type { Query } from './query.ts'
import type { Readings } from './readings.ts'
import type { Hit, Rec } from './register.ts'
import { compareBuildings } from './today.ts'

export interface SearchSource {
  residents(): Iterable<Rec<'resident'>>
  /** Everybody by name: a village of thousands has far fewer names than people. */
  namesakes(): ReadonlyMap<string, readonly Rec<'resident'>[]>
  dwellings(): Iterable<Rec<'dwelling'>>
  building(id: string): Rec<'building'> | undefined
}

/** Exact, beginning, middle; and behind them the same for those who moved out or died. */
const ranks = 6

export function search(
  source: SearchSource,
  readings: Readings,
  query: Query,
  limit: number,
): readonly Hit[] {
  const people = query.name || query.pinyin || query.digits
  const hits = people ? findPeople(source, readings, query, limit) : []
  if (!query.room || hits.length >= limit) return hits
  return [...hits, ...findRooms(source, query, limit - hits.length)]
}

function findPeople(
  source: SearchSource,
  readings: Readings,
  query: Query,
  limit: number,
): readonly Hit[] {
  const buckets: Hit[][] = Array.from({ length: ranks }, () => [])
  const add = (resident: Rec<'resident'>, { rank, matched }: Match) => {
    const gone = resident.fields.movedOutOn || resident.fields.diedOn
    const bucket = buckets[rank + (gone ? 3 : 0)]
    if (bucket && bucket.length < limit) bucket.push({ kind: 'resident', id: resident.id, matched })
  }
  if (query.digits) {
    for (const resident of source.residents()) {
      const found = matchDigits(resident, query.digits)
      if (found) add(resident, found)
    }
  } else {
    for (const [name, people] of source.namesakes()) {
      const found = matchName(name, readings, query)
      if (found) for (const resident of people) add(resident, found)
    }
  }
  return buckets.flat().slice(0, limit)
}

const [zero, nine] = [48, 57]

interface Match {
  readonly matched: Hit['matched']
  readonly rank: 0 | 1 | 2
}

function matchName(name: string, readings: Readings, query: Query): Match | null {
  if (query.pinyin) return matchReading(readings.of(name), query.pinyin)
  const at = query.name ? name.indexOf(query.name) : -1
  return at === -1 ? null : { matched: 'name', rank: rankOf(at, name, query.name ?? '') }
}

function matchDigits(resident: Rec<'resident'>, typed: string): Match | null {
  const { phones, documentNumber } = resident.fields
  if (documentNumber?.endsWith(typed)) {
    return { matched: 'document', rank: documentNumber === typed ? 0 : 1 }
  }
  for (const phone of phones ?? []) {
    // Most are told apart by their last digit, before anything else is read of them.
    const end = phone.charCodeAt(phone.length - 1)
    if (end >= zero && end <= nine && end !== typed.charCodeAt(typed.length - 1)) continue
    const digits = /^\d+$/.test(phone) ? phone : phone.replace(/\D/g, '')
    if (digits.endsWith(typed)) return { matched: 'telephone', rank: digits === typed ? 0 : 1 }
  }
  return null
}

function matchReading(
  readings: readonly { readonly full: string; readonly initials: string }[],
  typed: string,
): Match | null {
  let best: Match | null = null
  for (const { full, initials } of readings) {
    if (initials === typed || full === typed) {
      return { matched: full === typed ? 'pinyin' : 'initials', rank: 0 }
    }
    if (best) continue
    if (full.startsWith(typed)) best = { matched: 'pinyin', rank: 1 }
    else if (initials.startsWith(typed)) best = { matched: 'initials', rank: 1 }
    else if (typed.length >= 3 && full.includes(typed)) best = { matched: 'pinyin', rank: 2 }
  }
  return best
}

function rankOf(at: number, whole: string, part: string): 0 | 1 | 2 {
  if (at > 0) return 2
  return whole.length === part.length ? 0 : 1
}

function findRooms(source: SearchSource, query: Query, limit: number): readonly Hit[] {
  const { room, estate } = query
  if (!room) return []
  const typed = room.room.toUpperCase()
  // 03幢02单元 is 3幢2单元.
  const [number, unit] = [room.building, room.unit].map((part) => part?.replace(/^0+(?=\d)/, ''))
  const found: { readonly dwelling: Rec<'dwelling'>; readonly isExact: boolean }[] = []
  for (const dwelling of source.dwellings()) {
    const { fields } = dwelling
    const onDoor = fields.room.toUpperCase()
    if (!onDoor.startsWith(typed)) continue
    if (unit && fields.unit !== unit) continue
    if (room.building || estate) {
      const building = source.building(fields.building)
      if (!building || (estate && !building.fields.estate.includes(estate))) continue
      if (number && !isNumbered(building.fields.name, number)) continue
    }
    found.push({ dwelling, isExact: onDoor === typed })
  }
  const compare = (a: (typeof found)[number], b: (typeof found)[number]) =>
    Number(b.isExact) - Number(a.isExact) ||
    compareBuildings(
      source.building(a.dwelling.fields.building),
      source.building(b.dwelling.fields.building),
    ) ||
    compareDoors(a.dwelling.fields, b.dwelling.fields)
  return first(found, limit, compare).map(({ dwelling }) => ({
    kind: 'dwelling',
    id: dwelling.id,
    matched: 'room',
  }))
}

/** The first so many in order. One digit fits thousands of rooms, and sorting them all would be felt. */
function first<T>(items: readonly T[], limit: number, compare: (a: T, b: T) => number): T[] {
  const kept: T[] = []
  for (const item of items) {
    const last = kept.at(-1)
    if (kept.length >= limit && last !== undefined && compare(item, last) >= 0) continue
    let [low, high] = [0, kept.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(item, kept[middle] as T) < 0) high = middle
      else low = middle + 1
    }
    kept.splice(low, 0, item)
    if (kept.length > limit) kept.pop()
  }
  return kept
}

/** 3幢 and 3号 for 3, but not 13幢. */
function isNumbered(name: string, number: string): boolean {
  return name.startsWith(number) && !/\d/.test(name.charAt(number.length))
}
