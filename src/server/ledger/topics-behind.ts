/** What the judging of topics and voices in a push has to know, read under the lock. */
import type { Kysely } from 'kysely'
import type { PlaceKind } from '#domain/place.ts'
import type { TopicPart } from '#domain/topics/topic.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { namesOfPlaces, placesUnder } from '../db/place-tree.ts'
import { findTopics, placesOfOffice, standingAmong } from '../db/topics.ts'
import { isId, loadChildren } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import { keyOf } from './draft.ts'

/** What is known of topics before anything is decided. */
export interface TopicsBehind {
  /** Topics that voices name, wherever they stand. */
  readonly topics: ReadonlySet<string>
  /** By the stream of a topic: those of another community are nobody's here. */
  readonly here: ReadonlyMap<string, StandingHere>
  /** By stream its kind of place. */
  readonly kinds: ReadonlyMap<string, PlaceKind | null>
}

export interface StandingHere {
  /** The place itself and all below it. */
  readonly places: ReadonlySet<string>
  /** Buildings that the parts name, as far as they stand there. */
  readonly buildings: ReadonlySet<string>
  /** Doors that they name, each with the building in which it stands. */
  readonly doors: ReadonlyMap<string, string>
}

const concerned: ReadonlySet<string> = new Set(['topic', 'topic-step', 'voice'])

/** Undefined where a push says nothing of topics. Adds the steps of the topics that it changes to `records`. */
export async function loadTopicsBehind(
  db: Kysely<Database>,
  mutations: readonly Mutation[],
  records: Map<string, RecordRow>,
  scope: Iterable<string>,
): Promise<TopicsBehind | undefined> {
  const own = mutations.filter(({ kind }) => concerned.has(kind))
  if (own.length === 0) return undefined
  const said = own.flatMap(({ kind, fields }) =>
    kind === 'voice' ? [String(fields['topic'])] : [],
  )
  const topics = await topicsNamed(db, own, said, scope)
  const changed = own.filter(({ kind }) => kind === 'topic')
  const streams = [...new Set(changed.map(({ stream }) => stream))]
  const names = await namesOfPlaces(db, streams)
  const kinds = new Map([...names].map(([id, { kind }]) => [id, kind as PlaceKind | null]))
  const here = new Map<string, StandingHere>()
  for (const stream of streams) {
    const parts = changed.flatMap((one) => (one.stream === stream ? partsIn(one.fields) : []))
    here.set(stream, await standingHere(db, stream, parts))
  }
  for (const stream of new Set(own.map((one) => one.stream))) {
    const ids = own.flatMap(({ kind, record, fields, stream: at }) =>
      at !== stream ? [] : kind === 'topic' ? [record] : [String(fields['topic'])],
    )
    for (const row of await loadChildren(db, stream, ids, ['topic-step'])) {
      records.set(keyOf(row.stream, row.id), row)
    }
  }
  return { topics, here, kinds }
}

async function standingHere(
  db: Kysely<Database>,
  stream: string,
  parts: readonly Partial<TopicPart>[],
): Promise<StandingHere> {
  const places = await placesUnder(db, [stream])
  const named = parts.flatMap(({ building, dwelling }) => [building, dwelling].map(String))
  const found = await standingAmong(db, places, named)
  return {
    places: new Set(places),
    buildings: new Set(found.flatMap(({ id, kind }) => (kind === 'building' ? [id] : []))),
    doors: new Map(
      found.flatMap(({ id, kind, parent }) =>
        kind === 'dwelling' && parent !== null ? [[id, parent] as const] : [],
      ),
    ),
  }
}

/** A grid may have gone to another community since its door was asked: then the topic stands elsewhere in the office. */
async function topicsNamed(
  db: Kysely<Database>,
  own: readonly Mutation[],
  said: readonly string[],
  scope: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const found = new Set((await findTopics(db, scope, said)).map(({ id }) => id))
  const lost = said.filter((id) => !found.has(id))
  if (lost.length === 0) return found
  for (const stream of new Set(own.map((one) => one.stream))) {
    if (!isId(stream)) continue
    const office = await placesOfOffice(db, stream)
    for (const { id } of await findTopics(db, office, lost)) found.add(id)
  }
  return found
}

/** As far as they have a shape; the schema refuses the rest. */
export function partsIn(fields: Mutation['fields']): readonly Partial<TopicPart>[] {
  const { parts } = fields
  return Array.isArray(parts) ? (parts as unknown[]).filter((part) => isPart(part)) : []
}

function isPart(part: unknown): part is Partial<TopicPart> {
  return typeof part === 'object' && part !== null
}
