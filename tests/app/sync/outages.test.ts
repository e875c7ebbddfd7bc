/**
 * The server goes and comes back, and nobody tells the device: its network is there all the time, and `online` says
 * nothing. What was recorded meanwhile has to be with the server within ten seconds of its return.
 */
import { expect, test } from 'vitest'
import { quiet } from '#tests/support/device.ts'
import { createOffice, grid, pin, signedIn, takeIn } from './stories.ts'

const second = 1_000
const minute = 60 * second
const mostAfterReturn = 10 * second

const outages = [
  ['5 s', 5 * second],
  ['45 s', 45 * second],
  ['10 minutes', 10 * minute],
  ['a night', 10 * 60 * minute],
] as const

async function cutOff(how: { readonly tellsReturn?: boolean } = {}) {
  const { clock, office, first, tablet } = createOffice()
  const device = tablet(how)
  const tab = await signedIn(device, first)
  device.network.vanish(true)
  await takeIn(tab, '样本乙')
  await quiet()
  expect(tab.app.sync.getState().phase).toBe('offline')
  /** In small steps, so that what a timer begins is done before the next one is due. */
  const pass = async (milliseconds: number, isThere = () => {}) => {
    for (let left = milliseconds; left > 0; left -= 500) {
      isThere()
      clock.advance(Math.min(500, left))
      await quiet()
    }
  }
  const arrived = () => office.records(grid, 'resident').length === 2
  return { clock, device, tab, pass, arrived }
}

test.each(outages)('%s away, in sight all the time', async (_name, away) => {
  const { device, tab, pass, arrived } = await cutOff()
  if (away > 10 * minute) await pass(20 * minute, () => tab.touch())
  await pass(Math.min(away, 10 * minute), () => tab.touch())
  expect(arrived()).toBe(false)
  device.network.vanish(false)
  await pass(mostAfterReturn, () => tab.touch())
  expect(arrived()).toBe(true)
  expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
})

test.each(outages)(
  '%s away in the background, back with the server there: from the look, or from the unlock',
  async (_name, away) => {
    const { clock, device, tab, pass, arrived } = await cutOff()
    tab.hide()
    // A phone in the pocket: its timers stand still, and its clock does not.
    clock.jump(away)
    device.network.vanish(false)
    tab.show()
    await quiet()
    const isLocked = tab.app.session.getState().phase === 'locked'
    expect(isLocked).toBe(away > 5 * minute)
    if (isLocked) await tab.app.sessionActs.unlock(pin)
    await pass(mostAfterReturn)
    expect(arrived()).toBe(true)
  },
)

test.each(outages)('%s away, looked at before the server is back', async (_name, away) => {
  const { clock, device, tab, pass, arrived } = await cutOff()
  tab.hide()
  clock.jump(away)
  tab.show()
  await quiet()
  if (tab.app.session.getState().phase === 'locked') await tab.app.sessionActs.unlock(pin)
  await pass(20 * second, () => tab.touch())
  device.network.vanish(false)
  await pass(mostAfterReturn, () => tab.touch())
  expect(arrived()).toBe(true)
})

test('a browser that says at once that the connection is there is asked once, and the waits are kept', async () => {
  const { device, tab, pass, arrived } = await cutOff({ tellsReturn: true })
  await pass(minute, () => tab.touch())
  expect(device.wishes()).toBe(1)
  device.network.vanish(false)
  await pass(mostAfterReturn, () => tab.touch())
  expect(arrived()).toBe(true)
  // Another loss, of which the browser knows, is another wish.
  device.network.disconnect()
  await takeIn(tab, '样本丙')
  await quiet()
  expect(device.wishes()).toBe(2)
  device.network.connect()
  await quiet()
  expect(tab.app.sync.getState()).toMatchObject({ phase: 'up-to-date', unsent: [] })
})

test('however the waits are spread, the longest in sight is shorter than that', async () => {
  const { idlePlan, nextStep } = await import('#app/sync/plan.ts')
  const pushing = { ...idlePlan, doing: 'push', failures: 12, problem: 'offline' } as const
  const { effects } = nextStep(pushing, { type: 'failed', trouble: 'offline', size: 1 }, 0.999)
  const waited = effects.find((effect) => effect.do === 'wait')
  expect(waited?.milliseconds).toBeLessThan(mostAfterReturn - second)
})
