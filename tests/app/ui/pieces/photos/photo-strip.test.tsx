/** Photographs of a record: small ones at once, how each stands, and nothing where there is none. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { PhotosOnWay } from '#app/ui/pieces/photos/PhotosOnWay.tsx'
import { PhotoStrip } from '#app/ui/pieces/photos/PhotoStrip.tsx'
import { gridA, page, record, uuid } from '#tests/app/register/grid-of-samples.ts'

const picture = {
  ...{ host: uuid(500), takenAt: '2026-11-23T01:30:00.000Z', thumbnail: 'AAAA', bytes: 3 },
  ...{ width: 4, height: 3, sha256: 'a'.repeat(64), key: 'AAAA', chunks: 1, hashes: [] },
}

function parts(photos: readonly object[], states: readonly [string, string][] = []) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '样例网格' }),
      ...photos.map((more, index) => record('photo', 600 + index, { ...picture, ...more })),
    ]),
  ])
  const taken: unknown[] = []
  return {
    taken,
    handed: {
      register,
      session: createStore(() => ({ account: { id: uuid(8), role: 'staff' } })),
      sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
      preferences: createStore(() => ({ language: 'zh-CN' })),
      photos: () =>
        Promise.resolve({
          states: () => Promise.resolve(new Map(states)),
          open: () => Promise.resolve({ ok: false, problem: 'offline' }),
          takeAway: (photo: unknown) => void taken.push(photo),
        }),
    } as unknown as DeviceParts,
  }
}

it('draws nothing for a record without photographs', () => {
  const { handed } = parts([])
  const { container } = render(
    <PartsContext.Provider value={handed}>
      <PhotoStrip host={uuid(500)} />
    </PartsContext.Provider>,
  )
  expect(container.textContent).toBe('')
  expect(container.querySelector('img')).toBeNull()
})

it('shows each at once from the record, and says how many are still on their way', () => {
  const { handed } = parts([{}, { arrivedAt: '2026-11-23T02:00:00.000Z' }, { host: uuid(501) }])
  render(
    <PartsContext.Provider value={handed}>
      <PhotoStrip host={uuid(500)} />
    </PartsContext.Provider>,
  )
  expect(screen.getAllByRole('button').map((one) => one.getAttribute('aria-label'))).toEqual([
    '第1张照片',
    '第2张照片',
  ])
  expect(screen.getByText(/1张/)).toBeTruthy()
})

it('says of the one that is opened that it waits on this device, and does not let it be taken away', async () => {
  const { handed } = parts([{}], [[uuid(600), 'waiting']])
  render(
    <PartsContext.Provider value={handed}>
      <PhotoStrip host={uuid(500)} />
    </PartsContext.Provider>,
  )
  fireEvent.click(screen.getByRole('button', { name: '第1张照片' }))
  await screen.findByText(/还在本机，等联网发送/)
  expect(screen.queryAllByRole('button').filter((one) => /拿掉|删/.test(one.textContent))).toEqual(
    [],
  )
})

it('counts what this device has still to send, and is silent where that is nothing', async () => {
  const { handed } = parts([], [[uuid(600), 'waiting'], [uuid(601), 'delivered']]) // prettier-ignore
  const { container, unmount } = render(
    <PartsContext.Provider value={handed}>
      <PhotosOnWay hasFile />
    </PartsContext.Provider>,
  )
  await screen.findByText(/1张/)
  unmount()
  const quiet = render(
    <PartsContext.Provider value={parts([]).handed}>
      <PhotosOnWay hasFile />
    </PartsContext.Provider>,
  )
  await Promise.resolve()
  expect(quiet.container.textContent).toBe('')
  expect(container.textContent).toBe('')
})
