import { expect, it } from 'vitest'
import { onTouch, watchVisible } from '#app/platform/visibility.ts'

function createPage() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const frame = new EventTarget()
  const watched = watchVisible(page as unknown as Document, frame as Window)
  const seen: boolean[] = []
  const stop = watched.subscribe(() => seen.push(watched.now()))
  const turn = (state: string) => {
    page.visibilityState = state
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { frame, watched, seen, stop, turn }
}

it('tells when the page goes behind and comes back', () => {
  const { watched, seen, stop, turn } = createPage()
  expect(watched.now()).toBe(true)
  turn('hidden')
  turn('visible')
  expect(seen).toEqual([false, true])
  stop()
  turn('hidden')
  expect(seen).toEqual([false, true])
  expect(watched.now()).toBe(false)
})

it('counts a page that is being left as hidden, whatever it says itself', () => {
  const { frame, seen } = createPage()
  frame.dispatchEvent(new Event('pagehide'))
  frame.dispatchEvent(new Event('pageshow'))
  expect(seen).toEqual([false, true])
})

it('hears touches and keys, and nothing once stopped', () => {
  const frame = new EventTarget()
  let touches = 0
  const stop = onTouch(() => touches++, frame as Window)
  for (const type of ['pointerdown', 'keydown', 'wheel', 'touchmove', 'mousemove']) {
    frame.dispatchEvent(new Event(type))
  }
  expect(touches).toBe(4)
  stop()
  frame.dispatchEvent(new Event('keydown'))
  expect(touches).toBe(4)
})
