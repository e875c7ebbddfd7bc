/** What a page says by itself: a clock that is off, fields that two people set differently. */
import { act, render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { SyncStatus } from '#app/sync/status.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { ClashNotice } from '#app/ui/pieces/ClashNotice.tsx'
import { ClockNotice } from '#app/ui/pieces/ClockNotice.tsx'

const id = (last: number) => `01900000-0000-7000-8000-${String(last).padStart(12, '0')}`
const minute = 60_000

function stage() {
  const sync = createStore<Partial<SyncStatus>>(() => ({ skew: null }))
  const register = createRegister()
  const app = { sync, register } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={app}>
      <ClockNotice />
      <ClashNotice records={[id(1)]} />
    </PartsContext.Provider>,
  )
  return { sync, register }
}

it.each([
  [null, null],
  [4.9 * minute, null],
  [-5 * minute, null],
  [6 * minute, /差6分钟/],
  [-90 * minute, /差90分钟/],
])('a clock that is %d ms off', async (skew, said) => {
  const { sync } = stage()
  await act(() => sync.setState({ skew }))
  const notice = screen.queryByRole('alert')
  if (said === null) expect(notice).toBeNull()
  else expect(notice?.textContent).toMatch(said)
})

it('clashes of the records that are shown, until they are settled', async () => {
  const { register } = stage()
  const side = { value: '甲', at: '2026-11-23T06:30:00.000Z' }
  const clash = (number: number, version: number, more = {}) => ({
    kind: 'clash' as const,
    id: id(10 + number),
    version,
    fields: {
      kind: 'resident',
      record: id(number),
      field: 'note',
      kept: side,
      lost: side,
      ...more,
    },
  })
  const page = (from: number, records: ReturnType<typeof clash>[]) => ({
    type: 'page' as const,
    stream: id(99),
    epoch: 1,
    from,
    to: from + records.length,
    records,
    changes: [],
  })
  await act(() => register.applyPages([page(0, [clash(2, 1)])]))
  expect(screen.queryByRole('status')).toBeNull()
  await act(() => register.applyPages([page(1, [clash(1, 2)])]))
  expect(screen.getByRole('status').textContent).toContain('有1处')
  expect(screen.getByRole('link').getAttribute('href')).toBe('/clashes')
  await act(() => register.applyPages([page(2, [clash(1, 3, { settled: true })])]))
  expect(screen.queryByRole('status')).toBeNull()
})
