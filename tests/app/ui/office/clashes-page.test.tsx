/** Where two set one field differently: both values stand there, and one tap settles it. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Clashes } from '#app/ui/office/clashes/Clashes.tsx'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  uuid,
} from '#tests/app/register/grid-of-samples.ts'

const side = (value: string) => ({ value, at: '2026-11-23T06:00:00.000Z', by: uuid(8) })
const clash = record('clash', 6, {
  ...{ kind: 'resident', record: uuid(5), field: 'workplace' },
  ...{ kept: side('样例厂'), lost: side('样例店') },
})

function stage(
  answer: object = { ok: true, saved: { undo: () => Promise.resolve() } },
  with_ = [clash],
) {
  const saved: (readonly Intent[])[] = []
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('account', 8, { name: '样例社工丁', role: 'staff' }),
      building(2, '3幢', 1),
      dwelling(3, 2, '1', '301'),
      household(4, 3),
      resident(5, 4, '样例甲', { workplace: '样例厂' }),
      ...with_,
    ]),
  ])
  const app = {
    register,
    sync: createStore(() => ({
      ...{ phase: 'up-to-date', unsent: [], lastSync: null, damage: { work: 0 }, problem: null },
    })),
    today: createStore(() => ({ day: '2026-11-23' })),
    work: {
      save: (intents: readonly Intent[]) => {
        saved.push(intents)
        return Promise.resolve(answer)
      },
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={app}>
        <Clashes />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return saved
}

it('shows both values with who set them, and takes the one that is chosen', async () => {
  const saved = stage()
  screen.getByText('样例厂')
  screen.getByText('样例店')
  expect(screen.getAllByText(/样例社工丁/)).toHaveLength(2)
  fireEvent.click(screen.getByRole('button', { name: '改用这个' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.map(({ kind, fields }) => [kind, fields])).toEqual([
    ['resident', { workplace: '样例店' }],
    ['clash', { settled: true }],
  ])
})

it('says why nothing was saved', async () => {
  stage({ ok: false, problem: 'disk-full' })
  fireEvent.click(screen.getByRole('button', { name: '就用这个' }))
  await screen.findByRole('alert')
})

it('says that there is none', () => {
  stage(undefined, [])
  screen.getByText('没有要核对的')
})
