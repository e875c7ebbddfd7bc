// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { homeScreenStep, watchInstall } from '#app/platform/install.ts'

function offer(prompt: () => Promise<unknown>): Event {
  return Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt })
}

it('keeps the browser’s offer for the app’s own button, and shows it once', async () => {
  const heard: boolean[] = []
  const { install } = watchInstall((installable) => heard.push(installable))
  const prompt = vi.fn(async () => ({ outcome: 'dismissed' }))
  const event = offer(prompt)
  window.dispatchEvent(event)
  expect(event.defaultPrevented).toBe(true)
  expect(heard).toEqual([true])

  await install()
  await install()
  expect(prompt).toHaveBeenCalledTimes(1)
  expect(heard).toEqual([true, false])

  window.dispatchEvent(offer(prompt))
  expect(heard).toEqual([true, false, true])
})

it('is not installable without an offer, nor once installed', async () => {
  const heard: boolean[] = []
  const { install } = watchInstall((installable) => heard.push(installable))
  await install()
  expect(heard).toEqual([])

  const prompt = vi.fn(async () => ({ outcome: 'accepted' }))
  window.dispatchEvent(offer(prompt))
  window.dispatchEvent(new Event('appinstalled'))
  await install()
  expect(prompt).not.toHaveBeenCalled()
  expect(heard).toEqual([true, false])
})

it('knows what has to be done by hand: leave WeChat, or share in the tab of an iPhone', () => {
  const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15'
  expect(homeScreenStep(iPhone, false)).toBe('share')
  expect(homeScreenStep(iPhone, true)).toBeNull()
  expect(homeScreenStep(`${iPhone} MicroMessenger/8.0.49`, false)).toBe('browser')
  const android = 'Mozilla/5.0 (Linux; Android 12) Chrome/107.0 Mobile Safari/537.36'
  expect(homeScreenStep(`${android} MicroMessenger/8.0`, undefined)).toBe('browser')
  expect(homeScreenStep(android, undefined)).toBeNull()
})
