/** The pages of a walk as a worker meets them: the list, the door, the person, the room, what was found. */
import { act, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChild } from 'preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createOpening, faceOf } from '#app/register/face.ts'
import { Opening } from '#app/ui/Opening.tsx'
import { Dwelling } from '#app/ui/walk/dwelling/Dwelling.tsx'
import { Grid } from '#app/ui/walk/grid/Grid.tsx'
import { Household } from '#app/ui/walk/household/Household.tsx'
import { Resident } from '#app/ui/walk/resident/Resident.tsx'
import { Search } from '#app/ui/walk/search/Search.tsx'
import type { Today as Plan } from '#app/views/today-list.ts'
import { TodayMore } from '#app/ui/walk/today/TodayMore.tsx'
import { Today } from '#app/ui/walk/today/Today.tsx'
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
} from '../register/grid-of-samples.ts'

const telephone = '13800000001'

const samples = page(gridA, [
  record('place', 1, { placeKind: 'grid', name: '样例网格', parent: uuid(2) }),
  building(100, '3幢', 1),
  dwelling(200, 100, '1', '101'),
  dwelling(201, 100, '1', '201'),
  household(300, 200),
  // Red and overdue since the 8th.
  resident(400, 300, '样老大', { birth: '1940-01-01', sex: '2', phones: [telephone] }),
  household(301, 201),
  resident(401, 301, '样小二', { movedOutOn: '2026-11-01' }),
  resident(402, 301, '样小三', { birth: '1990-01-01' }),
])

function stage(answer: 'logged' | 'not-logged' = 'logged') {
  const register = createRegister()
  register.applyPages([samples])
  const revealed: string[] = []
  const parts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role: 'worker' } })),
    preferences: createStore(() => ({ grid: null })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    device: createStore(() => ({})),
    now: () => Date.parse(`${today}T02:00:00Z`),
    work: {
      reveal: (_: string, field: string, purpose: string) => {
        revealed.push(`${field} ${purpose}`)
        return Promise.resolve(answer)
      },
    },
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={parts}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  return { show, register, revealed }
}

it('lists whom to meet with the date above, one line each for the door and for why', () => {
  stage().show(<Today />)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('今日 11月23日 周一')
  const stop = screen.getByRole('link', { name: /101/ })
  expect(stop.getAttribute('href')).toBe(`/household/${uuid(300)}`)
  expect(stop.textContent).toMatch(/逾期\d+天/)
  // The reason first.
  expect(stop.textContent).toMatch(/重点关注.*独居.*见过/)
})

it('lists the day as it was drawn last while the rest is read, says so, and goes over into the whole', () => {
  const before = stage().register
  before.today(today)
  const face = faceOf(before, today, null)
  if (!face?.list) throw new Error('no list was drawn')
  // As it comes back from the disk.
  const { show, register } = stage()
  const opening = createOpening(register, JSON.parse(JSON.stringify(face)) as typeof face)
  const pages = page(gridA, [], { reset: true })
  void act(() => {
    register.open(opening)
    register.applyPages([pages])
  })
  show(<Today />)
  expect(register.get('household', uuid(300))).toBeUndefined()
  const stop = screen.getByRole('link', { name: /101/ })
  expect(stop.textContent).toMatch(/样\*大.*逾期\d+天/)
  screen.getByText('清风阳光苑 3幢')
  screen.getByText('还在打开，后面的马上就到。')

  void act(() => {
    register.applyPages([samples])
    register.open(null)
  })
  expect(screen.getByRole('link', { name: /101/ })).toBe(stop)
  expect(screen.queryByText(/还在打开/)).toBeNull()
})

it.each([
  [0, '今天的都走完了'],
  [2, '要走的户没有了，还有申报的门'],
])('with %i declared doors left says "%s" where no household is', async (declared, said) => {
  const plan = { day: today, done: 3, total: 3, declared, groups: [] } as unknown as Plan
  const none = { grid: undefined, filter: 'all' as const, onFilter: () => undefined }
  stage().show(<TodayMore plan={plan} {...none} below isEmpty />)
  await screen.findByText(said)
})

it('shows in the morning whom the day before left, later by a day, and no figure that would be wrong', () => {
  const before = stage().register
  before.today('2026-11-22')
  const face = faceOf(before, '2026-11-22', null)
  if (!face?.list) throw new Error('no list was drawn')
  const { show, register } = stage()
  void act(() => register.open(createOpening(register, face)))
  show(<Today />)
  screen.getByText('昨天没走完的，今天的马上就到。')
  const early = screen.getByRole('link', { name: /101/ }).textContent
  expect(early).toMatch(/逾期\d+天/)
  expect(screen.queryByText(/已走/)).toBeNull()

  void act(() => {
    register.applyPages([samples])
    register.open(null)
  })
  expect(screen.queryByText(/没走完/)).toBeNull()
  const late = screen.getByRole('link', { name: /101/ }).textContent
  expect(/逾期\d+天/.exec(late)?.[0]).toBe(/逾期\d+天/.exec(early)?.[0])
})

it('says that it is still opening where no list of the day is known, and in place of other pages', () => {
  const { show, register } = stage()
  void act(() =>
    register.open(
      createOpening(register, { version: 1, day: '2026-11-22', grid: null, upper: [], list: null }),
    ),
  )
  const { unmount } = show(<Today />)
  expect(screen.getByRole('status').textContent).toContain('还在打开')
  expect(document.body.textContent).not.toMatch(/已走|0/)
  void act(() => register.open(null))
  screen.getByRole('link', { name: /101/ })
  unmount()
  show(<Opening household={uuid(300)} />)
  expect(screen.getByRole('status').textContent).toContain('还在打开')
})

it('begins a door with its level and why, and calls once it was said what for', async () => {
  const dialled: string[] = []
  const listen = (event: MouseEvent) => {
    const link = (event.target as Element).closest('a')
    if (!link?.href.startsWith('tel:')) return
    event.preventDefault()
    dialled.push(link.href)
  }
  document.addEventListener('click', listen)
  const { show, revealed } = stage()
  show(<Household params={{ household: uuid(300) }} />)
  screen.getByText(/^重点关注 逾期\d+天$/)
  expect(document.body.textContent).not.toContain(telephone)
  expect(document.querySelector('a[href^="tel:"]')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: /^打电话给样/ }))
  const purposes = await screen.findAllByRole('button', { name: /./, hidden: false })
  expect(revealed).toEqual([])
  const dialog = screen.getByRole('dialog')
  const choice = [...dialog.querySelectorAll('button')].at(-1)
  expect(purposes).toContain(choice)
  if (choice) fireEvent.click(choice)
  await waitFor(() => expect(dialled).toEqual([`tel:${telephone}`]))
  expect(revealed).toHaveLength(1)
  expect(revealed[0]).toMatch(/^phones /)
  document.removeEventListener('click', listen)
})

it('does not dial where the look could not be recorded', async () => {
  const { show, revealed } = stage('not-logged')
  show(<Household params={{ household: uuid(300) }} />)
  fireEvent.click(screen.getByRole('button', { name: /^打电话给样/ }))
  const choice = [...screen.getByRole('dialog').querySelectorAll('button')].at(-1)
  if (choice) fireEvent.click(choice)
  await waitFor(() => expect(revealed).toHaveLength(1))
  await screen.findByRole('button', { name: /^打电话给样/ })
  expect(document.querySelector('a[href^="tel:"]')).toBeNull()
})

it('adds a resident from the group of those who live there, and keeps those who left apart', () => {
  stage().show(<Household params={{ household: uuid(301) }} />)
  expect(screen.getByRole('link', { name: '添加居民' }).getAttribute('href')).toBe(
    `/household/${uuid(301)}/add`,
  )
  const [here, left] = ['样*三', '样*二'].map((name) =>
    screen.getByRole('link', { name: new RegExp(name.replace('*', '\\*')) }),
  )
  expect(here?.closest('ul')?.contains(left ?? null)).toBe(false)
  expect(left?.textContent).toContain('11月1日')
})

it('tells of a resident who they are, how to reach them, why the colour, and then the facts', () => {
  stage().show(<Resident params={{ resident: uuid(400) }} />)
  const text = document.body.textContent
  const at = ['女 86岁', '3幢', '拨打', '重点关注', '身份'].map((part) => text.indexOf(part))
  expect(at).toEqual([...at].sort((a, b) => a - b))
  expect(at).not.toContain(-1)
  expect(text).not.toContain('样老大')
})

it('shows a room with its own colour and its households', () => {
  stage().show(<Dwelling params={{ dwelling: uuid(201) }} />)
  expect(screen.getByRole('link', { name: /样\*三/ }).getAttribute('href')).toBe(
    `/household/${uuid(301)}`,
  )
})

it('finds people and rooms, and names what matched only where it is not the name', () => {
  stage().show(<Search />)
  const field = screen.getByRole('searchbox')
  fireEvent.input(field, { target: { value: '样小三' } })
  expect(screen.getByRole('link', { name: /样\*三/ }).textContent).not.toContain('姓名')
  fireEvent.input(field, { target: { value: '201' } })
  expect(screen.getByRole('link', { name: /201室/ }).getAttribute('href')).toBe(
    `/household/${uuid(301)}`,
  )
})

it('says of a building how many rooms and people, and in numbers only what is urgent', () => {
  stage().show(<Grid />)
  const row = screen.getByRole('link', { name: /3幢/ })
  expect(row.textContent).toContain('2间，2人')
  expect(row.textContent).toMatch(/重点关注1/)
})
