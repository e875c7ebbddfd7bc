import { expect, it } from 'vitest'
import { createDeviceStorage } from '#app/platform/storage.ts'

it('says how much is used and whether it may be evicted', async () => {
  const storage = createDeviceStorage({
    estimate: async () => ({ usage: 5, quota: 100 }),
    persisted: async () => true,
    persist: async () => true,
  })
  expect(await storage.estimate()).toEqual({ used: 5, quota: 100, persisted: true })
  expect(await storage.persist()).toBe(true)
})

it('says nothing where the browser does not, or refuses to', async () => {
  const refuse = () => Promise.reject(new TypeError('refused'))
  const refused = createDeviceStorage({ estimate: refuse, persisted: refuse, persist: refuse })
  const silent = createDeviceStorage({
    estimate: async () => ({}),
    persisted: async () => false,
    persist: async () => false,
  })
  const old = createDeviceStorage({ estimate: async () => ({ usage: 1, quota: 2 }) })
  for (const storage of [refused, silent]) {
    expect(await storage.estimate()).toBeNull()
    expect(await storage.persist()).toBe(false)
  }
  expect(await old.estimate()).toEqual({ used: 1, quota: 2, persisted: false })
  expect(await old.persist()).toBe(false)
})

it('may be asked without troubling anybody, but for Firefox, which shows a question', () => {
  expect(createDeviceStorage({}, 'Mozilla/5.0 Chrome/109.0 Safari/537.36').isQuiet).toBe(true)
  expect(createDeviceStorage({}, 'Mozilla/5.0 Gecko/20100101 Firefox/115.0').isQuiet).toBe(false)
})
