/**
 * The catalogue of matters 事项清单: what can be asked for, who acts on it, and within which limits. Data that an
 * administrator edits, in versions; the one that the demo starts with says that it is nobody's official one.
 */
import * as v from 'valibot'
import type { Role } from '../account.ts'
import { choice, flag, id, list, maybe, text, whole } from '../field.ts'
import { limitSchema } from './due.ts'
import { requestLevels } from './step.ts'
import { mayDecideAsks, mayHoldAboutStaff } from '../permission-of-requests.ts'

export const limitsSchema = v.looseObject({
  accept: maybe(limitSchema),
  sign: maybe(limitSchema),
  answer: maybe(limitSchema),
  callBack: maybe(limitSchema),
})

export const itemSchema = v.looseObject({
  id,
  group: text(20),
  groupEn: text(60),
  name: text(30),
  nameEn: text(80),
  /** Code of GB/T 39666-2020 where the office knows it: six digits. */
  code: maybe(text(12)),
  /** Lead unit; null where the subdistrict decides each time. */
  unit: maybe(id),
  coUnits: maybe(list(id, 9)),
  level: choice(requestLevels),
  limits: maybe(limitsSchema),
  /** The community may settle it itself. */
  isSettledHere: maybe(flag),
  /** Goes to its unit by itself where that is one and the site is known. */
  isDispatchedAtOnce: maybe(flag),
  /** Help for a person: may become the fact `openHelp`, and nothing else may. */
  isHelp: maybe(flag),
  /** Complaints, reports on others, staff conduct: never on a worker's phone, never a fact. */
  isStaffOnly: maybe(flag),
  /** About staff themselves: kept by the subdistrict alone, so that no community's own people hold it. */
  isAboutStaff: maybe(flag),
  /** Shown on a sticker's page as a large button, in this order. */
  onPage: maybe(whole(1, 20)),
  /** Of the negative list: not for this office, and where to turn instead. */
  insteadWords: maybe(text(200)),
  insteadWordsEn: maybe(text(400)),
})
export type Item = v.InferOutput<typeof itemSchema>

export const catalogueSchema = v.looseObject({
  name: text(40),
  catalogueVersion: whole(1, 1_000_000),
  /** Names of the units that the items lead to: whoever dispatches does not hold the units' streams. */
  units: maybe(list(v.looseObject({ id, name: text(40) }), 200)),
  items: v.pipe(
    list(itemSchema, 600),
    v.check((items) => new Set(items.map(({ id }) => id)).size === items.length, 'wrong-shape'),
  ),
})
export type Catalogue = v.InferOutput<typeof catalogueSchema>

/**
 * Items that a role may choose: a form does not offer what its owner may never hold. What is about staff is taken by
 * the subdistrict alone.
 */
export function itemsOffered(catalogue: Catalogue, role: Role): readonly Item[] {
  return catalogue.items.filter((item) => mayHoldItem(role, item))
}

/** Whether somebody of a role may have a request of this item at all. */
export function mayHoldItem(
  role: Role,
  { isStaffOnly, isAboutStaff }: Pick<Item, 'isStaffOnly' | 'isAboutStaff'>,
): boolean {
  if (isAboutStaff) return mayHoldAboutStaff(role)
  return isStaffOnly ? mayDecideAsks(role) : true
}

/** Where a stream stands, as far as it decides what may be kept in it. */
export type OfficeOf = 'subdistrict' | 'community' | null

/** Null: no office's own stream. Whether a request of an item may be kept in such a stream. */
export function mayKeepItemIn(
  office: OfficeOf,
  { isStaffOnly, isAboutStaff }: Pick<Item, 'isStaffOnly' | 'isAboutStaff'>,
): boolean {
  if (isAboutStaff) return office === 'subdistrict'
  return isStaffOnly ? office !== null : true
}
