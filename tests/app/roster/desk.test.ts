import { describe, expect, it } from 'vitest'
import { createDesk } from '#app/roster/desk.ts'
import {
  compareFile,
  grid,
  grids,
  id,
  ids,
  li,
  otherGrid,
  record,
  register,
  today,
  wang,
} from './village.ts'
import { asFile, byHand, bySheetJs, sampleNumber, type Page } from './workbooks.ts'

const header = [
  '姓名',
  '身份证号',
  '性别',
  '联系电话',
  '小区名称',
  '楼栋',
  '单元',
  '房间号',
  '与户主关系',
  '学历',
  '工作单位',
]
const at = (room: string, unit = '1', building = '3幢') => ['样例苑', building, unit, room]
const page = (...rows: Page['rows'][number][]): Page[] => [
  { name: '花名册', rows: [['样例社区居民花名册'], header, ...rows], merged: ['A1:K1'] },
]
const compare = (...rows: Page['rows'][number][]) =>
  compareFile(asFile('花名册.xlsx', bySheetJs(page(...rows))))

/** A roster without numbers: people are told by name and birth date. */
const compareByBirth = (records: typeof register, rows: Page['rows']) => {
  const headers = ['姓名', '出生日期', '小区名称', '楼栋', '单元', '房间号', '学历']
  const sheet = { name: '花名册', rows: [headers, ...rows] }
  return compareFile(asFile('花名册.xlsx', bySheetJs([sheet])), { records })
}

const fresh = sampleNumber('1990-01-01', 1)

describe('a roster on the desk', () => {
  it.each([
    ['SheetJS', bySheetJs],
    ['a program that writes the least', (pages: readonly Page[]) => byHand(pages)],
    ['one that writes no positions', (pages: readonly Page[]) => byHand(pages, { bare: true })],
    ['one that writes prefixes', (pages: readonly Page[]) => byHand(pages, { prefix: 'x' })],
  ])('written by %s says of each row what it is', async (_, write) => {
    const { rows, tally } = await compareFile(
      asFile(
        '花名册.xlsx',
        write(
          page(
            ['王样兰', `${wang} `, '女', '10012340001', ...at('302'), '户主', null, null],
            [
              '李样明',
              li.toLowerCase(),
              '男',
              '10012340002；10012340003',
              ...at('501室', '2单元', '3栋'),
              '本人',
              '本科',
              '样例物流',
            ],
            ['孙样新', fresh, '男', null, ...at('303', '1', '3#'), null, '初中', null],
            ['周样错', '200101199001011110', '男', null, ...at('302'), null, null, null],
            ['吴样坏', 2.00101199001011e17, '男', null, ...at('302'), null, null, null],
            ['赵样', null, null, '10012340009', '秋丰路', '12号', '无', '无', null, null, null],
          ),
        ),
      ),
    )
    const all = await rows()
    expect(all.map(({ number, status }) => [number, status])).toEqual([
      [3, 'same'],
      [4, 'changed'],
      [5, 'new'],
      [6, 'wrong'],
      [7, 'wrong'],
      [8, 'changed'],
    ])
    expect(all[1]?.changes).toEqual([
      { field: 'phones', from: null, to: ['10012340002', '10012340003'] },
      { field: 'relation', from: null, to: '02' },
      { field: 'workplace', from: '样例制衣厂', to: '样例物流' },
    ])
    expect(all[3]?.why).toEqual([
      { field: 'documentNumber', problem: 'id-check-digit', text: '200101199001011110' },
    ])
    expect(all[4]?.why).toMatchObject([{ field: 'documentNumber', problem: 'spoilt-number' }])
    expect(all[5]?.person).toBe(ids.zhao)
    expect(tally).toMatchObject({ total: 6, fills: 1, overwrites: 1, taken: 2 })
  })

  it('becomes buildings, dwellings, households and people, each once', async () => {
    const { desk, items } = await compareFile(
      asFile(
        '花名册.xlsx',
        bySheetJs(
          page(
            ['孙样新', fresh, '男', null, ...at('701', '3', '8幢'), '户主', null, null],
            [
              '孙样妻',
              sampleNumber('1991-02-02', 2),
              '女',
              null,
              ...at('701', '3', '8幢'),
              '妻',
              null,
              null,
            ],
            [
              '陈样',
              sampleNumber('1992-02-02', 4),
              '女',
              null,
              ...at('701', '3', '8幢'),
              '户主',
              null,
              null,
            ],
            ['王样孙', sampleNumber('2015-02-02', 4), '女', null, ...at('302'), '孙女', null, null],
          ),
        ),
      ),
    )
    const { plan, items: all } = await items()
    expect(plan).toEqual({
      // Who lives behind the door that the roster adds people to.
      absent: { total: 1, left: 0, ask: 0, stay: 0 },
      rows: 4,
      added: 4,
      changed: 0,
      buildings: 1,
      dwellings: 1,
      households: 2,
      newBuildings: [{ estate: '样例苑', name: '8幢', stream: grid, rooms: ['3单元701'], rows: 3 }],
      newDwellings: [],
      dwellingsChanged: 0,
    })
    const [building, dwelling, first, second, ...people] = all
    expect(building).toMatchObject({
      kind: 'building',
      stream: grid,
      fields: { estate: '样例苑', name: '8幢', storeys: 7, units: 3 },
    })
    expect(dwelling?.fields).toEqual({
      building: building?.record,
      unit: '3',
      floor: 7,
      room: '701',
    })
    expect(people.map(({ fields }) => fields['household'])).toEqual([
      first?.record,
      first?.record,
      second?.record,
      ids.household302,
    ])
    expect(first?.fields['head']).toBe(people[0]?.record)
    expect(second?.fields['head']).toBe(people[2]?.record)
    await desk.take({ news: false, fills: true, overwrites: true })
    expect((await items()).items).toEqual([])
  })

  it('asks for the grid of a building that nothing tells, and takes it by its name', async () => {
    const rows: Page['rows'] = [
      ['姓名', '性别', '所属网格', '门牌地址'],
      ['孙样新', '男', '2网格', '杭州市富阳区富春街道样例新村5号'],
      ['周样新', '男', null, '浙江省杭州市富阳区富春街道样例新村6号'],
    ]
    const file = asFile('册.xlsx', bySheetJs([{ name: '册', rows }]))
    const without = await compareFile(file)
    const [named, unnamed] = await without.rows()
    expect(named).toMatchObject({ status: 'new', door: { estate: '样例新村', building: '5号' } })
    expect(unnamed?.why).toMatchObject([{ problem: 'no-grid' }])
    const items = (await without.items()).items
    expect(items.map(({ stream }) => stream)).toEqual(items.map(() => otherGrid))
    const [, placed] = await (await compareFile(file, { homeGrid: grid })).rows()
    expect(placed?.status).toBe('new')
  })
})

describe('rows with a question', () => {
  const rows: Page['rows'] = [
    ['姓名', '小区名称', '楼栋', '单元', '房间号'],
    ...Array.from({ length: 1_200 }, (_, index) => [
      `样${String.fromCharCode(0x4e00 + index)}`,
      ...['样例苑', '3幢', '甲', '601'],
    ]),
    ['样错', '样例苑', null, null, null],
  ]
  const key = 'unit 样例苑3幢 甲'

  it('are counted apart from wrong ones, and one answer for many goes on in slices and can be stopped', async () => {
    const steps: [number, number | null][] = []
    let stop: (() => void) | null = null
    const desk = createDesk({
      newId: () => id(0x1000),
      breathe() {
        stop?.()
        return Promise.resolve()
      },
      onProgress: (done, total) => steps.push([done, total]),
    })
    await desk.open(asFile('册.xlsx', bySheetJs([{ name: '册', rows }])), {})
    await desk.beginRegister(grids)
    await desk.addRegister(register)
    const tally = await desk.compare({ today, grids, homeGrid: null })
    expect(tally?.byStatus).toMatchObject({ waiting: 1_200, wrong: 1, new: 0 })
    expect((await desk.rows('waiting', 0, 5)).total).toBe(1_200)
    stop = () => void desk.stop()
    expect(await desk.answer(key, { to: 'unit', unit: '1' })).toBeNull()
    expect(await desk.questionTally()).toEqual({ total: 1, open: 1, waiting: 1_200 })
    expect((await desk.rows('waiting', 0, 5)).total).toBe(1_200)
    stop = null
    steps.length = 0
    const after = await desk.answer(key, { to: 'unit', unit: '1' })
    expect(steps).toEqual([
      [500, 1_200],
      [1_000, 1_200],
    ])
    expect(after?.byStatus).toMatchObject({ waiting: 0, new: 1_200 })
    const left = await desk.answer(key, { to: 'leave' })
    expect(left?.byStatus).toMatchObject({ waiting: 0, left: 1_200, new: 0 })
    expect(left?.taken).toBe(0)
    expect((await desk.answer(key, null))?.byStatus).toMatchObject({ waiting: 1_200 })
  })
})

describe('doubtful rows', () => {
  it('are those of people whom nobody knows and who have left or died, says the roster', async () => {
    const rows: Page['rows'] = [
      ['姓名', '身份证号', '小区名称', '楼栋', '单元', '房间号', '迁出日期', '死亡日期'],
      ['孙样走', fresh, ...at('303'), '2026-03-02', null],
      ['孙样故', null, ...at('303'), null, '2025-01-02'],
    ]
    const {
      desk,
      rows: all,
      items,
    } = await compareFile(asFile('册.xlsx', bySheetJs([{ name: '册', rows }])))
    expect(await all()).toMatchObject([
      { doubt: 'departed', choices: ['new', 'leave'], choice: 'leave' },
      { doubt: 'departed', choices: ['new', 'leave'], choice: 'leave' },
    ])
    expect((await items()).items).toEqual([])
    await desk.decideAll('departed', 'new')
    const made = (await items()).items
    // Nobody lives there: a household of those who left is one that ended.
    expect(made.find(({ kind }) => kind === 'household')?.fields).toMatchObject({
      endedOn: '2026-11-23',
    })
    expect(
      made.filter(({ kind }) => kind === 'resident').map(({ fields }) => fields),
    ).toMatchObject([{ movedOutOn: '2026-03-02' }, { diedOn: '2025-01-02' }])
  })

  it('wait for a decision each, and are left out without one', async () => {
    const { desk, rows, items, tally } = await compare(
      ['王样改', wang, null, null, ...at('302'), null, null, null], // the number of another name
      ['李样明', li, null, null, ...at('302'), null, null, null], // lives elsewhere
      ['钱样走', null, null, null, '秋丰路', '12号', null, null, null, null, null],
    )
    // 赵样 lives at the third one's door, and nothing says that they belong together.
    expect(tally).toMatchObject({ undecided: 3, taken: 0 })
    const [named, elsewhere] = await rows('doubtful')
    expect(named).toMatchObject({
      doubt: 'other-name',
      choices: ['same', 'leave'],
      choice: 'leave',
    })
    expect(named?.changes[0]).toEqual({ field: 'name', from: '王样兰', to: '王样改' })
    expect(elsewhere).toMatchObject({ doubt: 'elsewhere', choices: ['same', 'move', 'leave'] })
    await desk.take({ news: false, fills: false, overwrites: false })
    await desk.decide(0, 'same')
    await desk.decide(1, 'move')
    const moved = (await items()).items
    expect(moved).toContainEqual(
      expect.objectContaining({
        record: ids.wang,
        op: 'patch',
        fields: { name: '王样改' },
        seen: 40,
      }),
    )
    expect(moved).toContainEqual(
      expect.objectContaining({
        record: ids.li,
        fields: {
          household: ids.household302,
          addressChangedOn: '2026-11-23',
          joinedOn: '2026-11-23',
        },
      }),
    )
    // The last one left the other household, which ends.
    expect(moved).toContainEqual(
      expect.objectContaining({ kind: 'household', fields: { endedOn: '2026-11-23' } }),
    )
  })

  it('with several who could be meant take the one that somebody names', async () => {
    const twins = [
      record('resident', 50, { household: id(30), name: '孙样同', birth: '1990-01-01' }),
      record('resident', 51, { household: id(31), name: '孙样同', birth: '1990-01-01' }),
      record('resident', 52, {
        household: id(32),
        name: '孙样同',
        birth: '1990-01-01',
        diedOn: '2025-01-01',
      }),
    ]
    const { desk, rows, items, tally } = await compareByBirth(
      [...register, ...twins],
      [['孙样同', '1990-01-01', ...at('302'), '高中']],
    )
    expect(tally).toMatchObject({ undecided: 1, taken: 0 })
    const only = async () => (await rows('doubtful'))[0]
    // Who still lives here first. Nobody is taken for the row by itself.
    expect(await only()).toMatchObject({
      doubt: 'several',
      person: null,
      several: [id(50), id(51), id(52)],
      choices: ['new', 'leave'],
      choice: 'leave',
      changes: [],
    })
    expect(await desk.name(0, id(50))).toMatchObject({ undecided: 0, taken: 1 })
    expect(await only()).toMatchObject({
      person: id(50),
      choice: 'same',
      choices: ['same', 'new', 'leave'],
    })
    expect((await items()).items).toEqual([
      expect.objectContaining({
        record: id(50),
        op: 'patch',
        fields: expect.objectContaining({ education: '60' }) as unknown,
      }),
    ])
    // The other one lives elsewhere: they may move here.
    await desk.name(0, id(51))
    expect(await only()).toMatchObject({
      person: id(51),
      choices: ['same', 'move', 'new', 'leave'],
    })
    await desk.decide(0, 'move')
    expect((await items()).items).toContainEqual(
      expect.objectContaining({
        record: id(51),
        fields: expect.objectContaining({ household: ids.household302 }) as unknown,
      }),
    )
    // Of the dead one nothing changes.
    await desk.name(0, id(52))
    expect(await only()).toMatchObject({
      person: id(52),
      choice: 'leave',
      choices: ['new', 'leave'],
    })
    expect(await desk.name(0, null)).toMatchObject({ undecided: 1, taken: 0 })
    // Nobody who was not among them.
    await desk.name(0, ids.wang)
    expect(await only()).toMatchObject({ person: null, choice: 'leave' })
  })

  it('with the same doubt are decided together, and those that somebody decided stay', async () => {
    const { desk, rows, tally } = await compareByBirth(register, [
      ['王样兰', '1950-03-08', ...at('303'), null],
      ['李样明', '1985-07-01', ...at('302'), null],
      ['钱样走', '1960-05-06', ...at('302'), null],
    ])
    const doubts = (found: typeof tally) => found.doubts.map(({ doubt, ...rest }) => [doubt, rest])
    expect(doubts(tally)).toEqual([
      ['elsewhere', { rows: 2, undecided: 2, settles: { same: 2, move: 2, leave: 2 } }],
      ['gone', { rows: 1, undecided: 1, settles: { move: 1, leave: 1 } }],
    ])
    await desk.decide(0, 'leave')
    const after = await desk.decideAll('elsewhere', 'move')
    expect(doubts(after)).toEqual([
      ['elsewhere', { rows: 2, undecided: 0, settles: {} }],
      ['gone', { rows: 1, undecided: 1, settles: { move: 1, leave: 1 } }],
    ])
    const choices = async () => (await rows('doubtful')).map(({ choice }) => choice)
    expect(await choices()).toEqual(['leave', 'move', 'leave'])
    // An answer that is none of theirs settles nothing.
    expect(doubts(await desk.decideAll('gone', 'same'))[1]).toEqual([
      'gone',
      { rows: 1, undecided: 1, settles: { move: 1, leave: 1 } },
    ])
    await desk.decideAll('elsewhere', null)
    expect(await choices()).toEqual(['leave', 'leave', 'leave'])
  })

  it('are both of one number under two names; the same person on two sheets is one', async () => {
    const [first, ...others] = page(
      ['孙样新', fresh, '男', '10012340001', ...at('302'), null, null, null],
      ['孙样另', sampleNumber('1993-03-03', 3), '男', null, ...at('302'), null, null, null],
      ['孙样名', sampleNumber('1993-03-03', 3), '男', null, ...at('302'), null, null, null],
    )
    expect(others).toEqual([])
    const second = {
      name: '第二页',
      rows: [header, ['孙样新', fresh, null, '10012340008', ...at('302'), null, '高中', null]],
    }
    const { desk, rows, items } = await compareFile(
      asFile('册.xlsx', bySheetJs([first as Page, second])),
    )
    const all = await rows()
    expect(all.map(({ status, doubt }) => doubt ?? status)).toEqual([
      'occupied',
      'two-names',
      'two-names',
      'repeat',
    ])
    await desk.decide(0, 'join')
    expect(all[3]?.others).toEqual([{ sheet: '花名册', number: 3 }])
    const [person] = (await items()).items
    expect(person?.fields).toMatchObject({
      name: '孙样新',
      phones: ['10012340001', '10012340008'],
      education: '60',
    })
  })
})
