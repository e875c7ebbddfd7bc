/** Arrivals and departures on the screens: said in a form, looked at on their page, confirmed in one tap. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChild } from 'preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { Declaration } from '#app/ui/walk/declare/Declaration.tsx'
import { Declarations } from '#app/ui/walk/declare/Declarations.tsx'
import { DeclareForm } from '#app/ui/walk/declare/DeclareForm.tsx'
import { NotSo } from '#app/ui/walk/declare/NotSo.tsx'
import { ClaimedOthers } from '#app/ui/pieces/claimed/ClaimedOthers.tsx'
import { TodayDeclarations } from '#app/ui/walk/declare/TodayDeclarations.tsx'
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

function stage(more: Parameters<typeof page>[1] = []) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      household(300, 200),
      resident(400, 300, '样老大', {}),
      ...more,
    ]),
  ])
  const saved: (readonly Intent[])[] = []
  const kept = new Map<string, unknown>()
  const parts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role: 'worker' } })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: { mend: () => Promise.resolve(), giveUp: () => Promise.resolve() },
    now: () => Date.parse(`${today}T02:00:00Z`),
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    work: {
      newId: () => uuid(950),
      save(intents: readonly Intent[]) {
        saved.push(intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={parts}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  return { show, saved }
}

const arrival = (n: number, more: object = {}) =>
  record('arrival', n, {
    ...{ dwelling: uuid(200), speaker: 'landlord', name: '样新来', count: 3, from: today },
    ...more,
  })

it('is said at a door with a name and no number, and saved beside the dwelling', async () => {
  const { show, saved } = stage()
  show(<DeclareForm params={{ dwelling: uuid(200) }} />)
  fireEvent.click(screen.getByRole('button', { name: '保存申报' }))
  await screen.findByText(/有1处|1处/)
  expect(saved).toEqual([])
  fireEvent.input(screen.getByRole('textbox', { name: /^姓名/ }), { target: { value: ' 样新来 ' } })
  fireEvent.input(screen.getByRole('textbox', { name: /一共几人/ }), { target: { value: '2' } })
  fireEvent.click(screen.getByRole('radio', { name: '房东' }))
  fireEvent.click(screen.getByRole('button', { name: '保存申报' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([
    {
      ...{ op: 'create', kind: 'arrival', stream: gridA },
      fields: { dwelling: uuid(200), speaker: 'landlord', name: '样新来', count: 2, from: today },
    },
  ])
})

it('asks at a desk for the door as well', async () => {
  const { show, saved } = stage()
  show(<DeclareForm params={{}} />)
  fireEvent.input(screen.getByRole('textbox', { name: /^姓名/ }), { target: { value: '样新来' } })
  fireEvent.click(screen.getByRole('button', { name: '保存申报' }))
  await screen.findByText(/有1处|1处/)
  expect(saved).toEqual([])
})

it('becomes a household in one tap, masked until then', async () => {
  const { show, saved } = stage([arrival(600, { telephone: '100-0000-1234' })])
  show(<Declaration params={{ declaration: uuid(600) }} />)
  expect(screen.getByText('样*来')).toBeTruthy()
  expect(document.body.textContent).not.toContain('样新来')
  expect(document.body.textContent).not.toContain('0000-1234')
  fireEvent.click(screen.getByRole('button', { name: '确认入住，登记成住户' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.map(({ kind }) => kind)).toEqual([
    ...['declaration-answer', 'household', 'resident', 'dwelling', 'visit'],
  ])
})

it('offers whoever of that name lives there first, and then makes nobody', async () => {
  const { show, saved } = stage([arrival(600, { name: '样老大' })])
  show(<Declaration params={{ declaration: uuid(600) }} />)
  fireEvent.click(screen.getByRole('button', { name: '就是样*大，不再登记' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([
    { kind: 'declaration-answer', fields: { outcome: 'confirmed', residents: [uuid(400)] } },
    { kind: 'visit' },
  ])
})

it('makes somebody else of the same name only in so many words, and says whom it is not', async () => {
  const { show, saved } = stage([arrival(600, { name: '样老大' })])
  show(<Declaration params={{ declaration: uuid(600) }} />)
  expect(screen.queryByRole('button', { name: '确认入住，登记成住户' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: '不是同一个人，另外登记' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  const said = saved[0]?.find(({ kind }) => kind === 'declaration-answer')
  expect(said?.fields).toMatchObject({ besides: [uuid(400)] })
  expect(saved[0]?.map(({ kind }) => kind)).toContain('resident')
})

it('moves those out who are ticked', async () => {
  const { show, saved } = stage([
    record('departure', 600, {
      ...{ dwelling: uuid(200), speaker: 'landlord', count: 1, from: today },
    }),
  ])
  show(<Declaration params={{ declaration: uuid(600) }} />)
  fireEvent.click(screen.getByRole('switch', { name: '样*大' }))
  expect(screen.getByRole('button', { name: '先选谁走了' })).toHaveProperty('disabled', true)
  fireEvent.click(screen.getByRole('switch', { name: '样*大' }))
  fireEvent.click(screen.getByRole('button', { name: '确认1人搬离' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.map(({ kind }) => kind)).toEqual(['declaration-answer', 'resident', 'household'])
})

it('ends with a reason, and says afterwards what became of it', async () => {
  const { show, saved } = stage([
    arrival(600),
    arrival(601),
    record('declaration-answer', 700, {
      ...{ declaration: uuid(601), outcome: 'not-so', reason: 'wrong-door', on: today },
    }),
  ])
  const { unmount } = show(<NotSo params={{ declaration: uuid(600) }} />)
  fireEvent.click(screen.getByRole('button', { name: '结束这条申报' }))
  expect(saved).toEqual([])
  fireEvent.click(screen.getByRole('radio', { name: '重复申报' }))
  fireEvent.click(screen.getByRole('button', { name: '结束这条申报' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([{ fields: { outcome: 'not-so', reason: 'said-twice' } }])
  unmount()
  show(<Declaration params={{ declaration: uuid(601) }} />)
  expect(screen.getByText('门牌不对')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /确认入住/ })).toBeNull()
})

it('stands with the list of today with its day, the others on their own page', () => {
  const { show } = stage([arrival(600), arrival(601), arrival(602)])
  const { unmount } = show(<TodayDeclarations day={today} grid={gridA} planned={0} />)
  expect(screen.getByText('待核实的申报3条')).toBeTruthy()
  expect(screen.getByText('还有1条')).toBeTruthy()
  unmount()
  // What the day has room for is all there.
  const { unmount: leave } = show(<TodayDeclarations day={today} grid={gridA} planned={3} />)
  expect(screen.queryByText(/^还有/)).toBeNull()
  leave()
  show(<Declarations />)
  expect(screen.getAllByText(/逾期/).length).toBeGreaterThan(0)
})

it('says of a leaving that lies ahead that it is not yet time', () => {
  const { show } = stage([
    record('departure', 600, {
      ...{ dwelling: uuid(200), speaker: 'landlord', count: 1, from: '2026-12-20' },
    }),
  ])
  show(<Declaration params={{ declaration: uuid(600) }} />)
  expect(screen.getByText(/^说的是12月20日才走/)).toBeTruthy()
})

it('keeps asking, on the page of the household, for those who were declared and are not entered', () => {
  const answered = record('declaration-answer', 700, {
    ...{ declaration: uuid(600), outcome: 'confirmed', residents: [uuid(400)], on: today },
  })
  const { show } = stage([arrival(600, { name: '样老大' }), answered])
  const { unmount } = show(<ClaimedOthers household={uuid(300)} />)
  expect(screen.getByText(/申报来3人，登记了1人，还差2人/)).toBeTruthy()
  expect(screen.getByRole('link', { name: '添一位' }).getAttribute('href')).toBe(
    `/household/${uuid(300)}/add`,
  )
  unmount()
  const joined = [401, 402].map((id) => resident(id, 300, '样小', { joinedOn: today }))
  const { container } = stage([arrival(600, { name: '样老大' }), answered, ...joined]).show(
    <ClaimedOthers household={uuid(300)} />,
  )
  expect(container.textContent).toBe('')
})

it('says what would stand there where nothing waits', () => {
  const { show } = stage()
  show(<Declarations />)
  expect(screen.getByText('没有待核实的申报')).toBeTruthy()
})
