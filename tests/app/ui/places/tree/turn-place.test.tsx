/** The kind of a place changed on screen: what stands in the way is said before anything is sent. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { beforeEach, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { PlaceList, TurnPlace as Turn } from '#protocol/places.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { placesOf } from '#app/acts/known-places.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { TurnPlace } from '#app/ui/places/tree/TurnPlace.tsx'
import { page, record, uuid } from '#tests/app/register/grid-of-samples.ts'

const [root, community, grid, other, me] = [90, 91, 1, 2, 93].map(uuid) as [
  ...[string, string, string],
  ...[string, string],
]
const place = (id: string, placeKind: string, parent: string | null, name: string) =>
  page(id, [record('place', 1, { placeKind, parent, name }, { id, version: 1 })])

async function show(node: string) {
  const register = createRegister()
  register.applyPages([
    place(root, 'subdistrict', null, '样例街道'),
    place(community, 'community', root, '样例社区'),
    place(grid, 'grid', community, '第一网格'),
    place(other, 'grid', community, '第二网格'),
  ])
  const account = { id: me, login: 'admin', name: '样例', role: 'admin' as const, places: [root] }
  const value: PlaceList = {
    ok: true,
    figures: [],
    accounts: [{ ...account, closedAt: null, oneTimeUntil: null, kept: false }],
  }
  const sent: Turn[] = []
  const acts = {
    list: { last: () => Promise.resolve(null), now: () => Promise.resolve({ ok: true, value }) },
    act(_: string, request: Turn) {
      sent.push(request)
      return Promise.resolve({ ok: true, value: null })
    },
  }
  const app = {
    register,
    session: createStore(() => ({ phase: 'open', account })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], damage: {}, lastSync: null })),
    syncActs: { syncNow() {} },
    today: createStore(() => ({ day: '2026-11-23' })),
    now: () => Date.parse('2026-11-23T02:00:00Z'),
    work: { newId: () => uuid(1_000) },
    drafts: { get: () => undefined, set() {}, remove() {} },
    officeActs: { places: () => Promise.resolve({ ok: true, value: acts }) },
  } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={app}>
      <LocationProvider>
        <TurnPlace params={{ place: node }} />
      </LocationProvider>
    </PartsContext.Provider>,
  )
  await waitFor(() => expect(placesOf(app).getState().told).not.toBeNull())
  return sent
}
const choose = (label: RegExp, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } })

beforeEach(() => history.replaceState(null, '', '/'))

it('is sent where nothing is in the way, and back to the place', async () => {
  const sent = await show(community)
  choose(/^改成/, 'village')
  fireEvent.click(screen.getByRole('button', { name: '确定改' }))
  await waitFor(() => expect(location.pathname).toBe(`/places/${community}`))
  expect(sent).toMatchObject([
    { place: community, placeKind: 'village', parent: root, before: 'community' },
  ])
})

it('asks under which grid a micro-grid stands', async () => {
  const sent = await show(grid)
  choose(/^改成/, 'micro-grid')
  fireEvent.click(screen.getByRole('button', { name: '确定改' }))
  expect(sent).toEqual([])
  choose(/放在哪里下面/, other)
  fireEvent.click(screen.getByRole('button', { name: '确定改' }))
  await waitFor(() => expect(sent).toMatchObject([{ place: grid, parent: other, before: 'grid' }]))
})

it('says what stands in the way, and sends nothing', async () => {
  const sent = await show(community)
  choose(/^改成/, 'unit')
  screen.getByText('下面还有网格，承办单位下面不能有。请先把它们划走或关闭。')
  fireEvent.click(screen.getByRole('button', { name: '确定改' }))
  expect(sent).toEqual([])
})
