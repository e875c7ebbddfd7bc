/** Places and people as several pages have them: the last that was told, then the newest; nothing once it is locked. */
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { PlaceList } from '#protocol/places.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { SessionState } from '#app/stores/session-state.ts'
import { placesOf } from '#app/acts/known-places.ts'

const listOf = (login: string): PlaceList => ({
  ok: true,
  figures: [],
  accounts: [
    {
      ...{ id: login, login, name: login, role: 'worker', places: [] },
      ...{ closedAt: null, oneTimeUntil: null, kept: true },
    },
  ],
})

function stage(last: PlaceList | null = null) {
  const session = createStore<Pick<SessionState, 'phase'>>(() => ({ phase: 'open' }))
  const asked: ((answer: OfficeAnswer<PlaceList>) => void)[] = []
  const list = {
    last: () => Promise.resolve(last),
    now: () => new Promise<OfficeAnswer<PlaceList>>((resolve) => asked.push(resolve)),
  }
  const app = {
    session,
    officeActs: { places: () => Promise.resolve({ ok: true, value: { list } }) },
  } as unknown as DeviceParts
  const store = placesOf(app)
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  const load = () => {
    const loaded = store.getState().load()
    return settle().then(() => ({ loaded }))
  }
  const logins = () => store.getState().told?.accounts.map(({ login }) => login) ?? null
  return { app, session, store, asked, load, logins }
}

it('shows what was told last until the office answers', async () => {
  const { load, asked, logins, store } = stage(listOf('before'))
  const { loaded } = await load()
  expect(logins()).toEqual(['before'])
  expect(store.getState().isAsking).toBe(true)
  asked[0]?.({ ok: true, value: listOf('now') })
  await loaded
  expect(logins()).toEqual(['now'])
  expect(store.getState()).toMatchObject({ isAsking: false, problem: null })
})

it('keeps it where the office does not answer, and says why', async () => {
  const { load, asked, logins, store } = stage(listOf('before'))
  const { loaded } = await load()
  asked[0]?.({ ok: false, problem: 'offline' })
  await loaded
  expect(logins()).toEqual(['before'])
  expect(store.getState()).toMatchObject({ isAsking: false, problem: 'offline' })
})

it('lets no answer from before an act come after the one that followed it', async () => {
  const { load, asked, logins } = stage()
  const first = await load()
  const second = await load()
  asked[1]?.({ ok: true, value: listOf('after') })
  await second.loaded
  asked[0]?.({ ok: true, value: listOf('before') })
  await first.loaded
  expect(logins()).toEqual(['after'])
})

it('forgets everything when the device is locked, also what comes after that', async () => {
  const { load, asked, logins, session, app } = stage()
  const first = await load()
  asked[0]?.({ ok: true, value: listOf('mine') })
  await first.loaded
  const second = await load()
  session.setState({ phase: 'locked' })
  expect(logins()).toBeNull()
  asked[1]?.({ ok: true, value: listOf('mine') })
  await second.loaded
  expect(logins()).toBeNull()
  expect(placesOf(app)).toBe(placesOf(app))
})
