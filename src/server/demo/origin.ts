import type { Person } from './person.ts'
import type { World } from './world.ts'

export interface Origin {
  /** Hukou here, elsewhere in Hangzhou's urban districts, or outside. */
  readonly kind: 'here' | 'apart' | 'floating'
  /** Came and has not been to register, though it is time. */
  readonly unregistered?: boolean
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

interface Since {
  readonly age: number
  readonly arrivedAgo: number | undefined
  /** Days that this person has been here: since arrival or birth. */
  readonly knownAgo: number
}

export function addOrigin(world: World, person: Person, origin: Origin, since: Since): void {
  const { random, ago } = world
  person.residence = origin.kind === 'here' ? '1' : '2'
  if (origin.kind === 'here') {
    person.hukouDivision = '330111'
    return
  }
  if (since.arrivedAgo !== undefined) person.arrivedOn = ago(since.knownAgo)
  if (origin.kind === 'apart') {
    person.hukouDivision = random.pick(apartDivisions)
    return
  }
  const [division, address] = random.pick(homelands)
  person.hukouDivision = division
  person.hukouAddress = address
  person.arrivalReason = random.pick(['01', '01', '01', '03', '06', '06', '05', '08'])
  addRegistration(world, person, origin, since)
  if (since.age >= 20 && random.chance(0.004)) replaceByForeignDocument(world, person)
}

function addRegistration(world: World, person: Person, origin: Origin, since: Since): void {
  const { random, ago } = world
  const registeredAgo = since.knownAgo - random.between(0, 2)
  if (origin.unregistered || registeredAgo < 0) return
  person.registeredOn = ago(registeredAgo)
  if (since.knownAgo <= 200 || !random.chance(0.7)) return
  person.permitType = '01'
  // The endorsement falls on an anniversary; a few are past it.
  person.permitExpires = ago(-random.between(random.chance(0.02) ? -10 : 15, 365))
}

/** Documents of people from elsewhere; their numbers are as invented as the rest. */
const documents = [
  { type: '516', letter: 'H', digits: 7, hukou: '810000' },
  { type: '516', letter: 'M', digits: 7, hukou: '820000' },
  { type: '511', letter: '', digits: 6, hukou: '710000' },
  { type: '414', letter: 'E', digits: 6, hukou: null },
  { type: '553', letter: 'XXX', digits: 10, hukou: null },
] as const

function replaceByForeignDocument({ random }: World, person: Person): void {
  const { type, letter, digits, hukou } = random.pick(documents)
  let number = `${letter}20`
  for (let index = 0; index < digits; index += 1) number += String(random.between(0, 9))
  person.documentType = type
  person.documentNumber = number
  for (const field of ['hukouAddress', 'permitType', 'permitExpires'] as const) delete person[field]
  if (hukou) {
    person.hukouDivision = hukou
    return
  }
  // A foreigner has no hukou: neither here nor elsewhere.
  delete person.hukouDivision
  delete person.residence
}
