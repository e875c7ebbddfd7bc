/** What a workbook of places and people makes: the tree of it, and one clear reason for each row that makes nothing. */
import { describe, expect, it } from 'vitest'
import type { BookLine, PersonLine, PlaceLine } from '#domain/place-book/book.ts'
import type { BookPlace } from '#domain/place-book/find-places.ts'
import { planBook, type BookPlan } from '#domain/place-book/plan-book.ts'
import type { Known, KnownPlace } from '#domain/place-book/planning.ts'
import type { LineProblem } from '#domain/place-book/verdict.ts'
import fc from '#tests/support/fast-check.ts'

const place = (row: number, kind: string, name: string, parent = '', code = ''): PlaceLine => ({
  ...{ of: 'place', sheet: '地方', row, kind, name, parent, code },
})
const person = (
  row: number,
  name: string,
  login: string,
  role: string,
  places = '',
): PersonLine => ({ of: 'person', sheet: '人员', row, name, login, role, places })

const known = (places: readonly KnownPlace[] = [], more: Partial<Known> = {}): Known => ({
  role: 'admin',
  places: [
    { id: 'root', parent: null, kind: 'subdistrict', name: '样例街道', code: null },
    ...places,
  ],
  roots: ['root'],
  accounts: new Map(),
  ...more,
})
const there: readonly KnownPlace[] = [
  { id: 'old', parent: 'root', kind: 'community', name: '老社区', code: '330111001003' },
  { id: 'old1', parent: 'old', kind: 'grid', name: '第一网格', code: null },
]

const pathOf = (at: BookPlace | null): string =>
  at ? [pathOf(at.parent), at.name].filter(Boolean).join('/') : ''
const treeOf = (plan: BookPlan) => plan.places.map((one) => `${one.kind} ${pathOf(one)}`).sort()
const problems = (
  lines: readonly BookLine[],
  from = known(),
): (LineProblem['code'] | 'new' | 'there')[] =>
  planBook(lines, from).verdicts.map(({ state, problem }) =>
    state === 'wrong' ? (problem?.code ?? 'twice') : state,
  )

const office = [
  place(2, '微网格', '微网格一', '甲社区/第一网格'),
  place(3, '网格', '第一网格', '甲社区'),
  place(4, '网格', '第一网格', '乙村'),
  place(5, '社区', '甲社区', '', '330111001099'),
  place(6, '行政村', '乙村', '样例街道'),
  place(7, '承办单位', '城管中队'),
  place(8, '部门', '办公室', '甲社区'),
  person(2, '样例甲', 'w1', '网格员', '甲社区第一网格'),
  person(3, '样例乙', 'w2', '网格员', '甲社区/第一网格/微网格一；乙村 第一网格'),
  person(4, '样例丙', 'c1', '社区工作人员', '甲社区、乙村'),
  person(5, '样例丁', 'h1', '部门经办', '城管中队'),
  person(6, '样例戊', 'a1', '审计'),
]

describe('a workbook', () => {
  it('makes the tree and the people that it says, whatever stands first', () => {
    const plan = planBook(office, known())
    expect(plan.verdicts.filter(({ state }) => state !== 'new')).toEqual([])
    expect(treeOf(plan)).toEqual([
      'community 样例街道/甲社区',
      'grid 样例街道/乙村/第一网格',
      'grid 样例街道/甲社区/第一网格',
      'micro-grid 样例街道/甲社区/第一网格/微网格一',
      'unit 样例街道/城管中队',
      'unit 样例街道/甲社区/办公室',
      'village 样例街道/乙村',
    ])
    expect(plan.people.map(({ login, role, places }) => [login, role, places.map(pathOf)])).toEqual(
      [
        ['w1', 'worker', ['样例街道/甲社区/第一网格']],
        ['w2', 'worker', ['样例街道/甲社区/第一网格/微网格一', '样例街道/乙村/第一网格']],
        ['c1', 'staff', ['样例街道/甲社区', '样例街道/乙村']],
        ['h1', 'handler', ['样例街道/城管中队']],
        ['a1', 'auditor', ['样例街道']],
      ],
    )
  })

  it('makes the same in any order of its rows', () => {
    const wrong = [
      place(20, '网格', '孤网格', '不在的社区'),
      place(21, '社区', '丙社区'),
      place(22, '社区', '丙社区'),
      place(23, '网格', '丙网格', '丙社区'),
      place(24, '社区', '丁社区', '', '330111001003'),
      person(25, '样例己', 'w1', '网格员', '甲社区第一网格'),
    ]
    const all = [...office, ...wrong]
    const said = (lines: readonly BookLine[]) => {
      const plan = planBook(lines, known(there))
      const states = lines.map(({ of, row }, at) => {
        const { state, problem } = plan.verdicts[at] ?? {}
        return `${of} ${row} ${state} ${problem?.code ?? ''}`
      })
      const people = plan.people.map(({ login, places }) =>
        [login, ...places.map(pathOf)].join(' '),
      )
      return { tree: treeOf(plan), states: states.sort(), people: people.sort() }
    }
    const first = said(all)
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (lines) => {
        expect(said(lines)).toEqual(first)
      }),
    )
  })

  it('given again once it is written makes nothing', () => {
    const plan = planBook(office, known())
    const ids = new Map(plan.places.map((one, at) => [one as BookPlace, `made ${at}`]))
    const places = plan.places.map((one) => ({
      ...{ id: ids.get(one) ?? '', kind: one.kind, name: one.name, code: one.code },
      parent: one.parent?.id ?? (one.parent && ids.get(one.parent)) ?? null,
    }))
    const accounts = new Map(plan.people.map(({ login, name, role }) => [login, { name, role }]))
    const again = planBook(office, known(places, { accounts }))
    expect(new Set(again.verdicts.map(({ state }) => state))).toEqual(new Set(['there']))
    expect(again.places).toEqual([])
    expect(again.people).toEqual([])
  })

  it('goes on with what is there already', () => {
    const lines = [
      place(2, '社区', '老社区'),
      place(3, '网格', ' 第 一 网 格 ', '老社区'),
      place(4, '网格', '第二网格', '老社区'),
      person(2, '样例甲', 'W1', '网格员', '第二网格'),
    ]
    expect(problems(lines, known(there))).toEqual(['there', 'there', 'new', 'new'])
    const plan = planBook(lines, known(there))
    expect(plan.places[0]?.parent?.id).toBe('old')
    expect(plan.people[0]?.login).toBe('w1')
  })

  it('reads full width, blanks and upper case as what they mean', () => {
    const lines = [
      place(2, '社　区', '甲社区', '', '３３０１１１００１００３'),
      place(3, '网格', '第１网格', '甲 社 区'),
      person(2, ' 样例 甲 ', 'Ｗ1', ' 网格员', '甲社区／第1网格'),
    ]
    const plan = planBook(lines, known())
    expect(plan.verdicts.map(({ state }) => state)).toEqual(['new', 'new', 'new'])
    expect(plan.places.map(({ name, code }) => [name, code])).toEqual([
      ['甲社区', '330111001003'],
      ['第1网格', null],
    ])
    expect(plan.people[0]).toMatchObject({ login: 'w1', name: '样例 甲' })
  })
})

describe('a row that makes nothing says why', () => {
  const cases: readonly (readonly [string, readonly BookLine[], readonly string[]])[] = [
    ['a loop', [place(2, '社区', '甲', '乙'), place(3, '社区', '乙', '甲')], ['loop', 'loop']],
    ['itself above itself', [place(2, '网格', '甲', '甲')], ['loop']],
    [
      'a grid under a grid',
      [place(2, '社区', '甲'), place(3, '网格', '一', '甲'), place(4, '网格', '二', '一')],
      ['new', 'new', 'misplaced'],
    ],
    [
      'a grid under a grid by its path',
      [place(2, '社区', '甲'), place(3, '网格', '一', '甲'), place(4, '网格', '二', '甲/一')],
      ['new', 'new', 'misplaced'],
    ],
    [
      'a unit below a grid',
      [place(2, '社区', '甲'), place(3, '网格', '一', '甲'), place(4, '承办单位', '二', '一')],
      ['new', 'new', 'misplaced'],
    ],
    [
      'a micro-grid in a community',
      [place(2, '社区', '甲'), place(3, '微网格', '一', '甲')],
      ['new', 'misplaced'],
    ],
    [
      'a community in a community',
      [place(2, '社区', '甲'), place(3, '社区', '乙', '甲')],
      ['new', 'misplaced'],
    ],
    ['an unknown kind', [place(2, '星系', '甲')], ['unknown']],
    ['no kind, no name', [place(2, '', '甲'), place(3, '社区', '')], ['missing', 'missing']],
    ['an unknown parent', [place(2, '网格', '一', '没有')], ['unknown']],
    ['a grid that says no parent', [place(2, '网格', '一')], ['missing']],
    ['a second subdistrict', [place(2, '街道', '二')], ['not-yours']],
    [
      'the same name twice',
      [place(2, '社区', '甲'), place(3, '村', ' 甲'), place(4, '网格', '一', '甲')],
      ['twice', 'twice', 'above-wrong'],
    ],
    [
      'the same code twice',
      [place(2, '社区', '甲', '', '330111001099'), place(3, '村', '乙', '', '330111001099')],
      ['code-twice', 'code-twice'],
    ],
    [
      'a code of 11 digits',
      [place(2, '社区', '甲', '', '33011100109'), place(3, '网格', '一', '甲')],
      ['code-wrong', 'above-wrong'],
    ],
    ['a very long name', [place(2, '社区', '长'.repeat(41))], ['too-long']],
    ['a cell without an end', [place(2, '社区', '甲', '长'.repeat(5_000))], ['too-long']],
    [
      'a formula',
      [place(2, '社区', '=HYPERLINK("x")'), person(3, '＝1', 'a', '网格员')],
      ['formula', 'formula'],
    ],
    [
      'two communities with a grid of that name',
      [
        place(2, '社区', '甲'),
        place(3, '社区', '乙'),
        place(4, '网格', '一', '甲'),
        place(5, '网格', '一', '乙'),
        place(6, '微网格', '小', '一'),
        person(2, '样例', 'w', '网格员', '一'),
      ],
      ['new', 'new', 'new', 'new', 'many', 'many'],
    ],
    [
      'the same login twice',
      [person(2, '样例甲', 'a', '审计'), person(3, '样例乙', 'A', '审计')],
      ['login-twice', 'login-twice'],
    ],
    [
      'a login that nobody can type',
      [person(2, '样例甲', '张三', '审计'), person(3, '样例甲', '', '审计')],
      ['login-wrong', 'missing'],
    ],
    [
      'an unknown role',
      [person(2, '样例甲', 'a', '皇帝'), person(3, '样例甲', 'b', '')],
      ['unknown', 'missing'],
    ],
    [
      'a worker of a community with grids',
      [
        place(2, '社区', '甲'),
        place(3, '网格', '一', '甲'),
        person(2, '样例', 'a', '网格员', '甲'),
      ],
      ['new', 'new', 'misfit'],
    ],
    [
      'a clerk of a grid',
      [
        place(2, '社区', '甲'),
        place(3, '网格', '一', '甲'),
        person(2, '样例', 'a', '社工', '甲/一'),
      ],
      ['new', 'new', 'misfit'],
    ],
    [
      'a worker of nothing',
      [person(2, '样例', 'a', '网格员'), person(3, '样例', 'b', '网格员', '没有')],
      ['missing', 'unknown'],
    ],
    [
      'a worker in a wrong row',
      [place(2, '社区', '甲'), place(3, '社区', '甲'), person(2, '样例', 'a', '社工', '甲')],
      ['twice', 'twice', 'above-wrong'],
    ],
  ]
  it.each(cases)('%s', (_, lines, said) => {
    expect(problems(lines)).toEqual(said)
  })

  it('against what is there', () => {
    expect(problems([place(2, '村', '老社区')], known(there))).toEqual(['other-kind'])
    expect(problems([place(2, '社区', '新', '', '330111001003')], known(there))).toEqual([
      'code-taken',
    ])
    const accounts = new Map([
      ['a', { name: '样例甲', role: 'auditor' as const }],
      ['b', null],
    ])
    const people = [
      person(2, '样例甲', 'a', '审计'),
      person(3, '样例乙', 'a', '审计'),
      person(4, '样例丙', 'b', '审计'),
    ]
    expect(problems(people, known([], { accounts }))).toEqual([
      'there',
      'login-taken',
      'login-taken',
    ])
  })

  it('that a clerk may not make it', () => {
    const clerk = known(there, { role: 'staff', roots: ['old'] })
    const lines = [
      place(2, '网格', '第九网格'),
      place(3, '社区', '别的社区'),
      place(4, '承办单位', '办公室'),
      person(2, '样例', 'w', '网格员', '第九网格'),
      person(3, '样例', 's', '社工'),
    ]
    expect(problems(lines, clerk)).toEqual(['new', 'not-yours', 'not-yours', 'new', 'not-yours'])
  })

  it('with the other row, and what it is about', () => {
    const [first, second] = planBook(
      [place(2, '社区', '甲', '乙'), place(9, '社区', '乙', '甲')],
      known(),
    ).verdicts
    expect(first?.problem).toMatchObject({ code: 'loop', other: { sheet: '地方', row: 9 } })
    expect(second?.problem).toMatchObject({ code: 'loop', other: { sheet: '地方', row: 2 } })
  })
})

it('looks at 5,000 rows, right and wrong', () => {
  const lines = Array.from({ length: 5_000 }, (_, at) =>
    at % 5 === 0
      ? place(at + 2, '社区', `社区${at}`)
      : place(at + 2, '网格', `第${at}网格`, at % 5 === 4 ? `没有${at}` : `社区${at - (at % 5)}`),
  )
  const plan = planBook(lines, known())
  expect(plan.places.length).toBe(4_000)
})

it('goes up a chain of 5,000 rows once, and not from each of them', () => {
  const long = '很长的名字'.repeat(30)
  const chain = Array.from({ length: 5_000 }, (_, at) =>
    place(
      at + 2,
      '网格',
      `${long}${at}`.slice(-20),
      at === 0 ? '没有' : `${long}${at - 1}`.slice(-20),
    ),
  )
  const codes = new Set(planBook(chain, known()).verdicts.map(({ problem }) => problem?.code))
  expect(codes).toEqual(new Set(['unknown', 'misplaced']))
  // A round at the top: only what stands in it stands under itself.
  const [first, second] = [place(2, '网格', '甲', '乙'), place(3, '网格', '乙', '甲')]
  const below = place(4, '网格', '丙', '乙')
  expect(
    planBook([below, first, second], known()).verdicts.map(({ problem }) => problem?.code),
  ).toEqual(['misplaced', 'loop', 'loop'])
})
