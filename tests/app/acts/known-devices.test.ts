/** Devices as several pages have them: asked for once at a time, never shown as sure when they are not, gone when locked. */
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { ListedDevice } from '#protocol/device.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { SessionState } from '#app/stores/session-state.ts'
import { devicesOf } from '#app/acts/known-devices.ts'

type Answer = OfficeAnswer<readonly ListedDevice[]>

const listOf = (id: string) => [{ id }] as unknown as readonly ListedDevice[]

function stage() {
  const session = createStore<Pick<SessionState, 'phase'>>(() => ({ phase: 'open' }))
  const asked: ((answer: Answer) => void)[] = []
  const devices = () => new Promise<Answer>((resolve) => asked.push(resolve))
  const app = { session, officeActs: { devices } } as unknown as DeviceParts
  const store = devicesOf(app)
  const ids = () => store.getState().list.map(({ id }) => id)
  return { app, session, store, asked, ids }
}

it('are asked for once, however many pages want them', async () => {
  const { app, store, asked, ids } = stage()
  const both = [store.getState().load(), devicesOf(app).getState().load()]
  expect(asked).toHaveLength(1)
  asked[0]?.({ ok: true, value: listOf('mine') })
  await Promise.all(both)
  expect(ids()).toEqual(['mine'])
  expect(store.getState().state).toBe('known')
})

it('are not shown where the office no longer tells them', async () => {
  const { store, asked, ids } = stage()
  const first = store.getState().load()
  asked[0]?.({ ok: true, value: listOf('mine') })
  await first
  const second = store.getState().load()
  asked[1]?.({ ok: false, problem: 'offline' })
  await second
  expect(ids()).toEqual([])
  expect(store.getState().state).toBe('offline')
})

it('are forgotten when the device is locked, also those that come after that', async () => {
  const { session, store, asked, ids } = stage()
  const first = store.getState().load()
  asked[0]?.({ ok: true, value: listOf('mine') })
  await first
  const second = store.getState().load()
  session.setState({ phase: 'locked' })
  expect(ids()).toEqual([])
  session.setState({ phase: 'open' })
  const third = store.getState().load()
  asked[1]?.({ ok: true, value: listOf('mine') })
  asked[2]?.({ ok: true, value: listOf('theirs') })
  await Promise.all([second, third])
  expect(ids()).toEqual(['theirs'])
})
