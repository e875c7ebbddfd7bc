/**
 * Days of requests: four kinds of people on seven devices tap what their screens offer, in any order, offline and over
 * a bad line, while who asked acts by link and the calendar by itself. Once it is quiet the laws of requests hold.
 *
 * A run that fails prints a seed and a path; `WUSE_SEED=… WUSE_PATH=… npx vitest run --project unit
 * tests/simulation/requests.test.ts` replays it.
 */
import fc from '#tests/support/fast-check.ts'
import { expect, test } from 'vitest'
import { anyOfRequests, type RequestHappening } from './request-happenings.ts'
import { liveRequests } from './request-days.ts'
import { expectAgreement, expectNothingLost } from './laws.ts'
import { expectLawsOfRequests } from './request-laws.ts'
import { openRequestVillage } from './request-village.ts'

const { WUSE_RUNS: runs, WUSE_PATH: path } = process.env

async function live(day: readonly RequestHappening[]): Promise<void> {
  const village = await openRequestVillage()
  // One that a unit has already, and one that it answered: what follows them is what days are about.
  await village.dispatched()
  await village.released()
  for (const happening of day) await liveRequests(village, happening)
  await village.village.quiet()
  const { office, lamps, pipes, stepsOf } = village
  const { seats } = village.village
  await expectNothingLost(office, seats)
  const rows = [...office.streams, lamps, pipes].flatMap((one) => office.model.records(one))
  const records = rows.filter(({ removed }) => !removed)
  expectLawsOfRequests({ records, stepsOf }, seats)
  await expectAgreement(office, seats)
  for (const { tablet } of seats) expect(tablet.faults).toEqual([])
  village.close()
}

test('whatever is done with requests, no word is lost, all see one state, and nothing moves unseen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyOfRequests, { minLength: 10, maxLength: 60 }), live),
    { numRuns: Number(runs ?? 60), ...(path ? { path } : {}) },
  )
}, 3_600_000)
