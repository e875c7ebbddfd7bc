/** What differs between two versions of a scheme, for the eyes of whoever saves, compares or restores one. */
import { coverageOf } from './coverage.ts'
import type { LevelKey } from './level.ts'
import type { Level, Rule, Scheme } from './scheme.ts'

export interface SchemeChanges {
  readonly name: boolean
  readonly levels: readonly {
    readonly key: LevelKey
    readonly before: Level | null
    readonly after: Level | null
  }[]
  readonly rules: readonly {
    readonly key: string
    readonly before: Rule | null
    readonly after: Rule | null
  }[]
  /** Whom coverage means, or which visits count. */
  readonly coverage: boolean
  /** Days that came in and went out. */
  readonly holidays: { readonly added: readonly string[]; readonly removed: readonly string[] }
  readonly workedWeekends: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
  }
}

/** The order of rules and days does not matter: it changes no colour. */
export function changesOf(before: Scheme, after: Scheme): SchemeChanges {
  return {
    name: before.name !== after.name,
    levels: pairs(before.levels, after.levels),
    rules: pairs(before.rules, after.rules),
    coverage: canonical(coverageOf(before)) !== canonical(coverageOf(after)),
    holidays: days(before.holidays, after.holidays),
    workedWeekends: days(before.workedWeekends, after.workedWeekends),
  }
}

export function isUnchanged({
  name,
  levels,
  rules,
  coverage,
  ...calendars
}: SchemeChanges): boolean {
  const days = Object.values(calendars).flatMap(({ added, removed }) => [...added, ...removed])
  return !name && !coverage && levels.length + rules.length + days.length === 0
}

function pairs<K extends string, T extends { readonly key: K }>(
  before: readonly T[],
  after: readonly T[],
) {
  const old = new Map(before.map((one) => [one.key, one]))
  const fresh = new Map(after.map((one) => [one.key, one]))
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((key) => ({ key, before: old.get(key) ?? null, after: fresh.get(key) ?? null }))
    .filter((pair) => canonical(pair.before) !== canonical(pair.after))
}

function days(before: readonly string[], after: readonly string[]) {
  const [old, fresh] = [new Set(before), new Set(after)]
  return {
    added: [...fresh].filter((day) => !old.has(day)).sort(),
    removed: [...old].filter((day) => !fresh.has(day)).sort(),
  }
}

/** The same text for the same value, whatever the order of its keys. Which limits there were before is no change. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) =>
    key === 'earlier' || inner === null
      ? undefined
      : typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
  )
}
