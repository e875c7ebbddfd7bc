/** A grid that a roster names is made once, however often it is asked for; who may make one, and under what. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { actDone, actOf } from '#app/acts/act-meant.ts'
import { isUnanswered, type ActProblem } from '#app/acts/act-problem.ts'
import { makeGrid, placesForGrids } from '#app/acts/make-grid.ts'
import { page, record, uuid } from '../register/grid-of-samples.ts'

function createDraftsInMemory() {
  const kept = new Map<string, unknown>()
  return {
    kept,
    get: (key: string) => kept.get(key),
    set: (key: string, value: unknown) => void kept.set(key, value),
    remove: (key: string) => void kept.delete(key),
  }
}

let made = 300
const newId = () => uuid((made += 1))

it('an act keeps its id until it is answered; with another content it is another act', () => {
  const drafts = createDraftsInMemory()
  const first = actOf(drafts, 'add', { name: '一' }, newId)
  expect(actOf(drafts, 'add', { name: '一' }, newId)).toBe(first)
  expect(actOf(drafts, 'rename', { name: '一' }, newId)).not.toBe(first)
  const second = actOf(drafts, 'add', { name: '二' }, newId)
  expect(second).not.toBe(first)
  actDone(drafts, 'add')
  expect(actOf(drafts, 'add', { name: '二' }, newId)).not.toBe(second)
})

function stage(answers: readonly (true | ActProblem)[]) {
  const register = createRegister()
  const drafts = createDraftsInMemory()
  const asked: { place: string; act: string }[] = []
  const left = [...answers]
  const arrive = (place: string) =>
    register.applyPages([
      page(place, [{ ...record('place', 1, { placeKind: 'grid', name: '新网格' }), id: place }]),
    ])
  const act = (_: string, content: { place: string; act: string }) => {
    asked.push(content)
    const answer = left.shift() ?? true
    return Promise.resolve(
      answer === true ? { ok: true, value: null } : { ok: false, problem: answer },
    )
  }
  const app = {
    ...{ register, drafts, work: { newId } },
    officeActs: { places: () => Promise.resolve({ ok: true, value: { act } }) },
    // The office sends the grid with the next pull.
    syncActs: { syncNow: () => queueMicrotask(() => arrive(asked.at(-1)!.place)) },
  }
  return { app: app as never, asked, drafts }
}

it('after a lost answer the same grid is asked for again, and is there once', async () => {
  const { app, asked, drafts } = stage(['offline', 'record-exists'])
  expect(await makeGrid(app, uuid(61), '新网格')).toEqual({ ok: false, problem: 'offline' })
  const answer = await makeGrid(app, uuid(61), '新网格')
  expect(answer).toEqual({ ok: true, value: asked[0]?.place })
  expect(asked[1]).toEqual(asked[0])
  expect(drafts.kept.size).toBe(0)
})

it('refused for a reason, the next one that is asked for is another grid', async () => {
  const { app, asked } = stage(['not-allowed', true])
  expect(await makeGrid(app, uuid(61), '新网格')).toEqual({ ok: false, problem: 'not-allowed' })
  await makeGrid(app, uuid(61), '新网格')
  expect(asked[1]?.place).not.toBe(asked[0]?.place)
})

it('only what may have been done is asked again under the same id', () => {
  expect((['offline', 'unreadable-answer', 'server-fault'] as const).map(isUnanswered)).toEqual([
    ...[true, true, true],
  ])
  expect((['not-allowed', 'record-exists', 'malformed'] as const).some(isUnanswered)).toBe(false)
})

it('is offered under open communities, to whoever may make one', () => {
  const register = createRegister()
  const place = (id: number, placeKind: string, more: object = {}) =>
    record('place', id, { placeKind, name: String(id), ...more })
  register.applyPages([
    page(uuid(60), [
      ...[place(60, 'subdistrict'), place(61, 'community'), place(62, 'village', { closed: true })],
      place(63, 'grid'),
    ]),
  ])
  const ids = (role: Parameters<typeof placesForGrids>[1]) =>
    placesForGrids(register, role).map(({ id }) => id)
  expect(ids('staff')).toContain(uuid(61))
  expect(ids('staff')).not.toContain(uuid(62))
  expect(ids('staff')).not.toContain(uuid(63))
  expect([ids('worker'), ids(undefined)]).toEqual([[], []])
})
