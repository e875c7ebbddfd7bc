/** A device with a few requests, and what its screens save or ask: each screen of requests is drawn from it. */
import { fireEvent, render, screen } from '@testing-library/preact'
import type { ComponentChildren } from 'preact'
import { LocationProvider } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import { createDrafts } from '#app/stores/drafts.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { gridA, page, record, uuid } from '../register/grid-of-samples.ts'

export type Records = readonly ReturnType<typeof record>[]
export const day = '2026-11-23'
export const at = (hour: string, on = day) => `${on}T${hour}:00:00.000Z`
export const now = Date.parse(at('05'))
export const unit = uuid(63)
export const lamp = uuid(40)
export const complaint = uuid(41)

export const places = [
  record('place', 60, { placeKind: 'subdistrict', name: '样例街道' }),
  record('place', 61, { placeKind: 'community', name: '样例社区', parent: uuid(60) }),
  record('place', 62, { placeKind: 'unit', name: '社区办公室', parent: uuid(61) }),
  record('place', 63, { placeKind: 'unit', name: '样例维修组', parent: uuid(60) }),
  record('place', 1, { placeKind: 'grid', name: '第一网格', parent: uuid(61) }, { id: gridA }),
]
const item = (id: string, name: string, more: object) => ({
  ...{ id, name, nameEn: `${name} (en)`, group: '样例', groupEn: 'Sample', level: 'ordinary' },
  ...more,
})
export const catalogue = record('catalogue', 50, {
  ...{ name: '样例清单', catalogueVersion: 1 },
  items: [
    item(lamp, '楼道灯', { unit, insteadWords: '样例：请找供电所' }),
    item(complaint, '投诉', { isStaffOnly: true }),
  ],
})

/** A request and its first step; their ids are `id` and `id + 100`. */
export const request = (id: number, more: object = {}): Records => [
  record('request', id, {
    ...{ number: `JJQ-261123-07-${id}`, words: `样例${id}`, level: 'ordinary', source: 'door' },
    ...{ at: at('00') },
    ...more,
  }),
  step(id + 100, id, 'submit', { to: 'submitted', actor: 'worker' }),
]
export const step = (id: number, of: number, name: string, more: object = {}) =>
  record('request-step', id, {
    ...{ request: uuid(of), step: name, at: at('01'), received: at('01'), actor: 'staff' },
    ...{ moved: true },
    ...more,
  })

/** Draws a screen; `parts` replace those that stand here. */
export function open(
  shown: ComponentChildren,
  role: string,
  records: Records,
  parts: object = {},
): { readonly saved: Intent[]; readonly unmount: () => void } {
  const register = createRegister()
  register.applyPages([page(gridA, [...places, catalogue, ...records])])
  const saved: Intent[] = []
  let made = 900
  const app = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), name: '样例', role } })),
    today: createStore(() => ({ day })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    drafts: createDrafts(createManualClock()),
    now: () => now,
    // The script of photographs came not: the form is as it is without it.
    photos: () => Promise.reject(new TypeError('offline')),
    work: {
      newId: () => uuid((made += 1)),
      save: (intents: readonly Intent[]) => {
        saved.push(...intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
    ...parts,
  } as unknown as DeviceParts
  const { unmount } = render(
    <LocationProvider>
      <PartsContext.Provider value={app}>{shown}</PartsContext.Provider>
    </LocationProvider>,
  )
  return { saved, unmount }
}

export const tap = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
export const choose = (name: string) => fireEvent.click(screen.getByRole('radio', { name }))
export const type = (label: string | RegExp, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } })
export const pick = (label: string | RegExp, value: string) => {
  const select = screen.getByLabelText(label)
  fireEvent.input(select, { target: { value } })
}
