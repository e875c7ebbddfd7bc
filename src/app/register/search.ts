/** Search as a scan: 33,000 people are read in a millisecond or two, so no index has to be kept in order or stored. */
import { documentKey } from '#domain/document-key.ts'
import { isPresent } from '#domain/resident.ts'
import { isNumbered, matchDigits, plainNumber, type Query } from '#domain/search-query.ts'
import type { Readings } from './readings.ts'
import type { Hit, Rec } from './register.ts'
import type { SearchTexts } from './search-texts.ts'

export interface SearchSource {
  readonly texts: SearchTexts
  readonly readings: Readings
}

export function search(source: SearchSource, query: Query, limit: number): readonly Hit[] {
  const people = query.name || query.pinyin || query.digits
  const hits = people ? findPeople(source, query, limit) : []
  if (!query.room || hits.length >= limit) return hits
  return [...hits, ...findRooms(source.texts, query, limit - hits.length)]
}

/** The whole of it, then what begins so, then what holds it. */
const waysOf = (typed: string) => [`\n${typed}\n`, `\n${typed}`, typed]

function findPeople(
  { texts, readings }: SearchSource,
  { name, pinyin, digits }: Query,
  limit: number,
): readonly Hit[] {
  const found = createFound(limit)
  if (digits) {
    // The texts say who can be meant at all, the match how.
    for (const number of new Set([digits, documentKey(digits)])) {
      for (const way of [`\n${number}\n`, `${number}\n`]) {
        for (const resident of texts.numbers().holding(way)) {
          found.add([resident], matchDigits(resident.fields, number))
          if (found.isFull()) break
        }
      }
    }
  }
  if (pinyin) {
    for (const way of waysOf(pinyin)) {
      for (const same of texts.readings().holding(way)) {
        found.add(same.people, matchReading(readings.of(same.name), pinyin))
        if (found.isFull()) break
      }
    }
  }
  // Whatever was typed may be somebody's name: John Smith, or a name that reads like a number.
  if (name !== null) {
    for (const way of waysOf(name)) {
      for (const same of texts.names().holding(way)) {
        found.add(same.people, 'name')
        if (found.isFull()) break
      }
    }
  }
  return found.hits()
}

/** Hits as they are found, the best first; behind them those who moved out or died. Each person once. */
function createFound(limit: number) {
  const seen = new Set<string>()
  const present: Hit[] = []
  const gone: Hit[] = []
  return {
    add(people: readonly Rec<'resident'>[], matched: Hit['matched'] | null): void {
      if (!matched) return
      for (const { id, fields } of people) {
        const hits = isPresent(fields) ? present : gone
        if (hits.length >= limit || seen.has(id)) continue
        seen.add(id)
        hits.push({ kind: 'resident', id, matched })
      }
    },
    /** Whatever else is found would stand behind these. */
    isFull: () => present.length >= limit,
    hits: () => [...present, ...gone].slice(0, limit),
  }
}

/** The best of the ways to read a name; a few letters in the middle of it mean nothing. */
function matchReading(
  readings: readonly { readonly full: string; readonly initials: string }[],
  typed: string,
): 'pinyin' | 'initials' | null {
  let best: 'pinyin' | 'initials' | null = null
  for (const { full, initials } of readings) {
    if (full === typed) return 'pinyin'
    if (initials === typed) return 'initials'
    if (best) continue
    if (full.startsWith(typed)) best = 'pinyin'
    else if (initials.startsWith(typed)) best = 'initials'
    else if (typed.length >= 3 && full.includes(typed)) best = 'pinyin'
  }
  return best
}

function findRooms(texts: SearchTexts, query: Query, limit: number): readonly Hit[] {
  const { room, estate } = query
  if (!room) return []
  const typed = room.room.toUpperCase()
  const [number, unit] = [room.building, room.unit].map(plainNumber)
  const found = new Set<string>()
  for (const way of [`\n${typed}\n`, `\n${typed}`]) {
    for (const { dwelling, building } of texts.rooms().holding(way)) {
      if (found.size >= limit) break
      if (unit && dwelling.fields.unit !== unit) continue
      if (estate && !building?.fields.estate.includes(estate)) continue
      if (number && !(building && isNumbered(building.fields.name, number))) continue
      found.add(dwelling.id)
    }
  }
  return [...found].map((id) => ({ kind: 'dwelling', id, matched: 'room' }))
}
