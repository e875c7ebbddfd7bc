/** The register's table on screen: windowing and keys, what a filter says, what a view keeps, and the grid itself. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { pickColumns } from '#domain/door-columns.ts'
import type { Rec } from '#app/register/register.ts'
import { SheetGrid } from '#app/ui/office/table/SheetGrid.tsx'
import {
  differsFromView,
  freshState,
  freshTable,
  nextSort,
  restored,
  sortOf,
  stateToView,
  viewToState,
} from '#app/views/table-state.ts'
import { filterInWords } from '#app/ui/office/table/filter-words.ts'
import { officePlace } from '#app/views/office-place.ts'
import { tableWords } from '#app/ui/office/table/table-words.ts'
import { cellAfterKey, windowOf } from '#app/views/windowing.ts'
import { createRegister } from '#app/register/create-register.ts'
import { fetchLaterWords, zhCN } from '#app/ui/words/zh-CN.ts'
import { building, gridA, page, record, uuid } from '../register/grid-of-samples.ts'

describe('the window on a long table', () => {
  it('has the rows that are seen and a few around them, wherever somebody scrolled', () => {
    for (const top of [0, 1, 555, 56 * 16_000, 56 * 32_990, 56 * 40_000, -80]) {
      const { from, to } = windowOf(top, 600, 56, 33_000)
      expect(from).toBeGreaterThanOrEqual(0)
      expect(to).toBeLessThanOrEqual(33_000)
      expect(to - from).toBeLessThan(35)
      const first = Math.min(Math.max(0, Math.floor(top / 56)), 32_999)
      expect(from).toBeLessThanOrEqual(first)
      expect(to).toBeGreaterThanOrEqual(Math.min(first + 11, 33_000))
    }
    expect(windowOf(0, 600, 56, 0)).toEqual({ from: 0, to: 0 })
    expect(windowOf(0, 600, 56, 3)).toEqual({ from: 0, to: 3 })
  })

  it('moves in steps, so that most of a scroll draws nothing', () => {
    const at = (top: number) => JSON.stringify(windowOf(top, 600, 56, 33_000))
    expect(new Set([5_600, 5_620, 5_650, 5_700].map(at)).size).toBe(1)
    expect(at(5_600 + 56 * 4)).not.toBe(at(5_600))
  })
})

describe('a key', () => {
  const size = { rows: 100, columns: 5, page: 10 }
  it.each([
    ['ArrowDown', false, 51, 2],
    ['ArrowUp', false, 49, 2],
    ['ArrowRight', false, 50, 3],
    ['ArrowLeft', false, 50, 1],
    ['PageDown', false, 60, 2],
    ['PageUp', false, 40, 2],
    ['Home', false, 50, 0],
    ['End', false, 50, 4],
    ['Home', true, 0, 0],
    ['End', true, 99, 4],
  ])('%s (ctrl %s) leads to row %i, column %i', (key, isCtrl, row, column) => {
    expect(cellAfterKey(key, isCtrl, { row: 50, column: 2 }, size)).toEqual({ row, column })
  })

  it('never leads out of the table, and others lead nowhere', () => {
    for (const key of ['ArrowDown', 'ArrowRight', 'PageDown', 'End']) {
      expect(cellAfterKey(key, true, { row: 99, column: 4 }, size)).toEqual({ row: 99, column: 4 })
    }
    expect(cellAfterKey('ArrowUp', false, { row: 0, column: 0 }, size)).toEqual({
      row: 0,
      column: 0,
    })
    expect(cellAfterKey('a', false, { row: 0, column: 0 }, size)).toBeNull()
  })
})

describe('a table’s state', () => {
  const view = {
    kind: 'view',
    id: uuid(700),
    stream: gridA,
    version: 3,
    fields: {
      name: '样例',
      sheet: 'residents',
      columns: ['name', 'newer'],
      filter: { ageFrom: 80 },
    },
  } as Rec<'view'>

  it('is that of a view until something is changed; questions that ask nothing are no change', () => {
    const state = viewToState(view)
    expect(differsFromView('residents', state, view)).toBe(false)
    const asked = { ...state, filter: { colours: [], ageFrom: 80, grid: null } }
    expect(differsFromView('residents', asked, view)).toBe(false)
    expect(differsFromView('residents', { ...state, filter: {} }, view)).toBe(true)
    expect(differsFromView('residents', { ...state, sort: { column: 'name' } }, view)).toBe(true)
    // A column of a newer version is kept when an older one saves the view.
    expect(stateToView('residents', state).columns).toEqual(['name', 'newer'])
  })

  it('comes back as it was left, and fresh where what was kept is of no use', () => {
    const kept = {
      sheet: 'dwellings',
      of: { ...freshTable().of, dwellings: { ...freshState('dwellings'), columns: ['room'] } },
    }
    expect(restored(kept)).toEqual(kept)
    for (const odd of [
      undefined,
      null,
      7,
      {},
      { sheet: 'x', of: { residents: { columns: ['gone'], filter: {} } } },
    ]) {
      expect(restored(odd)).toEqual(freshTable())
    }
  })

  it('sorts up, down and not at all, by columns that exist', () => {
    const up = nextSort(null, 'age')
    const down = nextSort(up, 'age')
    expect([up, down, nextSort(down, 'age')]).toEqual([
      { column: 'age', descending: false },
      { column: 'age', descending: true },
      null,
    ])
    expect(nextSort(down, 'name')).toEqual({ column: 'name', descending: false })
    expect(sortOf('residents', down)?.descending).toBe(true)
    expect(sortOf('residents', { column: 'of-a-newer-version' })).toBeNull()
  })
})

describe('a filter in words', () => {
  const levels = Object.fromEntries(
    ['red', 'orange', 'yellow', 'blue', 'green', 'grey'].map((key) => [
      key,
      { key, word: `${key}字`, mark: '▲' },
    ]),
  ) as never

  it('names places, colours and tags, and of a search only that there is one', async () => {
    await fetchLaterWords()
    const register = createRegister()
    register.applyPages([page(gridA, [building(100, '3幢', 1)])])
    const speech = { words: zhCN, own: tableWords['zh-CN'], levels }
    expect(
      filterInWords(
        speech,
        register,
        {
          presence: 'gone',
          colours: ['red', 'grey'],
          tags: ['dibao'],
          ageTo: 13,
          building: uuid(100),
          missing: ['phone'],
          due: 'overdue',
        },
        true,
      ),
    ).toEqual([
      '已搬离或去世',
      'red字 / grey字',
      '低保',
      '13岁及以下',
      '清风阳光苑 3幢',
      '已逾期',
      '没有电话',
      '有搜索词',
    ])
    expect(filterInWords(speech, register, {}, false)).toEqual([])
  })
})

describe('the place of an office', () => {
  const register = createRegister()
  register.applyPages([
    page(uuid(60), [record('place', 60, { placeKind: 'subdistrict', name: '样例街道' })]),
    page(uuid(50), [
      record('place', 50, { placeKind: 'village', name: '样例村', parent: uuid(60) }),
    ]),
    page(gridA, [record('place', 1, { placeKind: 'grid', name: '第一网格', parent: uuid(50) })]),
  ])

  it('is the community’s for its staff, the subdistrict’s for administrators', () => {
    const account = (role: 'staff' | 'admin') => ({ id: uuid(8), name: '样例', role })
    expect(officePlace(register, account('staff'))).toBe(uuid(50))
    expect(officePlace(register, account('admin'))).toBe(uuid(60))
    expect(officePlace(createRegister(), account('staff'))).toBeNull()
    // An administrator of a part: not what lies above it, but where the account stands.
    register.applyPages([page(uuid(50), [record('account', 8, { name: '样例', role: 'admin' })])])
    expect(officePlace(register, account('admin'))).toBe(uuid(50))
  })
})

describe('the grid', () => {
  const columns = pickColumns('residents', ['name', 'age'])
  const ids = Array.from({ length: 500 }, (_, n) => uuid(n))

  function show(more: Partial<Parameters<typeof SheetGrid>[0]> = {}) {
    const opened: string[] = []
    const sorted: string[] = []
    const toggled: string[] = []
    const props = {
      label: '样例表',
      columns,
      heading: ({ header }: { header: string }) => header,
      sortLabel: ({ header }: { header: string }) => `按${header}排序`,
      order: { column: 'age', descending: true },
      onSort: (column: string) => void sorted.push(column),
      lines: ids,
      cell: (id: string, { key }: { key: string }) => (
        <span>{`${key} ${Number(id.slice(-12))}`}</span>
      ),
      open: uuid(1),
      onOpen: (id: string) => void opened.push(id),
      onGroup: (group: string) => void toggled.push(group),
      ...more,
    }
    const { rerender } = render(<SheetGrid {...props} />)
    const again = (other: Partial<typeof props>) => rerender(<SheetGrid {...props} {...other} />)
    return { opened, sorted, toggled, again }
  }

  it('tells how many rows there are, which is which, and draws only some', () => {
    show()
    const grid = screen.getByRole('grid', { name: '样例表' })
    expect(grid.getAttribute('aria-rowcount')).toBe('501')
    expect(grid.getAttribute('aria-colcount')).toBe('2')
    const rows = screen.getAllByRole('row')
    expect(rows.length).toBeLessThan(60)
    expect(rows.slice(0, 3).map((row) => row.getAttribute('aria-rowindex'))).toEqual([
      '1',
      '2',
      '3',
    ])
    expect(rows[2]?.getAttribute('aria-selected')).toBe('true')
    expect(screen.getByRole('columnheader', { name: /年龄/ }).getAttribute('aria-sort')).toBe(
      'descending',
    )
    expect(screen.getByRole('columnheader', { name: '姓名' }).getAttribute('aria-sort')).toBe(
      'none',
    )
  })

  it('has one cell in the tab order, which the keys move, also beyond what is drawn', () => {
    const { opened } = show()
    const inOrder = () =>
      screen.getAllByRole('gridcell').filter((cell) => cell.getAttribute('tabindex') === '0')
    expect(inOrder().map((cell) => cell.textContent)).toEqual(['name 0'])
    const press = (key: string, ctrlKey = false) => {
      const cell = inOrder()[0]
      if (!cell) throw new Error('no cell')
      fireEvent.keyDown(cell, { key, ctrlKey })
    }
    press('ArrowDown')
    press('ArrowRight')
    expect(inOrder().map((cell) => cell.textContent)).toEqual(['age 1'])
    press('End', true)
    expect(inOrder().map((cell) => cell.textContent)).toEqual(['age 499'])
    press('Enter')
    expect(opened).toEqual([uuid(499)])
    press('Home', true)
    expect(inOrder().map((cell) => cell.textContent)).toEqual(['name 0'])
  })

  it('has groups that a tap and the keys open and close, and says so to those who hear it', () => {
    const head = { group: 'm', label: '男', count: '2人' }
    const { toggled, again } = show({
      lines: [
        { ...head, isOpen: false },
        { ...head, group: 'f', label: '女', isOpen: false },
      ],
    })
    expect(screen.getByRole('treegrid', { name: '样例表' }).getAttribute('aria-rowcount')).toBe('3')
    const groupRow = () => screen.getByRole('row', { name: /男/ })
    expect(groupRow().getAttribute('aria-expanded')).toBe('false')
    expect(groupRow().textContent).toContain('2人')
    const cell = () => screen.getByRole('gridcell', { name: /男/ })
    expect(cell().getAttribute('aria-colspan')).toBe('2')
    fireEvent.keyDown(cell(), { key: 'ArrowLeft' })
    expect(toggled).toEqual([])
    fireEvent.keyDown(cell(), { key: 'ArrowRight' })
    fireEvent.keyDown(cell(), { key: 'Enter' })
    fireEvent.click(groupRow())
    expect(toggled).toEqual(['m', 'm', 'm'])
    again({ lines: [{ ...head, isOpen: true }, uuid(1), uuid(2)] })
    expect(groupRow().getAttribute('aria-expanded')).toBe('true')
    expect(screen.getAllByRole('row').map((row) => row.getAttribute('aria-level'))).toEqual([
      null,
      '1',
      '2',
      '2',
    ])
    fireEvent.keyDown(cell(), { key: 'ArrowLeft' })
    expect(toggled).toHaveLength(4)
  })

  it('brings a column that came in into view and marks it, until another comes', () => {
    const seen: string[] = []
    HTMLElement.prototype.scrollIntoView = function (this: HTMLElement) {
      seen.push(this.dataset['key'] ?? '')
    }
    const { again } = show()
    const fresh = () =>
      screen
        .getAllByRole('columnheader')
        .flatMap((head) => (head.dataset['fresh'] ? [head.dataset['key']] : []))
    expect(fresh()).toEqual([])
    again({ columns: pickColumns('residents', ['name', 'age', 'note']) })
    expect([fresh(), seen]).toEqual([['note'], ['note']])
    again({ columns: pickColumns('residents', ['age', 'name', 'note']), open: null })
    expect([fresh(), seen]).toEqual([['note'], ['note', 'note']])
    again({ columns: pickColumns('dwellings', ['door', 'use']), label: '另一张表' })
    expect([fresh(), seen]).toEqual([[], ['note', 'note']])
  })

  it('opens a row by a tap and sorts by a header', () => {
    const { opened, sorted } = show()
    fireEvent.click(screen.getByText('age 3'))
    fireEvent.click(screen.getByRole('button', { name: /年龄/ }))
    expect([opened, sorted]).toEqual([[uuid(3)], ['age']])
  })

  it('of nobody is a header alone', () => {
    show({ lines: [] })
    expect(screen.getAllByRole('row')).toHaveLength(1)
  })
})
