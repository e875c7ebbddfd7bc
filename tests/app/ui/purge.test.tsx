/** 到期清单 as an office answers to it: keep, mend the date, and agree to a purge that waits. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Purge } from '#app/ui/privacy/purge/Purge.tsx'
import type { PurgeList } from '#protocol/purge.ts'
import { gridA, page, resident, uuid } from '../register/grid-of-samples.ts'

const person = {
  ...{ stream: gridA, record: uuid(10), day: '2026-05-20', received: '2026-05-28' },
  ...{ due: '2026-11-24', listedOn: '2026-10-30', daysLeft: 6 },
}
const listed = (more: Partial<PurgeList> = {}): PurgeList => ({
  ...{
    ok: true,
    today: '2026-11-23',
    holds: [],
    visits: [],
    requests: [],
    kept: [],
    peopleInAll: 1,
  },
  people: [{ ...person, name: '样例甲', why: 'moved-out' }],
  ...more,
})

function open(list: PurgeList, requests: readonly object[] = []) {
  const register = createRegister()
  register.applyPages([page(gridA, [resident(10, 5, '样例甲', { movedOutOn: person.day })])])
  const sent: (readonly [string, unknown])[] = []
  const send = (name: string) => (request: unknown) => {
    sent.push([name, request])
    return Promise.resolve({ ok: true, value: null })
  }
  const acts = {
    list: {
      last: () => Promise.resolve(null),
      now: () => Promise.resolve({ ok: true, value: list }),
    },
    requests: () => Promise.resolve({ ok: true, value: { requests, inAll: requests.length } }),
    ...{ keep: send('keep'), letGo: send('letGo'), agree: send('agree') },
  }
  const app = {
    register,
    work: {},
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role: 'admin' } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    now: () => Date.parse('2026-11-23T02:00:00Z'),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    officeActs: { purge: () => Promise.resolve({ ok: true, value: acts }) },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={app}>
        <Purge />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return sent
}
const tap = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))

it('names who goes, why and until when, and keeps whom somebody says', async () => {
  const sent = open(listed())
  await screen.findByText('样例甲')
  expect(screen.getByText(/搬走：/)).toBeDefined()
  expect(screen.getByText(/还要列6天才能清除/)).toBeDefined()
  await tap('还留着')
  await waitFor(() => expect(sent).toEqual([['keep', { stream: gridA, record: uuid(10) }]]))
})

it('offers to mend the date, also as never gone', async () => {
  open(listed())
  await tap('日期不对')
  await screen.findByRole('button', { name: '没有搬走' })
  await tap('改成这个日期')
  await screen.findByText('请填今天或以前的日期')
})

it('agrees to much at once only with the number that somebody counted', async () => {
  const at = '2026-11-23T00:00:00.000Z'
  const hold = {
    ...{ place: uuid(1), at, firstBy: null, why: 'share' as const },
    ...{
      due: { people: 60, visits: 2, requests: 3 },
      usual: { people: 5, visits: 9, requests: 8 },
    },
  }
  const sent = open(listed({ holds: [hold] }))
  await screen.findByText('要清除60人、2条走访等记录、3件诉求、议题和基金账')
  const agree = screen.getByRole<HTMLButtonElement>('button', { name: '同意清除' })
  expect(agree.disabled).toBe(true)
  fireEvent.input(screen.getByLabelText(/^一共要清除多少条/), { target: { value: '65' } })
  await waitFor(() => expect(agree.disabled).toBe(false))
  fireEvent.click(agree)
  await waitFor(() => expect(sent).toEqual([['agree', { place: uuid(1), at, said: '65' }]]))
})

it('names requests that ended long ago by their number, and keeps one', async () => {
  const stream = gridA
  const request = {
    ...{ stream, record: uuid(20), day: '2026-05-20', received: null, due: '2026-11-24' },
    ...{ listedOn: '2026-10-30', daysLeft: 6, rule: 'asker', request: uuid(21) },
    number: 'JJQ-260501-07-03',
  }
  const counted = { stream, rule: 'asker' as const, count: 1, due: '2026-11-24' }
  const sent = open(listed({ people: [], peopleInAll: 0, requests: [counted] }), [request])
  await tap('看是哪些')
  await screen.findByText(/JJQ-260501-07-03，.*结束，清除联系方式/)
  await tap('还留着')
  await waitFor(() => expect(sent).toEqual([['keep', { stream, record: uuid(20) }]]))
})

it('counts declarations, voices and plates by grid', async () => {
  const others = (['declaration', 'voice', 'vehicle'] as const).map((rule, at) => ({
    ...{ stream: gridA, rule, count: at + 2, due: '2026-11-24' },
  }))
  open(listed({ people: [], peopleInAll: 0, others }))
  await screen.findByText(/^2份来人走人申报，最早保存到/)
  screen.getByText(/^3份各户意见，最早保存到/)
  screen.getByText(/^4个车牌，最早保存到/)
  expect(screen.queryByText('没有快到期的')).toBeNull()
})

it('says where nothing is near its time', async () => {
  open(listed({ people: [], peopleInAll: 0 }))
  await screen.findByText('没有快到期的')
})
