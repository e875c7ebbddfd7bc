/** The forms of a walk over the real register: what keeps each from being saved, and the batch that a save would send. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import type { FunctionComponent } from 'preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { PageProps } from '#app/ui/route.ts'
import { DwellingEdit } from '#app/ui/walk/dwelling/DwellingEdit.tsx'
import { Intake } from '#app/ui/walk/intake/Intake.tsx'
import { Death } from '#app/ui/walk/leave/Death.tsx'
import { MoveOut } from '#app/ui/walk/leave/MoveOut.tsx'
import { MoveRoom } from '#app/ui/walk/leave/MoveRoom.tsx'
import { Location } from '#app/ui/walk/location/Location.tsx'
import { Birth } from '#app/ui/walk/resident-form/Birth.tsx'
import { ResidentAdd } from '#app/ui/walk/resident-form/ResidentAdd.tsx'
import { ResidentEdit } from '#app/ui/walk/resident-form/ResidentEdit.tsx'
import { VisitForm } from '#app/ui/walk/visit-form/VisitForm.tsx'
import { samplePolicy } from '#tests/support/sample-policy.ts'
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

/** A form's page in a fresh device; `saved` hears of each batch. */
function open(
  form: FunctionComponent<PageProps>,
  params: Record<string, string>,
  more: readonly ReturnType<typeof record>[] = [],
) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '样例网格', parent: uuid(9) }),
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      dwelling(201, 100, '1', '201'),
      household(300, 200, { head: uuid(400) }),
      resident(400, 300, '样老大', { birth: '1950-01-01', arrivedOn: '2020-05-01' }),
      resident(401, 300, '样小二', { birth: '1990-01-01', relation: '20' }),
      ...more,
    ]),
  ])
  const saved: (readonly Intent[])[] = []
  const looked: string[] = []
  const drafts = new Map<string, object>()
  let ids = 5_000
  const parts = {
    register,
    today: createStore(() => ({ day: today })),
    now: () => Date.parse(`${today}T04:00:00Z`),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], lastSync: null })),
    drafts: {
      get: (key: string) => drafts.get(key),
      set: (key: string, value: object) => void drafts.set(key, value),
      remove: (key: string) => void drafts.delete(key),
    },
    // The script of photographs did not come: the forms go on without it.
    photos: () => Promise.reject(new TypeError('offline')),
    mapActs: {
      here: () => Promise.resolve({ ok: false, problem: 'refused' }),
    },
    work: {
      newId: () => uuid((ids += 1)),
      save(intents: readonly Intent[]) {
        saved.push(intents)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
      reveal(_: string, field: string, purpose: string) {
        looked.push(`${field} ${purpose}`)
        return Promise.resolve('logged')
      },
    },
  } as unknown as DeviceParts
  const Form = form
  render(
    <LocationProvider>
      <PartsContext.Provider value={parts}>
        <Form params={params} />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return { saved, drafts, looked }
}

const type = (label: RegExp | string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } })
const choose = (label: string) => fireEvent.click(screen.getByLabelText(label))
/** The button of the foot, which is the last one that anything can be done with. */
const save = () => {
  const button = document.querySelector<HTMLButtonElement>('footer button')
  if (!button) throw new Error('nothing to save with')
  fireEvent.click(button)
}
const steps = (batch: readonly Intent[] | undefined) =>
  batch?.map(({ op, kind }) => `${op} ${kind}`)
const errors = () => document.querySelectorAll('[aria-invalid="true"]').length

beforeEach(() => history.replaceState(null, '', '/'))

describe('the form of a visit', () => {
  const open300 = () => open(VisitForm, { household: uuid(300) })

  it('saves whom somebody met, by which way, with a note that is trimmed', async () => {
    const { saved, drafts } = open300()
    choose('电话')
    choose('样*二')
    type('备注', ' 都好 ')
    expect(drafts.size).toBe(1)
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(steps(saved[0])).toEqual(['create visit'])
    expect(saved[0]?.[0]).toMatchObject({
      fields: {
        household: uuid(300),
        channel: 'telephone',
        outcome: 'met',
        unchanged: true,
        resident: uuid(401),
        note: '都好',
      },
    })
    await waitFor(() => expect(drafts.size).toBe(0))
  })

  it('asks whom only where somebody was met, and keeps nobody of a door that stayed shut', async () => {
    const { saved } = open300()
    choose('样*二')
    choose('未遇')
    expect(screen.queryByLabelText('样*二')).toBeNull()
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.[0]).toMatchObject({
      fields: { outcome: 'not-met', unchanged: false, resident: null, note: null },
    })
  })

  it('says so where the household is not on this device', () => {
    open(VisitForm, { household: uuid(399) })
    expect(document.querySelector('form')).toBeNull()
  })
})

describe('moving out', () => {
  it('of one person leaves the others there, and takes the head with them', async () => {
    const { saved } = open(MoveOut, { resident: uuid(400) })
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(steps(saved[0])).toEqual(['patch resident', 'patch household'])
    expect(saved[0]?.[0]).toMatchObject({ fields: { movedOutOn: today, movedOutTo: null } })
    expect(saved[0]?.[1]).toMatchObject({ fields: { head: null } })
  })

  it('of a household ends it', async () => {
    const { saved } = open(MoveOut, { household: uuid(300) })
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(steps(saved[0])).toEqual(['patch resident', 'patch resident', 'patch household'])
    expect(saved[0]?.[2]).toMatchObject({ fields: { endedOn: today } })
  })

  it('keeps where they go only with their consent, and a day before they came not at all', async () => {
    const { saved } = open(MoveOut, { resident: uuid(400) })
    type(/^搬到哪里/, '样例市')
    type(/日期/, '2019-01-01')
    save()
    await waitFor(() => expect(errors()).toBe(2))
    expect(saved).toEqual([])
    type(/日期/, '2026-11-20')
    fireEvent.click(screen.getByRole('switch'))
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.[0]).toMatchObject({
      fields: {
        movedOutTo: '样例市',
        consents: [{ field: 'movedOutTo', on: today, how: 'spoken' }],
      },
    })
  })
})

describe('moving to another room', () => {
  it('takes the household along, and not into its own room', async () => {
    const { saved } = open(MoveRoom, { household: uuid(300) })
    save()
    await waitFor(() => expect(errors()).toBe(1))
    fireEvent.input(screen.getByLabelText(/^搬到哪一间/), { target: { value: '101' } })
    fireEvent.click(screen.getByRole('button', { name: /101/ }))
    save()
    await screen.findByText('就是现在住的这一间，请选别的')
    expect(saved).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: '重选' }))
    fireEvent.input(screen.getByLabelText(/^搬到哪一间/), { target: { value: '201' } })
    fireEvent.click(screen.getByRole('button', { name: /201/ }))
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(steps(saved[0])).toEqual(['patch household', 'patch resident', 'patch resident'])
    expect(saved[0]?.[0]).toMatchObject({ fields: { dwelling: uuid(201) } })
  })
})

describe('moving with a car', () => {
  const plates = [
    record('policy', 600, { ...samplePolicy, policyVersion: 2, knows: 1, gates: true }),
    ...[
      { plate: '浙A00001', household: uuid(300) },
      { plate: '浙A00002', until: '2026-11-22' },
      { plate: '浙A00003', endedOn: '2026-11-01' },
      { plate: '浙A00004', until: '2027-03-01' },
    ].map((one, at) =>
      record('vehicle', 610 + at, { dwelling: uuid(200), vehicleKind: 'car', ...one }),
    ),
  ]
  const move = () => {
    const opened = open(MoveRoom, { household: uuid(300) }, plates)
    fireEvent.input(screen.getByLabelText(/^搬到哪一间/), { target: { value: '201' } })
    fireEvent.click(screen.getByRole('button', { name: /201/ }))
    return opened
  }

  it('registers the plates that are here at the new door as well', async () => {
    const { saved } = move()
    expect(screen.getByRole('switch', { name: /浙A00001、浙A00004/ })).toBeTruthy()
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    const there = { dwelling: uuid(201), household: uuid(300), vehicleKind: 'car' }
    expect(saved[0]?.filter(({ kind }) => kind === 'vehicle')).toMatchObject([
      { op: 'create', fields: { ...there, plate: '浙A00001', until: null } },
      { op: 'create', fields: { ...there, plate: '浙A00004', until: '2027-03-01' } },
    ])
  })

  it('leaves them behind where somebody says so', async () => {
    const { saved } = move()
    fireEvent.click(screen.getByRole('switch', { name: /浙A00001/ }))
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(steps(saved[0])).toEqual(['patch household', 'patch resident', 'patch resident'])
  })
})

describe('a death', () => {
  it('is of no day before the birth, and calls somebody to the household', async () => {
    const { saved } = open(Death, { resident: uuid(401) })
    type(/日期/, '1989-12-31')
    save()
    await waitFor(() => expect(errors()).toBe(1))
    type(/日期/, '2026-11-22')
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.[0]).toMatchObject({ record: uuid(401), fields: { diedOn: '2026-11-22' } })
    expect(saved[0]?.[1]).toMatchObject({ fields: { lifeEvent: 'death' } })
  })
})

describe('a family that moves in', () => {
  it('is saved whole, the first as its head, with the day of their coming', async () => {
    const { saved } = open(Intake, { dwelling: uuid(201) })
    type(/^姓名/, '样例甲')
    fireEvent.click(screen.getByRole('button', { name: '再加一人' }))
    const names = screen.getAllByLabelText(/^姓名/)
    expect(names).toHaveLength(2)
    save()
    // The second one has no name.
    await waitFor(() => expect(errors()).toBe(1))
    expect(saved).toEqual([])
    fireEvent.input(names[1] as HTMLElement, { target: { value: '样例乙' } })
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(steps(saved[0])).toEqual([
      ...['create household', 'create resident', 'create resident', 'create visit'],
    ])
    expect(saved[0]?.[0]).toMatchObject({
      fields: { dwelling: uuid(201), head: saved[0]?.[1]?.record },
    })
    expect(saved[0]?.[1]).toMatchObject({ fields: { name: '样例甲', arrivedOn: today } })
    expect(saved[0]?.[2]).toMatchObject({ fields: { residence: '2' } })
  })
})

describe('a resident', () => {
  it('who joins is noted with a visit unless that is switched off', async () => {
    const { saved } = open(ResidentAdd, { household: uuid(300) })
    type(/^姓名/, '样例丙')
    fireEvent.click(screen.getByRole('switch'))
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(steps(saved[0])).toEqual(['create resident'])
  })

  it('who is born may have no name yet, and the birth date is typed', async () => {
    const { saved } = open(Birth, { household: uuid(300) })
    expect(document.querySelector('input[type="date"]')).toBeNull()
    type(/^出生日期/, '2026 11')
    fireEvent.click(screen.getByRole('switch'))
    expect(screen.queryByLabelText(/^姓名/)).toBeNull()
    save()
    await waitFor(() => expect(errors()).toBe(1))
    type(/^出生日期/, '2026 11 20')
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(steps(saved[0])).toEqual(['create resident', 'patch household', 'create visit'])
    expect(saved[0]?.[0]).toMatchObject({ fields: { birth: '2026-11-20', joinedOn: today } })
  })

  it('is shown in full only after it was said what for, and saved with what changed alone', async () => {
    const { saved, looked } = open(ResidentEdit, { resident: uuid(401) })
    expect(screen.queryByDisplayValue('样小二')).toBeNull()
    const [purpose] = [
      ...document.querySelectorAll<HTMLElement>('main button, form button, div > button'),
    ].filter((button) => button.closest('header') === null)
    if (purpose) fireEvent.click(purpose)
    const name = await screen.findByDisplayValue('样小二')
    expect(looked).toHaveLength(1)
    expect(looked[0]).toMatch(/^edit /)
    save()
    // Nothing was typed.
    expect(saved).toEqual([])
    fireEvent.input(name, { target: { value: '样小三' } })
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.[0]).toMatchObject({ op: 'patch', fields: { name: '样小三' } })
    expect(saved[0]?.[1]).toMatchObject({ kind: 'visit', fields: { changed: ['name'] } })
  })
})

describe('a room and a building', () => {
  it('keep what was typed of them alone', async () => {
    const { saved } = open(DwellingEdit, { dwelling: uuid(201) })
    save()
    expect(saved).toEqual([])
    choose('租赁')
    type('出租起始', '2025 3')
    save()
    await waitFor(() => expect(errors()).toBe(1))
    type('出租起始', '2025-3-1')
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.[0]).toMatchObject({ fields: { use: 'rental', letSince: '2025-03-01' } })
  })

  it('stand where two numbers say, in degrees that are on earth', async () => {
    const { saved } = open(Location, { building: uuid(100) })
    const field = screen.getAllByRole('textbox')[0] as HTMLElement
    fireEvent.input(field, { target: { value: '样例' } })
    save()
    await waitFor(() => expect(errors()).toBe(1))
    fireEvent.input(field, { target: { value: '30.25, 120.15' } })
    save()
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(steps(saved[0])).toEqual(['patch building'])
  })
})
