/** What one record of a person takes over from another one: field by field, by somebody's choice. */
import type { Resident } from './resident.ts'

/** Fields of which one value counts; those in one line are chosen together, since they say one thing. */
const chosen = [
  ['name'],
  ['documentType', 'documentNumber'],
  ['sex'],
  ['birth'],
  ['residence'],
  ['hukouDivision'],
  ['hukouAddress'],
  ['arrivedOn'],
  ['arrivalReason'],
  ['registeredOn'],
  ['permitType'],
  ['permitExpires'],
  ['ethnicity'],
  ['education'],
  ['marriage'],
  ['workplace'],
  ['contactName'],
  ['contactPhone'],
  ['guardianName'],
  ['guardianPhone'],
  ['guardianRelation'],
  ['noticeOn'],
  ['note'],
] as const
type Field = (typeof chosen)[number][number]

/** Lists that are joined: nothing of either is lost, and what is wrong can be taken out afterwards. */
const joined = ['phones', 'tags', 'cares'] as const
/** Answers to who is who, which hold for the person. */
const answers = ['notSameAs', 'sameAs'] as const

export interface Choice {
  /** The field that a screen names it by. */
  readonly field: Field
  readonly fields: readonly Field[]
  /** Both know it, and not the same. */
  readonly differs: boolean
}

/** What either of them knows, in the order of a person's file. */
export function choicesOf(a: Resident, b: Resident): Choice[] {
  return chosen.flatMap((fields): Choice[] => {
    const field: Field = fields.length > 1 ? 'documentNumber' : fields[0]
    if (!isKnown(a[field]) && !isKnown(b[field])) return []
    const differs = isKnown(a[field]) && isKnown(b[field]) && a[field] !== b[field]
    return [{ field, fields, differs }]
  })
}

/** Elements of the joined lists that only one of them has would be news to the other. */
export function listsOf(a: Resident, b: Resident): (typeof joined)[number][] {
  return joined.filter((field) => (a[field] ?? []).length > 0 || (b[field] ?? []).length > 0)
}

/**
 * The fields that the record that counts gets new values for. `taken` names the choices that go to the other one's
 * value; what the record that counts does not know comes from the other one without being asked.
 */
export function fieldsTaken(
  counts: Resident,
  other: Resident,
  taken: ReadonlySet<string>,
): Partial<Resident> {
  const fields: Record<string, unknown> = {}
  for (const choice of choicesOf(counts, other)) {
    const isTaken = choice.differs ? taken.has(choice.field) : !isKnown(counts[choice.field])
    if (!isTaken) continue
    for (const field of choice.fields) fields[field] = other[field] ?? null
  }
  const phones = union(counts.phones, other.phones, (phone) => phone)
  if (phones) fields['phones'] = phones
  const tags = union(counts.tags, other.tags, ({ tag }) => tag)
  if (tags) fields['tags'] = tags
  const cares = union(counts.cares, other.cares, ({ id }) => id)
  if (cares) fields['cares'] = cares
  const consents = consentsTaken(counts, other, new Set(Object.keys(fields)))
  if (consents) fields['consents'] = consents
  for (const field of answers) {
    const ids = union(counts[field], other[field], (id) => id)
    if (ids) fields[field] = ids
  }
  // The later of two days on which somebody saw that the facts are right.
  const [mine, theirs] = [counts.verifiedOn, other.verifiedOn]
  if (theirs && (!mine || theirs > mine)) fields['verifiedOn'] = theirs
  return fields
}

/** A value comes with the consent to it, and of what only the other one speaks its word counts. Null where nothing comes. */
function consentsTaken(
  counts: Resident,
  other: Resident,
  taken: ReadonlySet<string>,
): Resident['consents'] {
  const own = counts.consents ?? []
  const held = new Set(own.map(({ field }) => field))
  const come = (other.consents ?? []).filter(({ field }) => taken.has(field) || !held.has(field))
  if (come.length === 0) return null
  const named = new Set(come.map(({ field }) => field))
  return [...own.filter(({ field }) => !named.has(field)), ...come]
}

/** Null where the other one adds nothing. */
function union<T>(
  mine: readonly T[] | null | undefined,
  theirs: readonly T[] | null | undefined,
  keyOf: (element: T) => string,
): T[] | null {
  const held = new Set((mine ?? []).map(keyOf))
  const more = (theirs ?? []).filter((element) => !held.has(keyOf(element)))
  return more.length > 0 ? [...(mine ?? []), ...more] : null
}

function isKnown(value: unknown): boolean {
  return value !== null && value !== undefined && value !== ''
}
