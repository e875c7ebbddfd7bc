/** Backups that the server takes by itself: at a time of day in China, again after one that failed, so many kept. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { dueAt, keepBackups, takeBackup, type BackupPlan } from '#server/backups/schedule.ts'
import { openOffice, type Office } from '../office.ts'

let folder: string
let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wuse-backups-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

const plan = (more: Partial<BackupPlan> = {}): BackupPlan => ({
  ...{ folder, at: '02:30', keep: 2, publicKey: null },
  ...more,
})
const at = (text: string) => Date.parse(`${text}+08:00`)

it('is due at its time of day in China, and before that since yesterday’s', () => {
  expect(dueAt('02:30', at('2026-11-23T02:29:59'))).toBe(at('2026-11-22T02:30:00'))
  expect(dueAt('02:30', at('2026-11-23T02:30:00'))).toBe(at('2026-11-23T02:30:00'))
  expect(dueAt('23:59', at('2026-01-01T00:00:00'))).toBe(at('2025-12-31T23:59:00'))
})

it('keeps as many of its own files as it is told, and touches no other', async () => {
  const clock = { at: at('2026-11-20T02:30:00'), now: () => clock.at }
  for (const name of ['notes.txt', 'wuse-by-hand.backup']) writeFileSync(join(folder, name), 'x')
  const taken: string[] = []
  for (let day = 0; day < 4; day += 1) {
    taken.push((await takeBackup(plan(), { db: office.db, clock })).name)
    clock.at += 86_400_000
  }
  expect(readdirSync(folder).sort()).toEqual(
    ['notes.txt', 'wuse-by-hand.backup', ...taken.slice(-2)].sort(),
  )
  const { rows } = await sql<{ facts: object }>`
    select facts from audit where act = 'backup' order by seq`.execute(office.db)
  expect(rows).toHaveLength(4)
  expect(rows[0]?.facts).toMatchObject({ sealed: false, readBack: true })
  // Under a clock that was put back the one just written stays.
  clock.at = at('2020-01-01T02:30:00')
  const old = await takeBackup(plan({ keep: 1 }), { db: office.db, clock })
  expect(readdirSync(folder)).toContain(old.name)
})

it('takes one when the last good one is too old, once, and one that failed a quarter of an hour later', async () => {
  vi.useFakeTimers({ now: at('2026-11-23T02:00:00') })
  let last: Date | null = new Date(at('2026-11-22T02:31:00'))
  const outcomes = [false, true]
  const takenAt: number[] = []
  const stop = keepBackups(plan(), {
    db: office.db,
    clock: { now: () => Date.now() },
    lastGood: () => Promise.resolve(last),
    watch() {
      takenAt.push(Date.now())
      const isGood = outcomes.shift() ?? true
      if (isGood) last = new Date(Date.now())
      return Promise.resolve(isGood)
    },
  })
  await vi.advanceTimersByTimeAsync(29 * 60_000)
  expect(takenAt).toEqual([])
  await vi.advanceTimersByTimeAsync(60 * 60_000)
  expect(takenAt).toEqual([at('2026-11-23T02:30:00'), at('2026-11-23T02:45:00')])
  await vi.advanceTimersByTimeAsync(24 * 3_600_000)
  expect(takenAt[2]).toBe(at('2026-11-24T02:30:00'))
  expect(takenAt).toHaveLength(3)
  await stop()
})
