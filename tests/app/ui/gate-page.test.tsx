/**
 * A gate's screen, and the vehicles of a dwelling as a worker has them.
 * Holds `src/app/views/plates.ts`.
 */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { ComponentChild } from 'preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Role } from '#domain/account.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { Gate } from '#app/ui/places/gate/Gate.tsx'
import { GateArrival } from '#app/ui/places/gate/GateArrival.tsx'
import { VehicleForm } from '#app/ui/walk/vehicles/VehicleForm.tsx'
import { VehicleList } from '#app/ui/walk/vehicles/VehicleList.tsx'
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

const vehicle = (n: number, plate: string, more: object = {}) =>
  record('vehicle', n, { dwelling: uuid(200), plate, vehicleKind: 'car', ...more })

const now = `${today}T02:00:00Z`

/** `lastSync`: the server's last answer. */
function stage(role: Role, records: ReturnType<typeof record>[], lastSync: string | null = null) {
  const register = createRegister()
  register.applyPages([page(gridA, records)])
  const saved: (readonly Intent[])[] = []
  const kept = new Map<string, unknown>()
  const parts = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role } })),
    today: createStore(() => ({ day: today })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync })),
    now: () => Date.parse(now),
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
  return { show, saved }
}

const door = '样例苑 3幢1单元101室'
/** As the server cuts them: numbers of doors, and plates. */
const atGate = [
  building(100, '3幢', 1, '样例苑'),
  dwelling(200, 100, '1', '101'),
  dwelling(201, 100, '1', '102'),
  vehicle(800, '浙A00012'),
  vehicle(801, '浙B10012', { dwelling: uuid(201) }),
  vehicle(802, '浙A00077', { until: '2026-11-01' }),
]
const type = (text: string) =>
  fireEvent.input(screen.getByRole('searchbox', { name: '车牌号' }), { target: { value: text } })

it('says of a plate whether it is of the village, with the number of the door alone', () => {
  const { show, saved } = stage('gate', atGate)
  show(<Gate />)
  screen.getByText(/输入车牌/)
  type('浙a·00012')
  screen.getByText('村里的 浙A00012')
  screen.getByText(door)
  expect(screen.getByRole('link', { name: '这户来了新住的人' }).getAttribute('href')).toBe(
    `/gate/arrival/${uuid(800)}`,
  )
  type('浙A99999')
  screen.getByText('访客')
  screen.getByText(/访客可以进，不用登记姓名/)
  expect(screen.queryByText(door)).toBeNull()
  // What was looked up leaves no trace.
  expect(saved).toEqual([])
})

it('takes the end of a plate, and says what has expired; one that was ended is a visitor', () => {
  stage('gate', atGate).show(<Gate />)
  type('0012')
  expect(screen.getAllByText(/^村里的/).map(({ textContent }) => textContent)).toEqual([
    '村里的 浙A00012',
    '村里的 浙B10012',
  ])
  type('00077')
  screen.getByText('访客 浙A00077')
  screen.getByText('登记过，已到期')
  type('012')
  screen.getByText(/输入车牌/)
})

it('starts an arrival at the door of a plate, or at any door of the village by its number', async () => {
  const { show, saved } = stage('gate', atGate)
  const first = show(<GateArrival params={{ vehicle: uuid(800) }} />)
  screen.getByText(/3幢1单元101室/)
  fireEvent.click(screen.getByRole('button', { name: '申报' }))
  await screen.findByText('请填写')
  const name = () => screen.getByRole('textbox', { name: /怎么称呼/ })
  fireEvent.input(name(), { target: { value: ' 样例 ' } })
  fireEvent.click(screen.getByRole('button', { name: '申报' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  const said = {
    ...{ speaker: 'self', name: '样例', count: 1, from: today },
    ...{ telephone: null, until: null, note: null },
  }
  const made = { op: 'create', kind: 'arrival', record: uuid(950), stream: gridA }
  expect(saved[0]).toEqual([{ ...made, fields: { dwelling: uuid(200), ...said } }])
  first.unmount()
  // Nobody of this door has a vehicle.
  show(<GateArrival params={{}} />)
  fireEvent.click(screen.getByRole('button', { name: '申报' }))
  await screen.findByText('请选一户')
  fireEvent.input(screen.getByRole('textbox', { name: '住哪一户' }), {
    target: { value: '102' },
  })
  fireEvent.click(await screen.findByRole('button', { name: /102室/ }))
  fireEvent.input(name(), { target: { value: '样例' } })
  fireEvent.click(screen.getByRole('button', { name: '申报' }))
  await waitFor(() => expect(saved).toHaveLength(2))
  expect(saved[1]).toEqual([{ ...made, fields: { dwelling: uuid(201), ...said } }])
})

it('says of which day its plates are once the server has not answered for a day, and that it has none', () => {
  const at = (hours: number) => new Date(Date.parse(now) - hours * 3_600_000).toISOString()
  const fresh = stage('gate', atGate, at(23)).show(<Gate />)
  expect(screen.queryByText(/这里的车牌是/)).toBeNull()
  fresh.unmount()
  const stale = stage('gate', atGate, at(72)).show(<Gate />)
  screen.getByText(/这里的车牌是11月20日.*的。连上网络才会更新/)
  stale.unmount()
  stage('gate', []).show(<Gate />)
  screen.getByText('这里没有车牌')
  expect(screen.queryByRole('link', { name: '来人申报' })).toBeNull()
})

const on = record('policy', 30, { ...defaultPolicy, policyVersion: 2, knows: 1, gates: true })
const rooms = [building(100, '3幢', 1), dwelling(200, 100, '1', '101')]

it('is offered on a dwelling’s page only where the village has gates', () => {
  const { container } = stage('worker', rooms).show(<VehicleList dwelling={uuid(200)} />)
  expect(container.textContent).toBe('')
})

it('is recorded by plate, kind and last day; the same plate once', async () => {
  const { show, saved } = stage('worker', [...rooms, on, vehicle(800, '浙A00012')])
  const list = show(<VehicleList dwelling={uuid(200)} />)
  screen.getByRole('link', { name: /浙A00012/ })
  screen.getByRole('link', { name: '登记车辆' })
  list.unmount()
  show(<VehicleForm params={{ dwelling: uuid(200) }} />)
  const plate = screen.getByRole('textbox', { name: /车牌号/ })
  fireEvent.input(plate, { target: { value: '隔壁老王' } })
  fireEvent.click(screen.getByRole('button', { name: '保存车辆' }))
  await screen.findByText(/不像车牌号/)
  fireEvent.input(plate, { target: { value: '浙a 00012' } })
  await screen.findByText('这户已经登记了这个车牌')
  fireEvent.input(plate, { target: { value: '浙a·00013' } })
  fireEvent.click(screen.getByRole('button', { name: '保存车辆' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([
    {
      ...{ op: 'create', kind: 'vehicle', stream: gridA },
      fields: { dwelling: uuid(200), plate: '浙A00013', vehicleKind: 'car', until: null },
    },
  ])
})

it('is of the only household at its door, which somebody can say otherwise, and ends with it', async () => {
  const home = household(300, 200)
  const people = [resident(400, 300, '样例甲'), resident(401, 300, '样例乙')]
  const lived = [...rooms, on, home, ...people, vehicle(800, '浙A00012', { household: uuid(300) })]
  const { show, saved } = stage('worker', lived)
  const form = show(<VehicleForm params={{ dwelling: uuid(200) }} />)
  expect(screen.getByRole<HTMLInputElement>('radio', { name: '样*甲等2人' }).checked).toBe(true)
  fireEvent.input(screen.getByRole('textbox', { name: /车牌号/ }), {
    target: { value: '浙A00013' },
  })
  fireEvent.click(screen.getByRole('button', { name: '保存车辆' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject([{ fields: { household: uuid(300) } }])
  form.unmount()
  // The device knows that they left, before the server has ended the plate.
  const left = household(300, 200, { endedOn: today })
  const after = stage('worker', [
    ...rooms,
    ...[on, left, vehicle(800, '浙A00012', { household: uuid(300) })],
    vehicle(801, '浙A00014', { endedOn: today, endedWhy: 'moved' }),
  ])
  after.show(<VehicleList dwelling={uuid(200)} />)
  expect(screen.queryByRole('link', { name: /浙A0001/ })).toBeNull()
  expect(screen.getByText('浙A00012').closest('li')?.textContent).toContain('住户搬离')
  expect(screen.getByText('浙A00014').closest('li')?.textContent).toContain('住户换了门牌')
})

it('is ended with one tap, also where gates were turned off', async () => {
  const { show, saved } = stage('worker', [...rooms, vehicle(800, '浙A00012')])
  show(<VehicleForm params={{ dwelling: uuid(200), vehicle: uuid(800) }} />)
  fireEvent.click(screen.getByRole('button', { name: '不再是这户的车' }))
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toEqual([
    { op: 'patch', kind: 'vehicle', record: uuid(800), fields: { endedOn: today } },
  ])
})
