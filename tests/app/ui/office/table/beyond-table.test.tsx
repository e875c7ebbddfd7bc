/** The table of a device that holds a part of its grids: its own rows, and those of all grids as the server lists them. */
import { act, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { beforeEach, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { rowBeyond } from '#domain/sheet-beyond.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { BeyondAsked, PageBeyond, SlicesAsked } from '#app/acts/table-beyond.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createRegister } from '#app/register/create-register.ts'
import { Table } from '#app/ui/office/table/Table.tsx'
import { fetchLaterWords } from '#app/ui/words/zh-CN.ts'
import type { TableCursor } from '#protocol/table.ts'
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
} from '#tests/app/register/grid-of-samples.ts'

const [town, far] = [uuid(2), uuid(3)]
const place = (id: number, placeKind: string, name: string, parent: number | null) =>
  page(uuid(id), [
    record('place', id, {
      placeKind,
      name,
      parent: parent === null ? null : uuid(parent),
      order: id,
    }),
    ...(id === 2 ? [record('account', 8, { name: '样例', role: 'admin' })] : []),
  ])
const own = [building(100, '3幢', 1), dwelling(200, 100, '1', '101'), household(300, 200)]

type PageAnswer = OfficeAnswer<PageBeyond>

beforeEach(async () => {
  history.replaceState(null, '', '/')
  await fetchLaterWords()
})

function stage({ role = 'admin', isPart = true, phase = 'up-to-date' } = {}) {
  const register = createRegister()
  register.applyPages([
    place(2, 'subdistrict', '样例街道', null),
    place(4, 'community', '样例社区', 2),
    place(1, 'grid', '近网格', 4),
    page(gridA, [...own, resident(400, 300, '样老大')], { from: 1 }),
  ])
  // Of a grid that is not here the name alone: its pages reach nothing.
  if (isPart) register.applyPages([{ ...place(3, 'grid', '远网格', 4), to: 0 }])
  const asked: { question: BeyondAsked; after: TableCursor | null }[] = []
  const held: string[] = []
  const slices: SlicesAsked[] = []
  let answer = (_: PageAnswer) => {}
  const sync = createStore(() => ({ phase, unsent: [], refused: [], lastSync: null }))
  const parts = {
    register,
    sync,
    session: createStore(() => ({ phase: 'open', account: { id: uuid(8), role } })),
    preferences: createStore(() => ({ grid: null })),
    today: createStore(() => ({ day: today })),
    drafts: { get: () => undefined, set: () => undefined },
    now: () => Date.parse(`${today}T02:00:00Z`),
    work: {
      newId: () => uuid(999),
      save: () => Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } }),
    },
    syncActs: {
      hold: (stream: string, how: string) => Promise.resolve(void held.push(`${how} ${stream}`)),
    },
    officeActs: {
      table: () =>
        Promise.resolve({
          ok: true,
          value: {
            page(question: BeyondAsked, after: TableCursor | null) {
              asked.push({ question, after })
              return new Promise<PageAnswer>((resolve) => (answer = resolve))
            },
            slices(question: SlicesAsked) {
              slices.push(question)
              async function* rows() {
                const cells = ['样*远', 'red']
                await Promise.resolve()
                yield {
                  rows: [rowBeyond(question.columns, { id: uuid(900), cells }, today)],
                  done: 0.5,
                }
              }
              return { rows: rows(), told: { problem: null, minors: 0, left: 0 } }
            },
          },
        }),
    },
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={parts}>
        <Table />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  return {
    ...{ asked, held, slices, sync, register },
    choose: (label: string) => fireEvent.click(screen.getByLabelText(label)),
    tap: (name: string) => fireEvent.click(screen.getByRole('button', { name })),
    answer: (value: PageAnswer) => act(() => Promise.resolve(answer(value))),
  }
}
const person = (id: number, name: string): PageBeyond['people'][number] => ({
  ...{ id: uuid(id), stream: far },
  cells: [name, 'red', '样苑 9幢1单元501室', '02', '2', 61, ['100****0077'], [], '2026-11-30'],
})
const pageOf = (people: PageBeyond['people'], next: TableCursor | null = null): PageAnswer => ({
  ...{ ok: true, value: { people, next } },
})

it('is asked of the server once somebody says what for, and goes on where it ended', async () => {
  const { asked, choose, tap, answer } = stage()
  choose('全部2个网格')
  expect(asked).toEqual([])
  screen.getByText(/要说用途，每次查看都留下记录/)
  tap('核对名册')
  await waitFor(() => expect(asked).toHaveLength(1))
  expect(asked[0]).toMatchObject({
    question: { place: town, purpose: 'check', filter: {}, sort: null },
    after: null,
  })
  const next = { stream: far, id: uuid(901) }
  await answer(pageOf([person(900, '样*远'), person(901, '李*样')], next))
  screen.getByText('样*远')
  expect(screen.getAllByText('样苑 9幢1单元501室')).toHaveLength(2)
  // Few rows: the end is in sight, and what follows is brought.
  await waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]?.after).toEqual(next)
  await answer(pageOf([person(901, '李*样'), person(902, '王*样')]))
  screen.getByText('共3人')
  expect(screen.getAllByText('李*样')).toHaveLength(1)
})

it('a page without anybody goes on by itself', async () => {
  const { asked, choose, tap, answer } = stage()
  choose('全部2个网格')
  tap('上报')
  await waitFor(() => expect(asked).toHaveLength(1))
  await answer(pageOf([], { stream: far, id: null }))
  await waitFor(() => expect(asked).toHaveLength(2))
  await answer(pageOf([]))
  screen.getByText('没有符合的人')
})

it('orders by a column that the server can order by, and says of another that it cannot', async () => {
  const { asked, choose, tap, answer } = stage()
  choose('全部2个网格')
  tap('上报')
  await waitFor(() => expect(asked).toHaveLength(1))
  await answer(pageOf([person(900, '样*远')]))
  fireEvent.click(screen.getByTitle('按姓名排序'))
  await waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]?.question.sort).toMatchObject({ column: 'name' })
  // What still came for the question before is nobody's.
  await answer(pageOf([person(903, '后*来')]))
  expect(screen.queryByText('样*远')).toBeNull()
  expect(screen.getAllByTitle('这一列只能在本机网格里排序').length).toBeGreaterThan(0)
  fireEvent.click(screen.getAllByTitle('这一列只能在本机网格里排序')[0] as Element)
  expect(asked).toHaveLength(2)
})

it('a row brings its grid, and opens once it is here', async () => {
  const { asked, held, register, choose, tap, answer } = stage()
  choose('全部2个网格')
  tap('上报')
  await waitFor(() => expect(asked).toHaveLength(1))
  await answer(pageOf([person(900, '样*远')]))
  fireEvent.click(screen.getByText('样*远'))
  expect(held).toEqual([`open ${far}`])
  screen.getByText(/正在取这个人的网格/)
  void act(() => register.applyPages([page(far, [resident(900, 300, '样例远')])]))
  await waitFor(() => expect(location.pathname).toBe(`/resident/${uuid(900)}`))
})

it('says why nothing comes, and begins anew where the list has changed', async () => {
  const { asked, choose, tap, answer } = stage()
  choose('全部2个网格')
  tap('上报')
  await waitFor(() => expect(asked).toHaveLength(1))
  await answer({ ok: false, problem: 'too-many-attempts' })
  screen.getByText('看得太多，请过几分钟再看。')
  tap('再试一次')
  await waitFor(() => expect(asked).toHaveLength(2))
  await answer({ ok: false, problem: 'changed-meanwhile' })
  tap('重新列出')
  await waitFor(() => expect(asked).toHaveLength(3))
  expect(asked[2]?.after).toBeNull()
})

it('asks nothing without a connection', () => {
  const { asked, choose } = stage({ phase: 'offline' })
  choose('全部2个网格')
  screen.getByText(/没有网络。看全部网格要联网/)
  expect(screen.queryByRole('button', { name: '上报' })).toBeNull()
  expect(asked).toEqual([])
})

it('goes out as a file in slices, with the purpose and to whom', async () => {
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:sample')
  const { slices, choose, tap } = stage()
  choose('全部2个网格')
  tap('导出')
  screen.getByText(/样例街道符合筛选的全部人员/)
  screen.getByText(/没有批准，未成年人不会导出/)
  choose('标准格式CSV')
  choose('核对名册')
  tap('导出文件')
  await waitFor(() => expect(slices).toHaveLength(1))
  expect(slices[0]).toMatchObject({
    ...{ place: town, stream: town, open: false, format: 'csv', today },
    log: { purpose: 'check', recipient: 'own', ground: 'duty' },
  })
  await waitFor(() => expect(saved).toHaveBeenCalledTimes(1))
})

it('is not offered where all grids are here', () => {
  stage({ isPart: false })
  expect(screen.queryByLabelText(/全部\d个网格/)).toBeNull()
})
