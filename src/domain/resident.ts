/** Resident 居民: GB/T 31000 basic data, with the fields that the purpose catalogue asks for. */
import * as v from 'valibot'
import { careSchema, mostCares } from './care.ts'
import { consentSchema } from './consent-record.ts'
import { choice, day, id, list, maybe, telephone, text, whole } from './field.ts'
import { overrideSchema } from './override.ts'

/** Residence: where the person is and where the hukou is (table living_status). */
export const residences = ['1', '2', '3', '4'] as const

/**
 * Care tags. There is no tag for criminal record, mental illness, drug use, religion or biometrics,
 * and there shall be none.
 */
export const careTags = [
  'living-alone', // 独居
  'empty-nest', // 空巢
  'incapacitated', // 失能
  'no-carer', // 无照护
  'no-labour-capacity', // 无劳动能力
  'disabled', // 残疾, with grade 1 (most severe) to 4
  'dibao', // 低保
  'tekun', // 特困
  'dibian', // 低边
  'orphan', // 孤儿
  'unsupported-child', // 事实无人抚养儿童
  'child-in-difficulty', // 困境儿童
  'left-behind-child', // 留守儿童
  'pregnant', // 孕产妇
  'veteran', // 退役军人
  'martyr-family', // 烈属
] as const
export type CareTag = (typeof careTags)[number]

/** Who says so: the worker saw it, the person said so, a department's list, an imported roster. */
export const tagSources = ['seen', 'told', 'department', 'roster'] as const

export const tagSchema = v.looseObject({
  tag: choice(careTags),
  grade: maybe(whole(1, 4)),
  source: choice(tagSources),
  from: day,
  until: maybe(day),
})
export type Tag = v.InferOutput<typeof tagSchema>

export const residentSchema = v.looseObject({
  household: id,
  name: text(40),
  /** Code of the table id_doc_type (GA/T 517); 111 is the resident identity card. */
  documentType: maybe(text(3)),
  documentNumber: maybe(text(30)),
  /** GB/T 2261.1: 0, 1, 2, 9. */
  sex: maybe(choice(['0', '1', '2', '9'])),
  birth: maybe(day),
  phones: maybe(list(telephone, 5)),
  /** Relation to the household's head, GB/T 4761 two-digit code; 02 is the head. */
  relation: maybe(text(2)),
  residence: maybe(choice(residences)),
  /** Division of the hukou: six digits of GB/T 2260. */
  hukouDivision: maybe(text(12)),
  hukouAddress: maybe(text(100)),
  arrivedOn: maybe(day),
  /** Code of the table inflow_reason. */
  arrivalReason: maybe(text(2)),
  /** The day on which a floating resident was registered (申报登记). */
  registeredOn: maybe(day),
  permitType: maybe(text(2)),
  /** Next anniversary at which the residence permit must be endorsed. */
  permitExpires: maybe(day),
  /** GB/T 3304. */
  ethnicity: maybe(text(2)),
  /** GB/T 4658. */
  education: maybe(text(2)),
  /** GB/T 2261.2. */
  marriage: maybe(text(2)),
  workplace: maybe(text(60)),
  tags: maybe(list(tagSchema, 20)),
  /** Who does what for the person, and until when. */
  cares: maybe(list(careSchema, mostCares)),
  /** Colours by hand. */
  overrides: maybe(list(overrideSchema, 20)),
  /** The day on which somebody last saw evidence that the facts are right; visits add to it. */
  verifiedOn: maybe(day),
  /** The day on which the address changed without a visit since. */
  addressChangedOn: maybe(day),
  /** The day on which the person came into this household: whom somebody met there before was not this person. */
  joinedOn: maybe(day),
  movedOutOn: maybe(day),
  movedOutTo: maybe(text(100)),
  diedOn: maybe(day),
  contactName: maybe(text(40)),
  contactPhone: maybe(telephone),
  guardianName: maybe(text(40)),
  guardianPhone: maybe(telephone),
  /** What the guardian is to the person, GB/T 4761 two-digit code: 51 the father, 52 the mother. */
  guardianRelation: maybe(text(2)),
  /** The day on which the privacy notice was given to the person. */
  noticeOn: maybe(day),
  /** Which version of it (`policy.ts`); not known of one that was given before there were versions. */
  noticeVersion: maybe(whole(1, 1_000_000)),
  note: maybe(text(500)),
  /** By field: what the person agreed to, and withdrew. */
  consents: maybe(list(consentSchema, 60)),
  /** The day since which the person wants their data used no further than duty demands; the office's word. */
  restrictedOn: maybe(day),
  /** The record of the same person that counts: this one is kept for its history alone. */
  mergedInto: maybe(id),
  /** Records of other people that look like this person: somebody said so, and nobody is asked again. */
  notSameAs: maybe(list(id, 100)),
  /** Records of this person behind another door: the hukou is at one, the life at the other. */
  sameAs: maybe(list(id, 20)),
})
export type Resident = v.InferOutput<typeof residentSchema>

/** Whether the person lives there now, as far as this record says: not moved out, not dead, not kept elsewhere. */
export function isPresent({
  movedOutOn,
  diedOn,
  mergedInto,
}: Pick<Resident, 'movedOutOn' | 'diedOn' | 'mergedInto'>): boolean {
  return !movedOutOn && !diedOn && !mergedInto
}

/**
 * What says where and how somebody lives, not who they are. Late work on a merged record that sets one of these means
 * that record's door, so it must not be taken for news of the door where the person really lives.
 */
export const placeFields: readonly (keyof Resident)[] = [
  'household',
  'relation',
  'residence',
  'arrivedOn',
  'arrivalReason',
  'registeredOn',
  'addressChangedOn',
  'joinedOn',
  'movedOutOn',
  'movedOutTo',
  'diedOn',
]
