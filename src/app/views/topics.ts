/** Topics as screens show them: how each stands, its doors on this device, and what these said. */
import { communities } from '#domain/place.ts'
import type { Day } from '#domain/day.ts'
import { isConcerned } from '#domain/topics/doors.ts'
import {
  tallyOf,
  voicesByDoor,
  type DoorVoices,
  type HeardVoice,
} from '#domain/topics/count-voices.ts'
import { isOpen, standingOf, type TopicStanding } from '#domain/topics/standing.ts'
import type { Tally, TopicPart } from '#domain/topics/topic.ts'
import type { Register } from '#app/register/register.ts'
import type { Rec } from './records.ts'

type Read = Pick<Register, 'all' | 'get'>

export interface TopicView {
  readonly topic: Rec<'topic'>
  readonly standing: TopicStanding
}

export function topicView(register: Read, id: string): TopicView | null {
  const topic = register.get('topic', id)
  return topic ? { topic, standing: standingOf(stepsOf(register, id)) } : null
}

export function stepsOf(register: Read, topic: string): readonly Rec<'topic-step'>[] {
  return [...register.all('topic-step')]
    .filter(({ fields }) => fields.topic === topic)
    .sort((a, b) => Date.parse(a.fields.at) - Date.parse(b.fields.at))
}

/** How many steps and voices of a topic this device has that are at the office: when it moves, the count there may have. */
export function heardOf(register: Pick<Read, 'all'>, topic: string): number {
  const own = [...register.all('topic-step'), ...register.all('voice')]
  return own.filter(({ fields, version }) => fields.topic === topic && version > 0).length
}

/** In which part of the list a topic stands. */
export const topicParts = ['open', 'closed', 'raised', 'decided'] as const
export type TopicListPart = (typeof topicParts)[number]

export function partOf(standing: TopicStanding): TopicListPart {
  if (standing.stage === 'decided') return 'decided'
  if (standing.closedAt !== null) return 'closed'
  return isOpen(standing) ? 'open' : 'raised'
}

/** All topics on this device: what is asked first, the newest first in each part. */
export function topicsHere(register: Read): readonly TopicView[] {
  const steps = new Map<string, Rec<'topic-step'>[]>()
  for (const step of register.all('topic-step')) {
    const own = steps.get(step.fields.topic)
    if (own) own.push(step)
    else steps.set(step.fields.topic, [step])
  }
  const order = ({ standing }: TopicView) => topicParts.indexOf(partOf(standing))
  return [...register.all('topic')]
    .map((topic) => ({ topic, standing: standingOf(steps.get(topic.id) ?? []) }))
    .sort((a, b) => order(a) - order(b) || (a.topic.fields.at < b.topic.fields.at ? 1 : -1))
}

/** How often the office has to do something: what is past its day, and what is counted. */
export function topicsWaiting(register: Read, day: Day): { toClose: number; toDecide: number } {
  const all = topicsHere(register).map(({ standing }) => standing)
  return {
    toClose: all.filter((one) => isOpen(one) && one.openUntil !== null && one.openUntil < day)
      .length,
    toDecide: all.filter((one) => one.tally !== null && one.stage !== 'decided').length,
  }
}

export interface DoorView {
  readonly dwelling: Rec<'dwelling'>
  readonly voices: DoorVoices<VoiceView> | null
}

export interface VoiceView extends HeardVoice {
  readonly words: string | null
  readonly resident: string | null
  readonly sheet: string | null
}

/** The doors of a topic that are on this device, in the order of their buildings. */
export function doorsHere(
  register: Pick<Register, 'all' | 'get' | 'dwellings'>,
  { topic, standing }: TopicView,
  me: string | null,
): readonly DoorView[] {
  const { parts } = topic.fields
  const byDoor = voicesHere(register, topic.id, standing.closedAt, me)
  return [...new Set(parts.map(({ building }) => building))].flatMap((building) =>
    register
      .dwellings(building)
      .filter(({ id, fields }) => isConcerned(parts, { id, building, unit: fields.unit }))
      .map((dwelling) => ({ dwelling, voices: byDoor.get(dwelling.id) ?? null })),
  )
}

export function tallyHere(doors: readonly DoorView[]): Tally {
  return tallyOf(
    doors.map(({ dwelling }) => dwelling.id),
    new Map(doors.flatMap(({ dwelling, voices }) => (voices ? [[dwelling.id, voices]] : []))),
  )
}

/** `me`: whose are the voices that have not been sent. */
function voicesHere(register: Read, topic: string, cut: string | null, me: string | null) {
  const voices = [...register.all('voice')]
    .filter(({ fields }) => fields.topic === topic)
    .map(({ id, by, fields }): VoiceView => ({
      ...{ id, dwelling: fields.dwelling, says: fields.says, how: fields.how, at: fields.at },
      ...{ by: by ?? me, words: fields.words ?? null, resident: fields.resident ?? null },
      sheet: fields.sheet ?? null,
    }))
  return voicesByDoor(voices, cut)
}

export interface TopicToAsk extends TopicView {
  /** Doors on this device that nobody asked. */
  readonly left: number
}

/** Topics that are open and have doors here which nobody asked, what ends first at the top; of one grid, or of all. */
export function topicsToAsk(
  register: Register,
  me: string | null,
  grid: string | undefined,
): readonly TopicToAsk[] {
  return topicsHere(register)
    .filter(({ standing }) => isOpen(standing))
    .map((view) => {
      const doors = doorsHere(register, view, me).filter(
        ({ dwelling }) => grid === undefined || dwelling.stream === grid,
      )
      return { ...view, left: tallyHere(doors).silent }
    })
    .filter(({ left }) => left > 0)
    .sort((a, b) => ((a.standing.openUntil ?? '') < (b.standing.openUntil ?? '') ? -1 : 1))
}

export interface TopicOfDoor extends TopicView {
  readonly voices: DoorVoices<VoiceView> | null
}

/** What a door is asked now. */
export function topicsOfDoor(
  register: Read,
  dwelling: string,
  me: string | null,
): readonly TopicOfDoor[] {
  const door = register.get('dwelling', dwelling)
  if (!door) return []
  const { building, unit } = door.fields
  return topicsHere(register)
    .filter(
      ({ topic, standing }) =>
        isOpen(standing) && isConcerned(topic.fields.parts, { id: dwelling, building, unit }),
    )
    .map((view) => ({
      ...view,
      voices: voicesHere(register, view.topic.id, null, me).get(dwelling) ?? null,
    }))
}

/** Communities, villages and cooperatives in which a topic can stand, of an office's own. */
export function placesOfTopics(register: Read): readonly Rec<'place'>[] {
  return [...register.all('place')]
    .filter(({ fields }) => communities.includes(fields.placeKind) && !fields.closed)
    .sort((a, b) => (a.fields.order ?? 0) - (b.fields.order ?? 0))
}

export interface BuildingsOfGrid {
  readonly grid: string
  readonly name: string
  readonly buildings: readonly {
    readonly id: string
    readonly name: string
    readonly units: readonly string[]
    readonly doors: number
  }[]
}

/** What can be asked in a community, by grid; of the grids that are on this device. */
export function buildingsToAsk(
  register: Pick<Register, 'all' | 'get' | 'buildings' | 'dwellings' | 'pathOf'>,
  place: string,
): readonly BuildingsOfGrid[] {
  const grids = [...register.all('place')].filter(
    ({ id, fields }) =>
      !fields.closed &&
      fields.placeKind !== 'unit' &&
      (id === place || register.pathOf(id).some((one) => one.id === place)),
  )
  return grids
    .map(({ id, fields }) => ({
      grid: id,
      name: fields.name,
      buildings: register.buildings(id).map((building) => {
        const doors = register.dwellings(building.id)
        const units = new Set(doors.map((door) => door.fields.unit ?? ''))
        units.delete('')
        return {
          id: building.id,
          name: `${building.fields.estate} ${building.fields.name}`,
          units: [...units].sort((a, b) => Number(a) - Number(b)),
          doors: doors.length,
        }
      }),
    }))
    .filter(({ buildings }) => buildings.length > 0)
}

/** Whether a building, or an entrance of it, is among the parts. */
export function isAsked(parts: readonly TopicPart[], building: string): boolean {
  return parts.some((part) => part.building === building)
}

/** Where a request leads: its words and its building, for the topic that it becomes. */
export function topicOfRequest(
  register: Pick<Register, 'get'>,
  request: string,
): { readonly title: string; readonly words: string; readonly parts: readonly TopicPart[] } | null {
  const found = register.get('request', request)
  if (!found) return null
  const { site, siteKind, words, itemName } = found.fields
  const text = words ?? itemName ?? ''
  return {
    title: (itemName ?? text).slice(0, 60),
    words: text,
    parts: site && siteKind ? partsOfSite(register, site, siteKind) : [],
  }
}

function partsOfSite(
  register: Pick<Register, 'get'>,
  site: string,
  kind: 'resident' | 'household' | 'dwelling' | 'building',
): readonly TopicPart[] {
  if (kind === 'building') return [{ building: site }]
  const home = kind === 'resident' ? register.get('resident', site)?.fields.household : site
  const door = kind === 'dwelling' ? site : home && register.get('household', home)?.fields.dwelling
  const dwelling = door ? register.get('dwelling', door) : undefined
  if (!dwelling) return []
  const { building, unit } = dwelling.fields
  return [unit ? { building, unit } : { building }]
}
