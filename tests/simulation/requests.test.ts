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

/** A household goes to another grid and comes back, with the steps of its requests: what longer runs found once. */
const thereAndBack: RequestHappening[] = [
  { do: 'move-home', device: 0, to: 1 },
  { do: 'calendar' },
  { do: 'time', seconds: 5 },
  { do: 'step', device: 0, pick: 0, choice: 0, value: 0 },
  { do: 'move-home', device: 0, to: 0 },
  { do: 'clock-jumps', device: 0, minutes: -525_600 },
  { do: 'step', device: 0, pick: 0, choice: 0, value: 0 },
  { do: 'lose-answer', device: 0, path: '/api/push' },
  { do: 'crash', device: 0, writes: 0 },
  { do: 'move-home', device: 0, to: 0 },
  { do: 'connect', device: 0 },
]

test('whatever is done with requests, no word is lost, all see one state, and nothing moves unseen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyOfRequests, { minLength: 10, maxLength: 60 }), live),
    path ? { numRuns: 1, path } : { numRuns: Number(runs ?? 30), examples: [[thereAndBack]] },
  )
}, 3_600_000)
