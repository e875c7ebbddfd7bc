/** A row of a roster that could mean several people: they stand there, masked, and a tap names one. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { RowView } from '#app/acts/imports.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { RowCard } from '#app/ui/office/import/RowCard.tsx'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  resident,
  today,
  uuid,
} from '../register/grid-of-samples.ts'

const number = '200101199001010014'
const register = createRegister()
register.applyPages([
  page(gridA, [
    building(100, '3幢', 1),
    dwelling(200, 100, '1', '302'),
    household(300, 200),
    resident(400, 300, '样例同', { birth: '1990-01-01', documentNumber: number }),
    resident(401, 300, '样例同', { birth: '1990-01-01', movedOutOn: '2026-01-01' }),
  ]),
])
const row: RowView = {
  at: 0,
  sheet: '花名册',
  number: 3,
  name: '样例同',
  facts: { birth: '1990-01-01' },
  door: {
    ...{ grid: null, estate: '清风阳光苑', building: '3幢', unit: '1', floor: null, room: '302' },
    ...{ written: '3幢', text: '清风阳光苑 3幢 1 302', unclear: [], others: [] },
  },
  status: 'doubtful',
  why: [],
  notes: [],
  changes: [],
  overwrites: false,
  person: null,
  several: [uuid(400), uuid(401), uuid(402)],
  doubt: 'several',
  choices: ['new', 'leave'],
  choice: 'leave',
  others: [],
  asks: [],
}

it('asks who is meant, and takes it back', () => {
  const app = {
    register,
    work: {},
    today: createStore(() => ({ day: today })),
  } as unknown as DeviceParts
  const named: (string | null)[] = []
  const draw = (more: Partial<RowView> = {}) => (
    <PartsContext.Provider value={app}>
      <RowCard
        row={{ ...row, ...more }}
        onChoose={() => undefined}
        onName={(person) => named.push(person)}
      />
    </PartsContext.Provider>
  )
  const { rerender } = render(draw())
  expect(screen.getByRole('group', { name: '说的是哪一位？点一下' })).toBeDefined()
  const first = screen.getByRole('button', { name: /样\*同 · 1990年1月1日 · 200101\*{12} · / })
  screen.getByRole('button', { name: /已搬离或去世/ })
  screen.getByRole('button', { name: '不在本机' })
  expect(document.body.textContent).not.toContain(number)
  expect(screen.queryByRole('button', { name: '分不清' })).toBeNull()
  fireEvent.click(first)
  rerender(draw({ person: uuid(400), choices: ['same', 'new', 'leave'], choice: 'same' }))
  expect(screen.getByRole('button', { name: /200101/ }).getAttribute('aria-pressed')).toBe('true')
  screen.getByRole('button', { name: '是同一人，改资料' })
  fireEvent.click(screen.getByRole('button', { name: '分不清' }))
  expect(named).toEqual([uuid(400), null])
})

it('tells two of one name and birthday at one door by what else is known of them', () => {
  const twins = createRegister()
  twins.applyPages([
    page(gridA, [
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '302'),
      household(300, 200),
      resident(400, 300, '样例同', { birth: '1990-01-01', workplace: '样例制衣厂' }),
      resident(401, 300, '样例同', { birth: '1990-01-01', workplace: '样例物流' }),
    ]),
  ])
  const app = {
    register: twins,
    work: {},
    today: createStore(() => ({ day: today })),
  } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={app}>
      <RowCard
        row={{ ...row, several: [uuid(400), uuid(401)] }}
        onChoose={() => undefined}
        onName={() => undefined}
      />
    </PartsContext.Provider>,
  )
  screen.getByRole('button', { name: /3幢.*302.*样例制衣厂/ })
  screen.getByRole('button', { name: /3幢.*302.*样例物流/ })
})
