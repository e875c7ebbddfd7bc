/** The same person on two sheets, or twice on one: one row takes what both say. One number under two names is no repeat. */
import { documentKey } from '../document-key.ts'
import { nameKey } from '../name.ts'
import type { RosterFacts, RosterRow } from './row.ts'

export interface Joined {
  readonly row: RosterRow
  /** Index of the row that it repeats; null where it stands for itself. */
  readonly repeats: number | null
  /** Another row that has the number under another name. */
  readonly otherName: number | null
  /** Where a repeat says otherwise than the row that it repeats. */
  readonly differs: readonly Difference[]
}

/** One field of a repeat: what stands here, and what in the row that counts. */
export interface Difference {
  readonly field: keyof RosterFacts | 'address'
  readonly here: unknown
  readonly there: unknown
}

export function joinRepeats(rows: readonly RosterRow[]): Joined[] {
  const firstByKey = new Map<string, number>()
  const namesByNumber = new Map<string, Set<string>>()
  const joined: { row: RosterRow; repeats: number | null; differs: readonly Difference[] }[] = []
  const rowsOfNumber = new Map<string, number[]>()
  for (const [at, row] of rows.entries()) {
    const number = row.facts.documentNumber
    if (number && row.name !== '') {
      const names = namesByNumber.get(documentKey(number)) ?? new Set()
      namesByNumber.set(documentKey(number), names.add(nameKey(row.name)))
      const same = rowsOfNumber.get(documentKey(number)) ?? []
      same.push(at)
      rowsOfNumber.set(documentKey(number), same)
    }
    const key = row.wrong.length > 0 ? null : personKey(row)
    const first = key === null ? undefined : firstByKey.get(key)
    const held = first === undefined ? undefined : joined[first]
    if (key !== null && held === undefined) firstByKey.set(key, at)
    const differs = held ? differencesOf(row, held.row) : []
    if (held && first !== undefined) held.row = withMore(held.row, row)
    joined.push({ row, repeats: first ?? null, differs })
  }
  return joined.map(({ row, repeats, differs }) => {
    const key = row.facts.documentNumber ? documentKey(row.facts.documentNumber) : null
    const isTwice = key !== null && (namesByNumber.get(key)?.size ?? 0) > 1
    const others = isTwice ? (rowsOfNumber.get(key) ?? []) : []
    const other = others.find((at) => nameKey(rows[at]?.name ?? '') !== nameKey(row.name))
    return { row, repeats, otherName: other ?? null, differs }
  })
}

/** Lists grow together and are no difference; a door is one thing. */
function differencesOf(here: RosterRow, there: RosterRow): Difference[] {
  const differs: Difference[] = []
  for (const [name, value] of Object.entries(here.facts)) {
    const field = name as keyof RosterFacts
    const other = there.facts[field]
    if (Array.isArray(value) || value === other || other === undefined || other === null) continue
    if (value !== undefined && value !== null) differs.push({ field, here: value, there: other })
  }
  const [one, other] = [doorOf(here), doorOf(there)]
  if (one !== null && other !== null && one !== other) {
    differs.push({ field: 'address', here: here.door.text, there: there.door.text })
  }
  return differs
}

function doorOf({ door }: RosterRow): string | null {
  const { building, unit, room } = door
  return building === null && room === null ? null : JSON.stringify([building, unit, room])
}

function personKey({ name, facts, door }: RosterRow): string | null {
  if (facts.documentNumber) return `${documentKey(facts.documentNumber)} ${nameKey(name)}`
  // Without a number, only who has name, birth date and door in common is one and the same.
  if (!facts.birth || door.building === null) return null
  return JSON.stringify([
    nameKey(name),
    facts.birth,
    door.estate,
    door.building,
    door.unit,
    door.room,
  ])
}

/** Blanks are filled from the later row, and telephones and tags come together. */
function withMore(row: RosterRow, more: RosterRow): RosterRow {
  const known = Object.fromEntries(
    Object.entries(row.facts).filter(([, value]) => value !== null && value !== undefined),
  ) as RosterFacts
  const phones = [...new Set([...(row.facts.phones ?? []), ...(more.facts.phones ?? [])])].slice(
    0,
    5,
  )
  const tags = new Map(
    [...(more.facts.tags ?? []), ...(row.facts.tags ?? [])].map((tag) => [tag.tag, tag]),
  )
  return {
    ...row,
    facts: {
      ...more.facts,
      ...known,
      ...(phones.length > 0 ? { phones } : {}),
      ...(tags.size > 0 ? { tags: [...tags.values()] } : {}),
    },
    door: row.door.building === null ? more.door : row.door,
    family: row.family ?? more.family,
    landlord: row.landlord ?? more.landlord,
    hukou: row.facts.hukouDivision || row.hukou ? row.hukou : more.hukou,
    isGone: row.isGone || more.isGone,
  }
}
