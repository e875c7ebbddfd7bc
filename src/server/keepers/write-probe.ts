/**
 * Whether the server can write: tried with a small write that has to last, and not taken from the fact that it reads.
 * A full disk lets every question through and no answer down.
 */
import { sql, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { isOutOfRoom, sqlStateOf } from '../db/transact.ts'

/** Why nothing can be written. */
export type WriteProblem = 'disk-full' | 'read-only' | 'too-slow' | 'write-failed'

export interface WriteProbe {
  /** Null where it can be written. Asked often, it tries only every few seconds. */
  look(): Promise<WriteProblem | null>
  /** A real piece of work failed, or went down: the probe is small, and the disk may just have room for it. */
  noteFault(error: unknown): void
  noteSuccess(): void
}

interface Parts {
  readonly db: Kysely<Database>
  readonly clock: { now(): number }
  /** Writes a file where the database keeps its own and removes it; absent where that is another machine. */
  readonly tryDisk?: (() => Promise<void>) | undefined
}

const everyMs = 10_000
const patienceMs = 5_000
/** After so long without another fault the probe is believed again. */
const rememberedMs = 60_000

export function createWriteProbe({ db, clock, tryDisk }: Parts): WriteProbe {
  let looked: { readonly at: number; readonly problem: WriteProblem | null } | null = null
  let looking: Promise<WriteProblem | null> | null = null
  let fault: { readonly at: number; readonly problem: WriteProblem } | null = null

  const tryAll = async () => {
    await tryDisk?.()
    await sql`insert into write_probe (id, at) values (0, ${new Date(clock.now()).toISOString()}::timestamptz)
      on conflict (id) do update set at = excluded.at`.execute(db)
    return null
  }
  const look = async (): Promise<WriteProblem | null> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<WriteProblem>((resolve) => {
      timer = setTimeout(() => resolve('too-slow'), patienceMs)
    })
    const problem = await Promise.race([tryAll().catch(problemOf), late])
    clearTimeout(timer)
    looked = { at: clock.now(), problem }
    looking = null
    return problem
  }
  return {
    async look() {
      const isFresh = looked !== null && Math.abs(clock.now() - looked.at) < everyMs
      const problem = isFresh ? (looked?.problem ?? null) : await (looking ??= look())
      if (problem !== null || fault === null) return problem
      return Math.abs(clock.now() - fault.at) < rememberedMs ? fault.problem : null
    },
    noteFault(error) {
      if (isOutOfRoom(error)) fault = { at: clock.now(), problem: problemOf(error) }
    },
    noteSuccess() {
      fault = null
    },
  }
}

function problemOf(error: unknown): WriteProblem {
  const code = sqlStateOf(error)
  if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full'
  if (code === '25006' || code === 'EROFS') return 'read-only'
  return 'write-failed'
}
