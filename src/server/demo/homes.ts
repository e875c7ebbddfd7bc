import { makeName } from './names.ts'
import type { Origin } from './origin.ts'
import { makePerson, samplePhone, type Wanted } from './people.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

/** People who live together, the head first; now and then also one who left or died. */
export type Home = readonly Person[]

type Some = (age: number, relation: string, more?: Partial<Wanted>) => Person

const head = '02'
const spouse = '10'

/** Households of people who own or belong here: all the shapes that a worker meets. */
export function makeFamily(world: World, origin: Origin): Home {
  const { random } = world
  const some: Some = (age, relation, more) => makePerson(world, { age, relation, origin, ...more })
  const shape = random.next()
  if (shape < 0.075) return elderlyAlone(world, some)
  if (shape < 0.13) return [some(random.between(24, 58), head)]
  if (shape < 0.25) return elderlyCouple(some, random)
  if (shape < 0.34) return couple(some, random.between(26, 55), random)
  if (shape < 0.75) return nuclear(some, random)
  if (shape < 0.92) return threeGenerations(some, random)
  if (shape < 0.93) return grandparents(some, random)
  return singleParent(some, random)
}

/** Somebody to call is written down; many lost the other half in this flat. */
function elderlyAlone(world: World, some: Some): Home {
  const { random, ago } = world
  const age = random.between(73, 93)
  const sex = random.chance(0.65) ? '2' : '1'
  const alone = some(age, head, { sex })
  alone.contactName = makeName(random, '1', 1970)
  alone.contactPhone = samplePhone(random)
  if (!random.chance(0.25)) return [alone]
  const other = some(age, spouse, { sex: sex === '2' ? '1' : '2' })
  return [alone, { ...other, diedOn: ago(random.between(5, 400)) }]
}

function elderlyCouple(some: Some, random: Random): Home {
  const age = random.between(62, 84)
  return [some(age, head, { sex: '1' }), some(age - 2, spouse, { sex: '2' })]
}

function couple(some: Some, age: number, random: Random): Home {
  const wife = some(Math.max(20, age - random.between(0, 3)), spouse, { sex: '2' })
  return [some(age, head, { sex: '1' }), wife]
}

function children(some: Some, random: Random, parent: Person, parentAge: number): Person[] {
  const eldest = Math.min(Math.max(0, parentAge - random.between(23, 33)), 27)
  const ages = [eldest]
  for (let more = random.pick([0, 0, 0, 1, 1, 2]); more > 0; more -= 1) {
    const next = (ages.at(-1) ?? 0) - random.between(2, 5)
    if (next >= 0) ages.push(next)
  }
  return ages.map((age) => {
    const sex = random.chance(0.5) ? '1' : '2'
    return some(age, sex === '1' ? '20' : '30', { sex, parent: parent.name })
  })
}

function nuclear(some: Some, random: Random): Home {
  const age = random.between(26, 52)
  const father = some(age, head, { sex: '1' })
  const mother = some(age - random.between(0, 4), spouse, { sex: '2' })
  return [father, mother, ...children(some, random, father, age - 2)]
}

function threeGenerations(some: Some, random: Random): Home {
  const people = nuclear(some, random)
  const age = random.between(58, 83)
  const grandmother = some(age, '52', { sex: '2' })
  return random.chance(0.6)
    ? [...people, some(age + 2, '51', { sex: '1' }), grandmother]
    : [...people, grandmother]
}

/** The parents work far away. */
function grandparents(some: Some, random: Random): Home {
  const age = random.between(56, 70)
  const grandfather = some(age, head, { sex: '1' })
  const grandmother = some(age - 2, spouse, { sex: '2' })
  const sex = random.chance(0.5) ? '1' : '2'
  const child = some(random.between(3, 13), sex === '1' ? '41' : '42', {
    sex,
    parent: grandfather.name,
    tag: 'left-behind-child',
  })
  return [grandfather, grandmother, child]
}

function singleParent(some: Some, random: Random): Home {
  const age = random.between(28, 50)
  const mother = some(age, head, { sex: '2' })
  return [mother, ...children(some, random, mother, age)].slice(0, 3)
}

/** How the tenants of a room came, and what they are to each other. */
export type Letting = 'tenants' | 'crowd' | 'dormitory'

/** Tenants of one room: alone, a couple, a family, or workmates. */
export function makeTenants(world: World, letting: Letting): Home {
  const { random } = world
  const { arrivedAgo, unregistered } = arrival(random)
  const origin: Origin = { kind: 'floating', unregistered }
  const some: Some = (age, relation, more) =>
    makePerson(world, { age, relation, origin, arrivedAgo, ...more })
  if (letting === 'crowd') return workmates(some, random, random.between(4, 7))
  if (letting === 'dormitory') return workmates(some, random, random.between(3, 6))
  const shape = random.next()
  if (shape < 0.21) return [some(random.between(19, 56), head)]
  if (shape < 0.46) return couple(some, random.between(22, 54), random)
  if (shape < 0.84) return youngFamily(some, random)
  if (shape < 0.88) return [...youngFamily(some, random), some(random.between(54, 68), '52')]
  return workmates(some, random, random.between(2, 3))
}

function youngFamily(some: Some, random: Random): Home {
  const age = random.between(25, 44)
  const father = some(age, head, { sex: '1' })
  const mother = some(Math.max(20, age - random.between(0, 4)), spouse, { sex: '2' })
  return [father, mother, ...children(some, random, father, age).slice(0, random.between(1, 2))]
}

function workmates(some: Some, random: Random, count: number): Home {
  const sex = random.chance(0.7) ? '1' : '2'
  return Array.from({ length: count }, (_, index) =>
    some(random.between(19, 50), index === 0 ? head : '99', { sex }),
  )
}

/** Most have been here for long; of the latest some have not been to register, in time or late. */
function arrival(random: Random): { readonly arrivedAgo: number; readonly unregistered: boolean } {
  const draw = random.next()
  if (draw < 0.008) return { arrivedAgo: random.between(1, 3), unregistered: true }
  if (draw < 0.03) return { arrivedAgo: random.between(8, 40), unregistered: true }
  if (draw < 0.1) return { arrivedAgo: random.between(4, 178), unregistered: false }
  return { arrivedAgo: random.between(190, 2_400), unregistered: false }
}
