/** What a search finds beside people by name and rooms: services of the community, plates, declarations, topics, meetings, and whose care is called so. */
import type { CareNeed } from '#domain/care.ts'
import type { Day } from '#domain/day.ts'
import { isPresent } from '#domain/resident.ts'
import type { ServiceKind } from '#domain/nearby.ts'
import { declarationsFound, openDeclarations, type OpenDeclaration } from './declarations.ts'
import { meetingsHere } from './meetings.ts'
import { lookUpPlate, type KnownPlate } from './plates.ts'
import type { Rec } from './records.ts'
import type { Register } from '#app/register/register.ts'

interface Labels {
  readonly needs: Readonly<Record<CareNeed, string>>
  readonly kinds: Readonly<Record<ServiceKind, string>>
}

export interface More {
  readonly services: readonly Rec<'service'>[]
  readonly cared: readonly Rec<'resident'>[]
  readonly plates: readonly KnownPlate[]
  readonly funds: readonly Rec<'fund'>[]
  /** By title or words, the newest first. */
  readonly topics: readonly Rec<'topic'>[]
  /** By who received, where, or what was said there; the latest first. */
  readonly meetings: readonly Rec<'meeting'>[]
  /** What nobody has looked at yet: by who spoke, their telephone or the door. */
  readonly declarations: readonly OpenDeclaration[]
}

/** One letter or figure means too much. */
const isEnough = (typed: string) => typed.length > 1 && !/^\d+$/.test(typed)
/** Part of one: fewer figures are a door's. */
const isTelephone = (typed: string) => /^\d{4,}$/.test(typed)

/** At most so many of each. `isCareOff`: the office arranges none, so nobody is found by it. */
export function searchMore(
  register: Register,
  typed: string,
  { needs, kinds }: Labels,
  isCareOff: boolean,
  today: Day,
  most: number,
): More {
  const wanted = typed.trim().toLowerCase()
  const plates = lookUpPlate(register, wanted, today).found
  const declarations =
    isEnough(wanted) || isTelephone(wanted)
      ? declarationsFound(register, openDeclarations(register), wanted).slice(0, most)
      : []
  const some = { plates, declarations }
  if (!isEnough(wanted)) {
    return { services: [], cared: [], funds: [], topics: [], meetings: [], ...some }
  }
  const holds = (texts: readonly (string | null | undefined)[]) =>
    texts.some((text) => text?.toLowerCase().includes(wanted))
  const services: Rec<'service'>[] = []
  for (const one of register.all('service')) {
    const { name, serviceKind, what, where, forWhom, closed } = one.fields
    if (closed || !holds([name, kinds[serviceKind], what, where, forWhom])) continue
    services.push(one)
    if (services.length === most) break
  }
  const funds = [...register.all('fund')]
    .filter(({ fields: { name, where } }) => holds([name, where]))
    .slice(0, most)
  const topics = [...register.all('topic')]
    .filter(({ fields: { title, words } }) => holds([title, words]))
    .sort((a, b) => Date.parse(b.fields.at) - Date.parse(a.fields.at))
    .slice(0, most)
  const meetings = meetingsHere(register)
    .filter(({ fields: { where, receivedBy, matters } }) =>
      holds([where, ...receivedBy, ...(matters ?? []).map((matter) => matter.words)]),
    )
    .slice(0, most)
  const cared: Rec<'resident'>[] = []
  const more = { services, cared, funds, topics, meetings, ...some }
  if (isCareOff) return more
  for (const one of register.all('resident')) {
    const { cares } = one.fields
    if (!cares || cared.length === most || !isPresent(one.fields)) continue
    if (cares.some(({ need, who, endedOn }) => !endedOn && holds([needs[need], who]))) {
      cared.push(one)
    }
  }
  return more
}
