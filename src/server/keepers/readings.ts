/** The figures that are asked for at each reading of `/metrics`; docs/operations.md says what each is for. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Kysely } from 'kysely'
import { loadPasses } from '../db/passes.ts'
import { guardFigures } from '../db/purge-guard.ts'
import { databaseSize, deviceFigures, newestReceipt, walSize } from '../db/readings.ts'
import { poolOf } from '../db/connect.ts'
import type { Database } from '../db/schema.ts'
import type { WriteProbe } from './write-probe.ts'

type Rows = readonly {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}[]
export type Figures<Name extends string> = Partial<Readonly<Record<Name, number | null | Rows>>>

/** What only the machine knows that the server runs on. */
export interface Installation {
  readonly version: string
  /** Bytes free and in all of the disks on which something is kept, by what it is: `data`, `backup`. */
  disks(): Promise<
    readonly { readonly what: string; readonly free: number; readonly size: number }[]
  >
}

export const helpsOfMachine = {
  info: 'The version that runs',
  writable: 'Whether a small write that has to last went down',
  disk_free_bytes: 'Free bytes of the disk on which something is kept',
  disk_size_bytes: 'Bytes of that disk in all',
  database_bytes: 'Bytes of the tables and their indexes',
  wal_bytes: 'Bytes of the write-ahead log of PostgreSQL',
  pool_connections: 'Connections of the pool to the database by state',
  pool_waiting: 'Requests that wait for a connection of the pool',
  event_loop_delay_seconds: 'Delay of the event loop since the last reading, 99th percentile',
} as const

export function machineReader(
  db: Kysely<Database>,
  probe: WriteProbe,
  installation: Installation | null,
): () => Promise<Figures<keyof typeof helpsOfMachine>> {
  const delay = installation ? monitorEventLoopDelay({ resolution: 20 }) : null
  delay?.enable()
  return async () => {
    const pool = poolOf(db)
    const seconds = delay === null ? null : delay.percentile(99) / 1e9
    delay?.reset()
    const disks = (await installation?.disks().catch(() => [])) ?? []
    const isWritable = (await probe.look()) === null
    return {
      info: installation ? [{ labels: { version: installation.version }, value: 1 }] : null,
      writable: isWritable ? 1 : 0,
      disk_free_bytes: disks.map(({ what, free }) => ({ labels: { what }, value: free })),
      disk_size_bytes: disks.map(({ what, size }) => ({ labels: { what }, value: size })),
      database_bytes: await databaseSize(db).catch(() => null),
      wal_bytes: await walSize(db),
      pool_connections: pool && [
        { labels: { state: 'idle' }, value: pool.idleCount },
        { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
      ],
      pool_waiting: pool && pool.waitingCount,
      event_loop_delay_seconds: seconds,
    }
  }
}

export const helpsOfPasses = {
  pass_last_good_seconds: 'When each background pass last went well, as seconds since 1970',
  pass_seconds: 'How long each background pass took last',
  pass_good: 'Whether the last run of each background pass went well',
  backup_last_good_seconds: 'When the last backup was taken and verified, as seconds since 1970',
  backup_bytes: 'Bytes of the last backup',
} as const

export function passReader(
  db: Kysely<Database>,
): () => Promise<Figures<keyof typeof helpsOfPasses>> {
  return async () => {
    const rows = await loadPasses(db)
    const backup = rows.find(({ name }) => name === 'backup')
    const bytes = backup?.facts['bytes']
    return {
      pass_last_good_seconds: rows.flatMap(({ name, good_at }) =>
        good_at ? [{ labels: { pass: name }, value: good_at.getTime() / 1000 }] : [],
      ),
      pass_seconds: rows.map(({ name, ms }) => ({ labels: { pass: name }, value: ms / 1000 })),
      pass_good: rows.map(({ name, at, good_at }) => ({
        labels: { pass: name },
        value: good_at && good_at.getTime() === at.getTime() ? 1 : 0,
      })),
      backup_last_good_seconds: backup?.good_at ? backup.good_at.getTime() / 1000 : null,
      backup_bytes: typeof bytes === 'number' ? bytes : null,
    }
  }
}

export const helpsOfDevices = {
  devices: 'Devices in use',
  devices_silent: 'Devices that were not heard of for so many days',
  devices_unsent: 'Mutations that devices said to hold unsent',
  devices_refused: 'Mutations that were refused and that nobody has settled, as devices said',
  devices_skewed: 'Devices whose clock is more than five minutes off',
  skew_seconds: 'The largest difference of a device clock',
  newest_receipt_seconds: 'When a change was last received, as seconds since 1970',
  clock_seconds: 'The clock of the server, as seconds since 1970',
  purge_listed: 'Records on the list of what is purged next, by rule',
  purge_held: 'Offices whose purge waits for an administrator, by why',
} as const

export function deviceReader(
  db: Kysely<Database>,
  clock: { now(): number },
): () => Promise<Figures<keyof typeof helpsOfDevices>> {
  return async () => {
    const found = await deviceFigures(db, new Date(clock.now()))
    const receipt = await newestReceipt(db)
    const purge = await guardFigures(db)
    const days = (value: number, n: string) => ({ labels: { days: n }, value })
    return {
      devices: found.devices,
      devices_silent: [
        days(found.silent1, '1'),
        days(found.silent3, '3'),
        days(found.silent7, '7'),
      ],
      devices_unsent: found.unsent,
      devices_refused: found.refused,
      devices_skewed: found.skewed,
      skew_seconds: found.most_skew_ms / 1000,
      newest_receipt_seconds: receipt ? receipt.getTime() / 1000 : null,
      clock_seconds: clock.now() / 1000,
      purge_listed: purge.listed.map(({ rule, n }) => ({ labels: { rule }, value: n })),
      purge_held: purge.held.map(({ why, n }) => ({ labels: { why }, value: n })),
    }
  }
}
