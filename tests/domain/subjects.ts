/** Subjects of colours with just the facts that a test names; everything else is as plain as can be. */
import type { Day } from '#domain/day.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { Subject } from '#domain/facts.ts'
import type { HelpRequest } from '#domain/requests/help-facts.ts'
import type { Household } from '#domain/household.ts'
import type { CareTag, Resident, Tag } from '#domain/resident.ts'

const buildingId = '00000000-0000-7000-8000-0000000000b1'
const dwellingId = '00000000-0000-7000-8000-0000000000d1'
const householdId = '00000000-0000-7000-8000-0000000000c1'

export function tag(name: CareTag, more: Partial<Tag> = {}): Tag {
  return { tag: name, source: 'seen', from: '2020-01-01', ...more }
}

interface ResidentFacts {
  readonly resident?: Partial<Resident>
  readonly household?: Partial<Household>
  /** Null where the dwelling did not come into the register yet. */
  readonly dwelling?: Partial<Dwelling> | null
  /** Who else lives there; by default one of forty, so that nobody lives alone unasked. */
  readonly others?: readonly Partial<Resident>[]
  readonly lastMet?: Day | null
  readonly help?: readonly HelpRequest[]
}

export function person(fields: Partial<Resident> = {}): Resident {
  return { household: householdId, name: '样例', birth: '1985-06-15', ...fields }
}

function door(fields: Partial<Dwelling> = {}): Dwelling {
  return { building: buildingId, floor: 5, room: '501', use: 'own', ...fields }
}

/** A resident verified in 2026 unless `resident` says otherwise. */
export function residentSubject(facts: ResidentFacts = {}): Subject {
  const resident = person({ verifiedOn: '2026-01-05', ...facts.resident })
  return {
    kind: 'resident',
    context: {
      resident,
      household: { dwelling: dwellingId, ...facts.household },
      dwelling: facts.dwelling === null ? null : door(facts.dwelling),
      members: [resident, ...(facts.others ?? [{}]).map(person)],
      lastMet: facts.lastMet ?? null,
      help: facts.help ?? [],
    },
  }
}

export function dwellingSubject(
  fields: Partial<Dwelling> = {},
  residents: readonly Partial<Resident>[] = [{ verifiedOn: '2026-01-05' }],
  lastMet: Day | null = null,
): Subject {
  return {
    kind: 'dwelling',
    context: {
      dwelling: door(fields),
      households: residents.length > 0 ? [{ dwelling: dwellingId }] : [],
      residents: residents.map(person),
      lastMet,
    },
  }
}
