/**
 * What an administrator is told about a scheme before it is saved. A fault must be mended; a finding is pointed out:
 * a rule that never fires, always fires, or never decides a colour because a more urgent one fires whenever it does.
 *
 * Findings are certain: facts are taken as independent of each other, and what would need more than some hundred cases
 * is not claimed.
 */
import { coverageOf } from './coverage.ts'
import { dwellingFacts, residentFacts, type FactShape } from './facts.ts'
import { urgency, type LevelKey } from './level.ts'
import type { Condition, Rule, Scheme } from './scheme.ts'
import {
  admittedBy,
  allOf,
  complement,
  intersect,
  isEmpty,
  isWithin,
  type Leaf,
  type ValueSet,
} from './value-set.ts'

export const schemeFaults = [
  'no-levels',
  'same-level',
  'same-key',
  'level-missing',
  'unknown-fact',
  'wrong-value',
  'unknown-slot',
  'empty-group',
  'no-channel',
] as const

export interface SchemeFault {
  readonly fault: (typeof schemeFaults)[number]
  /** Key of the rule; absent where it is about the levels. */
  readonly rule?: string
  readonly level?: LevelKey
  readonly fact?: string
  /** It is about coverage. */
  readonly isCoverage?: true
}

export interface SchemeFinding {
  readonly finding: 'never' | 'always' | 'hidden'
  readonly rule: string
  /** Of a hidden one: the more urgent rules that always fire with it. */
  readonly by: readonly string[]
}

export function faultsOf(scheme: Scheme): SchemeFault[] {
  const faults: SchemeFault[] = []
  if (scheme.levels.length === 0) faults.push({ fault: 'no-levels' })
  const levels = new Set<LevelKey>()
  for (const { key } of scheme.levels) {
    if (levels.has(key)) faults.push({ fault: 'same-level', level: key })
    levels.add(key)
  }
  const keys = new Set<string>()
  for (const rule of scheme.rules) {
    if (keys.has(rule.key)) faults.push({ fault: 'same-key', rule: rule.key })
    keys.add(rule.key)
    if (!levels.has(rule.level)) {
      faults.push({ fault: 'level-missing', rule: rule.key, level: rule.level })
    }
    faults.push(...faultsOfRule(rule))
  }
  const { when, channels } = coverageOf(scheme)
  if (channels.length === 0) faults.push({ fault: 'no-channel' })
  faults.push(...faultsOfCondition(when, { subject: 'resident' }))
  return faults
}

function faultsOfRule(rule: Rule): SchemeFault[] {
  const faults = faultsOfCondition(rule.when, rule)
  for (const [, fact = ''] of `${rule.words} ${rule.wordsEn}`.matchAll(/\{([\w.-]+)\}/g)) {
    if (!shapeOf(rule.subject, fact)) faults.push({ fault: 'unknown-slot', rule: rule.key, fact })
  }
  return faults
}

/** Without a key: the condition of coverage. */
function faultsOfCondition(
  when: Condition,
  { key, subject }: { readonly key?: string; readonly subject: Rule['subject'] },
): SchemeFault[] {
  const faults: SchemeFault[] = []
  const add = (fault: SchemeFault['fault'], fact?: string) =>
    faults.push({
      fault,
      ...(key === undefined ? { isCoverage: true as const } : { rule: key }),
      ...(fact === undefined ? {} : { fact }),
    })
  const visit = (condition: Condition): void => {
    if ('not' in condition) return visit(condition.not)
    if ('fact' in condition) {
      const { fact } = condition
      const shape = shapeOf(subject, fact)
      if (!shape) add('unknown-fact', fact)
      else if (!fits(condition, shape)) add('wrong-value', fact)
      return
    }
    const parts = 'all' in condition ? condition.all : condition.any
    if (parts.length === 0) add('empty-group')
    for (const part of parts) visit(part)
  }
  visit(when)
  return faults
}

/** Whether a comparison means anything for a fact: a number for a count, an option for a choice. */
function fits(leaf: Leaf, shape: FactShape): boolean {
  const { op, value } = leaf
  switch (shape.of) {
    case 'flag':
      return op === 'is' && typeof value === 'boolean'
    case 'choice': {
      const options = new Set<unknown>(shape.options)
      if (op === 'is') return options.has(value)
      return op === 'any-of' && value.length > 0 && value.every((one) => options.has(one))
    }
    case 'grade':
    case 'count':
      return op !== 'any-of' && typeof value === 'number' && Number.isInteger(value)
  }
}

export function shapeOf(subject: Rule['subject'], fact: string): FactShape | undefined {
  const facts = subject === 'resident' ? residentFacts : dwellingFacts
  return Object.hasOwn(facts, fact) ? facts[fact]?.shape : undefined
}

/** Of a scheme without faults. */
export function findingsOf(scheme: Scheme): SchemeFinding[] {
  const cases = scheme.rules.map((rule) => ({ rule, cases: casesOf(rule.when, rule, true) }))
  return cases.flatMap(({ rule, cases: mine }): SchemeFinding[] => {
    if (mine?.length === 0) return [{ finding: 'never', rule: rule.key, by: [] }]
    const by = hiddenBy(
      mine,
      cases.filter(
        (other) =>
          other.rule.subject === rule.subject && urgency(other.rule.level) < urgency(rule.level),
      ),
    )
    if (by) return [{ finding: 'hidden', rule: rule.key, by }]
    const isAlways = casesOf(rule.when, rule, false)?.length === 0
    return isAlways ? [{ finding: 'always', rule: rule.key, by: [] }] : []
  })
}

/** By fact the values that it may have; a fact that is not named may have any. */
type Case = ReadonlyMap<string, ValueSet>

const mostCases = 400

/** In which cases a condition holds (or, not `wanted`, does not); null where there are too many to say. */
function casesOf(condition: Condition, rule: Rule, wanted: boolean): Case[] | null {
  if ('not' in condition) return casesOf(condition.not, rule, !wanted)
  if ('fact' in condition) {
    const shape = shapeOf(rule.subject, condition.fact)
    if (!shape) return null
    const admitted = admittedBy(condition, shape)
    const values = wanted ? admitted : complement(admitted, shape)
    return isEmpty(values) ? [] : [new Map([[condition.fact, values]])]
  }
  const isAll = 'all' in condition
  const parts = isAll ? condition.all : condition.any
  return isAll === wanted ? together(parts, rule, wanted) : either(parts, rule, wanted)
}

function either(parts: readonly Condition[], rule: Rule, wanted: boolean): Case[] | null {
  const found: Case[] = []
  for (const part of parts) {
    const cases = casesOf(part, rule, wanted)
    if (!cases) return null
    found.push(...cases)
    if (found.length > mostCases) return null
  }
  return found
}

function together(parts: readonly Condition[], rule: Rule, wanted: boolean): Case[] | null {
  let found: Case[] = [new Map()]
  for (const part of parts) {
    const cases = casesOf(part, rule, wanted)
    if (!cases) return null
    found = found.flatMap((one) => cases.flatMap((other) => both(one, other, rule)))
    if (found.length > mostCases) return null
  }
  return found
}

/** The one case in which both hold; none where a fact would need two values. */
function both(a: Case, b: Case, rule: Rule): Case[] {
  const joined = new Map(a)
  for (const [fact, values] of b) {
    const shape = shapeOf(rule.subject, fact)
    const held = joined.get(fact) ?? (shape && allOf(shape))
    const left = held ? intersect(held, values) : values
    if (isEmpty(left)) return []
    joined.set(fact, left)
  }
  return [joined]
}

/** The rules of which one fires in each of the cases; null where some case is none of theirs. */
function hiddenBy(
  mine: readonly Case[] | null,
  others: readonly { readonly rule: Rule; readonly cases: readonly Case[] | null }[],
): string[] | null {
  if (!mine) return null
  const by = new Set<string>()
  for (const one of mine) {
    const cover = others.find(({ cases }) => cases?.some((other) => isCaseWithin(one, other)))
    if (!cover) return null
    by.add(cover.rule.key)
  }
  return [...by]
}

function isCaseWithin(inner: Case, outer: Case): boolean {
  for (const [fact, values] of outer) {
    const held = inner.get(fact)
    if (!held || !isWithin(held, values)) return false
  }
  return true
}
