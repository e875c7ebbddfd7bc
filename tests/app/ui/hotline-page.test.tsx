/** What waits from a hotline, with an office whose answers are lost or refused: nothing half written goes, nothing is done twice. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { HotlineAnswer, TurnAway, WaitingRequest } from '#protocol/hotline.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Hotline } from '#app/ui/requests/hotline/Hotline.tsx'
import { gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const one = (id: number): WaitingRequest => ({
  ...{ id: uuid(id), number: `RX-261123-0A-${id}`, system: '样例热线', outsideNumber: `H-${id}` },
  ...{ place: gridA, item: null, itemName: null, words: '样例灯不亮', where: null, name: '样*线' },
  ...{ hasTelephone: false, until: null, additions: [] },
  ...{ askedAt: '2026-11-23T01:00:00.000Z', receivedAt: '2026-11-23T01:00:00.000Z' },
})

function stage() {
  const register = createRegister()
  register.applyPages([
    page(gridA, [record('place', 1, { placeKind: 'grid', name: '第一网格' }, { id: gridA })]),
  ])
  const state: {
    waiting: WaitingRequest[]
    reads: OfficeAnswer<HotlineAnswer>[]
    answers: OfficeAnswer<unknown>[]
  } = { waiting: [one(50), one(51)], reads: [], answers: [] }
  const asked: TurnAway[] = []
  const answered = (): OfficeAnswer<HotlineAnswer> => {
    const { waiting } = state
    const value = { isOn: true, systems: [], waiting, count: waiting.length }
    return { ok: true, value: { ok: true, ...value } }
  }
  const acts = {
    read: () => Promise.resolve(state.reads.shift() ?? answered()),
    turnAway(request: TurnAway) {
      asked.push(request)
      return Promise.resolve(state.answers.shift() ?? { ok: true, value: null })
    },
  }
  const kept = new Map<string, unknown>()
  let ids = 1_000
  const app = {
    register,
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role: 'staff' } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    work: { newId: () => uuid((ids += 1)) },
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    officeActs: { hotline: () => Promise.resolve({ ok: true, value: acts }) },
  } as unknown as DeviceParts
  const show = () =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={app}>
          <Hotline />
        </PartsContext.Provider>
      </LocationProvider>,
    )
  return { state, asked, kept, show }
}

const turnAway = (words: string) => {
  fireEvent.input(screen.getByLabelText(/给热线的话/), { target: { value: words } })
  const buttons = screen.getAllByRole('button', { name: '退回' })
  const [yes] = buttons
  if (yes) fireEvent.click(yes)
}
async function begin(): Promise<void> {
  const [first] = await screen.findAllByRole('button', { name: '退回' })
  if (first) fireEvent.click(first)
  await screen.findByLabelText(/给热线的话/)
}
const offline = { ok: false, problem: 'offline' } as const

it('keeps the list and what is half written where the next list does not come', async () => {
  const { state, kept, show } = stage()
  const { unmount } = show()
  await begin()
  state.answers.push({ ok: false, problem: 'server-fault' })
  state.reads.push(offline)
  turnAway('样例：请联系邻区')
  await screen.findByText('没有网络，联网后再看')
  const words = screen.getByLabelText<HTMLTextAreaElement>(/给热线的话/)
  expect(words.value).toBe('样例：请联系邻区')
  expect(screen.getByText(/对方编号H-51/)).toBeTruthy()
  unmount()
  show()
  const again = await screen.findByLabelText<HTMLTextAreaElement>(/给热线的话/)
  expect(again.value).toBe('样例：请联系邻区')
  fireEvent.click(screen.getByRole('button', { name: '取消' }))
  await waitFor(() => expect(screen.queryByLabelText(/给热线的话/)).toBeNull())
  expect([...kept.keys()].filter((key) => key.startsWith('hotline-away'))).toEqual([])
})

it('asks under the same id until it is known whether it was done, and then it is another act', async () => {
  const { state, asked, show } = stage()
  show()
  await begin()
  for (const problem of ['offline', 'server-fault', 'unreadable-answer'] as const) {
    state.answers.push({ ok: false, problem })
    const before = asked.length
    turnAway('样例：请联系邻区')
    await waitFor(() => expect(asked).toHaveLength(before + 1))
    await waitFor(() =>
      expect(screen.getAllByRole('button', { name: '退回' })[0]?.hasAttribute('disabled')).toBe(
        false,
      ),
    )
  }
  expect(new Set(asked.map(({ act }) => act)).size).toBe(1)
})

it('takes away what was decided, also where the next list is lost, and says why what is gone was not', async () => {
  const { state, asked, show } = stage()
  show()
  await begin()
  state.reads.push(offline)
  turnAway('样例：请联系邻区')
  await waitFor(() => expect(screen.queryByText(/对方编号H-50/)).toBeNull())
  screen.getByText(/对方编号H-51/)
  expect(asked).toHaveLength(1)
  await begin()
  state.answers.push({ ok: false, problem: 'changed-meanwhile' })
  state.waiting = []
  turnAway('样例：请联系邻区')
  await screen.findByText(/^RX-261123-0A-51：/)
  screen.getByText('没有待放行的来件')
})
