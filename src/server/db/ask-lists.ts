/** What waits of an office's places, one by one and by code and hour. */
import { sql, type Kysely } from 'kysely'
import { maskName } from '#domain/mask.ts'
import type { Asked } from '#domain/ask/said.ts'
import type { WaitReason } from '#domain/ask/limits.ts'
import type { AskGroup, WaitingAsk } from '#protocol/ask.ts'
import { askPlaceOf, askedItemName } from './ask-place.ts'
import { additionsToAsked, stickerAt, takeBackDays } from './ask.ts'
import { photosAsked, type SeenPhoto } from './ask-photos.ts'
import { idsBelow, listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

/** So many at once: the rest comes when these are decided. */
const mostListed = 100
const mostGroups = 100

interface Row {
  readonly place: string
  readonly id: string
  readonly code: string
  readonly stream: string
  readonly number: string
  readonly said: Asked
  readonly why: WaitReason | null
  readonly received_at: Date
}

/** The oldest first. Who asked stands there by a masked name, and the telephone stays here, until it is admitted. */
export async function listAsked(
  db: Kysely<Database>,
  account: string,
  now: number,
): Promise<{
  readonly waiting: readonly WaitingAsk[]
  readonly count: number
  readonly groups: readonly AskGroup[]
  readonly away: readonly AskGroup[]
}> {
  const own = await idsBelow(db, account)
  const { rows } = await sql<Row>`
    select place, id, code, stream, number, said, why, received_at from ask_request
    where place = ${listOf(own)} and state = 'waiting'
    order by received_at, id limit ${mostListed}`.execute(db)
  const names = new Map<string, string>()
  const nameOf = async (stream: string, code: string) => {
    const known = names.get(code)
    if (known !== undefined) return known
    const name = (await stickerAt(db, stream, code))?.fields.name ?? ''
    names.set(code, name)
    return name
  }
  const items = new Map<string, Awaited<ReturnType<typeof askPlaceOf>>>()
  const additions = new Map<string, readonly string[]>()
  const photos = new Map<string, readonly SeenPhoto[]>()
  for (const place of new Set(rows.map((row) => row.place))) {
    const ids = rows.filter((row) => row.place === place).map(({ id }) => id)
    for (const [id, some] of await additionsToAsked(db, place, ids)) additions.set(id, some)
    for (const [id, some] of await photosAsked(db, place, ids)) photos.set(id, some)
  }
  const waiting: WaitingAsk[] = []
  for (const { said, received_at, stream, ...row } of rows) {
    const home = items.get(stream) ?? (await askPlaceOf(db, stream))
    items.set(stream, home)
    waiting.push({
      ...{ ...row, codeName: await nameOf(stream, row.code) },
      ...{ item: said.item, itemName: askedItemName(home, said.item) },
      ...{ words: said.words, door: said.door, hasTelephone: said.telephone !== null },
      name: said.name === null ? null : maskName(said.name),
      additions: [...(additions.get(row.id) ?? [])],
      photos: (photos.get(row.id) ?? []).map((one) => ({ ...one })),
      receivedAt: received_at.toISOString(),
    })
  }
  const grouped = async (state: 'waiting' | 'turned-away'): Promise<AskGroup[]> => {
    const since = new Date(now - takeBackDays * 86_400_000).toISOString()
    const { rows: found } = await sql<{
      place: string
      code: string
      stream: string
      hour: Date
      count: number
    }>`
      select place, code, min(stream::text)::uuid as stream,
        date_trunc('hour', received_at) as hour, count(*)::integer as count
      from ask_request
      where place = ${listOf(own)} and state = ${state}
        and (state = 'waiting' or (said is not null and decided_at > ${since}::timestamptz))
      group by place, code, date_trunc('hour', received_at)
      order by hour desc, code limit ${mostGroups}`.execute(db)
    const groups: AskGroup[] = []
    for (const { hour, stream, ...group } of found) {
      const codeName = await nameOf(stream, group.code)
      groups.push({ ...group, codeName, hour: hour.toISOString() })
    }
    return groups
  }
  return {
    ...{ waiting, count: await countAsked(db, account) },
    ...{ groups: await grouped('waiting'), away: await grouped('turned-away') },
  }
}

/** How many wait, and nothing of them. */
export async function countAsked(db: Kysely<Database>, account: string): Promise<number> {
  const own = await idsBelow(db, account)
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ask_request
    where place = ${listOf(own)} and state = 'waiting'`.execute(db)
  return rows[0]?.count ?? 0
}
