/** Writes the imports whose parts have come and takes back those that shall be: one at a time, found again after a stop. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { eachInTurn } from '../db/each-in-turn.ts'
import { dropLateParts, waitingImports, type WaitingImport } from '../db/imports.ts'
import { applyImport, refuseBroken } from '../ledger/import-apply.ts'
import { undoImport } from '../ledger/import-undo.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import { isOfItsInput } from '../ledger/one-by-one.ts'
import type { KeeperParts } from './keeper-parts.ts'

export function createImportKeeper({ db, clock, ids, pokes, passes }: KeeperParts): Keeper {
  const breathe = () => nextTurn()
  /** One that breaks harms itself alone: those behind it are decided in the same pass. */
  const decide = async (waiting: WaitingImport) => {
    try {
      const context = { now: clock.now(), ids, breathe }
      const work = waiting.isUndo ? undoImport : applyImport
      const decided = await work(db, waiting, context)
      if (decided) pokes.poke(decided.moved)
    } catch (error) {
      if (isOfItsInput(error)) {
        const refused = await refuseBroken(db, waiting, { now: clock.now(), ids })
        if (refused) pokes.poke(refused.moved)
      }
      throw error
    }
  }
  return createKeeper((stopped) =>
    passes.watch('imports', async () => {
      // One that cannot be decided keeps no other one waiting.
      await eachInTurn(stopped.aborted ? [] : await waitingImports(db), async (waiting) => {
        if (stopped.aborted) return
        await decide(waiting)
      })
      await dropLateParts(db)
    }),
  )
}
