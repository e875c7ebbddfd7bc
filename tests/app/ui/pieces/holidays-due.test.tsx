/** Holidays of a year that is near: asked of whoever keeps the calendar, until they are there. */
import { render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { defaultCalendar } from '#domain/calendar.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { HolidaysDue } from '#app/ui/pieces/HolidaysDue.tsx'
import { gridA, page, uuid } from '#tests/app/register/grid-of-samples.ts'

function draw(role: string, day: string, knownUntil?: string) {
  const register = createRegister()
  if (knownUntil !== undefined) {
    const fields = { ...defaultCalendar, calendarVersion: 2, knownUntil }
    register.applyPages([page(gridA, [{ kind: 'calendar', id: uuid(70), version: 1, fields }])])
  }
  const app = {
    register,
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role } })),
    today: createStore(() => ({ day })),
    preferences: createStore(() => ({ language: 'zh-CN' })),
  } as unknown as DeviceParts
  return render(
    <PartsContext.Provider value={app}>
      <HolidaysDue />
    </PartsContext.Provider>,
  )
}

it('are asked of the administrator from November on, and lead to the calendar', () => {
  draw('admin', '2026-11-23')
  screen.getByText(/还没有填2027年的放假安排/)
  expect(screen.getByRole('link', { name: '去填工作日历' }).getAttribute('href')).toBe(
    '/requests/calendar',
  )
})

it('are asked of nobody else, before that, or once they are known', () => {
  for (const [role, day, knownUntil] of [
    ['staff', '2026-11-23'],
    ['worker', '2026-11-23'],
    ['admin', '2026-10-31'],
    ['admin', '2026-11-23', '2027-12-31'],
  ] as const) {
    const { container, unmount } = draw(role, day, knownUntil)
    expect(container.textContent).toBe('')
    unmount()
  }
})
