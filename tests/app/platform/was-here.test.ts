import { expect, it } from 'vitest'
import { createWasHere } from '#app/platform/was-here.ts'

it('knows a device on which somebody signed in by the server’s cookie, and can forget it', () => {
  const page = { cookie: '' }
  const wasHere = createWasHere(page)
  expect(wasHere.holds()).toBe(false)
  page.cookie = 'wuse-was-here=12; other=1'
  expect(wasHere.holds()).toBe(false)
  page.cookie = 'other=1; wuse-was-here=1'
  expect(wasHere.holds()).toBe(true)
  wasHere.forget()
  expect(page.cookie).toContain('Max-Age=0')
})
