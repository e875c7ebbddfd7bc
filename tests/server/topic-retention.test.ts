/**
 * A topic is kept as long as the policy says after it was decided, listed by its name before, and then goes with its
 * steps and what doors said in every grid; a meeting goes after its day. Holds `src/server/db/topic-ends.ts`.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { PurgeList } from '#protocol/purge.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { noticeDays } from '#server/ledger/purge-list.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { byPass, dayMs } from './office.ts'
import { openTopicDesk, type TopicDesk } from './topic-desk.ts'

const topicDays = 365

let desk: TopicDesk
let people: Awaited<ReturnType<TopicDesk['begin']>>
beforeAll(async () => {
  desk = await openTopicDesk()
})
afterAll(() => desk.office.close())
beforeEach(async () => {
  people = await desk.begin()
})

it('goes whole its days after the decision, or after the last that happened to it', async () => {
  const { office, opened, say, now } = desk
  const { staff, worker, admin } = people
  const { community, subdistrict } = office.places
  const { receipt } = await say(admin, subdistrict, 'policy', {
    ...{ ...samplePolicy, policyVersion: 2, keepTopicsDays: topicDays, keepVoicesDays: 3_650 },
  })
  expect(receipt).toMatchObject({ ok: true })
  const ended = await opened(people)
  const open = await opened(people)
  for (const one of [ended, open]) {
    await one.voice(worker, 0, 'yes', { words: `样例原话${one === ended ? '旧' : '新'}` })
    await one.voice(admin, 1, 'no')
  }
  await ended.step('close')
  office.clock.at += 3 * dayMs
  await office.server.runCalendar()
  const decided = await ended.step('decide', { outcome: 'project', words: '样例已立项' })
  const held = await say(staff, community, 'meeting', {
    ...{ meetingKind: 'council', on: now().slice(0, 10), receivedBy: ['社区书记'] },
    matters: [{ id: office.ids(), words: '样例会上的事' }],
  })
  expect([decided.receipt, held.receipt]).toMatchObject([{ ok: true }, { ok: true }])

  const passUntil = async (from: number, to: number) => {
    for (let day = from; day <= to; day += day < to - noticeDays - 2 ? 7 : 1) {
      const round = await purgeDue(office.own, {
        now: office.clock.now() + day * dayMs,
        ids: office.ids,
      })
      expect(round.faults).toEqual([])
    }
  }
  await passUntil(1, topicDays - 1)
  const answer = await office.fetch('/api/purge', { headers: byPass(staff.pass) })
  const { topics = [] } = (await answer.json()) as PurgeList
  expect(topics.map(({ rule, record, name }) => [rule, record, name]).sort()).toEqual(
    [
      ['topic', ended.topic, '楼道灯'],
      ['topic', open.topic, '楼道灯'],
      ['meeting', held.id, ''],
    ].sort(),
  )
  const everything = async () => {
    const { rows } = await sql<{ text: string }>`
      select fields::text as text from record union all select fields::text from change`.execute(
      office.db,
    )
    return rows.map(({ text }) => text).join('\n')
  }
  expect(await everything()).toMatch(/样例原话旧[^]*样例已立项|样例已立项[^]*样例原话旧/)
  // Somebody did something about the other one later: its days begin anew.
  office.clock.at += 60 * dayMs
  const later = await office.enter('staff')
  const met = await say(later, community, 'topic-step', { topic: open.topic, step: 'meet' })
  expect(met.receipt).toMatchObject({ ok: true })
  office.clock.at -= 60 * dayMs
  await passUntil(topicDays, topicDays + 2)
  const left = await everything()
  expect(left).not.toMatch(/样例原话旧|样例已立项|样例会上的事/)
  expect(left).toContain('样例原话新')
  const { records } = await (await office.enter('staff')).pull()
  expect(records.get(open.topic)?.fields).toMatchObject({ title: '楼道灯' })
  expect([...records.values()].some(({ id }) => id === ended.topic)).toBe(false)
  expect([...records.values()].filter(({ kind }) => kind === 'voice').length).toBe(2)
  expect((await verifyAudit(office.db)).fault).toBeNull()
}, 120_000)
