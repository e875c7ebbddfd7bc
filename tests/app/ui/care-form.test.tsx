/** Care on a worker's screens: its form, its list on a resident's page, and above the list of today. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChild } from 'preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { CareFromRequest } from '#app/ui/requests/pages/CareFromRequest.tsx'
import { CareForm } from '#app/ui/walk/care/CareForm.tsx'
import { CareList } from '#app/ui/walk/care/CareList.tsx'
import { TodayCare } from '#app/ui/walk/today/TodayCare.tsx'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  today,
  uuid,
} from '../register/grid-of-samples.ts'

const held = {
  ...{ id: uuid(900), need: 'meals', who: '样例助餐点', often: '每天中午' },
  ...{ from: '2026-01-01', look: '2026-11-20' },
}

function stage({ isOn = true, cares = [held] as unknown[] } = {}) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      household(300, 200),
      resident(400, 300, '样老大', { birth: '1940-01-01', cares }),
      record('request', 600, { number: 'YL-1', site: uuid(400), siteKind: 'resident' }),
      ...(isOn
        ? [record('policy', 30, { ...defaultPolicy, policyVersion: 2, off: [], knows: 1 })]
        : []),
    ]),
  ])
  const saved: (readonly Intent[])[] = []
  const kept = new Map<string, unknown>()
  const parts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role: 'worker' } })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    now: () => Date.parse(`${today}T02:00:00Z`),
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    work: {
      newId: () => uuid(950),
      save(intents: readonly Intent[]) {
        saved.push(intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
  } as unknown as DeviceParts
  const show = (drawn: ComponentChild) =>
    render(
      <LocationProvider>
        <PartsContext.Provider value={parts}>{drawn}</PartsContext.Provider>
      </LocationProvider>,
    )
  const person = register.get('resident', uuid(400))
  if (!person) throw new Error('nobody is there')
  return { show, saved, person }
}

it('asks for what is needed and who does it, and saves it with the resident', async () => {
  const { show, saved } = stage({ cares: [] })
  show(<CareForm params={{ resident: uuid(400) }} />)
  fireEvent.click(screen.getByRole('button', { name: '保存照护安排' }))
  await screen.findByText(/有2处|2处/)
  expect(saved).toEqual([])
  fireEvent.click(screen.getByRole('radio', { name: '陪诊' }))
  fireEvent.input(screen.getByRole('textbox', { name: /谁来做/ }), {
    target: { value: '样例邻居' },
  })
  fireEvent.click(screen.getByRole('button', { name: '保存照护安排' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([
    {
      ...{ op: 'patch', kind: 'resident', record: uuid(400) },
      fields: { cares: [{ id: uuid(950), need: 'clinic', who: '样例邻居', from: today }] },
    },
  ])
})

it('ends one that is there, and lists what lapsed before all others', async () => {
  const { show, saved, person } = stage()
  const list = show(<CareList resident={person} />)
  const row = screen.getByRole('link', { name: /助餐.*样例助餐点.*照护到期/ })
  expect(row.getAttribute('href')).toBe(`/resident/${uuid(400)}/care/${uuid(900)}`)
  screen.getByRole('link', { name: '加一项照护' })
  list.unmount()
  show(<CareForm params={{ resident: uuid(400), care: uuid(900) }} />)
  fireEvent.click(screen.getByRole('button', { name: '结束这项安排' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([{ fields: { cares: [{ id: uuid(900), endedOn: today }] } }])
})

it('is nowhere offered where the office arranges none', () => {
  const { show, person } = stage({ isOn: false, cares: [] })
  show(<CareList resident={person} />)
  show(<CareFromRequest request={uuid(600)} />)
  expect(screen.queryAllByRole('link')).toEqual([])
  show(<CareForm params={{ resident: uuid(400) }} />)
  expect(screen.getAllByText(/这里不登记照护安排/)).not.toEqual([])
  expect(screen.queryByRole('button', { name: '保存照护安排' })).toBeNull()
})

it('reminds of none where the office turned it off, and still lets what is there be ended', async () => {
  const { show, saved } = stage({ isOn: false })
  const list = show(<TodayCare day={today} grid={undefined} />)
  expect(list.container.textContent).toBe('')
  list.unmount()
  show(<CareForm params={{ resident: uuid(400), care: uuid(900) }} />)
  fireEvent.click(screen.getByRole('button', { name: '结束这项安排' }))
  await waitFor(() => expect(saved).toHaveLength(1))
})

it('takes no more than a hundred for one person, and says so', () => {
  const many = Array.from({ length: 100 }, (_, at) => ({ ...held, id: uuid(1000 + at) }))
  const { show } = stage({ cares: many })
  show(<CareForm params={{ resident: uuid(400) }} />)
  screen.getByText(/已有100项照护安排/)
  expect(screen.queryByRole('button', { name: '保存照护安排' })).toBeNull()
})

it('stands under the list of today on its day, and is one tap from a request', () => {
  const { show } = stage()
  show(<TodayCare day={today} grid={undefined} />)
  screen.getByRole('heading', { name: '照护到期1项' })
  screen.getByRole('link', { name: /3幢1单元101室.*样\*大/ })
  show(<CareFromRequest request={uuid(600)} />)
  expect(screen.getByRole('link', { name: /加一项照护/ }).getAttribute('href')).toBe(
    `/resident/${uuid(400)}/care?request=${uuid(600)}`,
  )
})
