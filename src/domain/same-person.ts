/**
 * Whether two records may be of one person: a score from 0 to 100 with its reasons, from what is written in them
 * alone. Symmetric, and the same on every device. A score never decides: somebody who knows the door does.
 */
import { isDay, type Day } from './day.ts'
import { identityTypes } from './document.ts'
import { normaliseDocument, upgradeIdentityNumber } from './document-key.ts'
import { nameKey } from './name.ts'
import { phoneKey } from './phone.ts'
import { isPresent, type Resident } from './resident.ts'
import { plainText } from './text.ts'

/** What speaks for it and what against, each with its part of the score. */
const weights = {
  'same-document': 60,
  'near-document': 25,
  'same-name': 30,
  'near-name': 20,
  'same-birth': 25,
  'near-birth': 12,
  'same-phone': 20,
  'other-document': -45,
  'other-name': -20,
  'other-birth': -35,
  'other-sex': -30,
  /** Two babies of one day are called alike; their parents are not the same people. */
  'other-guardian': -20,
  'other-hukou': -15,
  /** Twins are called alike, have one birthday and their parents' telephone. */
  'one-household': -15,
} as const
export type SameReason = keyof typeof weights

/** From here on somebody is asked. */
const leastScore = 45
/** Who left and is registered anew elsewhere is asked about only where little doubt is left. */
const leastOfLeft = 80

export type Likelihood = 'certain' | 'likely' | 'doubtful'

export interface Likeness {
  readonly score: number
  /** In the order of their weight. */
  readonly reasons: readonly SameReason[]
}

export function likelihoodOf({ score }: Likeness): Likelihood {
  return score >= 90 ? 'certain' : score >= 70 ? 'likely' : 'doubtful'
}

/** What of a record a comparison needs, in normal form. */
export interface Person {
  readonly id: string
  readonly household: string
  readonly isHere: boolean
  readonly name: string
  readonly birth: Day | null
  readonly sex: '1' | '2' | null
  readonly phones: readonly string[]
  readonly document: string | null
  /** An identity number: everybody has one of these and no other. */
  readonly isIdentity: boolean
  readonly guardian: string
  /** The hukou as far as the register knows it: its division, else its address. */
  readonly hukou: { readonly division: string; readonly address: string }
  /** Of whom somebody said what they are to this one: nobody is asked twice. */
  readonly answered: readonly string[]
}

/** Null of a record that is merged into another one already. */
export function personOf(id: string, fields: Resident): Person | null {
  if (fields.mergedInto) return null
  const isIdentity = identityTypes.has(fields.documentType ?? '111')
  const number = fields.documentNumber ? normaliseDocument(fields.documentNumber) : ''
  const document = (isIdentity ? upgradeIdentityNumber(number) : null) ?? number
  const { sex } = fields
  return {
    id,
    household: fields.household,
    isHere: isPresent(fields),
    name: nameKey(fields.name),
    birth: fields.birth ?? (isIdentity ? birthIn(document) : null),
    sex: sex === '1' || sex === '2' ? sex : null,
    phones: (fields.phones ?? []).map(phoneKey),
    document: document || null,
    isIdentity: isIdentity && document.length === 18,
    guardian: nameKey(fields.guardianName ?? ''),
    hukou: {
      division: (fields.hukouDivision ?? '').slice(0, 6),
      address: plainText(fields.hukouAddress ?? '').replace(/\s/g, ''),
    },
    answered: [...(fields.notSameAs ?? []), ...(fields.sameAs ?? [])],
  }
}

/**
 * What records of one person are likely to share: two are compared where they have one of these in common, so that
 * nobody is compared with everybody.
 */
export function keysOf({ name, birth, phones, document }: Person): string[] {
  const keys = phones.map((phone) => `p${phone}`)
  if (document) keys.push(`d${document}`)
  if (birth) keys.push(`b${birth}`, `y${birth.slice(0, 4)}${name}`, `m${birth.slice(5)}${name}`)
  return keys
}

/** Null where there is nothing to ask: they are too different, or somebody has answered. */
export function likenessOf(a: Person, b: Person): Likeness | null {
  if (a.id === b.id || (!a.isHere && !b.isHere)) return null
  if (a.answered.includes(b.id) || b.answered.includes(a.id)) return null
  const reasons = reasonsOf(a, b)
  const sum = reasons.reduce((total, reason) => total + weights[reason], 0)
  const score = Math.max(0, Math.min(100, sum))
  if (score < (a.isHere && b.isHere ? leastScore : leastOfLeft)) return null
  return { score, reasons: reasons.sort((one, other) => weights[other] - weights[one]) }
}

function reasonsOf(a: Person, b: Person): SameReason[] {
  const reasons: SameReason[] = []
  const name = nameLikeness(a.name, b.name)
  reasons.push(`${name}-name`)
  if (a.document && b.document) {
    if (a.document === b.document && a.isIdentity === b.isIdentity) reasons.push('same-document')
    else if (a.isIdentity && b.isIdentity) {
      reasons.push(isOneSlip(a.document, b.document) ? 'near-document' : 'other-document')
    }
  }
  if (a.birth && b.birth) {
    const isNear = a.birth !== b.birth && isNearBirth(a.birth, b.birth)
    reasons.push(a.birth === b.birth ? 'same-birth' : isNear ? 'near-birth' : 'other-birth')
  }
  if (a.phones.some((phone) => b.phones.includes(phone))) reasons.push('same-phone')
  if (a.sex && b.sex && a.sex !== b.sex) reasons.push('other-sex')
  // Of one and the same number nobody doubts for whose sake a guardian is another one.
  if (!reasons.includes('same-document')) {
    if (a.guardian && b.guardian && a.guardian !== b.guardian) reasons.push('other-guardian')
    if (isOtherHukou(a.hukou, b.hukou)) reasons.push('other-hukou')
  }
  if (name === 'near' && a.household === b.household) reasons.push('one-household')
  return reasons
}

/** Both known, and not the same place: an address that is the beginning of the other one says nothing against it. */
function isOtherHukou(a: Person['hukou'], b: Person['hukou']): boolean {
  if (a.division && b.division && a.division !== b.division) return true
  const [short, long] = [a.address, b.address].sort((one, other) => one.length - other.length)
  return (
    Boolean(short && long) &&
    !(long ?? '').endsWith(short ?? '') &&
    !(long ?? '').startsWith(short ?? '')
  )
}

/** Near: one character is another one or is missing, in a name of three and more. */
function nameLikeness(a: string, b: string): 'same' | 'near' | 'other' {
  if (a === b) return 'same'
  const [short, long] = [[...a], [...b]].sort((one, other) => one.length - other.length)
  if (!short || !long || long.length < 3 || short.length < 2) return 'other'
  if (long.length - short.length > 1) return 'other'
  let start = 0
  while (start < short.length && short[start] === long[start]) start += 1
  let end = 0
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end += 1
  return start + end >= long.length - 1 ? 'near' : 'other'
}

/** One part of the date is another one, day and month changed places, or one of them was only known to the year. */
function isNearBirth(a: Day, b: Day): boolean {
  const [one, other] = [a.split('-'), b.split('-')]
  const same = one.filter((part, index) => part === other[index]).length
  if (same === 2) return true
  if (one[0] !== other[0]) return false
  const isSwapped = one[1] === other[2] && one[2] === other[1]
  return isSwapped || a.endsWith('-01-01') || b.endsWith('-01-01')
}

/** One character is another one, or two neighbours changed places. */
function isOneSlip(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  const odd = [...a].flatMap((letter, index) => (letter === b[index] ? [] : [index]))
  if (odd.length === 1) return true
  const [first = 0, second = 0] = odd
  return (
    odd.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first]
  )
}

function birthIn(number: string): Day | null {
  if (number.length !== 18) return null
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  return isDay(day) ? day : null
}
