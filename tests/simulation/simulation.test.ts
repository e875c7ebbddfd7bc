/**
 * Sync under everything at once: four devices of three workers, with the real code of the device, for a day in which
 * anything happens in any order. After the weather clears the laws of `laws.ts` hold.
 *
 * A run that fails prints a seed and a path; `WUSE_SEED=… WUSE_PATH=… npx vitest run --project unit tests/simulation`
 * replays it. `npm test` lives the same days each time; `npm run test:long` makes more days, and others each time.
 */
import fc from '#tests/support/fast-check.ts'
import { expect, test } from 'vitest'
import { onModelOffice, type Happening } from './happenings.ts'
import {
  expectAgreement,
  expectMergedUntouched,
  expectNothingLost,
  expectParentsBeside,
  expectPeopleStand,
  expectTrueMoments,
  expectWholeRosters,
} from './laws.ts'
import { createModelVillage } from './model-village.ts'
import { settleVillage } from './village.ts'

const { WUSE_RUNS: runs, WUSE_PATH: path } = process.env

async function live(day: readonly Happening[]): Promise<void> {
  const office = createModelVillage()
  const village = await settleVillage(office)
  for (const happening of day) await village.act(happening)
  await village.quiet()
  await expectNothingLost(office, village.seats)
  await expectPeopleStand(office, village.seats)
  await expectTrueMoments(office)
  await expectWholeRosters(office, village.seats)
  await expectParentsBeside(office)
  expectMergedUntouched(office)
  await expectAgreement(office, village.seats)
  for (const seat of village.seats) expect(seat.tablet.faults).toEqual([])
  village.close()
}

test('whatever happens in a day, nothing that was called saved is lost and all agree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(onModelOffice, { minLength: 5, maxLength: 40 }), live),
    {
      numRuns: Number(runs ?? 250),
      ...(path ? { path } : {}),
    },
  )
}, 3_600_000)
