/** The colour of a subject: a pure function of facts, scheme and date, the same on the phone and on the server. */
import type { Reason } from './colour.ts'
import { earlier, type Day } from './day.ts'
import { evaluate, factToNumber } from './evaluate.ts'
import { readFact, type Subject } from './facts.ts'
import { byHandOn, byHandRule, overrideOfRule } from './override.ts'
import { levelKeys, urgency, type ColourKey } from './level.ts'
import type { Rule, Scheme } from './scheme.ts'
import { createWorkingCalendar, type WorkingCalendar } from './working-days.ts'

export interface Colour {
  readonly colour: ColourKey
  /**
   * Every rule that fired, the most urgent first, then by key: the order of the scheme does not matter. Before them
   * what somebody said by hand, where that decides.
   */
  readonly reasons: readonly Reason[]
  /** The next day on which time alone could change which rules fire, so also the colour; null where none. */
  readonly until: Day | null
}

interface CompiledRule extends Rule {
  /** Names of the facts that its words are filled with. */
  readonly slots: readonly string[]
}

interface CompiledScheme {
  readonly rules: Readonly<Record<Subject['kind'], readonly CompiledRule[]>>
  readonly byKey: ReadonlyMap<string, CompiledRule>
  readonly levels: ReadonlySet<ColourKey>
  readonly mildest: ColourKey
  readonly calendar: WorkingCalendar
}

const compiled = new WeakMap<Scheme, CompiledScheme>()

function compile(scheme: Scheme): CompiledScheme {
  const known = compiled.get(scheme)
  if (known) return known
  const rules = [...scheme.rules]
    .sort((a, b) => urgency(a.level) - urgency(b.level) || (a.key < b.key ? -1 : 1))
    .map((rule) => ({ ...rule, slots: slotsOf(`${rule.words} ${rule.wordsEn}`) }))
  const made: CompiledScheme = {
    rules: {
      resident: rules.filter((rule) => rule.subject === 'resident'),
      dwelling: rules.filter((rule) => rule.subject === 'dwelling'),
    },
    byKey: new Map(rules.map((rule) => [rule.key, rule])),
    levels: new Set(scheme.levels.map((level) => level.key)),
    mildest:
      [...levelKeys].reverse().find((key) => scheme.levels.some((level) => level.key === key)) ??
      'green',
    calendar: createWorkingCalendar(scheme),
  }
  compiled.set(scheme, made)
  return made
}

/**
 * A subject that no rule names has the mildest level where somebody verified it, and is grey where nobody did or
 * nobody lives there. Who moved out or died is no subject any more: do not ask.
 */
export function colourByRules(subject: Subject, scheme: Scheme, today: Day): Colour {
  const { rules, mildest, calendar } = compile(scheme)
  const reasons: Reason[] = []
  let until: Day | null = null
  for (const rule of rules[subject.kind]) {
    const { holds, next } = evaluate(rule.when, subject, today, calendar)
    until = earlier(until, next)
    if (holds) reasons.push(reasonOf(rule, subject, today, calendar))
  }
  const first = reasons[0]
  if (first) return { colour: first.level, reasons, until }
  const verified = readFact(subject, 'verified', today)
  const isVerified = verified.type === 'value' && verified.value === true
  return { colour: isVerified ? mildest : 'grey', reasons, until }
}

/** The colour with what people said by hand. Its reason comes first; those of the rules stay readable below it. */
export function colourOf(subject: Subject, scheme: Scheme, today: Day): Colour {
  const byRules = colourByRules(subject, scheme, today)
  const overrides =
    subject.kind === 'resident'
      ? subject.context.resident.overrides
      : subject.context.dwelling.overrides
  if (!overrides || overrides.length === 0) return byRules
  const { levels } = compile(scheme)
  const { inForce, next } = byHandOn(
    overrides.filter(({ colour }) => levels.has(colour)),
    byRules,
    today,
  )
  const until = earlier(byRules.until, next)
  if (!inForce) return { ...byRules, until }
  const { colour, words } = inForce
  const reason: Reason = { rule: byHandRule(inForce), level: colour, facts: { words } }
  return { colour, reasons: [reason, ...byRules.reasons], until }
}

function reasonOf(
  rule: CompiledRule,
  subject: Subject,
  today: Day,
  calendar: WorkingCalendar,
): Reason {
  if (rule.slots.length === 0) return { rule: rule.key, level: rule.level }
  const facts: Record<string, string | number> = {}
  for (const slot of rule.slots) {
    const value = factToNumber(readFact(subject, slot, today), today, calendar)
    if (value !== null) facts[slot] = value
  }
  return { rule: rule.key, level: rule.level, facts }
}

/** True where somebody said it by hand: then its words are theirs, and may name somebody. */
export function isByHand(reason: Reason): boolean {
  return overrideOfRule(reason.rule) !== null
}

/** A reason in plain words; the rule's key where the scheme no longer has the rule. */
export function reasonWords(reason: Reason, scheme: Scheme, language: 'zh-CN' | 'en'): string {
  if (isByHand(reason)) return String(reason.facts?.['words'] ?? '')
  const rule = compile(scheme).byKey.get(reason.rule)
  if (!rule) return reason.rule
  const words = language === 'en' ? rule.wordsEn : rule.words
  return words.replace(slotPattern, (_, name: string) => String(reason.facts?.[name] ?? ''))
}

/** What a rule is about, of nobody in particular: `…岁独居`. */
export function ruleWords(rule: Pick<Rule, 'words' | 'wordsEn'>, language: 'zh-CN' | 'en'): string {
  return (language === 'en' ? rule.wordsEn : rule.words).replace(slotPattern, '…')
}

const slotPattern = /\{([\w.-]+)\}/g

function slotsOf(words: string): string[] {
  return [...new Set([...words.matchAll(slotPattern)].map((match) => match[1] ?? ''))]
}
