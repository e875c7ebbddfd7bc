/** Writes the imports whose parts have come and takes back those that shall be: one at a time, found again after a stop. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { dropLateParts, waitingImports } from '../db/imports.ts'
import type { Db } from '../db/schema.ts'
import { applyImport } from '../push/import-apply.ts'
import { undoImport } from '../push/import-undo.ts'
import type { Pokes } from './pokes.ts'

export interface ImportKeeper {
  /** A part came, or the server started. Resolves when nothing waits any more. */
  wake(): Promise<void>
  /** Ends after the import that it is at. */
  stop(): Promise<void>
}

interface Parts {
  readonly db: Db
  readonly clock: { now(): number }
  readonly ids: () => string
  readonly pokes: Pokes
}

export function createImportKeeper(
  { db, clock, ids, pokes }: Parts,
  onFault: (error: unknown) => void,
): ImportKeeper {
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  let isWaiting = false
  const breathe = () => nextTurn()
  const pass = async () => {
    isWaiting = false
    try {
      for (const waiting of stopped ? [] : await waitingImports(db)) {
        if (stopped) return
        const context = { now: clock.now(), ids, breathe }
        const decide = waiting.isUndo ? undoImport : applyImport
        const decided = await decide(db, waiting, context)
        if (decided) pokes.poke(decided.moved)
      }
      await dropLateParts(db)
    } catch (error) {
      onFault(error)
    }
  }
  return {
    wake() {
      if (!isWaiting) {
        isWaiting = true
        running = running.then(pass)
      }
      return running
    },
    stop() {
      stopped = true
      return running
    },
  }
}
