/**
 * Which records belong to which, so that a screen never scans for its rows. A relation is made when somebody asks for
 * it and kept with each change from then on: to load 33,000 people is to put them into maps and nothing else.
 */
import { documentKey } from '#domain/document-key.ts'
import type { Fields, Kind } from '#domain/record.ts'
import type { AnyRecord } from './base-and-pending.ts'

/** Ids by the id that they belong to. One id alone is held without a list. */
class Relation {
  private readonly lists = new Map<string, string | string[]>()

  /** `id` is not held under this key yet. */
  add(key: string, id: string): void {
    const held = this.lists.get(key)
    if (held === undefined) this.lists.set(key, id)
    else if (typeof held === 'string') this.lists.set(key, [held, id])
    else held.push(id)
  }

  remove(key: string, id: string): void {
    const held = this.lists.get(key)
    if (held === id) this.lists.delete(key)
    else if (Array.isArray(held)) {
      const left = held.filter((other) => other !== id)
      if (left.length > 0) this.lists.set(key, left)
      else this.lists.delete(key)
    }
  }

  of(key: string): readonly string[] {
    const held = this.lists.get(key)
    return held === undefined ? [] : typeof held === 'string' ? [held] : held
  }

  get size(): number {
    return this.lists.size
  }
}

export type RelationName =
  | 'buildingsOfStream'
  | 'dwellingsOfBuilding'
  | 'householdsOfDwelling'
  | 'residentsOfHousehold'
  | 'visitsOfHousehold'
  | 'coloursOfSubject'
  | 'residentsOfDocument'
  | 'placesOfParent'
  | 'stepsOfRequest'
  | 'requestsOfSite'
  | 'askersOfRequest'
  | 'asksOfResident'
  | 'stepsOfErrand'

interface Belonging {
  readonly kind: Kind
  /** What a record belongs to; undefined where to nothing. */
  keyOf(record: AnyRecord): string | undefined
}

const belongings: Readonly<Record<RelationName, Belonging>> = {
  buildingsOfStream: { kind: 'building', keyOf: (record) => record.stream },
  dwellingsOfBuilding: {
    kind: 'dwelling',
    keyOf: ({ fields }) => (fields as Fields<'dwelling'>).building,
  },
  householdsOfDwelling: {
    kind: 'household',
    keyOf: ({ fields }) => (fields as Fields<'household'>).dwelling,
  },
  residentsOfHousehold: {
    kind: 'resident',
    keyOf: ({ fields }) => (fields as Fields<'resident'>).household,
  },
  residentsOfDocument: {
    kind: 'resident',
    keyOf({ fields }) {
      const { documentNumber } = fields as Fields<'resident'>
      return documentNumber ? documentKey(documentNumber) : undefined
    },
  },
  visitsOfHousehold: {
    kind: 'visit',
    keyOf: ({ fields }) => (fields as Fields<'visit'>).household,
  },
  coloursOfSubject: {
    kind: 'colour',
    keyOf: ({ fields }) => (fields as Fields<'colour'>).subject,
  },
  stepsOfRequest: {
    kind: 'request-step',
    keyOf: ({ fields }) => (fields as Fields<'request-step'>).request,
  },
  requestsOfSite: {
    kind: 'request',
    keyOf: ({ fields }) => (fields as Fields<'request'>).site ?? undefined,
  },
  askersOfRequest: {
    kind: 'asker',
    keyOf: ({ fields }) => (fields as Fields<'asker'>).request,
  },
  asksOfResident: {
    kind: 'asker',
    keyOf: ({ fields }) => (fields as Fields<'asker'>).resident ?? undefined,
  },
  stepsOfErrand: {
    kind: 'errand-step',
    keyOf: ({ fields }) => (fields as Fields<'errand-step'>).errand,
  },
  placesOfParent: {
    kind: 'place',
    keyOf: ({ fields }) => (fields as Fields<'place'>).parent ?? '',
  },
}

export interface Relations {
  /** After the record has changed: either side undefined where there is none. */
  change(before: AnyRecord | undefined, after: AnyRecord | undefined): void
  of(name: RelationName, key: string): readonly string[]
  /**
   * Makes one in steps of so many records, before anybody asks for it. What changes meanwhile ends that, and it is made
   * when somebody asks.
   */
  ahead(name: RelationName, every?: number): Iterator<void>
  /** Everything is gone. */
  clear(): void
  /** Keys held in all. */
  readonly size: number
}

/** `records`: all of a kind as they are now. */
export function createRelations(records: (kind: Kind) => Iterable<AnyRecord>): Relations {
  const made = new Map<RelationName, Relation>()
  /** Counts up with each change. */
  let edits = 0
  const make = (name: RelationName) => {
    ahead(name, Infinity).next()
    return made.get(name) ?? new Relation()
  }
  function* ahead(name: RelationName, every = 512): Generator<void> {
    const since = edits
    const relation = new Relation()
    const { kind, keyOf } = belongings[name]
    let steps = 0
    for (const record of records(kind)) {
      const key = keyOf(record)
      if (key !== undefined) relation.add(key, record.id)
      steps += 1
      if (steps % every !== 0) continue
      yield
      if (edits !== since) return
    }
    if (!made.has(name)) made.set(name, relation)
  }
  return {
    change(before, after) {
      edits += 1
      for (const [name, relation] of made) {
        const { kind, keyOf } = belongings[name]
        if ((after ?? before)?.kind !== kind) continue
        const [old, fresh] = [before && keyOf(before), after && keyOf(after)]
        if (old === fresh && before?.id === after?.id) continue
        if (before && old !== undefined) relation.remove(old, before.id)
        if (!after || fresh === undefined) continue
        // Somebody may have asked, and had it made, between the change and now.
        if (!relation.of(fresh).includes(after.id)) relation.add(fresh, after.id)
      }
    },
    of: (name, key) => (made.get(name) ?? make(name)).of(key),
    ahead,
    clear() {
      edits += 1
      made.clear()
    },
    get size() {
      return [...made.values()].reduce((sum, relation) => sum + relation.size, 0)
    },
  }
}
