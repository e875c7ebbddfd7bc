/** The part of the register that a roster is held against, found by whatever a row says. */
import { documentKey } from '../document-key.ts'
import { nameKey } from '../name.ts'
import { numeralsToDigits } from '../numerals.ts'
import { plainText } from '../text.ts'
import type { Kind, RegisterRecord } from '../record.ts'

export type Held<K extends Kind> = Pick<
  RegisterRecord<K>,
  'kind' | 'id' | 'stream' | 'version' | 'fields'
>
export type HeldRecord = Held<'building'> | Held<'dwelling'> | Held<'household'> | Held<'resident'>

export interface GridPlace {
  readonly id: string
  readonly name: string
}

export interface RegisterIndex {
  readonly grids: readonly GridPlace[]
  add(record: HeldRecord): void
  get<K extends HeldRecord['kind']>(kind: K, id: string): Held<K> | undefined
  byNumber(number: string): readonly Held<'resident'>[]
  byName(name: string): readonly Held<'resident'>[]
  /** By estate and name, as `buildingKey` writes them. */
  buildings(key: string): readonly Held<'building'>[]
  buildingsNamed(name: string): readonly Held<'building'>[]
  /** By `estateKey`. */
  buildingsOf(estateKey: string): readonly Held<'building'>[]
  estateKeys(): ReadonlySet<string>
  estates(): ReadonlyMap<string, ReadonlySet<string>>
  dwellings(building: string): readonly Held<'dwelling'>[]
  /** Present ones. */
  households(dwelling: string): readonly Held<'household'>[]
  dwellingOf(resident: Held<'resident'>): string | null
  /** Who lives there now. */
  members(household: string): readonly Held<'resident'>[]
}

export function isPresent({ fields }: Held<'resident'>): boolean {
  return !fields.movedOutOn && !fields.diedOn
}

/** 秋丰十一弄 and 秋丰11弄, 样例苑 and 样例苑小区 are one estate each. */
export function estateKey(estate: string): string {
  return numeralsToDigits(plainText(estate))
    .replace(/[\s·.-]/g, '')
    .replace(/(?<=..)小区$/u, '')
    .toUpperCase()
}

export const buildingKey = (estate: string, name: string) => `${estate} ${name}`

export function createRegisterIndex(grids: readonly GridPlace[]): RegisterIndex {
  const records = new Map<string, HeldRecord>()
  const lists = new Map<string, HeldRecord[]>()
  const estates = new Map<string, Set<string>>()
  const estateKeys = new Set<string>()
  const put = (key: string, record: HeldRecord) => {
    const held = lists.get(key)
    if (held) held.push(record)
    else lists.set(key, [record])
  }
  const list = <K extends HeldRecord['kind']>(key: string) =>
    (lists.get(key) ?? none) as readonly Held<K>[]
  return {
    grids,
    add(record) {
      records.set(record.id, record)
      if (record.kind === 'resident') {
        const { name, documentNumber } = record.fields
        put(`name ${nameKey(name)}`, record)
        put(`home ${record.fields.household}`, record)
        if (documentNumber) put(`number ${documentKey(documentNumber)}`, record)
      } else if (record.kind === 'building') {
        const { estate, name } = record.fields
        put(`building ${buildingKey(estate, name)}`, record)
        put(`called ${name}`, record)
        put(`estate ${estateKey(estate)}`, record)
        const streams = estates.get(estate) ?? new Set()
        estates.set(estate, streams.add(record.stream))
        estateKeys.add(estateKey(estate))
      } else if (record.kind === 'dwelling') put(`in ${record.fields.building}`, record)
      else if (!record.fields.endedOn) put(`in ${record.fields.dwelling}`, record)
    },
    get: <K extends HeldRecord['kind']>(kind: K, id: string) => {
      const found = records.get(id)
      return found?.kind === kind ? (found as Held<K>) : undefined
    },
    byNumber: (number) => list<'resident'>(`number ${documentKey(number)}`),
    byName: (name) => list<'resident'>(`name ${nameKey(name)}`),
    buildings: (key) => list<'building'>(`building ${key}`),
    buildingsNamed: (name) => list<'building'>(`called ${name}`),
    buildingsOf: (key) => list<'building'>(`estate ${key}`),
    estateKeys: () => estateKeys,
    estates: () => estates,
    dwellings: (building) => list<'dwelling'>(`in ${building}`),
    households: (dwelling) => list<'household'>(`in ${dwelling}`),
    members: (household) => list<'resident'>(`home ${household}`).filter(isPresent),
    dwellingOf(resident) {
      const household = records.get(resident.fields.household)
      return household?.kind === 'household' ? household.fields.dwelling : null
    },
  }
}

const none: readonly HeldRecord[] = []
