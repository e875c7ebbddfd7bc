/** The catalogue of requests as an administrator changes it: a version of its own, seen before it is saved. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { createDrafts } from '#app/stores/drafts.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { CalendarEdit } from '#app/ui/requests/pages/CalendarEdit.tsx'
import { CatalogueEdit } from '#app/ui/requests/pages/CatalogueEdit.tsx'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { gridA, page, record, uuid } from '#tests/app/register/grid-of-samples.ts'

const lamp = {
  ...{ id: uuid(40), group: '公共', groupEn: 'Common', name: '楼道灯', nameEn: 'Light' },
  level: 'ordinary',
}

function open(Screen: typeof CatalogueEdit, role = 'admin') {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'subdistrict', name: '样例街道' }),
      record('catalogue', 30, { name: '样例清单', catalogueVersion: 3, items: [lamp] }),
    ]),
  ])
  const saved: Intent[] = []
  const asked: object[] = []
  const sums = { total: 412, elsewhere: 37, sooner: 4, later: 0 }
  const app = {
    register,
    drafts: createDrafts(createManualClock()),
    session: createStore(() => ({ account: { id: uuid(8), name: '样例', role } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    officeActs: {
      previewRules: (draft: object) => {
        asked.push(draft)
        const byItem = [{ item: lamp.id, name: '楼道灯', ...sums }]
        return Promise.resolve({ ok: true, value: { ok: true, days: 30, ...sums, byItem } })
      },
    },
    work: {
      newId: () => uuid(99),
      save: (intents: readonly Intent[]) => {
        saved.push(...intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={app}>
        <Screen />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return { saved, asked }
}
const save = () => fireEvent.click(screen.getByRole('button', { name: '保存新的一版' }))

it('shows what a draft would change, and saves it as the next version', async () => {
  const { saved, asked } = open(CatalogueEdit)
  fireEvent.input(screen.getByLabelText('名称'), { target: { value: '样例清单二' } })
  fireEvent.click(screen.getByRole('button', { name: '先看影响' }))
  await screen.findByText(/最近30天412件诉求：37件会派到别处，4件会更早到期/)
  expect(asked).toMatchObject([{ place: uuid(1), catalogue: { catalogueVersion: 4 } }])
  save()
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject({
    ...{ op: 'create', kind: 'catalogue', stream: uuid(1) },
    fields: { name: '样例清单二', catalogueVersion: 4, items: [lamp] },
  })
})

it('saves no kind without its names', async () => {
  const { saved } = open(CatalogueEdit)
  fireEvent.click(screen.getByRole('button', { name: '加一类事' }))
  await screen.findByText('新的一类')
  save()
  await screen.findByText(/新的一类，必填/)
  expect(saved).toEqual([])
})

it('of the calendar saves the hours as they were typed', async () => {
  const { saved } = open(CalendarEdit)
  const hours = screen.getByLabelText(/^上下班时间/)
  fireEvent.input(hours, { target: { value: '9点到5点' } })
  save()
  await screen.findByText(/写成08:30-12:00/)
  fireEvent.input(hours, { target: { value: '9:00-12:00 14:00-17:00' } })
  save()
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.fields).toMatchObject({
    calendarVersion: 2,
    hours: [
      [540, 720],
      [840, 1_020],
    ],
  })
})

it('is not for staff', () => {
  open(CatalogueEdit, 'staff')
  expect(screen.getByText('由街道管理员修改。')).toBeDefined()
})
