/** The same person on two sheets, or twice on one: one row takes what both say. One number under two names is no repeat. */
import { normaliseDocument } from '../identity-number.ts'
import type { RosterFacts, RosterRow } from './row.ts'

export interface Joined {
  readonly row: RosterRow
  /** Index of the row that it repeats; null where it stands for itself. */
  readonly repeats: number | null
  readonly twoNames: boolean
}

export function joinRepeats(rows: readonly RosterRow[]): Joined[] {
  const firstByKey = new Map<string, number>()
  const namesByNumber = new Map<string, Set<string>>()
  const joined: { row: RosterRow; repeats: number | null }[] = []
  for (const [at, row] of rows.entries()) {
    const number = row.facts.documentNumber
    if (number && row.name !== '') {
      const names = namesByNumber.get(normaliseDocument(number)) ?? new Set()
      namesByNumber.set(normaliseDocument(number), names.add(row.name))
    }
    const key = row.wrong.length > 0 ? null : personKey(row)
    const first = key === null ? undefined : firstByKey.get(key)
    const held = first === undefined ? undefined : joined[first]
    if (key !== null && held === undefined) firstByKey.set(key, at)
    if (held && first !== undefined) held.row = withMore(held.row, row)
    joined.push({ row, repeats: first ?? null })
  }
  return joined.map(({ row, repeats }) => {
    const number = row.facts.documentNumber
    const names = number ? namesByNumber.get(normaliseDocument(number)) : undefined
    return { row, repeats, twoNames: (names?.size ?? 0) > 1 }
  })
}

function personKey({ name, facts, door }: RosterRow): string | null {
  if (facts.documentNumber) return `${normaliseDocument(facts.documentNumber)} ${name}`
  // Without a number, only who has name, birth date and door in common is one and the same.
  if (!facts.birth || door.building === null) return null
  return JSON.stringify([name, facts.birth, door.estate, door.building, door.unit, door.room])
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
  }
}
