/** The batches that say of two records who they are of: one person, two people, or one person with two doors. */
import type { Day } from '#domain/day.ts'
import { fieldsTaken } from '#domain/merge-residents.ts'
import { newestPolicy } from '#domain/policy-in-force.ts'
import { isPresent } from '#domain/resident.ts'
import { hukouHereLivesElsewhere, livesHereHukouElsewhere } from '#domain/separate-residence.ts'
import { isSame } from '#protocol/merge.ts'
import { historyIn } from '#app/register/history-of.ts'
import type { HistoryLine, Rec, Register } from '#app/register/register.ts'
import type { Intent } from './intent.ts'
import { patchOf } from './household-intents.ts'

type Resident = Rec<'resident'>

/** `other` is kept for its history; `counts` takes over what was chosen. An emptied household ends. */
export function merged(
  register: Register,
  counts: Resident,
  other: Resident,
  taken: ReadonlySet<string>,
  today: Day,
): Intent[] {
  const home = register.get('household', other.fields.household)
  const left = register.residents(other.fields.household).filter(({ id }) => id !== other.id)
  const isSameHome = counts.fields.household === other.fields.household
  const homeFields = {
    ...(home?.fields.head === other.id ? { head: isSameHome ? counts.id : null } : {}),
    ...(isPresent(other.fields) && left.length === 0 ? { endedOn: today } : {}),
  }
  return [
    patchOf(counts, withoutOff(register, fieldsTaken(counts.fields, other.fields, taken))),
    ...(home && Object.keys(homeFields).length > 0 ? [patchOf(home, homeFields)] : []),
    patchOf(other, { mergedInto: counts.id }),
  ]
}

/** Care that an office does not arrange any more comes from no other record: the server would refuse all of it. */
function withoutOff(register: Register, fields: Partial<Resident['fields']>) {
  const { cares, ...others } = fields
  const isOff =
    cares !== undefined &&
    newestPolicy([...register.all('policy')].map(({ fields: said }) => said)).off.includes('cares')
  return isOff ? others : fields
}

/** Remembered in both, so that whoever has only one of them knows it too. */
export function differentPeople(a: Resident, b: Resident): Intent[] {
  const without = (one: Resident, other: Resident) =>
    patchOf(one, { notSameAs: [...(one.fields.notSameAs ?? []), other.id] })
  return [without(a, b), without(b, a)]
}

/** 人户分离: both records stay, each says what the person has behind its door, and they know of each other. */
export function separateResidence(living: Resident, hukou: Resident): Intent[] {
  const link = (one: Resident, other: Resident, residence: string) =>
    patchOf(one, { residence, sameAs: [...(one.fields.sameAs ?? []), other.id] })
  return [
    link(living, hukou, livesHereHukouElsewhere),
    link(hukou, living, hukouHereLivesElsewhere),
  ]
}

export interface Parting {
  readonly intents: Intent[]
  /** Somebody changed the record that counts since: what it took over stays there. */
  readonly isBuiltOn: boolean
}

/** A merge taken back later: what came with it goes back, unless somebody has built on it. */
export function parted(register: Register, other: Resident): Parting {
  const alone = patchOf(other, { mergedInto: null })
  const counts = register.get('resident', other.fields.mergedInto ?? '')
  const merge = historyIn(register, other.id).find(({ fields }) =>
    isSame(fields['mergedInto']?.[1], other.fields.mergedInto),
  )
  if (!merge || !counts) return { intents: [alone], isBuiltOn: true }
  const isOfMerge = (line: HistoryLine) => line.at === merge.at && line.by === merge.by
  const lines = historyIn(register, counts.id).filter(({ op }) => op === 'patch')
  const isBuiltOn = lines.some((line) => line.at > merge.at)
  const home = register.get('household', other.fields.household)
  const back = isBuiltOn ? {} : fieldsBack(counts, lines.find(isOfMerge))
  const homeBack = home ? fieldsBack(home, historyIn(register, home.id).find(isOfMerge)) : {}
  return {
    intents: [
      ...(Object.keys(back).length > 0 ? [patchOf(counts, back)] : []),
      ...(home && Object.keys(homeBack).length > 0 ? [patchOf(home, homeBack)] : []),
      alone,
    ],
    isBuiltOn,
  }
}

/** The values of before, of those fields that are still as the change left them. */
function fieldsBack(
  record: Resident | Rec<'household'>,
  line: HistoryLine | undefined,
): Record<string, unknown> {
  const now = record.fields as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(line?.fields ?? {})
      .filter(([field, [, after]]) => isSame(now[field], after))
      .map(([field, [before]]) => [field, before]),
  )
}
