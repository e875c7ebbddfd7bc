/** What a device of a large office holds, as its person sees and changes it; and over what the other pages say they range. */
import { act, fireEvent, render, screen } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChild } from 'preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { outlinePage } from '#app/sync/holding.ts'
import type { ImportActs } from '#app/acts/imports.ts'
import { ChooseFile } from '#app/ui/office/import/ChooseFile.tsx'
import { HeldPlaces } from '#app/ui/me/held/HeldPlaces.tsx'
import { FirstStep } from '#app/ui/pieces/FirstStep.tsx'
import { RangeNote } from '#app/ui/pieces/held/RangeNote.tsx'
import { Grid } from '#app/ui/walk/grid/Grid.tsx'
import {
  building,
  dwelling,
  gridA,
  gridB,
  household,
  page,
  resident,
  today,
} from '../register/grid-of-samples.ts'

const placeRecord = (id: string, name: string) => ({
  ...{ kind: 'place' as const, id, version: 1 },
  fields: { placeKind: 'grid', name, parent: null, order: 0 },
})
const people = [
  placeRecord(gridA, '近网格'),
  building(100, '3幢', 1),
  dwelling(200, 100, '1', '101'),
  household(300, 200),
  resident(400, 300, '样老大'),
  resident(401, 300, '样小二', { movedOutOn: '2026-11-01' }),
]
const at = Date.parse(`${today}T02:00:00Z`)

function stage({ phase = 'up-to-date', grid = gridA } = {}) {
  const register = createRegister()
  register.applyPages([page(gridA, people)])
  register.applyPages([outlinePage(placeRecord(gridB, '远网格'))])
  const held: string[] = []
  const sync = createStore(() => ({
    ...{ phase, unsent: [] as object[], lastSync: null },
    holding: {
      ...{ isOn: true, residents: 350_112, places: 359, most: 50_000, outline: 'x' },
      open: [{ stream: gridA, at, isKept: false }],
    },
  }))
  const parts = {
    register,
    sync,
    syncActs: {
      hold: (place: string, how: string) => {
        held.push(`${how} ${place}`)
        const { holding } = sync.getState()
        const open = [...holding.open, { stream: place, at, isKept: false }]
        if (how === 'open') sync.setState({ holding: { ...holding, open } })
        return Promise.resolve()
      },
    },
    session: createStore(() => ({ phase: 'open', account: { id: gridA, role: 'admin' } })),
    preferences: createStore(() => ({ grid })),
    today: createStore(() => ({ day: today })),
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={parts}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  return { register, sync, held, show }
}

it('names what is held, with its people and since when; keeps it, lets it go, opens another', () => {
  const { held, show } = stage()
  show(<HeldPlaces />)
  screen.getByText(/您管359个网格、350,112人。本机最多存50,000人/)
  const [near] = screen.getAllByRole('listitem')
  expect(near?.textContent).toMatch(/近网格.*1人.*10:00打开/)
  fireEvent.click(screen.getByRole('button', { name: '过夜保留' }))
  fireEvent.click(screen.getByRole('button', { name: '移走' }))
  fireEvent.click(screen.getByRole('button', { name: /远网格/ }))
  expect(held).toEqual([`keep ${gridA}`, `let-go ${gridA}`, `open ${gridB}`])
  screen.getByText('正在取这个网格…')
  fireEvent.input(screen.getByRole('textbox'), { target: { value: '哪里' } })
  screen.getByText('没有这个名称的网格')
})

it('a grid with work that was not sent is not let go', () => {
  const { sync, show } = stage()
  sync.setState({ unsent: [{ state: 'waiting', mutation: { stream: gridA } }] })
  show(<HeldPlaces />)
  screen.getByText('有没发出去的工作，暂不移走')
  expect(screen.getByRole('button', { name: '移走' }).hasAttribute('disabled')).toBe(true)
})

it('a grid that is known by its name alone is not shown as an empty one: one tap brings it', async () => {
  const { register, held, show } = stage({ grid: gridB })
  show(<Grid />)
  screen.getByText('远网格不在本机')
  expect(screen.queryByText(/还没有楼栋/)).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: '打开这个网格' }))
  expect(held).toEqual([`open ${gridB}`])
  screen.getByText('正在取这个网格…')
  await act(() => {
    register.applyPages([page(gridB, [placeRecord(gridB, '远网格')])])
    return Promise.resolve()
  })
  expect(screen.queryByText('远网格不在本机')).toBeNull()
})

it('without a connection it says when the grid comes', () => {
  const { show } = stage({ phase: 'offline', grid: gridB })
  show(<Grid />)
  screen.getByText(/没有网络。打开网格要联网/)
})

it('a list says over what it ranges as long as something is missing', async () => {
  const { register, show } = stage()
  show(<RangeNote />)
  screen.getByText(/只含本机上的1个网格，共2个/)
  expect(screen.getByRole('link').getAttribute('href')).toBe('/held')
  await act(() => {
    register.applyPages([page(gridB, [placeRecord(gridB, '远网格')])])
    return Promise.resolve()
  })
  expect(screen.queryByText(/只含本机上的/)).toBeNull()
})

it('nobody is told to bring a roster in where the buildings are only not here', () => {
  const { register, show } = stage()
  register.dropStream(gridA)
  register.applyPages([outlinePage(placeRecord(gridA, '近网格'))])
  show(<FirstStep>一天</FirstStep>)
  screen.getByText('一天')
})

it('a roster is brought in only where all grids are here', async () => {
  const { register, show } = stage()
  const acts = {
    store: createStore(() => ({ problem: null, past: [] })),
  } as unknown as ImportActs
  show(<ChooseFile acts={acts} />)
  screen.getByText(/导入要和全部网格比对/)
  expect(document.querySelector('input[type=file]')).toBeNull()
  await act(() => {
    register.applyPages([page(gridB, [placeRecord(gridB, '远网格')])])
    return Promise.resolve()
  })
  expect(document.querySelector('input[type=file]')).not.toBeNull()
})
