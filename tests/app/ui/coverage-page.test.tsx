/** Coverage of a month on a worker's screens: its page, and the chip above the list of today. */
import { act, fireEvent, render, screen } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChild } from 'preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { Coverage } from '#app/ui/walk/monthly/Coverage.tsx'
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
  today,
  uuid,
} from '../register/grid-of-samples.ts'

const place = (n: number, name: string, order: number, more: object = {}) =>
  record('place', n, { placeKind: 'grid', name, parent: uuid(2), order, ...more })

function stage(people = true) {
  const register = createRegister()
  const grids = [gridA, gridB].map((id, at) => ({ ...place(1, `样例${at + 1}网格`, at), id }))
  register.applyPages([
    page(gridA, [
      place(2, '样例社区', 0, { placeKind: 'community', parent: null }),
      ...grids,
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      dwelling(201, 100, '1', '201'),
      household(300, 200),
      household(301, 201),
      resident(400, 300, '样老大', { birth: people ? '1940-01-01' : '1990-01-01' }),
      resident(401, 301, '样小二', { birth: '1990-01-01', verifiedOn: '2026-01-01' }),
    ]),
  ])
  const preferences = createStore(() => ({ grid: null as string | null }))
  const parts = {
    register,
    preferences,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role: 'worker' } })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    device: createStore(() => ({})),
    now: () => Date.parse(`${today}T02:00:00Z`),
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={parts}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  return { show, register }
}

const met = page(gridA, [
  record('visit', 500, {
    household: uuid(300),
    channel: 'telephone',
    outcome: 'met',
    unchanged: true,
    at: `${today}T01:00:00Z`,
  }),
])

it('lists by grid whom nobody met this month, with the way to the door, until somebody did', async () => {
  const { show, register } = stage()
  show(<Coverage />)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('探访关爱（11月）')
  const person = await screen.findByRole('link', { name: /样\*大/ })
  expect(person.getAttribute('href')).toBe(`/household/${uuid(300)}`)
  expect(person.textContent).toContain('登记以来还没见过')
  screen.getByText('本月还没见1人')
  screen.getByRole('heading', { name: '样例社区 样例1网格' })
  expect(document.body.textContent).not.toContain('样老大')
  void act(() => register.applyPages([met]))
  await screen.findByText('本月都见到了')
  expect(screen.queryByRole('link', { name: /样\*大/ })).toBeNull()
  screen.getByText('已见1 / 1')
})

it('says so where it means nobody', async () => {
  stage(false).show(<Coverage />)
  await screen.findByText('没有要每月探访的老人')
})

it('stands above the list of today and leaves only the doors where somebody is to be met', async () => {
  const { show } = stage()
  show(<Today />)
  const chip = await screen.findByRole('button', { name: '今天1户' })
  screen.getByRole('link', { name: /探访关爱.*已见0 \/ 1/ })
  const doors = () => screen.getAllByRole('link', { name: /01室/ }).length
  expect(doors()).toBeGreaterThan(0)
  fireEvent.click(chip)
  expect(chip.getAttribute('aria-pressed')).toBe('true')
  expect(doors()).toBe(1)
  screen.getByRole('link', { name: /101室/ })
  fireEvent.click(chip)
  expect(chip.getAttribute('aria-pressed')).toBe('false')
})
