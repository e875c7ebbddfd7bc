/** Conditions and rules as a person reads them. */
import { careTags, type CareTag } from '#domain/resident.ts'
import { dwellingLabels, residentLabels } from '#domain/fact-labels.ts'
import { dwellingFacts, residentFacts } from '#domain/facts.ts'
import type { Condition, Rule } from '#domain/scheme.ts'
import { shapeOf } from '#domain/scheme-check.ts'
import type { Words } from '#app/ui/words/zh-CN.ts'
import type { SchemeWords } from '#app/ui/words/scheme-words.ts'

export interface ConditionWords {
  readonly common: Words
  readonly own: SchemeWords
}

/** All facts of a kind of subject with their names, in the order of the list of facts. */
export function factOptions(subject: Rule['subject'], words: ConditionWords) {
  return Object.keys(subject === 'resident' ? residentFacts : dwellingFacts).map((value) => ({
    value,
    label: factLabel(subject, value, words),
  }))
}

export function factLabel(subject: Rule['subject'], fact: string, words: ConditionWords): string {
  const tag = tagOf(fact)
  if (tag) return `${words.common.facts.field['tags'] ?? ''}：${words.common.facts.tag[tag]}`
  const labels = subject === 'resident' ? residentLabels : dwellingLabels
  const held = Object.hasOwn(labels, fact) ? labels[fact] : undefined
  if (!held) return words.own.notKnownFact(fact)
  return words.common.language === 'en' ? held.en : held.zh
}

function tagOf(fact: string): CareTag | undefined {
  const name = fact.startsWith('tag.') ? fact.slice(4) : ''
  return careTags.find((tag) => tag === name)
}

/** A choice's value in words: the uses of a dwelling are the only ones so far. */
export function optionLabel(value: string, words: ConditionWords): string {
  const uses: Readonly<Record<string, string>> = words.common.facts.use
  return uses[value] ?? value
}

/** `周岁不少于 80，并且独居`. */
export function conditionText(
  condition: Condition,
  subject: Rule['subject'],
  words: ConditionWords,
  isInner = false,
): string {
  const { own } = words
  if ('not' in condition) return own.notText(conditionText(condition.not, subject, words))
  if ('fact' in condition) return leafText(condition, subject, words)
  const isAll = 'all' in condition
  const parts = (isAll ? condition.all : condition.any).map((part) =>
    conditionText(part, subject, words, true),
  )
  const text = parts.join(isAll ? own.and : own.or)
  return isInner && parts.length > 1 ? `（${text}）` : text
}

function leafText(
  leaf: Extract<Condition, { readonly fact: string }>,
  subject: Rule['subject'],
  words: ConditionWords,
): string {
  const { own } = words
  const label = factLabel(subject, leaf.fact, words)
  if (typeof leaf.value === 'boolean') return leaf.value ? label : own.notText(label)
  if (leaf.op === 'any-of' || typeof leaf.value === 'string') {
    const values = leaf.op === 'any-of' ? leaf.value : [leaf.value]
    return `${label} ${values.map((value) => optionLabel(String(value), words)).join(own.or)}`
  }
  const shape = shapeOf(subject, leaf.fact)
  const unit = shape?.of === 'count' ? own.unit[shape.unit] : shape?.of === 'grade' ? own.grade : ''
  return `${label} ${own.op[leaf.op]} ${String(leaf.value)} ${unit}`.trimEnd()
}

/** Slots that a reason can be filled with: the numbers among the facts that the condition looks at. */
export function slotsOf(rule: Rule): string[] {
  const found = new Set<string>()
  const visit = (condition: Condition): void => {
    if ('not' in condition) visit(condition.not)
    else if ('fact' in condition) {
      const shape = shapeOf(rule.subject, condition.fact)
      if (shape?.of === 'count' || shape?.of === 'grade') found.add(condition.fact)
    } else for (const part of 'all' in condition ? condition.all : condition.any) visit(part)
  }
  visit(rule.when)
  return [...found]
}

/** A reason with the numbers of its own condition in the slots, as it may be read out. */
export function sampleReason(rule: Rule, language: 'zh-CN' | 'en'): string {
  const numbers = new Map<string, number>()
  const visit = (condition: Condition): void => {
    if ('not' in condition) visit(condition.not)
    else if ('fact' in condition) {
      if (typeof condition.value === 'number') numbers.set(condition.fact, condition.value)
    } else for (const part of 'all' in condition ? condition.all : condition.any) visit(part)
  }
  visit(rule.when)
  const words = language === 'en' ? rule.wordsEn : rule.words
  return words.replace(/\{([\w.-]+)\}/g, (_, fact: string) => String(numbers.get(fact) ?? '…'))
}
