/** What the keepers that the routes wake work with. */
import type { Db } from '../db/schema.ts'
import type { Passes } from './passes.ts'
import type { Pokes } from '../pokes/pokes.ts'

export interface KeeperParts {
  readonly db: Db
  readonly clock: { now(): number }
  readonly ids: () => string
  readonly pokes: Pokes
  readonly passes: Passes
}
