/** A demo of any size has topics whose doors were asked, and a meeting; over two grids where two have people. */
import { afterEach, expect, it } from 'vitest'
import type { Topic } from '#domain/topics/topic.ts'
import { fillDemo } from '#server/demo-fill.ts'
import { migrate } from '#server/db/migrate.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTestDatabase } from '#tests/support/database.ts'

let drop: () => Promise<void> = () => Promise.resolve()
afterEach(() => drop())

it.each([
  [1, 1],
  [300, 1],
  [1_200, 2],
])('of %i residents, over %i grids', async (residents, grids) => {
  const { db, drop: end } = await createTestDatabase()
  drop = end
  await migrate(db)
  await fillDemo(db, {
    ...{ now: Date.UTC(2026, 10, 23, 6), ids: createCountedIds(0x77), residents },
    ...{ randomBytes: (count) => new Uint8Array(count).fill(7), password: 'sample-password-1' },
  })
  const rows = await db
    .selectFrom('record')
    .select(['id', 'stream', 'kind', 'fields'])
    .where('kind', 'in', ['topic', 'topic-step', 'voice', 'meeting', 'building'])
    .where('removed', '=', false)
    .execute()
  const of = (kind: string) => rows.filter((row) => row.kind === kind)
  const topics = of('topic').map(({ fields }) => fields as unknown as Topic)
  expect(topics.length).toBe(2)
  expect(of('meeting').length).toBe(1)
  const asked = topics.find(({ meeting }) => !meeting)
  const streams = asked?.parts.map(
    ({ building }) => of('building').find(({ id }) => id === building)?.stream,
  )
  expect(new Set(streams).size).toBe(grids)
  expect(streams).not.toContain(undefined)
  expect(of('voice').length).toBeGreaterThan(0)
  expect(new Set(of('voice').map(({ stream }) => stream))).toEqual(new Set(streams))
})
