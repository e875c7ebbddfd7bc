/**
 * A landlord's link on the worker's screen: given, shown once, made anew, stopped; and what its landlord said.
 * Holds `src/app/ui/walk/declare/use-link-state.ts`.
 */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { readFollowCode } from '#domain/requests/follow-code.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { LandlordLink } from '#app/ui/walk/declare/LandlordLink.tsx'
import * as of from '../register/grid-of-samples.ts'

const { gridA, today, uuid } = of
const link = (id: number, made: string, more: object = {}) =>
  of.record('landlord-link', id, { dwelling: uuid(200), hash: 'a'.repeat(64), made, ...more })

function stage(use: string, ...links: readonly ReturnType<typeof of.record>[]) {
  const register = createRegister()
  const { fields, ...rest } = of.dwelling(200, 100, '1', '101')
  register.applyPages([
    of.page(gridA, [of.building(100, '3幢', 1), { ...rest, fields: { ...fields, use } }, ...links]),
  ])
  const saved: (readonly Intent[])[] = []
  const parts = {
    register,
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    now: () => Date.parse(`${today}T02:00:00Z`),
    work: {
      newId: () => uuid(950),
      save(intents: readonly Intent[]) {
        saved.push(intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={parts}>
        <LandlordLink params={{ dwelling: uuid(200) }} />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return saved
}

it('is given with a code that is shown once, and saved as its hash alone', async () => {
  const saved = stage('rental')
  fireEvent.click(screen.getByRole('button', { name: '给房东链接' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  const [made] = saved[0] ?? []
  expect(made).toMatchObject({
    ...{ op: 'create', kind: 'landlord-link', record: uuid(950), stream: gridA },
    fields: { dwelling: uuid(200), made: today },
  })
  const picture = await screen.findByRole('img')
  const code = picture.closest('section')?.querySelectorAll('p span')
  const shown = [...(code ?? [])].map(({ textContent }) => textContent).join('-')
  const read = readFollowCode(shown)
  expect(read.kind).toBe('code')
  expect(JSON.stringify(saved)).not.toContain(read.kind === 'code' ? read.code : shown)
  // Once it is shown nobody makes another one by a second tap.
  expect(screen.queryByRole('button', { name: /给房东链接|换一个/ })).toBeNull()
})

it('that is made anew stops the one before; one that is stopped is gone', async () => {
  const saved = stage('rental', link(600, '2026-11-01'))
  fireEvent.click(screen.getByRole('button', { name: '换一个新链接' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([
    { op: 'patch', record: uuid(600), fields: { stopped: today } },
    { op: 'create', kind: 'landlord-link' },
  ])
  fireEvent.click(screen.getByRole('button', { name: '停用链接' }))
  await waitFor(() => expect(saved).toHaveLength(2))
  expect(saved[1]).toEqual([expect.objectContaining({ fields: { stopped: today } })])
  await waitFor(() => expect(screen.queryByRole('img')).toBeNull())
})

it.each([
  ['房东还没用过', link(600, '2026-11-01')],
  ['这个月房东还没说，请提醒', link(600, '2026-10-01')],
  ['满一年，已打不开，请换新的', link(600, '2025-10-01')],
  [
    /房东说：没变化/,
    link(600, '2026-10-01', { answeredAt: '2026-11-02T01:00:00.000Z', says: 'unchanged' }),
  ],
] as const)('says how it stands: %s', (words, held) => {
  stage('rental', held)
  screen.getByText(words)
})

it('is not given where the door is not let, and one that is there can be stopped', async () => {
  const saved = stage('own', link(600, '2026-11-01'))
  screen.getByText(/没有登记成出租/)
  expect(screen.queryByRole('button', { name: /换一个|给房东链接/ })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: '停用链接' }))
  await waitFor(() => expect(saved).toHaveLength(1))
})
