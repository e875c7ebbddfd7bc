/** Stopping an import: in each of its phases nothing is half-written, and what is being saved is saved whole. */
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { Desk } from '#app/roster/desk.ts'
import type { Intent } from '#app/acts/intent.ts'
import { sourceOf } from '#app/acts/import-records.ts'
import { createImports } from '#app/acts/imports.ts'
import { compareFile, grid } from '../roster/village.ts'
import { asFile, bySheetJs } from '../roster/workbooks.ts'
import { page, record, today, uuid } from '../register/grid-of-samples.ts'

const roster = asFile(
  '样例.xlsx',
  bySheetJs([
    {
      name: '花名册',
      rows: [
        ['姓名', '出生日期', '小区名称', '楼栋', '单元', '房间号', '文化程度'],
        ['样例新', '1990-01-01', '样例苑', '3幢', '1', '601', '高中'],
      ],
    },
  ]),
)

/** A promise that is kept when the test says so. */
function later<T>() {
  let keep: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => {
    keep = resolve
  })
  return { promise, keep }
}

async function stage() {
  const register = createRegister()
  register.applyPages([
    page(uuid(50), [record('place', 50, { placeKind: 'community', name: '样例社区' })]),
    page(grid, [
      {
        ...record('place', 1, { placeKind: 'grid', name: '第一网格', parent: uuid(50) }),
        id: grid,
      },
    ]),
  ])
  const { desk: compared } = await compareFile(roster)
  const atPart = later<undefined>()
  const part = later<undefined>()
  const disk = later<{ ok: true }>()
  const saved: (readonly Intent[])[] = []
  let ended = 0
  const desk: Desk = {
    ...compared,
    async part(at) {
      atPart.keep(undefined)
      await part.promise
      return compared.part(at)
    },
  }
  const acts = createImports(
    {
      register,
      work: {
        newId: () => uuid(900 + saved.length),
        save: () => Promise.reject(new Error('not asked for')),
        saveApart: (intents: readonly Intent[]) => {
          saved.push(intents)
          return disk.promise
        },
        reveal: () => Promise.resolve('not-logged' as const),
      },
      drafts: {
        get: () => undefined,
        set: () => undefined,
        remove: () => undefined,
        flush: () => Promise.resolve(),
      },
      today: createStore(() => ({ day: today })),
      now: () => Date.parse(`${today}T02:00:00Z`),
    },
    (error) => {
      throw error
    },
    () => ({ desk, end: () => void (ended += 1) }),
  )
  acts.store.setState({ step: 'rows', title: '样例.xlsx' })
  const doing = () => acts.store.getState().busy?.doing ?? null
  return { acts, atPart, part, disk, saved, doing, ended: () => ended }
}

it('while it is put together leaves nothing on the disk, and the rows as they were', async () => {
  const { acts, atPart, part, saved, doing, ended } = await stage()
  const writing = acts.write()
  await atPart.promise
  expect(doing()).toBe('writing')
  acts.stop()
  expect(acts.store.getState()).toMatchObject({ step: 'rows', busy: null, problem: null })
  part.keep(undefined)
  await writing
  // The desk stands as it did: the same rows may be written after all.
  expect([saved, ended()]).toEqual([[], 0])
  expect(acts.store.getState()).toMatchObject({ step: 'rows', written: null })
  const again = acts.write()
  await expect.poll(() => saved.length).toBe(1)
  void again
})

it('while it is saved changes nothing: all of it is saved, and said so', async () => {
  const { acts, part, disk, saved, doing } = await stage()
  part.keep(undefined)
  const writing = acts.write(undefined, { source: ' 样例公安 ', entry: '', on: '2026-11-20' })
  await expect.poll(doing).toBe('saving')
  acts.stop()
  expect(doing()).toBe('saving')
  disk.keep({ ok: true })
  await writing
  expect(acts.store.getState()).toMatchObject({ step: 'written', busy: null })
  expect(saved).toHaveLength(1)
  const [intents] = saved
  expect(intents?.map(({ kind }) => kind)).toEqual(['import', 'import-part'])
  const fields = intents?.[0]?.fields
  expect(fields).toMatchObject({ source: '样例公安', sourceOn: '2026-11-20' })
  expect(fields).not.toHaveProperty('sourceEntry')
})

it('names no source where no office is named', () => {
  expect(sourceOf({ source: ' ', entry: '人口', on: '2026-11-20' })).toEqual({})
  expect(sourceOf({ source: '样例民政', on: 'yesterday' })).toEqual({ source: '样例民政' })
})
