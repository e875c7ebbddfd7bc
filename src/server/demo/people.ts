import type { Day } from '#domain/day.ts'
import { identityCheckDigit } from '#domain/document-key.ts'
import type { Tag } from '#domain/resident.ts'
import { careOf } from './care.ts'
import { childName, makeName } from './names.ts'
import { addOrigin, type Origin } from './origin.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'
import type { Person } from './person.ts'

/**
 * A document number that no person has: it begins with 20, which is no province's code; birth date, sex and check
 * digit are right, so that every check works as on real ones.
 */
export function sampleDocument(random: Random, birth: Day, sex: '1' | '2'): string {
  const area = `20${String(random.between(0, 9_999)).padStart(4, '0')}`
  const pair = random.between(0, 99)
  const last = random.between(0, 4) * 2 + (sex === '1' ? 1 : 0)
  const first17 = `${area}${birth.replaceAll('-', '')}${String(pair).padStart(2, '0')}${last}`
  return first17 + identityCheckDigit(first17)
}

/** Numbers beginning with 100 are nobody's mobile. */
export function samplePhone(random: Random): string {
  return `100${String(random.between(0, 99_999_999)).padStart(8, '0')}`
}

export interface Wanted {
  readonly age: number
  readonly relation: string
  readonly origin: Origin
  readonly sex?: '1' | '2'
  /** Days since the arrival here; who is younger arrived by birth. */
  readonly arrivedAgo?: number
  /** Name of the parent whose surname a child mostly bears. */
  readonly parent?: string
  readonly tag?: Tag['tag']
}

/** Somebody of this age, with the facts that a first visit takes. */
export function makePerson(world: World, wanted: Wanted): Person {
  const { random, ago } = world
  const { age, origin, parent } = wanted
  const sex = wanted.sex ?? (random.chance(0.5) ? '1' : '2')
  const bornAgo = world.daysOfYears(age) + random.between(1, 364)
  const birth = ago(bornAgo)
  const year = Number(birth.slice(0, 4))
  const person: Person = {
    name: parent ? childName(random, parent, sex, year) : makeName(random, sex, year),
    sex,
    birth,
    relation: wanted.relation,
    documentType: '111',
    documentNumber: sampleDocument(random, birth, sex),
  }
  if (age >= 14 && random.chance(0.94)) person.phones = [samplePhone(random)]
  if (age < 14) {
    person.guardianName = parent ?? makeName(random, '2', 1985)
    person.guardianPhone = samplePhone(random)
  }
  if (age === 0 && random.chance(0.5)) {
    person.documentType = '117'
    delete person.documentNumber
  }
  const knownAgo = Math.min(wanted.arrivedAgo ?? bornAgo, bornAgo)
  addOrigin(world, person, origin, { age, arrivedAgo: wanted.arrivedAgo, knownAgo })
  const tags = careOf(world, { age, sex, knownAgo }, wanted.tag)
  if (tags.length > 0) person.tags = tags
  if (random.chance(0.8)) person.noticeOn = ago(Math.min(knownAgo, random.between(20, 500)))
  if (random.chance(0.04)) person.ethnicity = random.pick(['05', '08', '15', '22', '11'])
  if (age >= 22 && random.chance(0.06)) addDetails(random, person, age)
  return person
}

/** Asked of few: the purpose catalogue wants them only where a scheme needs them. */
function addDetails(random: Random, person: Person, age: number): void {
  person.education = random.pick(['21', '31', '41', '61', '71', '71', '81'])
  person.marriage = age < 26 ? '10' : random.pick(['20', '20', '20', '40'])
  if (age < 60) person.workplace = random.pick(['样例制衣厂', '样例物流', '样例造纸厂', '样例超市'])
}
