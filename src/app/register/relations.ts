/** Which records belong to which: kept with each change, so that a screen never scans for its rows. */
import { normaliseDocument } from '#domain/identity-number.ts'
import type { Fields, Kind } from '#domain/record.ts'
import type { AnyRecord } from './base-and-pending.ts'

/** Ids by the id that they belong to. One id alone is held without a list. */
class Relation {
  private readonly lists = new Map<string, string | string[]>()

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

type KeyOf = { readonly [K in Kind]?: (record: AnyRecord) => readonly [RelationName, string][] }

const keysOf: KeyOf = {
  building: (record) => [['buildingsOfStream', record.stream]],
  dwelling: ({ fields }) => [['dwellingsOfBuilding', (fields as Fields<'dwelling'>).building]],
  household: ({ fields }) => [['householdsOfDwelling', (fields as Fields<'household'>).dwelling]],
  visit: ({ fields }) => [['visitsOfHousehold', (fields as Fields<'visit'>).household]],
  colour: ({ fields }) => [['coloursOfSubject', (fields as Fields<'colour'>).subject]],
  place: ({ fields }) => [['placesOfParent', (fields as Fields<'place'>).parent ?? '']],
  resident({ fields }) {
    const { household, documentNumber } = fields as Fields<'resident'>
    const keys: [RelationName, string][] = [['residentsOfHousehold', household]]
    if (documentNumber) keys.push(['residentsOfDocument', normaliseDocument(documentNumber)])
    return keys
  },
}

export interface Relations {
  change(before: AnyRecord | undefined, after: AnyRecord | undefined): void
  of(name: RelationName, key: string): readonly string[]
  /** Keys held in all: 0 in an empty register. */
  readonly size: number
}

export function createRelations(): Relations {
  const relations = new Map<RelationName, Relation>()
  const get = (name: RelationName) => {
    let relation = relations.get(name)
    if (!relation) {
      relation = new Relation()
      relations.set(name, relation)
    }
    return relation
  }
  const keys = (record: AnyRecord | undefined) => (record && keysOf[record.kind]?.(record)) ?? []
  return {
    change(before, after) {
      const gone = keys(before)
      const come = keys(after)
      const stays = ([name, key]: readonly [RelationName, string]) =>
        gone.some(([other, old]) => other === name && old === key) &&
        come.some(([other, fresh]) => other === name && fresh === key)
      for (const pair of gone) if (!stays(pair)) get(pair[0]).remove(pair[1], before?.id ?? '')
      for (const pair of come) if (!stays(pair)) get(pair[0]).add(pair[1], after?.id ?? '')
    },
    of: (name, key) => get(name).of(key),
    get size() {
      return [...relations.values()].reduce((sum, relation) => sum + relation.size, 0)
    },
  }
}
