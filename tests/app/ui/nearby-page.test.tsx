/** Services of a community: every worker reads them, the office changes them. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChild } from 'preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { ServiceForm } from '#app/ui/places/nearby/NearbyForm.tsx'
import { Services } from '#app/ui/places/nearby/Nearby.tsx'
import { gridA, page, record, today, uuid } from '../register/grid-of-samples.ts'

const service = (n: number, more: object = {}) =>
  record('service', n, {
    ...{ name: '样例助餐点', serviceKind: 'meals', hours: '每天中午', asOf: '2026-11-01' },
    ...more,
  })

function stage(role: 'worker' | 'staff', services = [service(700)]) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      { ...record('place', 2, { placeKind: 'community', name: '样例社区' }), id: gridA },
      ...services,
    ]),
  ])
  const saved: (readonly Intent[])[] = []
  const kept = new Map<string, unknown>()
  const parts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role } })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
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

it('lists by kind what is open, with the day of the last check, and offers a worker nothing to change', () => {
  const services = [
    service(701, { name: '样例托育园', serviceKind: 'nursery', room: 'full' }),
    service(700),
    service(702, { name: '样例旧点', closed: true }),
  ]
  const { show } = stage('worker', services)
  const { unmount } = show(<Services />)
  screen.getByRole('heading', { name: '样例社区' })
  const rows = screen.getAllByRole('link').map(({ textContent }) => textContent)
  expect(rows.filter((text) => text.includes('样例'))).toEqual([
    expect.stringMatching(/样例助餐点.*每天中午.*11月1日 核对/),
    expect.stringMatching(/样例托育园.*满了/),
  ])
  expect(screen.queryByRole('link', { name: '新增服务点' })).toBeNull()
  unmount()
  show(<ServiceForm params={{ service: uuid(700) }} />)
  screen.getByText('每天中午')
  expect(screen.queryByRole('textbox')).toBeNull()
})

it('says how something comes here where there is none', () => {
  stage('worker', []).show(<Services />)
  screen.getByText('还没有服务点')
})

it('is changed by the office, and each save says that it was looked at today', async () => {
  const { show, saved } = stage('staff')
  show(<ServiceForm params={{ service: uuid(700) }} />)
  fireEvent.click(screen.getByRole('radio', { name: '满了' }))
  fireEvent.input(screen.getByRole('textbox', { name: /电话/ }), { target: { value: '没有' } })
  fireEvent.click(screen.getByRole('button', { name: '保存服务点' }))
  expect(saved).toEqual([])
  fireEvent.input(screen.getByRole('textbox', { name: /电话/ }), {
    target: { value: '100-0000-0101' },
  })
  fireEvent.click(screen.getByRole('button', { name: '保存服务点' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([
    {
      ...{ op: 'patch', kind: 'service', record: uuid(700) },
      fields: { name: '样例助餐点', room: 'full', telephone: '100-0000-0101', asOf: today },
    },
  ])
})

it('is old after ninety days: the list says so, and one tap says that nothing changed', async () => {
  const old = service(700, { asOf: '2026-08-01' })
  const list = stage('worker', [old]).show(<Services />)
  screen.getByText(/8月1日 以后没有核对过/)
  list.unmount()
  const { show, saved } = stage('staff', [old])
  show(<ServiceForm params={{ service: uuid(700) }} />)
  fireEvent.click(screen.getByRole('button', { name: '问过了，都没变' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toEqual([
    { op: 'patch', kind: 'service', record: uuid(700), fields: { asOf: today } },
  ])
})

it('comes into the stream of its community', async () => {
  const { show, saved } = stage('staff', [])
  show(<ServiceForm params={{}} />)
  fireEvent.input(screen.getByRole('textbox', { name: /名称/ }), { target: { value: '样例站' } })
  fireEvent.click(screen.getByRole('button', { name: '保存服务点' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([
    { op: 'create', kind: 'service', stream: gridA, fields: { name: '样例站', asOf: today } },
  ])
})
