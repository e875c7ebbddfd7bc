import { expect, it } from 'vitest'
import { createPause } from '#app/platform/pause.ts'

it('gives the screen its turn every few milliseconds, and not more often', async () => {
  let at = 0
  let turns = 0
  const pause = createPause(
    () => at,
    () => {
      turns += 1
      at += 5
      return Promise.resolve()
    },
  )
  let longest = 0
  let begun = at
  for (let step = 0; step < 1_000; step += 1) {
    at += 1
    const worked = at - begun
    const rest = pause()
    if (!rest) continue
    longest = Math.max(longest, worked)
    await rest
    begun = at
  }
  expect(longest).toBe(8)
  expect(turns).toBe(1_000 / 8)
})

it('counts no idle time as work', () => {
  let at = 0
  const pause = createPause(
    () => at,
    () => Promise.reject(new Error('nobody worked for long')),
  )
  at = 10_000
  expect(pause()).toBeUndefined()
})

it('resolves in a real task, so that others come between', async () => {
  const pause = createPause()
  let rest: Promise<void> | undefined
  // A machine that is busy elsewhere may make a slice look idle: it begins anew then.
  while (!rest) rest = pause()
  let isBetween = false
  setTimeout(() => (isBetween = true), 0)
  await new Promise((resolve) => setTimeout(resolve, 5))
  await rest
  expect(isBetween).toBe(true)
})
