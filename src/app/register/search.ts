/** Search as a scan: 33,000 people are read in a few milliseconds, so no index has to be built, kept or wiped. */
import { compareDoors } from '#domain/address.ts'
import type { Query } from './query.ts'
import type { Readings } from './readings.ts'
import type { Hit, Rec } from './register.ts'
import { compareBuildings } from './today.ts'

export interface SearchSource {
  residents(): Iterable<Rec<'resident'>>
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
  for (const resident of source.residents()) {
    const found = match(resident, readings, query)
    if (!found) continue
    const gone = resident.fields.movedOutOn || resident.fields.diedOn
    const bucket = buckets[found.rank + (gone ? 3 : 0)]
    if (bucket && bucket.length < limit) {
      bucket.push({ kind: 'resident', id: resident.id, matched: found.matched })
    }
  }
  return buckets.flat().slice(0, limit)
}

const [zero, nine] = [48, 57]

interface Match {
  readonly matched: Hit['matched']
  readonly rank: 0 | 1 | 2
}

function match(resident: Rec<'resident'>, readings: Readings, query: Query): Match | null {
  const { name, phones, documentNumber } = resident.fields
  if (query.name) {
    const at = name.indexOf(query.name)
    return at === -1 ? null : { matched: 'name', rank: rankOf(at, name, query.name) }
  }
  if (query.pinyin) return matchReading(readings.of(name), query.pinyin)
  if (!query.digits) return null
  if (documentNumber?.endsWith(query.digits)) {
    return { matched: 'document', rank: documentNumber === query.digits ? 0 : 1 }
  }
  for (const phone of phones ?? []) {
    // Most are told apart by their last digit, before anything else is read of them.
    const end = phone.charCodeAt(phone.length - 1)
    if (end >= zero && end <= nine && end !== query.digits.charCodeAt(query.digits.length - 1)) {
      continue
    }
    const digits = /^\d+$/.test(phone) ? phone : phone.replace(/\D/g, '')
    if (digits.endsWith(query.digits)) {
      return { matched: 'telephone', rank: digits === query.digits ? 0 : 1 }
    }
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
  // One digit fits thousands of rooms; where those that are meant exactly fill the answer, only they are sorted.
  const exact = found.filter((one) => one.isExact)
  return (exact.length >= limit ? exact : found)
    .sort(
      (a, b) =>
        Number(b.isExact) - Number(a.isExact) ||
        compareBuildings(
          source.building(a.dwelling.fields.building),
          source.building(b.dwelling.fields.building),
        ) ||
        compareDoors(a.dwelling.fields, b.dwelling.fields),
    )
    .slice(0, limit)
    .map(({ dwelling }) => ({ kind: 'dwelling', id: dwelling.id, matched: 'room' }))
}

/** 3幢 and 3号 for 3, but not 13幢. */
function isNumbered(name: string, number: string): boolean {
  return name.startsWith(number) && !/\d/.test(name.charAt(number.length))
}
