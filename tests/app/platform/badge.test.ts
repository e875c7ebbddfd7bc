import { expect, it, vi } from 'vitest'
import { showBadge } from '#app/platform/badge.ts'

it('shows how much is unsent, takes it away with the last, and asks nothing of a browser without', () => {
  const badging = { setAppBadge: vi.fn(async () => {}), clearAppBadge: vi.fn(async () => {}) }
  showBadge(3, badging)
  expect(badging.setAppBadge).toHaveBeenCalledWith(3)
  showBadge(0, badging)
  expect(badging.clearAppBadge).toHaveBeenCalledOnce()
  expect(() => showBadge(3, {})).not.toThrow()
})

it('does not mind a person who does not want it', async () => {
  const refused = vi.fn(() => Promise.reject(new DOMException('no', 'NotAllowedError')))
  showBadge(1, { setAppBadge: refused })
  await Promise.resolve()
  expect(refused).toHaveBeenCalledOnce()
})
