/**
 * Finds records that may be of one person among all residents in memory. A record is compared only with those that
 * share a key with it (`keysOf`); after the first look only what changed since is looked at again.
 */
import { keysOf, likenessOf, personOf, type Likeness, type Person } from '#domain/same-person.ts'
import type { Rec } from './register.ts'

/** Two records, the one made first first: ids grow with time. */
export interface Pair extends Likeness {
  readonly first: string
  readonly second: string
}

export interface SamePeople {
  /** Looks at what is new, changed or gone; each step is a small part of it. Yields how far it is, from 0 to 1. */
  look(residents: Iterable<Rec<'resident'>>): Generator<number, void>
  /** The likeliest first. */
  pairs(): readonly Pair[]
  /** Nothing of anybody is kept. */
  clear(): void
}

/** What so many share says nothing: a birthday that nobody knew, the telephone of an agency. */
const mostAlike = 400

interface Known {
  /** Records are never changed in place: another object is another state. */
  readonly fields: Rec<'resident'>['fields']
  readonly person: Person | null
  readonly keys: readonly number[]
}

export function createSamePeople(): SamePeople {
  const known = new Map<string, Known>()
  const buckets = new Map<number, string[]>()
  /** By record, and in it by the other one: each pair twice. */
  const pairs = new Map<string, Map<string, Likeness>>()
  let sorted: readonly Pair[] | null = null

  const unpair = (id: string) => {
    for (const other of pairs.get(id)?.keys() ?? []) pairs.get(other)?.delete(id)
    if (pairs.delete(id)) sorted = null
  }
  const forget = (id: string) => {
    const held = known.get(id)
    if (!held) return
    known.delete(id)
    unpair(id)
    for (const key of held.keys) {
      const left = (buckets.get(key) ?? []).filter((other) => other !== id)
      if (left.length > 0) buckets.set(key, left)
      else buckets.delete(key)
    }
  }
  const pair = (a: Person, b: Person) => {
    if (pairs.get(a.id)?.has(b.id)) return
    const likeness = likenessOf(a, b)
    if (!likeness) return
    for (const [one, other] of [
      [a.id, b.id],
      [b.id, a.id],
    ] as const) {
      const held = pairs.get(one)
      if (held) held.set(other, likeness)
      else pairs.set(one, new Map([[other, likeness]]))
    }
    sorted = null
  }
  const meet = (id: string, fields: Known['fields']) => {
    const person = personOf(id, fields)
    const keys = person ? [...new Set(keysOf(person).map(hash))] : []
    known.set(id, { fields, person, keys })
    if (!person) return
    for (const key of keys) {
      const bucket = buckets.get(key)
      if (!bucket) {
        buckets.set(key, [id])
        continue
      }
      for (const other of bucket.length < mostAlike ? bucket : []) {
        const met = known.get(other)?.person
        if (met) pair(person, met)
      }
      bucket.push(id)
    }
  }

  return {
    *look(residents) {
      const fresh: Rec<'resident'>[] = []
      const all = [...residents]
      let met = 0
      for (const resident of all) {
        const held = known.get(resident.id)
        if (held) met += 1
        if (held?.fields !== resident.fields) fresh.push(resident)
      }
      if (met < known.size) {
        const here = new Set(all.map(({ id }) => id))
        for (const id of [...known.keys()]) if (!here.has(id)) forget(id)
      }
      for (const { id } of fresh) forget(id)
      let done = 0
      for (const { id, fields } of fresh) {
        meet(id, fields)
        done += 1
        yield done / fresh.length
      }
    },
    pairs() {
      sorted ??= [...pairs]
        .flatMap(([first, others]) =>
          [...others]
            .filter(([second]) => first < second)
            .map(([second, likeness]): Pair => ({ first, second, ...likeness })),
        )
        .sort((a, b) => b.score - a.score || (a.first + a.second < b.first + b.second ? -1 : 1))
      return sorted
    },
    clear() {
      known.clear()
      buckets.clear()
      pairs.clear()
      sorted = null
    },
  }
}

/** 53 bits of a key, after cyrb53: numbers take a third of the texts' memory, and two that meet are only compared. */
function hash(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charCodeAt(index)
    high = Math.imul(high ^ letter, 2654435761)
    low = Math.imul(low ^ letter, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}
