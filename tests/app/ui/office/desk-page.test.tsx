/** An office's desk over the real register: each number agrees with the list that it opens. */
import { render, screen, waitFor } from '@testing-library/preact'
import type { ComponentChild } from 'preact'
import { LocationProvider } from 'preact-iso'
import { beforeEach, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Desk } from '#app/ui/office/desk/Desk.tsx'
import { Overview } from '#app/ui/office/overview/Overview.tsx'
import { Today } from '#app/ui/walk/today/Today.tsx'
import {
  building,
  dwelling,
  gridA,
  gridB,
  household,
  page,
  record,
  resident,
  uuid,
} from '#tests/app/register/grid-of-samples.ts'

beforeEach(() => history.replaceState(null, '', '/desk'))

const placeOf = (id: string, name: string) =>
  record('place', 1, { placeKind: 'grid', name }, { id, version: 1 })
/** Red, known since 1 November: a call is overdue from the 9th on. */
const homeOf = (grid: string, at: number, name: string) =>
  page(grid, [
    placeOf(grid, name),
    building(at, '1幢', 1),
    dwelling(at + 1, at, '1', '101'),
    household(at + 2, at + 1),
    resident(at + 3, at + 2, `样例${name}`, { birth: `1940-01-0${at / 100}`, tags: disabled }),
  ])
const disabled = [{ tag: 'disabled', grade: 1, source: 'seen', from: '2026-01-01' }]

const colours = { red: 1, orange: 0, yellow: 0, blue: 0, green: 0, grey: 0 }
const figuresOf = (id: string, parent: string | null) => ({
  ...{ id, parent, residents: { total: 1, colours }, dwellings: { total: 1, colours } },
  residence: { floating: 0, apart: 0, settled: 1 },
  calls: { total: 1, overdue: 1, today: 0, week: 0, later: 0 },
  ...{ visits: { week: 0, today: 0, missed: 0 }, walked: true },
})

function stage(roots: readonly ReturnType<typeof figuresOf>[] = [], waiting: number | null = 0) {
  const register = createRegister()
  register.applyPages([homeOf(gridA, 100, '第一网格'), homeOf(gridB, 200, '第二网格')])
  const at = { at: '2026-11-23T02:00:00.000Z', day: '2026-11-23' }
  const value = { ok: true, ...at, least: 0, places: roots, silentDevices: 0 }
  const remembered = (told: object) => ({
    last: () => Promise.resolve(null),
    now: () => Promise.resolve(told),
  })
  const acts = {
    places: remembered({ ok: true, value }),
    place: () => remembered({ ok: false, problem: 'offline' }),
  }
  const office = { waiting }
  const counted = () => {
    const { waiting: count } = office
    return Promise.resolve(
      count === null ? { ok: false, problem: 'offline' } : { ok: true, value: { ok: true, count } },
    )
  }
  const sync = createStore(() => ({
    ...{ phase: waiting === null ? 'offline' : 'up-to-date' },
    ...{ unsent: [], refused: [], skew: null },
  }))
  const app = {
    register,
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role: 'staff' } })),
    sync,
    syncActs: {},
    today: createStore(() => ({ day: '2026-11-23' })),
    preferences: createStore(() => ({ language: 'zh-CN', grid: gridA })),
    now: () => Date.parse(at.at),
    officeActs: {
      overview: () => Promise.resolve({ ok: true, value: acts }),
      hotline: () => Promise.resolve({ ok: true, value: { count: counted } }),
    },
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={app}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  return { show, office, sync }
}

it('counts all grids, and opens the list of all of them whichever grid somebody walks', async () => {
  const { show } = stage()
  const { unmount } = show(<Desk />)
  const row = await screen.findByRole('link', { name: /逾期的走访/ })
  expect(row.textContent).toMatch(/^2/)
  unmount()
  history.replaceState(null, '', row.getAttribute('href'))
  show(<Today />)
  expect(screen.getByRole('button', { pressed: true }).textContent).toBe('逾期 2')
  expect(screen.getAllByText('1单元101室')).toHaveLength(2)
})

it('shows one grid’s list where somebody comes to it without that', () => {
  history.replaceState(null, '', '/today')
  stage().show(<Today />)
  expect(screen.getByRole('button', { name: /^逾期/ }).textContent).toBe('逾期 1')
})

it('leads from the overview to a list only where the list is of just these places', async () => {
  const hrefs = () =>
    [...document.querySelectorAll('a[href^="/today"]')].map((link) => link.getAttribute('href'))
  const { unmount } = stage([figuresOf(gridA, null)]).show(<Overview params={{ place: gridA }} />)
  await waitFor(() =>
    expect(hrefs()).toEqual(['/today?grids=all&only=overdue', '/today?grids=all']),
  )
  unmount()
  const both = [figuresOf(gridA, null), figuresOf(gridB, null)]
  stage(both).show(<Overview params={{ place: gridA }} />)
  await screen.findAllByText(/逾期/)
  expect(hrefs()).toEqual([])
})

it('shows what waits from a hotline, and the way to it', async () => {
  stage([], 3).show(<Desk />)
  const row = await screen.findByRole('link', { name: /热线来件/ })
  expect(row.textContent).toContain('3')
  expect(row.getAttribute('href')).toBe('/hotline')
  expect(screen.queryByText('没有等你处理的事')).toBeNull()
})

it('says that nothing waits once the office said so, and without an answer only what this device knows', async () => {
  const { unmount } = stage().show(<Desk />)
  await screen.findByText('没有等你处理的事')
  unmount()
  const { show, office, sync } = stage([], null)
  show(<Desk />)
  await screen.findByText('这台设备上没有等你处理的事')
  screen.getByText(/^没有问到办公室/)
  expect(screen.queryByText('没有等你处理的事')).toBeNull()
  // The connection is back.
  office.waiting = 1
  sync.setState({ phase: 'up-to-date' })
  await screen.findByRole('link', { name: /热线来件/ })
  expect(screen.queryByText(/没有问到办公室/)).toBeNull()
})
