/** Backups that the server takes by itself: one a day at a time of day, so many kept, in a folder of the operator's. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { addDays, dayAt, instantToTime } from '#domain/day.ts'
import type { Database } from '../db/schema.ts'
import type { PassFacts } from '../keepers/passes.ts'
import { syncFolder } from '../cluster/durable.ts'
import { noteBackup } from './note-backup.ts'
import { writeBackup } from './write-backup.ts'

export interface BackupPlan {
  readonly folder: string
  /** `HH:MM` in China. */
  readonly at: string
  /** How many of its own files stay; at least one. */
  readonly keep: number
  readonly publicKey: string | null
}

interface Parts {
  readonly db: Kysely<Database>
  readonly clock: { now(): number }
  /** Whether this server does what runs by itself; without it, it does. */
  readonly isOurs?: () => boolean
  /** Runs a piece of work under the name of the backup, and notes how it went. */
  readonly watch: (work: () => Promise<PassFacts>) => Promise<boolean>
  /** When a backup last went well; null where none ever did. */
  readonly lastGood: () => Promise<Date | null>
}

const lookEveryMs = 60_000
/** After one that failed. */
const againMs = 15 * 60_000

/** Takes one whenever the last good one is older than the last time at which one was due. Returns what ends it. */
export function keepBackups(plan: BackupPlan, parts: Parts): () => Promise<void> {
  const { clock, watch, lastGood, isOurs = () => true } = parts
  let running: Promise<void> = Promise.resolve()
  let notBefore = 0
  const look = async () => {
    if (clock.now() < notBefore || !isOurs()) return
    const last = await lastGood().catch(() => undefined)
    // The database does not answer: nothing could be read of it either.
    if (last === undefined || (last && last.getTime() >= dueAt(plan.at, clock.now()))) return
    const isGood = await watch(() => takeBackup(plan, parts))
    if (!isGood) notBefore = clock.now() + againMs
  }
  const next = () => {
    running = running.then(look)
  }
  next()
  const timer = setInterval(next, lookEveryMs)
  return () => {
    clearInterval(timer)
    return running
  }
}

/** The last moment at which a backup was due, in milliseconds: today's time of day, or yesterday's before that. */
export function dueAt(at: string, now: number): number {
  const today = dayAt(now)
  const isOver = instantToTime(new Date(now).toISOString()) >= at
  return Date.parse(`${isOver ? today : addDays(today, -1)}T${at}:00+08:00`)
}

/** One now; then all but the newest of its own files go. */
export async function takeBackup(
  { folder, keep, publicKey }: BackupPlan,
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
): Promise<{ readonly bytes: number; readonly rows: number; readonly name: string }> {
  const at = new Date(clock.now())
  const name = `wuse-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.backup${publicKey ? '.age' : ''}`
  const written = await writeBackup(db, join(folder, name), { at, publicKey })
  await noteBackup(db, written, { at, isSealed: publicKey !== null })
  const own = (await readdir(folder)).filter((file) => ownName.test(file)).sort()
  // The newest by name is the newest by time; the one just written stays whatever the clock says.
  const old = own.filter((file) => file !== name).slice(0, Math.max(0, own.length - keep))
  for (const file of old) await rm(join(folder, file), { force: true })
  if (old.length > 0) syncFolder(folder)
  return { ...written, name }
}

const ownName = /^wuse-\d{4}-\d{2}-\d{2}T\d{6}Z\.backup(?:\.age)?$/
