import type { CareTag, Tag } from '#domain/resident.ts'
import type { World } from './world.ts'

interface Who {
  readonly age: number
  readonly sex: '1' | '2'
  /** Days that this person has been here. */
  readonly knownAgo: number
}

/** Care tags in about the shares that a subdistrict has; `sure` is one that the household's shape brings. */
export function careOf(world: World, who: Who, sure?: CareTag): Tag[] {
  const { random, ago } = world
  const { age, sex } = who
  const tags: Tag[] = []
  const add = (tag: CareTag, grade?: number) => {
    if (tags.some((held) => held.tag === tag)) return
    tags.push({
      tag,
      source: random.pick(['department', 'told', 'seen', 'roster']),
      from: ago(Math.min(who.knownAgo, random.between(40, 900))),
      ...(grade ? { grade } : {}),
    })
  }
  if (sure) add(sure)
  if (random.chance(disabledShare(age))) add('disabled', random.pick([1, 2, 2, 2, 3, 3, 4, 4]))
  if (age >= 75 && random.chance(0.04)) {
    add('incapacitated')
    if (random.chance(0.3)) add('no-carer')
  }
  if (age >= 18 && random.chance(age < 60 ? 0.008 : 0.016)) add('no-labour-capacity')
  if (random.chance(0.012)) add(random.pick(['dibao', 'dibao', 'dibian']))
  if (age >= 60 && random.chance(0.004)) add('tekun')
  if (age < 16) {
    if (random.chance(0.018)) add(random.pick(['left-behind-child', 'child-in-difficulty']))
    if (random.chance(0.002)) add(random.pick(['orphan', 'unsupported-child']))
  }
  if (sex === '2' && age >= 22 && age <= 38 && random.chance(0.02)) add('pregnant')
  if (age >= 45 && random.chance(0.02)) add('veteran')
  if (age >= 60 && random.chance(0.003)) add('martyr-family')
  return tags
}

function disabledShare(age: number): number {
  if (age >= 60) return 0.06
  return age >= 40 ? 0.035 : 0.018
}
