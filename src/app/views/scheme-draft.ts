/** The one draft of a scheme on this device: the rules as they are being changed, and what they began from. */
import type { Rec, Register } from '#app/register/register.ts'
import { defaultScheme, defaultSchemeId } from '#domain/default-scheme.ts'
import type { Scheme } from '#domain/scheme.ts'
import { faultsOf, type SchemeFault } from '#domain/scheme-check.ts'

export interface SchemeDraft {
  /** Version of the scheme that was in force when the draft began, or that its author has seen since. */
  readonly base: number
  readonly scheme: Scheme
  /** From when on changed limits hold; absent for the day of the save. */
  readonly limitFrom?: string
}

export const schemeDraftKey = 'scheme'

export interface Version {
  readonly id: string
  readonly scheme: Scheme
  /** Null of the built-in one. */
  readonly record: Rec<'scheme'> | null
}

/** All versions, the newest first; the built-in one is the first of all. */
export function versionsOf(register: Register): Version[] {
  const saved = [...register.all('scheme')]
    .sort((a, b) => b.fields.schemeVersion - a.fields.schemeVersion)
    .map((record) => ({ id: record.id, scheme: record.fields, record }))
  return [...saved, { id: defaultSchemeId, scheme: defaultScheme, record: null }]
}

/** The subdistrict: the place that a scheme governs. */
export function placeOfScheme(register: Register): string | null {
  for (const place of register.all('place')) if (!place.fields.parent) return place.id
  return null
}

export interface DraftFault {
  readonly fault: SchemeFault['fault'] | 'words' | 'level' | 'limit' | 'name'
  readonly rule?: string
}

/** Everything that has to be mended before a draft can be counted or saved. */
export function faultsOfDraft(scheme: Scheme): DraftFault[] {
  const faults: DraftFault[] = [...faultsOf(scheme)]
  if (!isText(scheme.name, 40)) faults.push({ fault: 'name' })
  const isLevelRight = (level: Scheme['levels'][number]) =>
    isText(level.word, 12) &&
    isText(level.wordEn, 40) &&
    isText(level.mark, 2) &&
    isDays(level.visitWithin) &&
    isDays(level.visitWithinAfterEvent ?? 1)
  if (!scheme.levels.every(isLevelRight)) faults.push({ fault: 'level' })
  for (const rule of scheme.rules) {
    if (!isText(rule.words, 80) || !isText(rule.wordsEn, 160)) {
      faults.push({ fault: 'words', rule: rule.key })
    }
    if (!isDays(rule.visitWithin ?? 1)) faults.push({ fault: 'limit', rule: rule.key })
  }
  return faults
}

function isText(value: string, most: number): boolean {
  return value.trim() !== '' && value.length <= most
}

function isDays(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 366
}
