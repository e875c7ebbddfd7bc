/** Who asked for something is mended or cleared on their word, and what is known of them stays masked. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { AskerForm } from '#app/ui/requests/pages/AskerForm.tsx'
import { gridA, page, record, uuid } from '#tests/app/register/grid-of-samples.ts'

function open(role = 'worker') {
  const register = createRegister()
  const known = {
    request: uuid(10),
    name: '样例居民',
    telephone: '10012340078',
    isToldToUnit: true,
  }
  register.applyPages([page(gridA, [record('asker', 12, known)])])
  const saved: Intent[] = []
  const app = {
    register,
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    work: {
      save: (intents: readonly Intent[]) => {
        saved.push(...intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={app}>
        <AskerForm params={{ request: uuid(10), asker: uuid(12) }} />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return saved
}
const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(new RegExp(`^${label}`)), { target: { value } })
const save = () => fireEvent.click(screen.getByRole('button', { name: '保存' }))

it('shows nothing of it in full, and leaves what is not typed', async () => {
  const saved = open()
  expect(document.body.textContent).not.toMatch(/样例居民|10012340078/)
  type('电话', '12')
  save()
  await waitFor(() => expect(document.querySelector('[aria-invalid=true]')).not.toBeNull())
  expect(saved).toEqual([])
  type('电话', '10012340099')
  save()
  await waitFor(() =>
    expect(saved).toEqual([
      { op: 'patch', kind: 'asker', record: uuid(12), fields: { telephone: '10012340099' } },
    ]),
  )
})

it('clears all of it, and takes back what the unit was told', async () => {
  const saved = open()
  fireEvent.click(screen.getByLabelText(/^清除称呼和电话/))
  save()
  await waitFor(() => expect(saved).toMatchObject([{ fields: { name: null, telephone: null } }]))
  expect(saved[0]).toMatchObject({ fields: { isToldToUnit: false, resident: null } })
})

it('is not for a unit', () => {
  open('handler')
  expect(screen.queryByRole('button', { name: '保存' })).toBeNull()
})
