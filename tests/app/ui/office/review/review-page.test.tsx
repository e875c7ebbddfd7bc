/** The inbox: what waits, narrowed to a kind, and two records that may be one person, settled. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import type { ComponentChild } from 'preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { beforeEach, expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import type { PageLine } from '#protocol/pull.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Review } from '#app/ui/office/review/Review.tsx'
import { ReviewPage } from '#app/ui/office/review/ReviewPage.tsx'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  uuid,
} from '#tests/app/register/grid-of-samples.ts'

beforeEach(() => history.replaceState(null, '', '/review'))

const side = (value: string) => ({ value, at: '2026-11-23T06:00:00.000Z' })
const twin = { birth: '1956-03-04', phones: ['10000001234'], sex: '1' }

/** Two people of one name and birthday, and a field that two set differently. */
const waiting = (): readonly PageLine[] => [
  page(gridA, [
    record('place', 1, { placeKind: 'grid', name: '第一网格' }),
    building(2, '3幢', 1),
    dwelling(3, 2, '1', '301'),
    dwelling(4, 2, '1', '302'),
    household(5, 3),
    household(6, 4),
    resident(7, 5, '样例重名', twin),
    resident(8, 6, '样例重名', { ...twin, workplace: '样例厂' }),
    record('clash', 9, {
      ...{ kind: 'resident', record: uuid(7), field: 'note' },
      ...{ kept: side('a'), lost: side('b') },
    }),
  ]),
]

function stage(devices: object = { ok: true, value: [] }, pages: readonly PageLine[] = waiting()) {
  const saved: (readonly Intent[])[] = []
  const register = createRegister()
  register.applyPages(pages)
  const app = {
    register,
    session: createStore(() => ({
      ...{ phase: 'open', account: { id: uuid(88), name: '样例', role: 'staff' } },
    })),
    sync: createStore(() => ({
      ...{ phase: 'up-to-date', unsent: [], lastSync: null, damage: { work: 0 }, problem: null },
    })),
    today: createStore(() => ({ day: '2026-11-23' })),
    officeActs: { devices: () => Promise.resolve(devices) },
    now: () => Date.parse('2026-11-23T02:00:00.000Z'),
    work: {
      newId: () => uuid(500),
      save: (intents: readonly Intent[]) => {
        saved.push(intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={app}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  return { saved, show }
}

const items = () => screen.getAllByRole('link').map((link) => link.getAttribute('href') ?? '')

it('lists what waits of every kind, and on demand of one', async () => {
  stage().show(<Review />)
  await screen.findByText(/3幢1单元301室.*3幢1单元302室/)
  expect(items()).toEqual([`/review/clash/${uuid(9)}`, `/review/pair/${uuid(7)}/${uuid(8)}`])
  fireEvent.click(screen.getByRole('button', { name: '改得不一样 1' }))
  await waitFor(() => expect(items()).toEqual([`/review/clash/${uuid(9)}`]))
})

it.each([
  ['都处理完了', 1],
  ['这台设备上存的网格，都处理完了', 0],
])('says "%s" where nothing waits', async (said, to) => {
  const grid = (id: number) => [record('place', id, { placeKind: 'grid', name: `网格${id}` })]
  stage(undefined, [page(gridA, grid(1)), page(uuid(2), grid(2), { to })]).show(<Review />)
  await screen.findByText(said)
})

it('says that other devices were not asked where the office does not answer', async () => {
  stage({ ok: false, problem: 'offline' }).show(<Review />)
  await screen.findByRole('button', { name: '再看一次' })
})

it('settles a pair, and shows the person masked until somebody says why they look', async () => {
  const { saved, show } = stage()
  show(<ReviewPage params={{ kind: 'pair', id: uuid(7), second: uuid(8) }} />)
  fireEvent.click(await screen.findByRole('button', { name: '不是同一个人' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.every(({ kind }) => kind === 'resident')).toBe(true)
  expect(document.body.textContent).not.toContain('样例重名')
  expect(document.body.textContent).not.toContain('10000001234')
})
