/** Places and people from a workbook, over the real register, with an office that answers by the same function. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { beforeEach, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Role } from '#domain/account.ts'
import type { BookList, BookWritten, OneTimes, TakenBack, WriteBook } from '#protocol/place-book.ts'
import type { PlaceList } from '#protocol/places.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createToasts, ToastsContext } from '#app/ui/toasts.ts'
import { PlaceBook } from '#app/ui/places/place-book/PlaceBook.tsx'
import { page, record, uuid } from '../register/grid-of-samples.ts'

const [root, community, grid, me, worker, clerk] = [90, 91, 1, 93, 94, 95].map(uuid) as [
  ...[string, string, string],
  ...[string, string, string],
]
const place = (id: string, placeKind: string, parent: string | null, name: string) =>
  page(id, [record('place', 1, { placeKind, parent, name }, { id, version: 1 })])
const account = (id: string, login: string, role: Role, places: string[], more = {}) => ({
  ...{ id, login, name: login, role, places },
  ...{ closedAt: null, oneTimeUntil: null, kept: id !== me, ...more },
})
const waiting = { oneTimeUntil: '2026-11-30T06:32:00.000Z' }

function stage(role: Role = 'admin') {
  const register = createRegister()
  register.applyPages([
    place(root, 'subdistrict', null, '样例街道'),
    place(community, 'community', root, '样例社区'),
    place(grid, 'grid', community, '第一网格'),
  ])
  const list: PlaceList = {
    ok: true,
    figures: [],
    accounts: [
      account(me, 'admin', role, [role === 'admin' ? root : community]),
      account(worker, 'w1', 'worker', [grid], waiting),
      account(clerk, 'c1', 'staff', [community], waiting),
    ],
  }
  const books: BookList['books'] = []
  const written: WriteBook[] = []
  const asked: OneTimes['accounts'][] = []
  const answers: OfficeAnswer<BookWritten>[] = []
  const passwords: OfficeAnswer<{
    ok: true
    passwords: { account: string; password: string }[]
    until: string
  }>[] = []
  /** Lists that do not come. */
  const lost = new Set<'places' | 'books'>()
  const state: { standing: TakenBack['standing'] } = { standing: null }
  const answerOf = (what: 'places' | 'books', value: object) =>
    lost.has(what) ? { ok: false, problem: 'offline' } : { ok: true, value }
  const acts = {
    list: {
      last: () => Promise.resolve(null),
      now: () => Promise.resolve(answerOf('places', { ...list, accounts: [...list.accounts] })),
    },
    books: {
      write(request: WriteBook) {
        written.push(request)
        const answer = answers.shift() ?? {
          ok: true,
          value: { ok: true, book: request.act, verdicts: [] },
        }
        if (answer.ok && answer.value.book) {
          const made = { places: [uuid(200)], accounts: [worker, clerk], takenBackAt: null }
          books.push({ book: request.act, by: me, at: '2026-11-23T02:00:00.000Z', ...made })
        }
        return Promise.resolve(answer)
      },
      list: () => Promise.resolve(answerOf('books', { ok: true, books: [...books] })),
      takeBack: () => Promise.resolve({ ok: true, value: { ok: true, standing: state.standing } }),
      oneTimes({ accounts }: OneTimes) {
        asked.push(accounts)
        const given = accounts.map((one) => ({
          account: one.account,
          password: `geheim-${one.act}`,
        }))
        const until = '2026-11-30T02:00:00.000Z'
        const value = { ok: true as const, passwords: given, until }
        return Promise.resolve(passwords.shift() ?? { ok: true, value })
      },
    },
  }
  const kept = new Map<string, unknown>()
  let ids = 1_000
  const app = {
    register,
    session: createStore(() => ({ phase: 'open', account: { id: me, name: '样例', role } })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], damage: {}, lastSync: null })),
    syncActs: { syncNow() {} },
    today: createStore(() => ({ day: '2026-11-23' })),
    now: () => Date.parse('2026-11-23T02:00:00Z'),
    work: { newId: () => uuid((ids += 1)) },
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    officeActs: { places: () => Promise.resolve({ ok: true, value: acts }) },
  } as unknown as DeviceParts
  return { app, register, list, lost, written, answers, asked, passwords, state, kept }
}

async function show({ app }: ReturnType<typeof stage>) {
  render(
    <PartsContext.Provider value={app}>
      <ToastsContext.Provider value={createToasts()}>
        <LocationProvider>
          <PlaceBook />
        </LocationProvider>
      </ToastsContext.Provider>
    </PartsContext.Provider>,
  )
  await screen.findByText('还没有用表格写入过。')
}
function choose(text: string, name = '样例.csv') {
  const input = screen.getByLabelText('2. 选填好的表格', { selector: 'input' })
  fireEvent.change(input, { target: { files: [new File([text], name)] } })
}
const tap = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))

beforeEach(() => history.replaceState(null, '', '/places/book'))

it('shows what comes and what does not, sends the right rows alone, and makes the slips', async () => {
  const held = stage()
  await show(held)
  choose('种类,名称,上级\n网格,第二网格,样例社区\n网格,第一网格,样例社区\n网格,坏,第二网格\n')
  await screen.findByText('网格不能放在网格（第二网格）下面。')
  screen.getByText('“样例”第4行')
  screen.getByText('1行已经有了，不动。')
  screen.getByText('样例社区下面')
  tap('写入1个地方')
  await screen.findByText('打印2张密码条')
  expect(held.written.map(({ lines }) => lines.map(({ name }) => name))).toEqual([['第二网格']])
  expect(held.asked.flat().map(({ account: one }) => one)).toEqual([worker, clerk])
  // In the order of the places, from the top.
  const slips = screen.getAllByText(/^geheim-/).map((slip) => slip.parentElement?.textContent)
  expect(slips).toEqual([expect.stringContaining('c1'), expect.stringContaining('w1')])
  screen.getByText('样例社区 第一网格')
  // Printed, each on a slip of its own.
  fireEvent(window, new Event('beforeprint'))
  expect(document.querySelectorAll('body > [data-light] [data-secret]').length).toBe(2)
  fireEvent(window, new Event('afterprint'))
  expect(document.querySelector('body > [data-light]')).toBeNull()
  tap('已经打印好，完成')
  await screen.findByText('给还没登录的2人做密码条')
  expect(document.body.textContent).not.toContain('geheim')
  // Nothing of a password was kept to be sent again.
  expect(JSON.stringify([...held.kept])).not.toContain('geheim')
})

it('asks before it makes new passwords for slips that may be on paper already', async () => {
  const held = stage()
  await show(held)
  choose('种类,名称\n社区,新社区\n')
  await screen.findByText('样例街道下面')
  tap('写入1个地方')
  await screen.findByText('打印2张密码条')
  tap('已经打印好，完成')
  await screen.findByText('给还没登录的2人做密码条')
  tap('给还没登录的2人做密码条')
  await screen.findByText(/^会给这2人各做一个新的一次性密码。以前打印的密码条马上就不能用了/)
  tap('取消')
  await screen.findByText('给还没登录的2人做密码条')
  expect(held.asked.length).toBe(1)
  tap('给还没登录的2人做密码条')
  tap('确定做新的')
  await screen.findByText('打印2张密码条')
  expect(held.asked.length).toBe(2)
})

it('goes on with the slips where the connection was lost', async () => {
  const held = stage()
  held.passwords.push({ ok: false, problem: 'offline' })
  await show(held)
  choose('种类,名称\n社区,新社区\n')
  await screen.findByText('样例街道下面')
  tap('写入1个地方')
  await screen.findByText(/停在第0张，共2张/)
  tap('接着做')
  await screen.findByText('打印2张密码条')
})

it('says that nobody waits for a slip where all have passwords of their own meanwhile', async () => {
  const held = stage()
  held.passwords.push({
    ok: true,
    value: { ok: true, passwords: [], until: '2026-11-30T02:00:00.000Z' },
  })
  await show(held)
  choose('种类,名称\n社区,新社区\n')
  await screen.findByText('样例街道下面')
  tap('写入1个地方')
  await screen.findByText(/^没有人在等密码条/)
  expect(document.body.textContent).not.toContain('现在打印')
  tap('完成')
  await screen.findByText('2. 选填好的表格')
})

it.each(['places', 'books'] as const)(
  'says that the list of %s did not come after the write, asks for it again, and makes the slips then',
  async (what) => {
    const held = stage()
    // The office makes the accounts with the write; this device does not know them before.
    const made = held.list.accounts.splice(1)
    await show(held)
    choose('种类,名称\n社区,新社区\n')
    await screen.findByText('样例街道下面')
    held.lost.add(what)
    tap('写入1个地方')
    await screen.findByText(/^账号名单没有收到/)
    held.lost.clear()
    held.list.accounts.push(...made)
    expect(held.asked).toEqual([])
    tap('再试一次')
    await screen.findByText('打印2张密码条')
  },
)

it('says what the office knows better, and writes nothing of it before it was looked at', async () => {
  const held = stage()
  const verdicts = [
    { state: 'new' as const, problem: null },
    { state: 'wrong' as const, problem: { code: 'login-taken' as const, text: 'far.away' } },
  ]
  held.answers.push({ ok: true, value: { ok: true, book: null, verdicts } })
  await show(held)
  choose('姓名,账号,角色\n样例甲,near,审计\n样例乙,far.away,审计\n')
  await screen.findByRole('button', { name: '写入2个账号' })
  tap('写入2个账号')
  await screen.findByText('账号“far.away”已经有人用了，请换一个。')
  screen.getByText('选好以后有了变化，请再看一遍再写入。')
  tap('写入1个账号')
  await waitFor(() => expect(held.written.length).toBe(2))
  expect(held.written[1]?.lines.map(({ name }) => name)).toEqual(['样例甲'])
})

it('says why a workbook is not taken back', async () => {
  const held = stage()
  await show(held)
  choose('种类,名称\n社区,新社区\n')
  await screen.findByText('样例街道下面')
  tap('写入1个地方')
  await screen.findByText('打印2张密码条')
  tap('已经打印好，完成')
  await screen.findByText('整批收回')
  held.state.standing = { what: 'record', name: '新社区' }
  tap('整批收回')
  tap('确定收回')
  await screen.findByText(/“新社区”里已经有登记了/)
})

it.each([
  ['', '这个文件是空的。'],
  ['\u0000\u0001nothing', '这不是表格文件，或扩展名被改过。请用Excel或WPS打开，另存为.xlsx。'],
  ['姓名,身份证号\n样例甲,\n', /没找到要填的表/],
])('of a file that holds nothing it says so: %j', async (text, said) => {
  await show(stage())
  choose(text)
  await screen.findByText(said)
  screen.getByText('什么都没有写入。')
})

it('lets a clerk add to the own community alone', async () => {
  await show(stage('staff'))
  choose('种类,名称\n网格,第九网格\n社区,别的\n')
  await screen.findByText('社区由上级来建，您不能建。')
  screen.getByRole('button', { name: '写入1个地方' })
})
