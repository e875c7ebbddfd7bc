/** A request's page: what waits is never called done, and what came too late is a proposal, to be meant again or dropped. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { createUnsent } from '#app/sync/unsent.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { RequestPage } from '#app/ui/requests/pages/RequestPage.tsx'
import { gridA, mutation, page, record, uuid } from '#tests/app/register/grid-of-samples.ts'

const at = (hour: string) => `2026-11-23T${hour}:00:00.000Z`
const step = (id: number, name: string, more: object = {}) =>
  record('request-step', id, {
    ...{ request: uuid(10), step: name, at: at('01'), received: at('01'), actor: 'staff' },
    ...{ moved: true },
    ...more,
  })
const asked = [
  record('request', 10, {
    ...{ number: 'JJQ-261123-07-01', words: '样例灯不亮', level: 'ordinary', source: 'door' },
    at: at('00'),
  }),
  step(11, 'submit', { to: 'submitted', actor: 'worker' }),
]

function open(more: readonly ReturnType<typeof record>[] = []) {
  const register = createRegister()
  register.applyPages([page(gridA, [...asked, ...more])])
  const unsent = createUnsent(register, () => undefined)
  const items = () => unsent.items()
  const mended: object[] = []
  const dropped: string[] = []
  const sync = createStore(() => ({
    ...{ phase: 'up-to-date', refused: [], lastSync: null },
    unsent: items(),
  }))
  const app = {
    register,
    work: {},
    sync,
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role: 'staff' } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    now: () => Date.parse(at('05')),
    syncActs: {
      mend: (id: string, fieldsOf: (item: UnsentItem) => object) => {
        const item = items().find((one) => one.mutation.id === id)
        if (item) mended.push(fieldsOf(item))
        return Promise.resolve()
      },
      giveUp: (id: string) => {
        dropped.push(id)
        return Promise.resolve()
      },
    },
  } as unknown as DeviceParts
  const show = () =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={app}>
          <RequestPage params={{ request: uuid(10) }} />
        </PartsContext.Provider>
      </LocationProvider>,
    )
  const tell = () => sync.setState({ unsent: items() })
  return { unsent, show, tell, mended, dropped }
}
const dispatch = mutation('create', 'request-step', 20, {
  ...{ request: uuid(10), step: 'dispatch', at: at('02'), after: uuid(12), unit: uuid(30) },
})
const accepted = step(12, 'accept', { from: 'submitted', to: 'accepted' })

it('says of an act that waits that it counts once the office has it, and never that it was done', async () => {
  const { unsent, show } = open([accepted])
  unsent.saved([dispatch])
  show()
  await screen.findByText('已存，联网后分派')
  expect(screen.queryByText('已分派')).toBeNull()
})

it('shows an act that came too late as a proposal, which is meant again on what stands now', async () => {
  const sent = step(13, 'dispatch', { from: 'accepted', to: 'assigned', unit: uuid(31) })
  const { unsent, show, tell, mended, dropped } = open([accepted, sent])
  unsent.saved([dispatch])
  const { id, seq } = dispatch
  unsent.answered([{ id, seq, ok: false, problem: 'changed-meanwhile' }])
  tell()
  show()
  await screen.findByText('没有生效的操作')
  // It stands in no course: the request is where the office has it.
  expect(screen.getByText('已分派')).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: '按现在的情况办' }))
  await waitFor(() => expect(mended).toHaveLength(1))
  expect(mended[0]).toMatchObject({ step: 'dispatch', after: uuid(13), at: at('05') })
  fireEvent.click(screen.getByRole('button', { name: '不办了' }))
  expect(dropped).toEqual([id])
})

it('offers nothing but to drop it where it cannot be done any more', async () => {
  const withdrawn = step(13, 'withdraw', { from: 'accepted', to: 'withdrawn' })
  const { unsent, show, tell } = open([accepted, withdrawn])
  unsent.saved([dispatch])
  unsent.answered([{ id: dispatch.id, seq: dispatch.seq, ok: false, problem: 'changed-meanwhile' }])
  tell()
  show()
  await screen.findByText('现在不能这样办了。')
  expect(screen.queryByRole('button', { name: '按现在的情况办' })).toBeNull()
})
