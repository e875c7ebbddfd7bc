/** The photographs of a visit, a request or a dwelling, in the order in which they were taken. */
import type { Register } from '#app/register/register.ts'
import type { Rec } from './records.ts'

type Photos = ReadonlyMap<string, readonly Rec<'photo'>[]>
type Source = Pick<Register, 'all' | 'revision'>

/** Of the register as it was when somebody asked last: one look at all photographs serves a whole page. */
const known = new WeakMap<Source, { readonly revision: number; readonly byHost: Photos }>()
const none: readonly Rec<'photo'>[] = []

export function photosOf(register: Source, host: string): readonly Rec<'photo'>[] {
  let found = known.get(register)
  if (found?.revision !== register.revision) {
    found = { revision: register.revision, byHost: groupByHost(register.all('photo')) }
    known.set(register, found)
  }
  return found.byHost.get(host) ?? none
}

function groupByHost(photos: Iterable<Rec<'photo'>>): Photos {
  const byHost = new Map<string, Rec<'photo'>[]>()
  for (const photo of photos) {
    const others = byHost.get(photo.fields.host)
    if (others) others.push(photo)
    else byHost.set(photo.fields.host, [photo])
  }
  for (const own of byHost.values()) {
    own.sort((a, b) => (a.fields.takenAt < b.fields.takenAt ? -1 : 1))
  }
  return byHost
}
