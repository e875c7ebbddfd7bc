/** The steps on a request as a person makes them: the next one on the filled button, the others in a sheet, each with its form. */
import { screen, waitFor, within } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { RequestPage } from '#app/ui/requests/pages/RequestPage.tsx'
import { uuid } from '../register/grid-of-samples.ts'
import { at, choose, lamp, open, pick, request, step, tap, type, unit } from './request-stage.tsx'

const page = <RequestPage params={{ request: uuid(10) }} />
const accepted = [...request(10), step(120, 10, 'accept', { to: 'accepted' })]
const sent = step(121, 10, 'dispatch', { to: 'assigned', unit })
const handling = [...accepted, sent, step(122, 10, 'sign', { to: 'handling', actor: 'handler' })]
const act = '保存，联网后生效'

it('has the next step as its one filled button, and asks for what it needs', async () => {
  const { saved } = open(page, 'staff', accepted)
  tap('分派')
  tap(act)
  await screen.findByText('选一个承办单位')
  expect(saved).toEqual([])
  pick('承办单位', unit)
  tap(act)
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.fields).toMatchObject({
    ...{ request: uuid(10), step: 'dispatch', unit, after: uuid(120), at: at('05') },
  })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('parts in the sheet what goes on from what ends the matter', () => {
  open(page, 'staff', accepted)
  tap('更多')
  const rowsOf = (head: string) => {
    const group = screen.getByRole('heading', { name: head }).closest('section')
    return within(group!)
      .getAllByRole('button')
      .map(({ textContent }) => textContent)
  }
  expect(rowsOf('接着办')).toContain('补充')
  expect(rowsOf('结束或交出去')).toEqual(expect.arrayContaining(['作废', '并案', '移交其他部门']))
})

it('asks of a call-back whether it is solved only once somebody was reached', async () => {
  const verifying = step(123, 10, 'release', { to: 'verifying' })
  const { saved } = open(page, 'worker', [...handling, verifying])
  tap('记一次回访')
  expect(screen.queryByRole('group', { name: '解决了吗' })).toBeNull()
  choose('联系上了')
  choose('解决了')
  choose('满意')
  tap('保存')
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.fields).toMatchObject({ reached: true, solved: true, content: 'content' })
})

it('asks for days as a number, for a day, for a reason of a list, and for a kind', async () => {
  const { saved } = open(page, 'staff', handling)
  tap('更多')
  tap('同意延期')
  type(/^延几个工作日/, '3天')
  type('给诉求人的话', '样例：多等几天')
  tap(act)
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.fields).toMatchObject({ step: 'extend', days: 3 })
  tap('更多')
  tap('挂起')
  type('原因', '样例等材料')
  type('到哪一天', '2026-12-04')
  type('给诉求人的话', '样例：等材料')
  tap(act)
  await waitFor(() => expect(saved).toHaveLength(2))
  expect(saved[1]?.fields).toMatchObject({ step: 'suspend', until: '2026-12-04' })
})

it('offers kinds and urgency where it is accepted, and reasons where it is called invalid', async () => {
  const { saved, unmount } = open(page, 'staff', request(10))
  tap('受理')
  pick(/^哪一类/, lamp)
  choose('紧急')
  tap(act)
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.fields).toMatchObject({ step: 'accept', item: lamp, level: 'urgent' })
  unmount()
  const again = open(page, 'staff', request(10))
  tap('更多')
  tap('作废')
  choose('测试')
  type('给诉求人的话', '样例：这是测试')
  tap(act)
  await waitFor(() => expect(again.saved).toHaveLength(1))
  expect(again.saved[0]?.fields).toMatchObject({ step: 'invalidate', reason: 'test' })
})

it('names the requests into which it may go, and says where there is none', async () => {
  const { saved, unmount } = open(page, 'staff', [...accepted, ...request(20)])
  tap('更多')
  tap('并案')
  pick('并入哪一件', uuid(20))
  tap(act)
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]?.fields).toMatchObject({ step: 'merge', into: uuid(20) })
  unmount()
  open(page, 'staff', accepted)
  tap('更多')
  tap('并案')
  screen.getByText('附近没有可以并入的诉求')
})

it('says the number that another authority has for it, and offers the way to the merged one', () => {
  const outside = step(123, 10, 'hand-outside', {
    ...{ to: 'outside', outsideNumber: '样例-2026-77', until: '2026-12-10' },
  })
  const { unmount } = open(page, 'staff', [...accepted, outside])
  screen.getByText('已移交')
  screen.getByText('样例-2026-77')
  unmount()
  const merged = step(123, 10, 'merge', { to: 'merged', into: uuid(20) })
  open(page, 'staff', [...accepted, merged, ...request(20)])
  expect(screen.getByRole('link', { name: '打开它' }).getAttribute('href')).toBe(
    `/request/${uuid(20)}`,
  )
})

it('offers no step to whoever only looks', () => {
  open(page, 'auditor', accepted)
  expect(screen.queryByRole('button', { name: '更多' })).toBeNull()
})
