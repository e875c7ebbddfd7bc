/** The requests of the last month by the rules in force and by a draft; read without locks, and nothing is written. */
import { sql, type Kysely } from 'kysely'
import type { Calendar } from '#domain/calendar.ts'
import type { Catalogue } from '#domain/requests/catalogue.ts'
import { changeOf } from '#domain/requests/rules-preview.ts'
import { createRequestRules } from '#domain/requests/rules.ts'
import type { RequestLevel } from '#domain/requests/step.ts'
import type { RulesPreview } from '#protocol/rules-preview.ts'
import { loadGoverning } from './request-rules.ts'
import type { Database } from './schema.ts'

export const previewDays = 30

export async function previewRules(
  db: Kysely<Database>,
  place: string,
  streams: readonly string[],
  draft: { readonly catalogue: Catalogue | null; readonly calendar: Calendar | null },
  now: number,
): Promise<Omit<RulesPreview, 'ok'>> {
  const { catalogue, calendar } = await loadGoverning(db, place)
  const before = createRequestRules(catalogue, calendar)
  const after = createRequestRules(draft.catalogue ?? catalogue, draft.calendar ?? calendar)
  const since = new Date(now - previewDays * 86_400_000).toISOString()
  const { rows } = await sql<{
    item: string | null
    name: string | null
    level: RequestLevel
    at: Date
  }>`
    select item, item_name as name, level, submitted_at as at from request_state
    where stream = any(${sql.val([...streams])}::uuid[])
      and submitted_at >= ${since}::timestamptz`.execute(db)
  const none = { total: 0, elsewhere: 0, sooner: 0, later: 0 }
  const all = { ...none }
  const byItem = new Map<string | null, typeof none & { name: string | null }>()
  for (const { item, name, level, at } of rows) {
    const change = changeOf({ item, level, at: at.getTime() }, before, after)
    const own = byItem.get(item) ?? { ...none, name: after.itemOf(item)?.name ?? name }
    byItem.set(item, own)
    for (const sum of [all, own]) {
      sum.total += 1
      if (change.goesElsewhere) sum.elsewhere += 1
      if (change.due !== 'same') sum[change.due] += 1
    }
  }
  const changes = ({ elsewhere, sooner, later }: typeof none) => elsewhere + sooner + later
  return {
    ...{ days: previewDays, ...all },
    byItem: [...byItem]
      .map(([item, sums]) => ({ item, ...sums }))
      .filter((sums) => changes(sums) > 0)
      .sort((a, b) => changes(b) - changes(a)),
  }
}
