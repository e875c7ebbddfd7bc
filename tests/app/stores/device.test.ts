/** The browser is asked to keep the data when it is likely to agree, and never with a question that nobody expects. */
import { expect, it, vi } from 'vitest'
import { createDevice, type DevicePieces } from '#app/stores/device.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'

function createSettings() {
  const values = new Map<string, unknown>()
  return {
    get: (key: string) => Promise.resolve(values.get(key)),
    set: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  }
}

function create(isQuiet: boolean, isKept: boolean, more: Partial<DevicePieces> = {}) {
  let change: (installable: boolean) => void = () => {}
  const persist = vi.fn(async () => isKept)
  const device = createDevice({
    clock: createManualClock(),
    settings: createSettings(),
    watchForUpdate: () => ({ activate() {} }),
    watchInstall(onChange) {
      change = onChange
      return { install: () => Promise.resolve() }
    },
    storage: {
      isQuiet,
      estimate: () => Promise.resolve({ used: 1, quota: 2, persisted: isKept }),
      persist,
    },
    ...more,
  })
  return { device, persist, change: (installable: boolean) => change(installable) }
}

it('is asked once with the first unsent work, and again when the app was put on the home screen', async () => {
  const { device, persist, change } = create(true, true)
  device.guard()
  device.guard()
  expect(persist).toHaveBeenCalledTimes(1)
  await vi.waitFor(() => expect(device.store.getState().storage?.persisted).toBe(true), 30_000)
  change(true)
  expect(persist).toHaveBeenCalledTimes(1)
  change(false)
  expect(persist).toHaveBeenCalledTimes(2)
})

it('is left to the button where the browser shows a question, and a refusal is said', async () => {
  const { device, persist } = create(false, false)
  device.guard()
  expect(persist).not.toHaveBeenCalled()
  await device.acts.persist()
  expect(device.store.getState()).toMatchObject({ isKeepingRefused: true })
})

it('says that the app starts without a connection once its files must be on the disk', async () => {
  const clock = createManualClock()
  const settings = createSettings()
  let keep = () => {}
  const kept = new Promise<void>((resolve) => (keep = resolve))
  const start = (build: string) =>
    create(true, true, { clock, settings, appFiles: { build, kept } })
  const { device } = start('one')
  const said = () => device.store.getState().offlineStart
  clock.advance(60_000)
  expect(said()).toBe('preparing')
  keep()
  await vi.waitFor(() => expect(clock.next()).not.toBeNull(), 30_000)
  clock.advance(44_999)
  expect(said()).toBe('preparing')
  clock.advance(1)
  expect(said()).toBe('ready')

  // The same build says so at its next start; the files of another one have to be written first.
  const again = start('one').device.store
  await vi.waitFor(() => expect(again.getState().offlineStart).toBe('ready'), 30_000)
  const newer = start('two').device.store
  await vi.waitFor(() => expect(clock.next()).not.toBeNull(), 30_000)
  expect(newer.getState().offlineStart).toBe('preparing')
})

it('says that a browser without a service worker keeps no app', () => {
  expect(create(true, true).device.store.getState().offlineStart).toBe('never')
})
