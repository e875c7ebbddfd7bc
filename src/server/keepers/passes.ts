/**
 * What runs by itself, each under a name. A fault in one is told with that name and never keeps the others from
 * running; how long it took and when it last went well is noted where a restart finds it.
 */
import type { Kysely } from 'kysely'
import { notePass } from '../db/passes.ts'
import type { Database } from '../db/schema.ts'

export const passNames = [
  'colours', // subjects whose day has come
  'recolour', // streams whose scheme changed
  'imports',
  'requests', // reminders, resumptions and closings that fall due
  'topics', // closed topics whose voices have had their time to come
  'course',
  'purge',
  'lists', // what is purged next, as far as another server than the one that purges brings it up to date
  'tombstones',
  'answers', // first answers whose device keeps its work no longer
  'snapshots',
  'notify', // what waits, told to the address that an operator named
  'backup',
] as const
export type PassName = (typeof passNames)[number]

export type PassFacts = Readonly<Record<string, unknown>>

export interface Passes {
  /** Runs a piece of work; true where it went well. Never throws. */
  watch(name: PassName, work: () => Promise<PassFacts | void>): Promise<boolean>
}

interface Parts {
  readonly db: Kysely<Database>
  readonly clock: { now(): number }
  /** Told of each fault, where one run had several. */
  readonly onFault: (name: PassName, fault: unknown) => void
}

export function createPasses({ db, clock, onFault }: Parts): Passes {
  return {
    async watch(name, work) {
      const began = clock.now()
      let facts: PassFacts | null = null
      let isGood = true
      try {
        facts = (await work()) ?? null
      } catch (error) {
        isGood = false
        for (const fault of error instanceof AggregateError ? error.errors : [error]) {
          onFault(name, fault)
        }
      }
      const ms = Math.max(0, clock.now() - began)
      // Where the database is gone, its absence is said elsewhere.
      await notePass(db, { name, at: new Date(clock.now()), isGood, ms, facts }).catch(
        () => undefined,
      )
      return isGood
    },
  }
}
