/** What happens in a simulated day of requests: plain values, so that fast-check can make, shrink and print them. */
import fc from '#tests/support/fast-check.ts'

/** `device`, `pick` and `choice` are numbers that choose among what there is. */
export type RequestHappening =
  | { readonly do: 'take'; readonly device: number }
  /** One of the steps that this device's screen offers for a request that it shows. */
  | {
      readonly do: 'step'
      readonly device: number
      readonly pick: number
      readonly choice: number
      readonly value: number
    }
  | { readonly do: 'asker'; readonly pick: number; readonly choice: number; readonly seen: boolean }
  | { readonly do: 'move-home'; readonly device: number; readonly to: number }
  | { readonly do: 'calendar' }
  /** Some devices are connected and send and fetch all there is: a bit for each. */
  | { readonly do: 'meet'; readonly who: number }
  | { readonly do: 'connect' | 'disconnect' | 'lock' | 'restart'; readonly device: number }
  | { readonly do: 'crash'; readonly device: number; readonly writes: number }
  | {
      readonly do: 'lose-answer' | 'repeat'
      readonly device: number
      readonly path: '/api/push' | '/api/pull'
    }
  | { readonly do: 'clock-jumps'; readonly device: number; readonly minutes: number }
  | { readonly do: 'time'; readonly seconds: number }

const device = fc.nat({ max: 6 })
const pick = fc.nat({ max: 3 })

const take = fc.record({ do: fc.constant('take' as const), device: fc.nat({ max: 3 }) })
const step = fc.record({
  do: fc.constant('step' as const),
  device,
  pick,
  choice: fc.nat({ max: 60 }),
  value: fc.nat({ max: 9 }),
})
const asker = fc.record({
  do: fc.constant('asker' as const),
  pick,
  choice: fc.nat({ max: 5 }),
  seen: fc.boolean(),
})
const line = fc.record({
  do: fc.constantFrom(...(['connect', 'connect', 'disconnect', 'lock', 'restart'] as const)),
  device,
})
const seconds = fc.constantFrom(5, 70, 3_600, 86_400, 4 * 86_400)

export const anyOfRequests: fc.Arbitrary<RequestHappening> = fc.oneof(
  { weight: 2, arbitrary: take },
  { weight: 20, arbitrary: step },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move-home' as const), device, to: fc.nat({ max: 2 }) }),
  },
  { weight: 6, arbitrary: line },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('meet' as const),
      who: fc.integer({ min: 1, max: 127 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('crash' as const), device, writes: fc.nat({ max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('lose-answer' as const, 'repeat' as const),
      device,
      path: fc.constantFrom('/api/push' as const, '/api/pull' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clock-jumps' as const),
      device,
      minutes: fc.constantFrom(-525_600, -1_440, -90, 90, 2_880, 525_600),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('time' as const), seconds }) },
  { weight: 2, arbitrary: asker },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('calendar' as const) }) },
)
