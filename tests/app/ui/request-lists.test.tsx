/** The numbers of requests and the lists behind them: for whom they are a way, and that a list stands as it was opened. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import type { ComponentChild } from 'preact'
import { LocationProvider } from 'preact-iso'
import { beforeEach, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { RequestListPage } from '#app/ui/requests/pages/RequestListPage.tsx'
import { RequestOverview } from '#app/ui/requests/pages/RequestOverview.tsx'
import { building, gridA, page, record, uuid } from '../register/grid-of-samples.ts'

beforeEach(() => history.replaceState(null, '', '/'))

const figures = (key: string | null, name: string | null) => ({
  ...{ key, name, open: 3, late: 1, fresh: 2, answered: 9 },
  ...{ inTime: 88, solved: 80, content: 70 },
})
const overview = {
  ...{ ok: true, at: '2026-11-23T02:00:00.000Z', day: '2026-11-23', least: 5, place: gridA },
  ...{ all: figures(null, null), supervised: 0, asked: 0 },
  ...{ byItem: [figures(uuid(40), '样例灯')], byUnit: [figures(uuid(41), null)], byPlace: [] },
  spots: [{ building: uuid(100), stream: gridA, item: uuid(40), name: '样例灯', count: 3 }],
  ...{ weeks: [], months: [], kinds: [] },
}
const listed = (id: number) => ({
  ...{
    request: uuid(id),
    stream: gridA,
    number: `JJQ-261123-07-${id}`,
    item: null,
    name: '样例灯',
  },
  ...{ state: 'submitted', level: 'ordinary', round: 0, unit: null, building: null, promise: null },
  ...{ isProvisional: false, isPaused: false, supervision: null, ending: null },
})

function stage(role: string) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '第一网格' }, { id: gridA }),
      building(100, '3幢', 1),
      record('request', 10, {
        ...{ number: 'JJQ-261123-07-10', words: '样例灯不亮', level: 'ordinary', source: 'door' },
        at: '2026-11-23T00:00:00.000Z',
      }),
    ]),
  ])
  const asked: string[] = []
  const acts = {
    requests: () => ({
      last: () => Promise.resolve(null),
      now: () => Promise.resolve({ ok: true, value: overview }),
    }),
    requestList: (_: string, query: string) => {
      asked.push(query)
      const isSecond = query.includes('after=')
      const requests = isSecond ? [listed(12)] : [listed(10), listed(11)]
      const value = { ok: true, at: overview.at, total: 3, next: isSecond ? null : 'two', requests }
      return Promise.resolve({ ok: true, value })
    },
  }
  const app = {
    register,
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    now: () => Date.parse(overview.at),
    officeActs: { overview: () => Promise.resolve({ ok: true, value: acts }) },
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={app}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  return { show, asked }
}

it('leads whoever may see a list from each number to it', async () => {
  stage('staff').show(<RequestOverview params={{ place: gridA }} />)
  await screen.findByText('3幢', { exact: false })
  const ways = document.querySelectorAll(`a[href^="/requests/list/${gridA}"]`)
  expect(ways).toHaveLength(5 + 1 + 1 + 1)
})

it('shows whoever may not the numbers alone, with no way to a page that is not theirs', async () => {
  history.replaceState(null, '', `/requests/overview/${gridA}`)
  stage('auditor').show(<RequestOverview params={{ place: gridA }} />)
  await screen.findByText('3幢', { exact: false })
  expect(screen.getAllByText('样例灯', { exact: false }).length).toBeGreaterThan(1)
  expect(document.querySelectorAll('a[href^="/requests/list"]')).toHaveLength(0)
  fireEvent.click(screen.getByRole('button', { name: '返回' }))
  await waitFor(() => expect(location.pathname).toBe('/requests/overview'))
})

it('keeps the list as it was opened while a request is open beside it', async () => {
  history.replaceState(null, '', `/requests/list/${gridA}?listing=late`)
  const { show, asked } = stage('staff')
  show(<RequestListPage params={{ place: gridA }} />)
  fireEvent.click(await screen.findByRole('button', { name: '再取一页' }))
  await screen.findByText(/07-12/)
  const [link] = screen.getAllByRole('link')
  if (link) fireEvent.click(link)
  await waitFor(() => expect(location.pathname).toBe(`/request/${uuid(10)}`))
  history.back()
  await waitFor(() => expect(location.pathname).toBe(`/requests/list/${gridA}`))
  await screen.findByText(/07-12/)
  expect(asked).toEqual(['listing=late', 'listing=late&after=two'])
  expect(screen.getAllByText(/JJQ-/)).toHaveLength(3)
})
