/** What the page before the register says by the way: an office without an account, a filing number. */
import { render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Filing } from '#app/ui/pieces/sign-in/GateLater.tsx'
import { createStore } from 'zustand/vanilla'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const filed = {
  ok: true,
  value: { ok: true, filingNumber: '样例备 1 号', owner: null, isDemo: false },
}
const away = { ok: false, problem: 'offline' }

function open(answers: { readonly filing: object[]; readonly setup: object[] }) {
  const asked = { filing: 0, setup: 0 }
  const next = (name: 'filing' | 'setup') => () => {
    const answer = answers[name][asked[name]] ?? away
    asked[name] += 1
    return Promise.resolve(answer)
  }
  const app = {
    preferences: createStore(() => ({ language: 'zh-CN' })),
    // As in the app: acts that are fetched later, another function each time.
    officeActs: {
      get filing() {
        return next('filing')
      },
      get setupState() {
        return next('setup')
      },
    },
  } as unknown as DeviceParts
  const drawn = render(
    <PartsContext.Provider value={app}>
      <Filing />
    </PartsContext.Provider>,
  )
  return { asked, drawn }
}

const waiting = { ok: true, value: { ok: true, isWaiting: true } }
const isSetUp = { ok: true, value: { ok: true, isWaiting: false } }

it('says of an office without an account what to do, also where the first questions had no answer', async () => {
  const { asked } = open({ filing: [filed], setup: [away, away, waiting] })
  await vi.advanceTimersByTimeAsync(0)
  expect(screen.queryByText(/这里还没有账号/)).toBeNull()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(screen.queryByText(/这里还没有账号/)).toBeNull()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(screen.getByText(/这里还没有账号/)).toBeTruthy()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(asked).toEqual({ filing: 1, setup: 3 })
})

it('asks ever less often, and no more once the page is gone', async () => {
  const { asked, drawn } = open({ filing: [away, filed], setup: [isSetUp] })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(screen.getByText(/样例备 1 号/)).toBeTruthy()
  drawn.unmount()
  const other = open({ filing: [], setup: [isSetUp] })
  await vi.advanceTimersByTimeAsync(600_000)
  expect(other.asked.filing).toBeLessThan(20)
  const before = other.asked.filing
  other.drawn.unmount()
  await vi.advanceTimersByTimeAsync(600_000)
  expect([asked.filing, other.asked.filing]).toEqual([2, before])
})
