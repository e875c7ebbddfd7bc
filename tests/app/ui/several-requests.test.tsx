/** One step on several requests: one tap makes one step of each, and those that failed are named. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Requests } from '#app/ui/requests/pages/Requests.tsx'
import { createToasts, ToastsContext } from '#app/ui/toasts.ts'
import { gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const at = '2026-11-23T01:00:00.000Z'
const numbers = [1, 2, 3].map((n) => `JJQ-261123-07-0${n}`)
const asked = numbers.flatMap((number, index) => [
  record('request', 10 + index, {
    ...{ number, words: `样例灯${index}`, level: 'ordinary', source: 'door', at },
  }),
  record('request-step', 20 + index, {
    ...{ request: uuid(10 + index), step: 'submit', at, received: at, actor: 'worker' },
    ...{ moved: true, to: 'submitted' },
  }),
])
const requestOf = ({ fields }: Intent) => (fields as { request: string }).request

/** Opens the sheet for one step on all three; each save waits until the test answers it. */
function open() {
  const register = createRegister()
  register.applyPages([page(gridA, asked)])
  const saved: Intent[] = []
  const answers: ((isOnDisk: boolean) => void)[] = []
  const toasts = createToasts()
  let made = 100
  const app = {
    register,
    session: createStore(() => ({
      phase: 'open',
      account: { id: uuid(8), name: '样例', role: 'staff' },
    })),
    today: createStore(() => ({ day: '2026-11-23' })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    now: () => Date.parse('2026-11-23T05:00:00.000Z'),
    work: {
      newId: () => uuid((made += 1)),
      save: (intents: readonly Intent[]) =>
        new Promise((resolve) => {
          saved.push(...intents)
          answers.push((isOnDisk) =>
            resolve(isOnDisk ? { ok: true, saved: {} } : { ok: false, problem: 'disk-full' }),
          )
        }),
    },
    officeActs: {
      hotline: () => Promise.resolve({ ok: false, problem: 'offline' }),
      ask: () => Promise.resolve({ ok: false, problem: 'offline' }),
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={app}>
        <ToastsContext.Provider value={toasts}>
          <Requests />
        </ToastsContext.Provider>
      </PartsContext.Provider>
    </LocationProvider>,
  )
  fireEvent.click(screen.getByRole('button', { name: '多选' }))
  for (const box of screen.getAllByRole('checkbox')) fireEvent.click(box)
  fireEvent.click(screen.getByRole('button', { name: '受理' }))
  const answer = async (nth: number, isOnDisk: boolean) => {
    await waitFor(() => expect(answers.length).toBe(nth))
    answers[nth - 1]?.(isOnDisk)
  }
  const save = screen.getByRole('button', { name: '保存，联网后生效' })
  return { saved, answer, save, toasts }
}

it('makes one step of each with one tap, and is busy from the first to the last', async () => {
  const { saved, answer, save, toasts } = open()
  fireEvent.click(save)
  fireEvent.click(save)
  await waitFor(() => expect(save.getAttribute('aria-busy')).toBe('true'))
  fireEvent.click(save)
  for (const nth of [1, 2, 3]) await answer(nth, true)
  await waitFor(() => expect(toasts.store.getState().toast?.text).toBe('已保存到本机'))
  expect(saved.map(requestOf).sort()).toEqual([10, 11, 12].map(uuid))
  expect(screen.queryByRole('checkbox')).toBeNull()
})

it('names those that were not saved, and another tap saves these alone', async () => {
  const { saved, answer, save, toasts } = open()
  fireEvent.click(save)
  await answer(1, false)
  await answer(2, true)
  await answer(3, true)
  const number = numbers[[10, 11, 12].map(uuid).indexOf(saved.map(requestOf)[0] ?? '')] ?? ''
  await screen.findByText(`2件已保存，1件没有存上：${number}`)
  expect(toasts.store.getState().toast).toBeNull()
  fireEvent.click(save)
  await answer(4, true)
  await waitFor(() => expect(toasts.store.getState().toast?.text).toBe('已保存到本机'))
  expect(saved.map(requestOf)[3]).toBe(saved.map(requestOf)[0])
  expect(saved.length).toBe(4)
})
