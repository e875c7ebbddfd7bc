/** A small register that rosters are held against, and a desk in this thread. */
import type { GridPlace, HeldRecord } from '#domain/roster/register-index.ts'
import { createDesk, type Desk } from '#app/roster/desk.ts'
import type { Filter, RowView } from '#app/roster/views.ts'
import { sampleNumber } from './workbooks.ts'

export const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
export const grid = id(1)
export const otherGrid = id(2)
export const grids: readonly GridPlace[] = [
  { id: grid, name: '第一网格' },
  { id: otherGrid, name: '第二网格' },
]
export const today = '2026-11-23'
export const wang = sampleNumber('1950-03-08', 2)
export const li = sampleNumber('1985-07-01', 11)

export const record = (kind: HeldRecord['kind'], number: number, fields: object, stream = grid) =>
  ({ kind, id: id(number), stream, version: number, fields }) as HeldRecord

export const ids = {
  block: id(10),
  flat302: id(20),
  flat501: id(21),
  house: id(22),
  wang: id(40),
  li: id(41),
  zhao: id(42),
  gone: id(43),
  household302: id(30),
}

export const register: readonly HeldRecord[] = [
  record('building', 10, { estate: '样例苑', name: '3幢', storeys: 6, units: 2 }),
  record('building', 11, { estate: '秋丰路', name: '12号', storeys: 2, units: 0 }),
  record('dwelling', 20, { building: id(10), unit: '1', floor: 3, room: '302' }),
  record('dwelling', 21, { building: id(10), unit: '2', floor: 5, room: '501' }),
  record('dwelling', 22, { building: id(11), floor: 1, room: '1' }),
  record('household', 30, { dwelling: id(20), head: id(40) }),
  record('household', 31, { dwelling: id(21), head: id(41) }),
  record('household', 32, { dwelling: id(22) }),
  record('resident', 40, {
    household: id(30),
    name: '王样兰',
    documentType: '111',
    documentNumber: wang,
    birth: '1950-03-08',
    sex: '2',
    phones: ['10012340001'],
    relation: '02',
  }),
  record('resident', 41, {
    household: id(31),
    name: '李样明',
    documentType: '111',
    documentNumber: li,
    birth: '1985-07-01',
    sex: '1',
    education: '21',
    workplace: '样例制衣厂',
  }),
  record('resident', 42, { household: id(32), name: '赵样', birth: '1970-01-02' }),
  record('resident', 43, {
    household: id(32),
    name: '钱样走',
    birth: '1960-05-06',
    movedOutOn: '2025-01-01',
  }),
]

export function openDesk(): Desk {
  let last = 0x1000
  return createDesk({
    newId: () => id((last += 1)),
    breathe: () => Promise.resolve(),
    onProgress: () => undefined,
  })
}

export interface Compare {
  readonly homeGrid?: string | null
  readonly records?: readonly HeldRecord[]
}

/** A file on a desk, held against the register. */
export async function compareFile(
  file: File,
  { homeGrid = null, records = register }: Compare = {},
) {
  const desk = openDesk()
  const opened = await desk.open(file, {})
  if (!opened.ok) throw new Error(opened.trouble)
  await desk.beginRegister(grids)
  await desk.addRegister(records)
  const tally = await desk.compare({ today, grids, homeGrid })
  if (!tally) throw new Error('stopped')
  const rows = async (filter: Filter = 'all'): Promise<readonly RowView[]> =>
    (await desk.rows(filter, 0, 100_000)).rows
  const items = async () => {
    const { parts, plan } = await desk.plan()
    const all = []
    for (let at = 0; at < parts; at += 1) all.push(...(await desk.part(at)))
    return { plan, items: all }
  }
  return { desk, opened, tally, rows, items }
}
