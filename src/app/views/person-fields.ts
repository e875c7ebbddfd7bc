/** What an account's form takes, and what it sends. */
import { roles, type Role } from '#domain/account.ts'
import { mayBecome, mayKeepAccounts, needsGates } from '#domain/permission-of-places.ts'
import { loginPattern } from '#domain/login.ts'
import type { MakeAccount } from '#protocol/places.ts'
import { fittingPlaces, type Tree } from './place-tree.ts'

export interface PersonFields {
  readonly login: string
  readonly name: string
  readonly role: Role
  /** Also some that fit another role: they are back when that is chosen again. */
  readonly places: readonly string[]
}

/** As the protocol has it. */
export type GivenFields = Pick<MakeAccount, 'name' | 'role' | 'places'>

export type PersonProblem = 'login' | 'name' | 'places'

/** Roles that somebody may give. */
export function rolesToGive(by: Role | undefined, hasGates = false): readonly Role[] {
  if (!by) return []
  return roles.filter((role) => mayKeepAccounts(by, role) && (hasGates || !needsGates(role)))
}

/** Of an account that is there: what it may become. */
export function rolesToBecome(
  by: Role | undefined,
  from: Role,
  hasGates: boolean,
): readonly Role[] {
  return rolesToGive(by, hasGates || needsGates(from)).filter((to) => mayBecome(from, to))
}

/** As it would be sent: only places that fit the role. */
export function givenOf({ name, role, places }: PersonFields, tree: Tree): GivenFields {
  const fitting = new Set(fittingPlaces(tree, role).map(({ id }) => id))
  return { name: name.trim(), role, places: places.filter((id) => fitting.has(id)) }
}

/** What of an account others may have changed meanwhile. */
export function isSameGiven(a: GivenFields, b: GivenFields): boolean {
  const placesOf = (given: GivenFields) => [...given.places].sort().join()
  return a.name === b.name && a.role === b.role && placesOf(a) === placesOf(b)
}

/** `login`: only a new account has one to be chosen. */
export function problemsOfPerson(
  fields: PersonFields,
  tree: Tree,
  isNew: boolean,
): readonly PersonProblem[] {
  const given = givenOf(fields, tree)
  const isWrongLogin = isNew && !loginPattern.test(fields.login.trim())
  return [
    ...(isWrongLogin ? (['login'] as const) : []),
    ...(given.name === '' ? (['name'] as const) : []),
    ...(given.places.length === 0 ? (['places'] as const) : []),
  ]
}
