/** A sample topic over buildings of a community, in two grids where two have people, half of its doors asked; and a meeting. */
import { sql, type Kysely } from 'kysely'
import { idBornIn } from '#domain/born-ids.ts'
import { addDays, dayAt } from '#domain/day.ts'
import { communities } from '#domain/place.ts'
import { decisionRules } from '#domain/topics/decision-rules.ts'
import type { Meeting } from '#domain/topics/meeting.ts'
import type { Topic, TopicStep } from '#domain/topics/topic.ts'
import type { Voice, VoiceSays } from '#domain/topics/voice.ts'
import { insertRecords, type NewRecord } from './db/records.ts'
import type { Database } from './db/schema.ts'
import type { Demo } from './demo/generate.ts'

interface TopicOptions {
  readonly now: number
  readonly ids: () => string
}

const dayMs = 86_400_000
const sampleSays: readonly VoiceSays[] = ['yes', 'yes', 'no', 'yes', 'not-met', 'abstain']

/** In the first community that has two grids with people, else in the first that has one: a small demo has no more. */
export async function fillTopics(
  db: Kysely<Database>,
  demo: Demo,
  { now, ids }: TopicOptions,
): Promise<void> {
  const filled = demo.streams.map(({ stream }) => stream)
  const found = demo.places
    .filter(({ placeKind }) => communities.includes(placeKind))
    .map(({ id }) => ({
      place: id,
      grids: filled.filter((grid) =>
        demo.places.some((one) => one.id === grid && one.parent === id),
      ),
    }))
    .sort((a, b) => Math.min(b.grids.length, 2) - Math.min(a.grids.length, 2))[0]
  if (!found || found.grids.length === 0) return
  const { place } = found
  const grids = found.grids.slice(0, 2)
  const buildings = await firstBuildings(db, grids)
  if (buildings.length === 0) return
  const at = new Date(now - 3 * dayMs).toISOString()
  const by = demo.accounts.find(({ places }) => places.includes(place))?.id
  const own = by ? { by, at } : { at }
  const [topic, raised] = [idBornIn(place, ids()), idBornIn(place, ids())]
  const parts = buildings.map(({ id }) => ({ building: id }))
  const [fundUse, rebuild] = decisionRules
  const ask: TopicStep = { topic, step: 'ask', openUntil: addDays(dayAt(now), 11), at }
  const held = idBornIn(place, ids())
  const meeting: Meeting = {
    ...{ meetingKind: 'reception', on: dayAt(now - 5 * dayMs), where: '样例议事厅' },
    receivedBy: ['区人大代表', '社区书记'],
    matters: [
      { id: ids(), words: '样例：地下车库入口的灯不亮', became: 'answered' },
      { id: ids(), words: '样例：三楼以上盼装电梯', became: 'topic', record: raised },
      { id: ids(), words: '样例：希望在小区南门加一个快递柜' },
    ],
  }
  const made: readonly NewRecord[] = [
    {
      kind: 'topic',
      id: topic,
      fields: topicOf('样例：楼道灯改造，用维修资金', parts, fundUse, at),
    },
    { kind: 'topic-step', id: idBornIn(place, ids()), fields: ask },
    {
      kind: 'topic',
      id: raised,
      fields: { ...topicOf('样例：加装电梯', parts.slice(0, 1), rebuild, at), meeting: held },
    },
    { kind: 'meeting', id: held, fields: meeting },
  ]
  await db.transaction().execute((trx) =>
    insertRecords(
      trx,
      place,
      made.map((one) => ({ ...one, ...own })),
    ),
  )
  for (const { id, stream } of buildings) {
    const worker = demo.accounts.find(({ places }) => places.includes(stream))?.id ?? by
    const voices = (await doorsOf(db, stream, id)).flatMap((dwelling, index): NewRecord[] => {
      if (index % 2 === 1) return []
      const says = sampleSays[(index / 2) % sampleSays.length] ?? 'yes'
      const said: Voice = {
        topic,
        dwelling,
        says,
        how: 'door',
        at: new Date(now - dayMs).toISOString(),
      }
      const of = worker ? { by: worker } : {}
      return [{ kind: 'voice', id: idBornIn(stream, ids()), fields: said, at: said.at, ...of }]
    })
    await db.transaction().execute((trx) => insertRecords(trx, stream, voices))
  }
}

function topicOf(
  title: string,
  parts: Topic['parts'],
  rule: (typeof decisionRules)[number],
  at: string,
): Topic {
  return { title, words: '样例，不是真的议题。', parts, rule: { ...rule }, at }
}

/** The first building of each of two grids, or two of one. */
async function firstBuildings(db: Kysely<Database>, grids: readonly string[]) {
  const { rows } = await sql<{ id: string; stream: string }>`
    select id, stream from (
      select id, stream, row_number() over (partition by stream order by version) as nth
      from record
      where stream = any(${sql.val([...grids])}::uuid[]) and kind = 'building' and not removed
    ) as building
    where nth <= ${2 / grids.length} order by stream, nth`.execute(db)
  return rows
}

async function doorsOf(db: Kysely<Database>, stream: string, building: string) {
  const { rows } = await sql<{ id: string }>`
    select id from record
    where stream = ${stream}::uuid and parent = ${building}::uuid and kind = 'dwelling'
      and not removed
    order by version`.execute(db)
  return rows.map(({ id }) => id)
}
