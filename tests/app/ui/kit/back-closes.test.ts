// @vitest-environment happy-dom
/** A step back with a dialog open: the dialog goes, the page stays, and the router hears nothing. */
import { expect, it, vi } from 'vitest'
import { closeOnBack, stepBack, watchBack } from '#app/ui/kit/back-closes.ts'

it('closes the topmost dialog, and lets the app’s own steps and those without a dialog through', () => {
  const go = vi.fn()
  const frame = Object.assign(new EventTarget(), { history: { go } }) as unknown as Window
  watchBack(frame)
  const router = vi.fn()
  frame.addEventListener('popstate', router)
  const step = () => frame.dispatchEvent(new Event('popstate'))

  step()
  expect(router).toHaveBeenCalledTimes(1)

  const [below, above] = [vi.fn(), vi.fn()]
  const endBelow = closeOnBack(below)
  const endAbove = closeOnBack(above)
  step()
  expect(above).toHaveBeenCalledOnce()
  expect(below).not.toHaveBeenCalled()
  expect(go).toHaveBeenCalledWith(1)
  step() // the browser is where it was
  expect(router).toHaveBeenCalledTimes(1)
  endAbove()

  vi.spyOn(history, 'back').mockImplementation(() => {})
  stepBack()
  step()
  expect(router).toHaveBeenCalledTimes(2)
  expect(below).not.toHaveBeenCalled()

  endBelow()
  step()
  expect(router).toHaveBeenCalledTimes(3)
})
