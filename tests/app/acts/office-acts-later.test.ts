/** The office's acts come with a script of their own: with the first act, once, and again where it did not come. */
import { expect, it, vi } from 'vitest'
import type { OfficeActs } from '#app/acts/office-acts.ts'
import { createOfficeActsLater } from '#app/acts/office-acts-later.ts'

const real = { revoke: (device: string) => Promise.resolve({ ok: true, value: device }) }

it('fetches nothing before the first act, and then once for all', async () => {
  const load = vi.fn(() => Promise.resolve(real as unknown as OfficeActs))
  const acts = createOfficeActsLater(load)
  expect(load).not.toHaveBeenCalled()
  const both = await Promise.all([acts.revoke('a'), acts.revoke('b')])
  expect(both).toEqual([
    { ok: true, value: 'a' },
    { ok: true, value: 'b' },
  ])
  expect(load).toHaveBeenCalledTimes(1)
})

it('says that there is no connection where its script does not come, and asks for it again', async () => {
  let comes = false
  const load = vi.fn(() =>
    comes ? Promise.resolve(real as unknown as OfficeActs) : Promise.reject(new Error('offline')),
  )
  const acts = createOfficeActsLater(load)
  expect(await acts.revoke('a')).toEqual({ ok: false, problem: 'offline' })
  expect(await acts.places()).toEqual({ ok: false, problem: 'offline' })
  comes = true
  expect(await acts.revoke('a')).toEqual({ ok: true, value: 'a' })
  expect(load).toHaveBeenCalledTimes(3)
})

it('lets a bug of the act itself be seen', async () => {
  const broken = { devices: () => Promise.reject(new Error('a bug')) } as unknown as OfficeActs
  const acts = createOfficeActsLater(() => Promise.resolve(broken))
  await expect(acts.devices()).rejects.toThrow('a bug')
})
