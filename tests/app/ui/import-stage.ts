/** A roster with questions on the real desk, beside the village's register. */
import { createStore } from 'zustand/vanilla'
import type { Role } from '#domain/account.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { createImports } from '#app/acts/imports.ts'
import { page, record, today, uuid } from '../register/grid-of-samples.ts'
import { grid, openDesk, otherGrid, register as village } from '../roster/village.ts'
import { asFile, bySheetJs } from '../roster/workbooks.ts'

export const community = uuid(50)

export const place = (id: string, name: string, placeKind: string) => ({
  ...record('place', 1, {
    ...{ placeKind, name },
    ...(placeKind === 'grid' ? { parent: community } : {}),
  }),
  id,
})

const header = ['姓名', '与户主关系', '小区', '楼栋', '单元', '房间号', '户籍地址', '网格']
const rows = [
  ['孙样甲', '子', '样例苑', '3幢', '甲', '501', null, null],
  ['孙样乙', '女', '样例苑', '3幢', '甲', '501', null, null],
  ['吴样丙', null, '秋丰路', '2#', null, '101', null, null],
  ['郑样丁', null, '样例苑', '3幢', '1', '302 303', null, null],
  ['冯样戊', null, '新样苑', '1幢', '1', '101', null, '第五网格'],
  ['褚样己', '户主', '样例苑', '3幢', '2', '601', '西湖区样例路', null],
]

export async function stage(more: Partial<DeviceParts> = {}, role: Role = 'staff') {
  const register = createRegister()
  register.applyPages([
    page(community, [place(community, '样例社区', 'community')]),
    page(grid, [
      place(grid, '第一网格', 'grid'),
      ...village.map(({ kind, id, version, fields }) => ({
        ...{ kind, id, version, fields: { ...fields }, at: '2026-11-01T01:00:00.000Z' },
      })),
    ]),
    page(otherGrid, [place(otherGrid, '第二网格', 'grid')]),
  ])
  const acts = createImports(
    {
      register,
      work: {
        newId: () => uuid(900),
        save: () => Promise.reject(new Error('not asked for')),
        saveApart: () => Promise.resolve({ ok: true }),
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
    () => ({ desk: openDesk(), end: () => undefined }),
  )
  await acts.choose(asFile('册.xlsx', bySheetJs([{ name: '花名册', rows: [header, ...rows] }])))
  await acts.compare()
  const app = {
    register,
    ...{ work: {}, drafts: {}, syncActs: {}, officeActs: {} },
    today: createStore(() => ({ day: today })),
    session: createStore(() => ({ account: { id: uuid(90), name: '样例员', role } })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], lastSync: null, problem: null })),
    ...more,
  } as unknown as DeviceParts
  return { acts, app, register, questions: () => acts.store.getState().questions }
}
