/** One piece of unsent work as its owner sees it: what was refused and why, where to put it right, how to send it again. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Mutation } from '#protocol/mutation.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { UnsentEntry } from '#app/ui/pieces/sync/UnsentList.tsx'

const id = (last: number) => `01900000-0000-7000-8000-${String(last).padStart(12, '0')}`

function refused(fields: Mutation['fields'], faults: UnsentItem['fields']): UnsentItem {
  return {
    mutation: {
      id: id(20),
      device: id(9),
      seq: 1,
      at: '2026-11-23T06:30:00.000Z',
      batch: null,
      stream: id(1),
      kind: 'resident',
      record: id(5),
      op: 'create',
      fields: { household: id(4), name: '样小明', ...fields },
      seen: 0,
    },
    state: 'refused',
    problem: 'invalid-fields',
    fields: faults,
  }
}

function show(item: UnsentItem) {
  const register = createRegister()
  register.applyOwn([item.mutation])
  const mend = vi.fn<DeviceParts['syncActs']['mend']>(() => Promise.resolve())
  const onLeave = vi.fn()
  const app = {
    register,
    today: createStore(() => ({ day: '2026-11-23' })),
    preferences: createStore(() => ({
      language: 'zh-CN' as const,
      textSize: 'standard' as const,
      grid: null,
    })),
    sync: createStore(() => ({ unsent: [item] })),
    syncActs: { mend },
  } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={app}>
      <UnsentEntry item={item} onLeave={onLeave} />
    </PartsContext.Provider>,
  )
  return { mend, onLeave }
}

it('says what is wrong with which field, and leads to the form where that is put right', () => {
  const { onLeave } = show(refused({}, [{ field: 'name', problem: 'too-long', limit: 40 }]))
  expect(screen.getByText('有些内容不符合要求。')).toBeDefined()
  expect(screen.getByText(/^姓名：/)).toBeDefined()
  const link = screen.getByRole('link')
  expect(link.getAttribute('href')).toBe(`/resident/${id(5)}/edit`)
  fireEvent.click(link)
  expect(onLeave).toHaveBeenCalledOnce()
  expect(screen.getByRole('button', { name: '再发一次' })).toBeDefined()
})

it('offers to send it without what the office does not ask any more, by name', async () => {
  const item = refused({ workplace: '样例厂' }, [{ field: 'workplace', problem: 'field-off' }])
  const { mend } = show(item)
  expect(screen.queryByRole('button', { name: '再发一次' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: /^不带“.+”再发$/ }))
  await waitFor(() => expect(mend).toHaveBeenCalledOnce())
  const [which, fieldsOf] = mend.mock.calls[0] ?? []
  expect(which).toBe(item.mutation.id)
  expect(fieldsOf?.(item)).toEqual({ household: id(4), name: '样小明' })
})

it('says that a declaration was answered otherwise, and moves nothing to whoever is tapped', async () => {
  const claim = id(6)
  const answer = (record: string, fields: object): Mutation => ({
    ...refused({}, []).mutation,
    ...{ id: record, kind: 'declaration-answer', record },
    fields: { declaration: claim, on: '2026-11-23', ...fields },
  })
  const register = createRegister()
  const made = (kind: Mutation['kind'], record: string, fields: Mutation['fields']): Mutation => ({
    ...{ ...refused({}, []).mutation, id: record, kind, record, fields },
  })
  register.applyOwn([
    made('building', id(2), { estate: '样例苑', name: '3幢', storeys: 6, units: 2 }),
    made('dwelling', id(3), { building: id(2), unit: '1', floor: 3, room: '302' }),
    made('household', id(4), { dwelling: id(3) }),
    made('resident', id(5), { household: id(4), name: '样小明' }),
    made('arrival', claim, {
      ...{ dwelling: id(3), speaker: 'self', name: '样小明', count: 1, from: '2026-11-23' },
    }),
    answer(id(7), { outcome: 'not-so', reason: 'not-here' }),
  ])
  const item: UnsentItem = {
    mutation: answer(id(8), { outcome: 'confirmed', residents: [id(10)] }),
    ...{ state: 'refused', problem: 'person-there-already', fields: [] },
  }
  const [giveUp, save] = [vi.fn(), vi.fn()]
  const app = {
    register,
    today: createStore(() => ({ day: '2026-11-23' })),
    preferences: createStore(() => ({ language: 'zh-CN' as const })),
    sync: createStore(() => ({ unsent: [item] })),
    ...{ syncActs: { giveUp }, work: { save }, now: () => 0 },
  } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={app}>
      <UnsentEntry item={item} onLeave={vi.fn()} />
    </PartsContext.Provider>,
  )
  fireEvent.click(screen.getByText(/^就是/))
  expect(await screen.findByText(/已有别的核实结果/)).toBeDefined()
  expect(save).not.toHaveBeenCalled()
  expect(giveUp).not.toHaveBeenCalled()
})
