/** On a phone the office's last jobs stand on a page of their own: every page that the role may see, and no other. */
import { render, screen } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { expect, it } from 'vitest'
import type { Role } from '#domain/account.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { Office } from '#app/ui/office/more/Office.tsx'

function hrefsOf(role: Role) {
  const app = {
    register: createRegister(),
    session: createStore(() => ({ account: { id: 'a', name: '样例', role } })),
    sync: createStore(() => ({
      ...{ phase: 'up-to-date', unsent: [], lastSync: null, damage: { work: 0 }, problem: null },
    })),
    today: createStore(() => ({ day: '2026-11-23' })),
  } as unknown as DeviceParts
  const { unmount } = render(
    <LocationProvider>
      <PartsContext.Provider value={app}>
        <Office />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  const links = screen.queryAllByRole('link')
  const hrefs = links.map((link) => link.getAttribute('href'))
  const drawings = links.map((link) => link.querySelector('path')?.getAttribute('d'))
  unmount()
  return { hrefs, drawings }
}

it('has the pages of each job behind it, each with a drawing of its own', () => {
  const { hrefs, drawings } = hrefsOf('admin')
  expect(hrefs).toEqual(
    expect.arrayContaining([
      '/overview',
      '/scheme',
      '/review',
      '/places',
      '/people',
      '/devices',
      '/audit',
    ]),
  )
  expect(new Set(drawings).size).toBe(drawings.length)
})

it('shows a clerk no page that is not a clerk’s', () => {
  const { hrefs } = hrefsOf('staff')
  expect(hrefs).toContain('/review')
  expect(hrefs).not.toContain('/audit')
})
