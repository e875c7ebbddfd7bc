// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { watchKeyboard } from '#app/platform/keyboard.ts'

function createFrame() {
  const seen = Object.assign(new EventTarget(), { height: 844, scale: 1, offsetTop: 0 })
  const scrolled: number[] = []
  const frame = Object.assign(new EventTarget(), {
    document,
    innerHeight: 844,
    visualViewport: seen as unknown as VisualViewport,
    scrollTo: (_x: number, y: number) => void scrolled.push(y),
  })
  const show = (change: object) => {
    Object.assign(seen, change)
    seen.dispatchEvent(new Event('resize'))
  }
  return { frame: frame as unknown as Parameters<typeof watchKeyboard>[0], show, scrolled }
}

const covered = () => document.documentElement.style.getPropertyValue('--keyboard')
const isTyping = () => document.documentElement.hasAttribute('data-typing')

it('says what an iPhone’s keyboard covers, and nothing of browser bars and of a page that is pinched', () => {
  const { frame, show, scrolled } = createFrame()
  watchKeyboard(frame)
  show({ height: 508 })
  expect(covered()).toBe('336px')
  show({ height: 508, offsetTop: 120 })
  expect(scrolled).toEqual([0])
  show({ height: 790, offsetTop: 0 })
  expect(covered()).toBe('0px')
  show({ height: 300, scale: 2.4 })
  expect(covered()).toBe('0px')
})

it('says whether somebody is in a field, and not at a button or a switch', async () => {
  const { frame } = createFrame()
  watchKeyboard(frame)
  document.body.innerHTML = '<input id="a"><input id="b" type="checkbox"><button id="c">c</button>'
  for (const [id, is] of [
    ['a', true],
    ['b', false],
    ['c', false],
  ] as const) {
    const element = document.getElementById(id)
    element?.focus()
    element?.dispatchEvent(new Event('focusin', { bubbles: true }))
    expect(isTyping(), id).toBe(is)
  }
})
