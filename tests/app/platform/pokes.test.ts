import { expect, it } from 'vitest'
import { listenForPokes, type PokeParts } from '#app/platform/pokes.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { quiet } from '#tests/support/device.ts'

type Options = Parameters<PokeParts['read']>[0]

function createSources() {
  const sources: (Options & { end: (answer: { ok: boolean; retryAfter?: number }) => void })[] = []
  const read: PokeParts['read'] = (options) =>
    new Promise((resolve) => void sources.push({ ...options, end: resolve }))
  return { sources, read }
}

it('pokes for each event, named or not, and for no sign of life', () => {
  const { sources, read } = createSources()
  let pokes = 0
  const stop = listenForPokes({ read, clock: createManualClock(), chance: () => 0 }, () => pokes++)
  sources[0]?.onOpen()
  for (const name of ['ready', 'alive']) sources[0]?.onEvent(name, '[]')
  expect(pokes).toBe(0)
  sources[0]?.onEvent('message', '')
  sources[0]?.onEvent('poke', '[]')
  expect(pokes).toBe(2)
  stop()
  expect(sources[0]?.signal.aborted).toBe(true)
  sources[0]?.onEvent('poke', '[]')
  expect(pokes).toBe(2)
})

it('says which streams moved, and none where the server says it in a way that nobody knows', () => {
  const { sources, read } = createSources()
  const told: (readonly string[])[] = []
  const parts = { read, clock: createManualClock(), chance: () => 0 }
  const stop = listenForPokes(parts, (moved) => told.push(moved))
  for (const data of ['["a","b"]', '', '{"a":1}', '[1]', '["a"']) sources[0]?.onEvent('poke', data)
  expect(told).toEqual([['a', 'b'], [], [], [], []])
  stop()
})

it('connects again more and more rarely, spread by chance, and pokes for what it missed', async () => {
  const { sources, read } = createSources()
  const clock = createManualClock()
  let chance = 0.5
  let pokes = 0
  const stop = listenForPokes({ read, clock, chance: () => chance }, () => pokes++)
  const fail = async (answer: { ok: boolean; retryAfter?: number } = { ok: false }) => {
    sources.at(-1)?.end(answer)
    await quiet()
  }
  sources[0]?.onOpen()
  const waits: (number | null)[] = []
  for (let failure = 0; failure < 9; failure++) {
    await fail()
    waits.push(clock.next())
    clock.advance(clock.next() ?? 0)
    expect(sources).toHaveLength(failure + 2)
  }
  expect(waits.slice(0, 3)).toEqual([2250, 4500, 9000])
  expect(waits.at(-1)).toBe(225_000)

  expect(pokes).toBe(0)
  sources.at(-1)?.onOpen()
  expect(pokes).toBe(1)
  chance = 0
  await fail({ ok: true })
  expect(clock.next()).toBe(1500)
  clock.advance(1500)
  await fail({ ok: false, retryAfter: 60 })
  expect(clock.next()).toBe(60_000)
  stop()
  expect(clock.next()).toBeNull()
})
