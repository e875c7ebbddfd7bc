/** Why a colour is what it is, and another one by hand: who may, what is asked, and what is then written. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { ColourPage } from '#app/ui/colours/by-hand/ColourPage.tsx'
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
  visit,
} from '#tests/app/register/grid-of-samples.ts'

function open(role: string, overrides: readonly object[] = [], who = 400) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '样例网格' }),
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      household(300, 200, { head: uuid(400) }),
      resident(400, 300, '样老大', { overrides }),
      visit(500, 300, `${today}T01:00:00.000Z`),
    ]),
  ])
  const saved: (readonly Intent[])[] = []
  const kept = new Map<string, unknown>()
  const parts = {
    register,
    session: createStore(() => ({ account: { id: uuid(8), role, name: '样例甲' } })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
    today: createStore(() => ({ day: today })),
    now: () => Date.parse(`${today}T04:00:00Z`),
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    work: {
      newId: () => uuid(9_000),
      save(intents: readonly Intent[]) {
        saved.push(intents)
        return Promise.resolve({ ok: true, undo: () => Promise.resolve({ ok: true }) })
      },
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={parts}>
        <ColourPage
          {...({ path: '', params: { resident: uuid(who) }, query: {} } as unknown as Parameters<
            typeof ColourPage
          >[0])}
        />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return { saved, kept }
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const proposed = {
  ...{ id: uuid(8_000), colour: 'orange', words: '样例理由', from: '2026-11-20' },
  ...{ until: '2026-12-20', by: uuid(8), over: [] },
}

it('names the person by a masked name, with the facts that decide', () => {
  open('worker')
  expect(screen.getByRole('heading', { level: 1 }).textContent).not.toContain('样老大')
  expect(screen.getByText('是这些情况定的颜色')).toBeTruthy()
  expect(screen.getByRole('link', { name: '看全部规则' })).toBeTruthy()
})

it('writes a colour by hand with its reason and its last day, and none without them', async () => {
  const { saved, kept } = open('worker')
  press('提一个颜色')
  press('保存')
  expect(screen.getByText('请写理由，最多80个字')).toBeTruthy()
  expect(saved).toEqual([])
  const [choice] = screen.getAllByRole('radio')
  if (choice) fireEvent.click(choice)
  fireEvent.input(screen.getByLabelText(/理由（居民可以听到）/), {
    target: { value: ' 样例理由 ' },
  })
  press('保存')
  await screen.findByRole('button', { name: '提一个颜色' })
  expect(saved).toHaveLength(1)
  expect(saved[0]).toMatchObject([
    {
      op: 'patch',
      kind: 'resident',
      record: uuid(400),
      fields: { overrides: [{ words: '样例理由', from: today, until: '2026-12-23', by: uuid(8) }] },
    },
  ])
  expect([...kept.keys()]).toEqual([])
})

it('keeps what was typed until it is saved or dropped', () => {
  const { kept } = open('worker')
  press('提一个颜色')
  fireEvent.input(screen.getByLabelText(/理由（居民可以听到）/), { target: { value: '半句' } })
  expect(JSON.stringify([...kept.values()])).toContain('半句')
  press('取消')
  expect([...kept.keys()]).toEqual([])
})

it('takes back what oneself proposed', () => {
  const { saved } = open('worker', [proposed])
  expect(screen.getAllByText('样例理由').length).toBeGreaterThan(0)
  press('收回')
  expect(saved[0]).toMatchObject([{ fields: { overrides: [{ withdrawnOn: today }] } }])
})

it('offers nothing to write to whoever only reads', () => {
  open('auditor', [{ ...proposed, by: uuid(7) }])
  expect(screen.getAllByText('样例理由').length).toBeGreaterThan(0)
  expect(screen.queryByRole('button', { name: '提一个颜色' })).toBeNull()
  expect(screen.queryByRole('button', { name: '收回' })).toBeNull()
})

it('says that a person is gone who is not on the device', () => {
  open('worker', [], 499)
  expect(screen.queryByText('是这些情况定的颜色')).toBeNull()
  expect(screen.getByRole('heading', { name: '颜色对不对' })).toBeTruthy()
})
