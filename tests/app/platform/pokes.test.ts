import { expect, it } from 'vitest'
import { listenForPokes, type PokeSource } from '#app/platform/pokes.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'

function createSources() {
  const sources: (PokeSource & { closed: boolean; named: Map<string, () => void> })[] = []
  const open = () => {
    const named = new Map<string, () => void>()
    const source = {
      onopen: null,
      onmessage: null,
      onerror: null,
      closed: false,
      named,
      addEventListener: (type: string, listener: () => void) => void named.set(type, listener),
      close: () => void (source.closed = true),
    }
    sources.push(source)
    return source
  }
  return { sources, open }
}

it('pokes for each event, named or not', () => {
  const { sources, open } = createSources()
  let pokes = 0
  const stop = listenForPokes({ open, clock: createManualClock(), chance: () => 0 }, () => pokes++)
  sources[0]?.onopen?.()
  expect(pokes).toBe(0)
  sources[0]?.onmessage?.()
  sources[0]?.named.get('poke')?.()
  expect(pokes).toBe(2)
  stop()
  expect(sources[0]?.closed).toBe(true)
  sources[0]?.onmessage?.()
  expect(pokes).toBe(2)
})

it('connects again more and more rarely, spread by chance, and pokes for what it missed', () => {
  const { sources, open } = createSources()
  const clock = createManualClock()
  let chance = 0.5
  let pokes = 0
  const stop = listenForPokes({ open, clock, chance: () => chance }, () => pokes++)
  sources[0]?.onopen?.()
  const waits: (number | null)[] = []
  for (let failure = 0; failure < 9; failure++) {
    sources.at(-1)?.onerror?.()
    expect(sources.at(-1)?.closed).toBe(true)
    waits.push(clock.next())
    clock.advance(clock.next() ?? 0)
    expect(sources).toHaveLength(failure + 2)
  }
  expect(waits.slice(0, 3)).toEqual([2250, 4500, 9000])
  expect(waits.at(-1)).toBe(225_000)

  expect(pokes).toBe(0)
  sources.at(-1)?.onopen?.()
  expect(pokes).toBe(1)
  chance = 0
  sources.at(-1)?.onerror?.()
  expect(clock.next()).toBe(1500)
  sources.at(-2)?.onerror?.() // an old one has nothing to say
  stop()
  expect(clock.next()).toBeNull()
})
