/** The register as a table: its rows in walking order, filtered, searched and sorted, in slices. */
import { describe, expect, it } from 'vitest'
import { pickColumns } from '#domain/door-columns.ts'
import { createPinyinOrder } from '#domain/name-order.ts'
import { cellText, rosterWords } from '#domain/sheet-columns.ts'
import type { Sheet } from '#domain/sheet.ts'
import { createRegister } from '#app/register/create-register.ts'
import { readSheet, type SheetQuestion } from '#app/register/read-sheet.ts'
import { createSheetRows } from '#app/register/sheet-rows.ts'
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
} from './grid-of-samples.ts'

const community = uuid(50)
const places = [
  record('place', 50, { placeKind: 'community', name: '样例社区' }),
  record('place', 1, { placeKind: 'grid', name: '第一网格', parent: community }),
]
const records = [
  building(100, '3幢', 2),
  building(101, '1幢', 1),
  dwelling(200, 100, '1', '301'),
  dwelling(201, 100, '1', '101'),
  dwelling(202, 101, null, '101'),
  household(300, 200, { head: uuid(401) }),
  household(301, 201),
  household(302, 202),
  household(303, 202, { endedOn: '2026-01-01' }),
  resident(400, 300, '张三', { birth: '2000-01-01', phones: ['10012345521'] }),
  resident(401, 300, '单四', { birth: '1940-01-01' }),
  resident(402, 301, '李五', { birth: null, note: 'b' }),
  resident(403, 302, '阿六', { birth: '1990-01-01', note: 'a' }),
  resident(404, 303, '走七', { movedOutOn: '2026-01-01' }),
  visit(500, 300, '2026-11-10T01:00:00.000Z'),
]

function filled() {
  const register = createRegister()
  register.applyPages([
    page(community, places.slice(0, 1)),
    page(gridA, [...places.slice(1), ...records]),
  ])
  return register
}
const everyTurn = () => Promise.resolve()
async function names(more: Partial<SheetQuestion> = {}, register = filled()) {
  const question: SheetQuestion = {
    sheet: 'residents',
    today,
    filter: {},
    text: '',
    sort: null,
    ...more,
  }
  const answer = await readSheet(register, question, () => false, everyTurn)
  const kind = { residents: 'resident', households: 'household', dwellings: 'dwelling' } as const
  return answer?.ids.map((id) => {
    const { fields } = register.get(kind[question.sheet], id) ?? {}
    return fields && 'name' in fields ? fields.name : Number(id.slice(-3))
  })
}
const by = (key: string, descending = false, sheet: Sheet = 'residents') => {
  const [column] = pickColumns(sheet, [key])
  if (!column) throw new Error(key)
  return { sort: { column, descending } }
}

describe('a table', () => {
  it('stands in walking order: buildings, doors, households, the head first', async () => {
    expect(await names()).toEqual(['阿六', '李五', '单四', '张三'])
    expect(await names({ filter: { presence: 'all' } })).toEqual([
      '阿六',
      '走七',
      '李五',
      '单四',
      '张三',
    ])
    expect(await names({ sheet: 'households' })).toEqual([302, 301, 300])
    expect(await names({ sheet: 'dwellings' })).toEqual([202, 201, 200])
  })

  it('is sorted by a column, what is not known last both ways, equals as they stood', async () => {
    expect(await names(by('name'))).toEqual(['阿六', '李五', '单四', '张三'])
    expect(await names(by('name', true))).toEqual(['张三', '单四', '李五', '阿六'])
    expect(await names(by('age'))).toEqual(['张三', '阿六', '单四', '李五'])
    expect(await names(by('age', true))).toEqual(['单四', '阿六', '张三', '李五'])
    expect(await names(by('note'))).toEqual(['阿六', '李五', '单四', '张三'])
    expect(await names(by('sex'))).toEqual(['阿六', '李五', '单四', '张三'])
    expect(await names({ sheet: 'dwellings', ...by('people', true, 'dwellings') })).toEqual([
      200, 202, 201,
    ])
  })

  it('is sorted anew by what stands there, however it was sorted before', async () => {
    const register = filled()
    expect(await names(by('name'), register)).toEqual(['阿六', '李五', '单四', '张三'])
    expect(await names(by('name', true), register)).toEqual(['张三', '单四', '李五', '阿六'])
    expect(await names({ ...by('name', true), text: '3幢301' }, register)).toEqual(['张三', '单四'])
    register.applyPages([
      page(gridA, [{ ...resident(400, 300, '安三'), version: 900 }, resident(405, 302, '赵八')]),
    ])
    expect(await names(by('name', true), register)).toEqual(
      ['赵八', '单四', '李五', '阿六', '安三'].sort((a, b) => createPinyinOrder()(b, a)),
    )
    expect(await names(by('note'), register)).toHaveLength(5)
  })

  it('stands in groups of a column, each in the order of the table', async () => {
    const [group] = pickColumns('residents', ['building'])
    if (!group) throw new Error('no column')
    const answer = await readSheet(
      filled(),
      { sheet: 'residents', today, filter: {}, text: '', ...by('name'), group },
      () => false,
      everyTurn,
    )
    expect(
      answer?.groups?.map(({ key, ids }) => [key, ids.map((id) => Number(id.slice(-3)))]),
    ).toEqual([
      ['3幢', [402, 401, 400]],
      ['1幢', [403]],
    ])
    expect(answer?.ids).toHaveLength(4)
  })

  it('is searched like the search page, through people and doors', async () => {
    expect(await names({ text: '单' })).toEqual(['单四'])
    expect(await names({ text: '5521' })).toEqual(['张三'])
    expect(await names({ text: '3幢301' })).toEqual(['单四', '张三'])
    expect(await names({ text: '单', sheet: 'households' })).toEqual([300])
    expect(await names({ text: '单', sheet: 'dwellings' })).toEqual([200])
    expect(await names({ text: '3幢301', sheet: 'dwellings' })).toEqual([200])
    expect(await names({ text: '不在' })).toEqual([])
  })

  it('counts those who are there, or gone, as it was asked', async () => {
    const register = filled()
    const ask = (filter: SheetQuestion['filter']) =>
      readSheet(register, { sheet: 'residents', today, filter, text: '', sort: null }, () => false)
    expect((await ask({ ageFrom: 80 }))?.total).toBe(4)
    expect((await ask({ ageFrom: 80 }))?.ids).toHaveLength(1)
    expect((await ask({ presence: 'gone' }))?.total).toBe(1)
  })

  it('follows the register: somebody who came is there, and who left is not', async () => {
    const register = filled()
    expect(await names({}, register)).toHaveLength(4)
    register.applyPages([
      page(gridA, [
        resident(405, 302, '新八'),
        { ...resident(402, 301, ''), version: 900, removed: true },
      ]),
    ])
    expect(await names({}, register)).toEqual(['阿六', '新八', '单四', '张三'])
  })

  it('gives up at the next turn when something else was asked', async () => {
    let turns = 0
    const register = filled()
    // More than are done between two looks at the clock.
    register.applyPages([
      page(
        gridA,
        Array.from({ length: 200 }, (_, n) => resident(2_000 + n, 300, '样例')),
      ),
    ])
    const answer = await readSheet(
      register,
      { sheet: 'residents', today, filter: {}, text: '', sort: by('name').sort },
      () => turns > 3,
      () => {
        turns += 1
        return Promise.resolve()
      },
    )
    expect(answer).toBeNull()
    expect(turns).toBe(4)
  })

  it('sorts thousands as one go would', async () => {
    const register = createRegister()
    const people = Array.from({ length: 3_000 }, (_, n) =>
      resident(10_000 + n, 300, `样例${String((n * 7_919) % 1_000)}`),
    )
    register.applyPages([page(gridA, [...records, ...people])])
    const sorted = (await names(by('name'), register)) ?? []
    const order = createPinyinOrder()
    expect(sorted).toEqual([...sorted].sort((a, b) => order(String(a), String(b))))
    expect(sorted).toHaveLength(3_004)
  })
})

describe('a row', () => {
  const words = rosterWords({ level: (key) => key, reason: ({ rule }) => rule })
  const text = (sheet: Sheet, id: number, keys: readonly string[]) => {
    const row = createSheetRows(filled(), sheet, today).row(uuid(id))
    if (!row) throw new Error(String(id))
    return pickColumns(sheet, keys).map((column) => cellText(column, row, words, true))
  }

  it('of a resident knows place, household, colour and when to call', () => {
    const keys = ['community', 'grid', 'door', 'headName', 'colour', 'lastMet', 'dueOn']
    expect(text('residents', 400, keys)).toEqual([
      '样例社区',
      '第一网格',
      '清风阳光苑 3幢1单元301室',
      '单四',
      'green',
      '2026-11-10',
      '2027-05-09',
    ])
    expect(text('residents', 404, ['colour', 'dueOn', 'movedOutOn'])).toEqual([
      'grey',
      '',
      '2026-01-01',
    ])
  })

  it('of a household and of a dwelling knows its people', () => {
    expect(text('households', 300, ['head', 'people', 'phones'])).toEqual([
      '单四',
      '2',
      '10012345521',
    ])
    expect(text('dwellings', 200, ['households', 'people', 'lastMet'])).toEqual([
      '1',
      '2',
      '2026-11-10',
    ])
  })

  it('is none where the record has gone', () => {
    expect(createSheetRows(filled(), 'residents', today).row(uuid(999))).toBeUndefined()
  })
})
