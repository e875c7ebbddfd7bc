/** Why somebody has a colour, and when time alone may change it. */
import { render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Why } from '#app/ui/pieces/Why.tsx'
import { today } from '#tests/app/register/grid-of-samples.ts'

const app = {
  register: createRegister(),
  today: createStore(() => ({ day: today })),
} as unknown as DeviceParts

const draw = (colour: 'grey' | 'green') =>
  render(
    <PartsContext.Provider value={app}>
      <Why coloured={{ colour, reasons: [], since: null, until: '2059-12-31' }} dates />
    </PartsContext.Provider>,
  )

it('of somebody whom nobody has verified says nothing of a birthday in thirty years', () => {
  draw('grey')
  expect(screen.queryByText(/可能变化/)).toBeNull()
})

it('of somebody verified says when it may change', () => {
  draw('green')
  screen.getByText('2059年12月31日 可能变化')
})
