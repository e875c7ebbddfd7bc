import { addDays, type Day } from '#domain/day.ts'
import { makePerson, type Origin, type Person } from './people.ts'
import type { Random } from './random.ts'

export interface Home {
  /** The head first. */
  readonly people: readonly Person[]
}

/** Households of people who own or belong here: all the shapes that a worker meets. */
export function makeFamily(random: Random, today: Day, origin: Origin): Home {
  const shape = random.next()
  const some = (
    age: number,
    relation: string,
    more: Partial<Parameters<typeof makePerson>[2]> = {},
  ) => makePerson(random, today, { age, relation, origin, ...more })
  if (shape < 0.07) return { people: [some(random.between(72, 92), '02')] }
  if (shape < 0.12) return { people: [some(random.between(24, 58), '02')] }
  if (shape < 0.24) return elderlyCouple(some, random)
  if (shape < 0.34) return couple(some, random.between(24, 55), random)
  if (shape < 0.78) return nuclear(some, random)
  if (shape < 0.94) return threeGenerations(some, random)
  return singleParent(some, random)
}

type Some = (
  age: number,
  relation: string,
  more?: { readonly sex?: '1' | '2'; readonly parent?: string },
) => Person

function elderlyCouple(some: Some, random: Random): Home {
  const age = random.between(60, 84)
  return { people: [some(age, '02', { sex: '1' }), some(age - 2, '10', { sex: '2' })] }
}

function couple(some: Some, age: number, random: Random): Home {
  const wife = some(age - random.between(0, 3), '10', { sex: '2' })
  return { people: [some(age, '02', { sex: '1' }), wife] }
}

function children(some: Some, random: Random, father: Person, parentAge: number): Person[] {
  const count = random.pick([1, 1, 1, 2, 2, 3])
  const eldest = Math.max(0, parentAge - random.between(23, 33))
  return Array.from({ length: count }, (_, index) => {
    const age = Math.max(0, Math.min(eldest - index * random.between(2, 5), 27))
    const sex = random.chance(0.5) ? '1' : '2'
    return some(age, sex === '1' ? '20' : '30', { sex, parent: father.name })
  })
}

function nuclear(some: Some, random: Random): Home {
  const age = random.between(26, 52)
  const father = some(age, '02', { sex: '1' })
  const mother = some(age - random.between(0, 4), '10', { sex: '2' })
  return { people: [father, mother, ...children(some, random, father, age - 2)] }
}

function threeGenerations(some: Some, random: Random): Home {
  const { people } = nuclear(some, random)
  const age = random.between(58, 83)
  const grandmother = some(age, '52', { sex: '2' })
  const grandfather = random.chance(0.6) ? [some(age + 2, '51', { sex: '1' })] : []
  return { people: [...people, ...grandfather, grandmother] }
}

function singleParent(some: Some, random: Random): Home {
  const age = random.between(28, 50)
  const mother = some(age, '02', { sex: '2' })
  return { people: [mother, ...children(some, random, mother, age)].slice(0, 3) }
}

/** Tenants of one room: alone, a couple, a young family, or workmates. */
export function makeTenants(random: Random, today: Day, crowd: boolean): Home {
  const arrivedOn = addDays(
    today,
    -(random.chance(0.09) ? random.between(1, 180) : random.between(181, 2_400)),
  )
  const origin: Origin = { kind: 'floating' }
  const some = (
    age: number,
    relation: string,
    more: Partial<Parameters<typeof makePerson>[2]> = {},
  ) => makePerson(random, today, { age, relation, origin, arrivedOn, ...more })
  if (crowd) {
    const people = Array.from({ length: random.between(4, 7) }, (_, index) =>
      some(random.between(19, 50), index === 0 ? '02' : '99', { sex: '1' }),
    )
    return { people }
  }
  const shape = random.next()
  if (shape < 0.34) return { people: [some(random.between(19, 56), '02')] }
  if (shape < 0.66) return couple(some, random.between(22, 54), random)
  if (shape < 0.9) {
    const age = random.between(25, 42)
    const father = some(age, '02', { sex: '1' })
    const mother = some(age - random.between(0, 4), '10', { sex: '2' })
    const arrival = Number(arrivedOn.slice(0, 4))
    const child = children(some, random, father, age).slice(0, random.between(1, 2))
    return {
      people: [
        father,
        mother,
        ...child.map((one) =>
          // Born here after the parents came: arrived on the day of birth.
          Number(one.birth?.slice(0, 4)) > arrival ? { ...one, arrivedOn: one.birth } : one,
        ),
      ],
    }
  }
  const people = Array.from({ length: random.between(2, 3) }, (_, index) =>
    some(random.between(19, 40), index === 0 ? '02' : '99'),
  )
  return { people }
}
