/** Why a subject went from one colour to another, in a word that others of its kind share: nothing of anybody. */
import { urgency, type ColourKey } from '#domain/level.ts'
import { overrideOfRule } from '#domain/override.ts'
import type { SubjectTable } from '../db/schema.ts'

export interface Shift {
  readonly kind: string
  readonly before: string
  readonly after: string
  readonly cause: string
  /**
   * `+` and the rule that decides now, or `-` and the one that decided before and ceased to hold. Without a rule: `+`
   * where somebody verified the subject, `-` where it is verified no more.
   */
  readonly reason: string
}

/** What stands for every colour by hand, whoever said it. */
export const byHandReason = 'by-hand'

export function shiftOf(before: SubjectTable, after: SubjectTable, cause: string): Shift {
  return {
    kind: after.kind,
    before: before.colour,
    after: after.colour,
    cause,
    reason: reasonOf(before, after),
  }
}

/** Somebody or a dwelling that came into the register today, with the colour it came with. */
export function arrivalOf(after: SubjectTable, cause: string): Shift {
  return { kind: after.kind, before: '', after: after.colour, cause, reason: `+${decisive(after)}` }
}

/** Rules stand with the most urgent first, and before them what somebody said by hand. */
function reasonOf(before: SubjectTable, after: SubjectTable): string {
  const [old, now] = [decisive(before), decisive(after)]
  if (old === '' && now === '') return after.colour === 'grey' ? '-' : '+'
  if (old === now) return `+${now}`
  if (now === byHandReason) return `+${now}`
  if (old === byHandReason) return `-${old}`
  const isMilder = urgency(after.colour as ColourKey) > urgency(before.colour as ColourKey)
  if (old === '') return `+${now}`
  return isMilder || now === '' ? `-${old}` : `+${now}`
}

/** The rule that decides a colour, the same word for every one by hand; '' where none does. */
export function decisive({ rules }: Pick<SubjectTable, 'rules'>): string {
  const [first = ''] = rules.split(' ')
  return overrideOfRule(first) === null ? first : byHandReason
}
