import { addDays, birthday, type Day } from '#domain/day.ts'
import { identityCheckDigit } from '#domain/identity-number.ts'
import type { Tag } from '#domain/resident.ts'
import { childName, makeName } from './names.ts'
import type { Random } from './random.ts'

/** A resident before it has a household; only what the samples fill. */
export interface Person extends Partial<Record<TextField, string>> {
  name: string
  sex: '1' | '2'
  birth: Day
  residence: '1' | '2'
  phones?: string[]
  tags?: Tag[]
}

type TextField =
  | 'relation'
  | 'documentType'
  | 'documentNumber'
  | 'hukouDivision'
  | 'hukouAddress'
  | 'arrivedOn'
  | 'arrivalReason'
  | 'registeredOn'
  | 'permitType'
  | 'permitExpires'
  | 'ethnicity'
  | 'guardianName'
  | 'guardianPhone'
  | 'noticeOn'
  | 'movedOutOn'
  | 'movedOutTo'
  | 'diedOn'

export interface Origin {
  /** Hukou here, elsewhere in Hangzhou's urban districts, or outside. */
  readonly kind: 'here' | 'apart' | 'floating'
}

/** Divisions outside Hangzhou from which many come; public codes, no person's. */
const homelands = [
  ['341221', '安徽省阜阳市临泉县'],
  ['341222', '安徽省阜阳市太和县'],
  ['340122', '安徽省合肥市肥东县'],
  ['411525', '河南省信阳市固始县'],
  ['361128', '江西省上饶市鄱阳县'],
  ['361127', '江西省上饶市余干县'],
  ['421126', '湖北省黄冈市蕲春县'],
  ['330822', '浙江省衢州市常山县'],
  ['330824', '浙江省衢州市开化县'],
  ['331122', '浙江省丽水市缙云县'],
  ['520521', '贵州省毕节市大方县'],
  ['530621', '云南省昭通市鲁甸县'],
  ['511321', '四川省南充市南部县'],
] as const
const apartDivisions = ['330106', '330105', '330109', '330110'] as const

/**
 * A document number that no person has: it begins with 20, which is no province's code; birth date, sex and check
 * digit are right, so that every check works as on real ones.
 */
export function sampleDocument(random: Random, birth: Day, sex: '1' | '2'): string {
  const area = `20${String(random.between(0, 9_999)).padStart(4, '0')}`
  const pair = random.between(0, 99)
  const last = random.between(0, 4) * 2 + (sex === '1' ? 1 : 0)
  const first17 = `${area}${birth.replace(/-/g, '')}${String(pair).padStart(2, '0')}${last}`
  return first17 + identityCheckDigit(first17)
}

/** Numbers beginning with 100 are nobody's mobile. */
export function samplePhone(random: Random): string {
  return `100${String(random.between(0, 99_999_999)).padStart(8, '0')}`
}

/** Somebody of about this age, with the facts that a first visit takes. */
export function makePerson(
  random: Random,
  today: Day,
  wanted: {
    readonly age: number
    readonly sex?: '1' | '2'
    readonly relation: string
    readonly origin: Origin
    readonly arrivedOn?: Day
    readonly parent?: string
  },
): Person {
  const sex = wanted.sex ?? (random.chance(0.5) ? '1' : '2')
  const birth = addDays(birthday(today, -wanted.age), -random.between(1, 364))
  const year = Number(birth.slice(0, 4))
  const person: Person = {
    name: wanted.parent ? childName(random, wanted.parent, sex, year) : makeName(random, sex, year),
    sex,
    birth,
    relation: wanted.relation,
    documentType: '111',
    documentNumber: sampleDocument(random, birth, sex),
    residence: wanted.origin.kind === 'here' ? '1' : '2',
  }
  if (wanted.age >= 14 && random.chance(0.94)) person.phones = [samplePhone(random)]
  if (wanted.age < 14) {
    person.guardianName = wanted.parent ?? makeName(random, '2', 1985)
    person.guardianPhone = samplePhone(random)
  }
  if (wanted.age === 0 && random.chance(0.5)) {
    person.documentType = '117'
    delete person.documentNumber
  }
  addOrigin(random, today, person, wanted.origin, wanted.arrivedOn)
  addDocumentFromElsewhere(random, person, wanted.age)
  const tags = careOf(random, today, wanted.age)
  if (tags.length > 0) person.tags = tags
  if (random.chance(0.8)) person.noticeOn = addDays(today, -random.between(20, 500))
  if (random.chance(0.04)) person.ethnicity = random.pick(['05', '08', '15', '22', '11'])
  return person
}

function addOrigin(
  random: Random,
  today: Day,
  person: Person,
  origin: Origin,
  arrivedOn: Day | undefined,
): void {
  if (origin.kind === 'here') {
    person.hukouDivision = '330111'
    return
  }
  if (arrivedOn) person.arrivedOn = arrivedOn
  if (origin.kind === 'apart') {
    person.hukouDivision = random.pick(apartDivisions)
    return
  }
  const [division, address] = random.pick(homelands)
  person.hukouDivision = division
  person.hukouAddress = address
  person.arrivalReason = random.pick(['01', '01', '01', '03', '06', '06', '05', '08'])
  if (!arrivedOn) return
  const registeredOn = addDays(arrivedOn, random.between(0, 2))
  // A few of the very latest have not come to register yet.
  const isLate = addDays(arrivedOn, 12) > today && random.chance(0.5)
  if (isLate || registeredOn > today) return
  person.registeredOn = registeredOn
  if (addDays(arrivedOn, 200) < today && random.chance(0.7)) {
    person.permitType = '01'
    person.permitExpires = addDays(today, random.between(random.chance(0.02) ? -10 : 20, 365))
  }
}

/** Some come with other documents; their numbers are as invented as the rest. */
function addDocumentFromElsewhere(random: Random, person: Person, age: number): void {
  if (age < 20 || !random.chance(0.004)) return
  const digits = (count: number) =>
    Array.from({ length: count }, () => String(random.between(0, 9))).join('')
  const [type, number] = random.pick([
    ['516', `H20${digits(7)}`],
    ['511', `20${digits(6)}`],
    ['414', `E20${digits(6)}`],
    ['553', `XXX20${digits(10)}`],
  ] as const)
  person.documentType = type
  person.documentNumber = number
}

function careOf(random: Random, today: Day, age: number): Tag[] {
  const tags: Tag[] = []
  const add = (tag: Tag['tag'], probability: number, grade?: number) => {
    if (!random.chance(probability)) return
    tags.push({
      tag,
      source: random.pick(['department', 'told', 'seen', 'roster']),
      from: addDays(today, -random.between(40, 900)),
      ...(grade ? { grade } : {}),
    })
  }
  add('disabled', age > 50 ? 0.03 : 0.006, random.pick([1, 2, 3, 3, 4, 4]))
  if (age >= 75) add('incapacitated', 0.025)
  add('dibao', 0.006)
  add('dibian', 0.004)
  if (age >= 60) add('tekun', 0.003)
  if (age < 16) {
    add('left-behind-child', 0.006)
    add('child-in-difficulty', 0.004)
    add('orphan', 0.0006)
  }
  if (age >= 45) add('veteran', 0.02)
  return tags
}
