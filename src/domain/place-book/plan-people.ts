/** The accounts of a workbook: who gets one, in which role, for which places. */
import { roles, type Role } from '../account.ts'
import { fitsPlace, mayKeepAccounts } from '../permission-of-places.ts'
import { takesBuildings } from '../place-rules.ts'
import type { PlaceKind } from '../place.ts'
import { plainText } from '../text.ts'
import { loginPattern } from '../login.ts'
import { longestPlaces, roleLabels, type PersonLine } from './book.ts'
import { placeKey, type BookPlace } from './find-places.ts'
import {
  areSame,
  nameOf,
  problemOfTexts,
  refuseRepeated,
  rootsOf,
  shortly,
  whereIs,
  type PlannedPlace,
  type Planning,
} from './planning.ts'

export interface PlannedPerson {
  readonly line: number
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly places: readonly BookPlace[]
}

export function planPeople(
  planning: Planning,
  made: readonly PlannedPlace[],
): readonly PlannedPerson[] {
  const holds = holdingOf(planning, made)
  const people = planning.lines.flatMap((line, at) =>
    line.of === 'person' ? personOf(planning, line, at, holds) : [],
  )
  refuseRepeated(planning, people, 'login-twice', ({ login }) => login)
  return people.filter(({ line }) => planning.verdicts[line]?.state === 'new')
}

type Holds = (place: BookPlace) => boolean

/** Whether a place takes buildings once everything is made. */
function holdingOf({ known, held }: Planning, made: readonly PlannedPlace[]): Holds {
  const below = new Map<BookPlace, PlaceKind[]>()
  const note = (parent: BookPlace | null | undefined, kind: PlaceKind) => {
    if (!parent) return
    const kinds = below.get(parent)
    if (kinds) kinds.push(kind)
    else below.set(parent, [kind])
  }
  for (const { parent, kind } of known.places) note(parent === null ? null : held.get(parent), kind)
  for (const { parent, kind } of made) note(parent, kind)
  return (place) => takesBuildings(place.kind, below.get(place) ?? [])
}

/** Nothing where not even the login can be told. */
function personOf(
  planning: Planning,
  line: PersonLine,
  at: number,
  holds: Holds,
): readonly PlannedPerson[] {
  const { known, refuse, keep } = planning
  const said =
    problemOfTexts({ name: line.name, login: line.login, role: line.role }) ??
    problemOfTexts({ places: line.places }, longestPlaces)
  if (said) refuse(at, said)
  const name = nameOf(planning, at, line.name)
  const login = loginOf(line)
  if (login === '') refuse(at, { code: 'missing', field: 'login' })
  else if (!loginPattern.test(login)) {
    refuse(at, { code: 'login-wrong', text: shortly(line.login) })
  }
  const role = roleOf(line.role)
  if (line.role === '') refuse(at, { code: 'missing', field: 'role' })
  else if (!role) refuse(at, { code: 'unknown', field: 'role', text: shortly(line.role) })
  else if (!mayKeepAccounts(known.role, role)) refuse(at, { code: 'not-yours', role })
  if (login === '') return []
  const before = known.accounts.get(login)
  if (before !== undefined) {
    const isSame = before !== null && before.role === role && before.name === name
    if (!isSame) refuse(at, { code: 'login-taken', text: login })
    else keep(at)
    return []
  }
  const places = role ? placesOf(planning, line, at, role, holds) : []
  return [{ line: at, login, name, role: role ?? 'worker', places }]
}

/** As it is typed: small letters in half width. */
export function loginOf({ login }: PersonLine): string {
  return plainText(login).replace(/\s/g, '').toLowerCase()
}

function roleOf(text: string): Role | undefined {
  const wanted = placeKey(text)
  return roles.find((role) => roleLabels[role].some((label) => placeKey(label) === wanted))
}

function placesOf(
  planning: Planning,
  line: PersonLine,
  at: number,
  role: Role,
  holds: Holds,
): readonly BookPlace[] {
  const { refuse, index } = planning
  const fits = (place: BookPlace) => fitsPlace(role, place.kind, holds(place))
  const texts = plainText(line.places.replace(/\n/g, ';'))
    .split(/[、,;]/u)
    .map((text) => text.trim())
    .filter((text) => text !== '')
  if (texts.length === 0) {
    const roots = rootsOf(planning).filter(fits)
    // Whoever walks lanes is told which; an office has the place of whoever makes its accounts.
    if (roots.length === 1) return roots
    refuse(at, { code: 'missing', field: 'places' })
    return []
  }
  return texts.flatMap((written) => {
    const found = index.find(written, fits)
    const [only, other] = found
    const text = shortly(written)
    if (only && !other && !only.isWrong) return [only]
    if (only && (!other || areSame(found))) {
      refuse(at, { code: 'above-wrong', text, other: whereIs(planning, only) })
    } else if (only) {
      refuse(at, { code: 'many', field: 'places', text, count: found.length })
    } else {
      const kind = index.find(written, () => true)[0]?.kind
      refuse(
        at,
        kind ? { code: 'misfit', role, kind, text } : { code: 'unknown', field: 'places', text },
      )
    }
    return []
  })
}
