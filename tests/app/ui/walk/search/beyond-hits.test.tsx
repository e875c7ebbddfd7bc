/** The search of an office: over what it ranges here, and what the server says beyond that. */
import { act, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { Search } from '#app/ui/walk/search/Search.tsx'
import type { Found } from '#protocol/search.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  today,
  uuid,
} from '#tests/app/register/grid-of-samples.ts'

const samples = page(gridA, [
  record('place', 1, { placeKind: 'grid', name: '样例网格', parent: uuid(2) }),
  building(100, '3幢', 1),
  dwelling(200, 100, '1', '101'),
  household(300, 200),
  resident(400, 300, '样老大'),
  resident(401, 300, '样小二', { movedOutOn: '2026-11-01' }),
])

const found = (id: string, more: Partial<Found> = {}): Found => ({
  ...{ kind: 'resident', id, stream: gridA, matched: 'telephone', name: '样*大', sex: '2' },
  ...{ age: 61, gone: null, place: '远网格', above: '远社区' },
  door: { estate: '样苑', building: '9幢', units: 2, unit: '1', floor: 5, room: '501' },
  ...more,
})

function stage({ role = 'admin', phase = 'up-to-date' } = {}) {
  const register = createRegister()
  register.applyPages([samples])
  const asked: string[] = []
  const held: string[] = []
  let answer = (_value: object) => {}
  const parts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role } })),
    preferences: createStore(() => ({ grid: null })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase, unsent: [], refused: [], lastSync: null })),
    syncActs: {
      hold: (place: string, how: string) => Promise.resolve(void held.push(`${how} ${place}`)),
    },
    officeActs: {
      searchBeyond: (text: string, purpose: string) => {
        asked.push(`${text} ${purpose}`)
        return new Promise<object>((resolve) => (answer = resolve))
      },
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={parts}>
        <Search />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  const field = screen.getByRole('searchbox')
  return {
    ...{ asked, held },
    type: (value: string) => fireEvent.input(field, { target: { value } }),
    choose: (purpose: string) => fireEvent.click(screen.getByRole('button', { name: purpose })),
    answer: (value: object) => act(() => Promise.resolve(answer(value))),
  }
}

it('says over what it ranges, and asks the server only once somebody says what for', async () => {
  const { asked, held, type, choose, answer } = stage()
  screen.getByText('在本机的1个网格、1人里找')
  type('5521')
  expect(asked).toEqual([])
  choose('联系本人')
  expect(asked).toEqual(['5521 contact'])
  screen.getByText('正在查找…')
  const gone = found(uuid(401), { gone: 'moved-out', age: null, matched: 'name' })
  await answer({ ok: true, value: { ok: true, more: false, found: [found(uuid(900)), gone] } })
  screen.getByText('全部网格里找到2个')
  const [far, here] = screen.getAllByRole('listitem')
  expect(far?.textContent).toContain('样*大')
  expect(far?.textContent).toMatch(/女 61岁.*打开网格.*样苑 9幢1单元501室，远社区，远网格，电话/)
  expect(far?.querySelector('a')).toBeNull()
  // What is not here comes with its grid.
  fireEvent.click(far?.querySelector('button') as Element)
  expect(held).toEqual([`open ${gridA}`])
  expect(here?.textContent).toContain('已搬走')
  expect(here?.querySelector('a')?.getAttribute('href')).toBe(`/resident/${uuid(401)}`)
})

it('what was answered to other words is shown to nobody', async () => {
  const { type, choose, answer } = stage()
  type('5521')
  choose('核对证件')
  type('55219')
  await answer({ ok: true, value: { ok: true, more: true, found: [found(uuid(900))] } })
  expect(screen.queryByText(/全部网格里找到/)).toBeNull()
})

it('says when it is too little, when there is no more, no connection, and that somebody asked too much', async () => {
  const { type, choose, answer } = stage()
  type('明')
  screen.getByText(/姓名要两个字以上/)
  expect(screen.queryByRole('button', { name: '联系本人' })).toBeNull()
  type('样远')
  choose('紧急情况')
  await answer({ ok: true, value: { ok: true, more: false, found: [] } })
  screen.getByText('全部网格里也没有找到')
  choose('紧急情况')
  await answer({ ok: false, problem: 'too-many-attempts' })
  await waitFor(() => screen.getByText(/查得太多/))
  choose('紧急情况')
  await answer({ ok: true, value: { ok: true, more: true, found: [found(uuid(900))] } })
  screen.getByText('只显示前1个，请再输几个字后重新查找')
})

it('asks for the last four figures of a number or for all of them, and for nothing between', () => {
  const { type } = stage()
  for (const [typed, isAsked] of [
    ...[['5521', true] as const, ['95521', false] as const, ['0012345521', false] as const],
    ...[['10012345521', true] as const, ['20110119800506002x', true] as const],
  ]) {
    type(typed)
    expect([typed, screen.queryByRole('button', { name: '联系本人' }) !== null]).toEqual([
      typed,
      isAsked,
    ])
    expect(screen.queryByText(/号码要输最后四位或整个号码/) === null).toBe(isAsked)
  }
})

it('offers nothing without a connection, and nothing to whoever has grids alone', () => {
  const { type } = stage({ phase: 'offline' })
  type('样远')
  screen.getByText(/没有网络/)
  expect(screen.queryByRole('button', { name: '联系本人' })).toBeNull()
})

it('a worker searches what the device has, as before', () => {
  const { type } = stage({ role: 'worker' })
  type('样远')
  expect(screen.queryByText(/全部网格/)).toBeNull()
  expect(screen.queryByText(/本机的1个网格/)).toBeNull()
})
