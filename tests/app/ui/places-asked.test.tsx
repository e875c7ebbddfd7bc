/** A form that cannot be without what the office tells: it asks again by itself where no answer came. */
import { render, screen } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { PersonAdd } from '#app/ui/places/tree/PersonForm.tsx'
import { page, record, today, uuid } from '../register/grid-of-samples.ts'

const root = uuid(90)
const me = uuid(93)

it('has its fields once an answer came, without a tap', async () => {
  const register = createRegister()
  register.applyPages([
    page(root, [
      record(
        'place',
        1,
        { placeKind: 'subdistrict', name: '样例街道', parent: null },
        { id: root },
      ),
    ]),
  ])
  const account = {
    ...{ id: me, login: 'admin', name: '样例', role: 'admin', places: [root] },
    ...{ closedAt: null, oneTimeUntil: null, kept: false },
  }
  let asked = 0
  const now = () => {
    asked += 1
    return Promise.resolve(
      asked < 3
        ? { ok: false, problem: 'offline' }
        : { ok: true, value: { ok: true, figures: [], accounts: [account] } },
    )
  }
  const acts = { list: { last: () => Promise.resolve(null), now } }
  const app = {
    register,
    session: createStore(() => ({
      phase: 'open',
      account: { id: me, name: '样例', role: 'admin' },
    })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], damage: {}, lastSync: null })),
    syncActs: { syncNow() {} },
    today: createStore(() => ({ day: today })),
    now: () => Date.parse(`${today}T04:00:00Z`),
    drafts: { get: () => undefined, set() {}, remove() {} },
    work: { newId: () => uuid(1_001) },
    officeActs: { places: () => Promise.resolve({ ok: true, value: acts }) },
  } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={app}>
      <LocationProvider>
        <PersonAdd />
      </LocationProvider>
    </PartsContext.Provider>,
  )
  await screen.findByRole('button', { name: '再读一次' })
  expect(screen.queryByLabelText(/^姓名/)).toBeNull()
  expect(await screen.findByLabelText(/^姓名/)).toBeDefined()
  expect(asked).toBe(3)
})
