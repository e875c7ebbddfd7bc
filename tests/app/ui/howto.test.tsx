/** The pages to hand out: for whom they are, on screen and on paper, and both languages with the same steps. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { HowTo } from '#app/ui/me/howto/HowTo.tsx'
import { howToWords } from '#app/ui/me/howto/howto-words.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

function show(role: 'worker' | 'staff') {
  const app = {
    register: createRegister(),
    session: createStore(() => ({ account: { id: 'a', name: '样例', role } })),
    sync: createStore(() => ({ phase: 'offline', problem: 'offline', unsent: [], lastSync: null })),
    today: createStore(() => ({ day: '2026-11-23' })),
  } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={app}>
      <HowTo />
    </PartsContext.Provider>,
  )
}

it('shows workers and offices their own first, and prints what is shown', () => {
  show('worker')
  screen.getByRole('heading', { name: '五色 · 网格员一页通' })
  fireEvent.click(screen.getByLabelText('社区和街道'))
  screen.getByRole('heading', { name: '五色 · 社区和街道一页通' })
  let paper = ''
  vi.stubGlobal('print', () => {
    dispatchEvent(new Event('beforeprint'))
    paper = document.querySelector('[data-light]')?.textContent ?? ''
    dispatchEvent(new Event('afterprint'))
  })
  fireEvent.click(screen.getByRole('button', { name: '打印' }))
  expect(paper).toContain('五色 · 社区和街道一页通')
  expect(paper).not.toContain('样例')
})

it('begins with the office’s where somebody works there', () => {
  show('staff')
  screen.getByRole('heading', { name: '五色 · 社区和街道一页通' })
})

it('says the same in both languages', () => {
  for (const kind of ['walk', 'office'] as const) {
    const [zh, en] = [howToWords['zh-CN'].guides[kind], howToWords.en.guides[kind]]
    expect(en.parts.map(({ steps }) => steps.length)).toEqual(
      zh.parts.map(({ steps }) => steps.length),
    )
  }
})
