/** The photographs of a visit, a request, a dwelling or an errand, in the order in which they were taken. */
import { isOfUnit, type Photo, type Picture } from '#domain/photo.ts'
import { keepWithRegister } from '#app/register/kept-with-register.ts'
import type { Rec, Register } from '#app/register/register.ts'

/** A photograph of a record, or what a unit has of one. */
export interface ShownPhoto {
  readonly id: string
  readonly stream: string
  readonly version: number
  /** Who took it; null where this device does not say. */
  readonly by: string | null
  readonly picture: Picture
  readonly hazard: string | null
  /** Whether all of it is at the office. */
  readonly hasArrived: boolean
  readonly refusedAs: Photo['refusedAs'] | null
}

type Photos = ReadonlyMap<string, readonly ShownPhoto[]>

/** Of the register as it was when somebody asked last: one look at all photographs serves a whole page. */
const known = keepWithRegister<Photos>()
const none: readonly ShownPhoto[] = []

export function photosOf(register: Register, host: string): readonly ShownPhoto[] {
  const byHost = known.get(register) ?? groupByHost(register)
  known.set(register, byHost)
  return byHost.get(host) ?? none
}

/** One photograph of another record, and what that record is; undefined where this device has it not. */
export function photoOf(register: Pick<Register, 'get'>, id: string): ShownPhoto | undefined {
  const photo = register.get('photo', id)
  return photo && shownOf(photo)
}

function shownOf({ id, stream, version, by, fields }: Rec<'photo'>): ShownPhoto {
  const { host: _, hazard = null, arrivedAt, refusedAs = null, ...picture } = fields
  const hasArrived = Boolean(arrivedAt)
  return { id, stream, version, by: by ?? null, picture, hazard, hasArrived, refusedAs }
}

function groupByHost(register: Register): Photos {
  const byHost = new Map<string, ShownPhoto[]>()
  const add = (host: string, photo: ShownPhoto) => {
    const others = byHost.get(host)
    if (others) others.push(photo)
    else byHost.set(host, [photo])
  }
  for (const photo of register.all('photo')) add(photo.fields.host, shownOf(photo))
  for (const { id, stream, version, by = null, fields } of register.all('errand-photo')) {
    const { errand, photo: _, arrivedAt, refusedAs = null, ...picture } = fields
    const isOwn = isOfUnit(fields)
    const hasArrived = !isOwn || Boolean(arrivedAt)
    const taken = { by: isOwn ? by : null, hazard: null, hasArrived, refusedAs }
    add(errand, { id, stream, version, picture, ...taken })
  }
  for (const own of byHost.values()) {
    own.sort((a, b) => (a.picture.takenAt < b.picture.takenAt ? -1 : 1))
  }
  return byHost
}
